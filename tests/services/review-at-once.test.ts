import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { chainsOf, dutiesOf, historyOf } from '../support/ledger-state.js';
import { seat } from '../support/people.js';
import { type PostgresServer, startPostgres } from '../support/postgres.js';
import { type TestBot, testBot } from '../support/test-bot.js';

const housing = '县住建局联络员';
const office = '督查室';
const second = '督查员乙';
/** Led by one unit, without a limit. */
const codes = ['水-5', '水-7', '气-12'];

let server: PostgresServer;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'duban-at-once-'));
  server = await startPostgres();
});
afterAll(async () => {
  await server?.stop();
  await rm(folder, { recursive: true, force: true });
});

const engines = [
  { engine: 'SQLite', locate: async () => path.join(await mkdtemp(path.join(folder, 'db-')), 'duban.db') },
  { engine: 'PostgreSQL', locate: () => server.createDatabase() },
];

describe.each(engines)('on $engine', ({ locate }) => {
  let bot: TestBot;

  beforeEach(async () => {
    bot = await testBot({ location: await locate() });
    await seat(bot, { name: second, roles: ['supervisor'] });
  });
  afterEach(async () => {
    expect((await chainsOf(bot)).broken).toEqual([]);
    await bot.stop();
  });

  const statusOf = async (code: string) => (await dutiesOf(bot)).find(({ task }) => task === code)?.status;
  /** Both said at the same moment, the first one first or last. */
  const both = async (first: [string, string], other: [string, string], turned: boolean) => {
    const [a, b] = await Promise.all(
      (turned ? [other, first] : [first, other]).map(([text, who]) => bot.say(text, who)),
    );
    return turned ? ([b, a] as const) : ([a, b] as const);
  };

  it.each([false, true])('a report is either closed or taken back', async (turned) => {
    for (const code of codes) {
      await bot.say(`/done ${code} 已投运`, housing);
      const [accepted, undone] = await both([`/accept ${code}`, office], [`/undo ${code}`, housing], turned);
      if (accepted?.startsWith('已销号')) {
        expect(undone).toBe(`${code}已销号，不能撤销。要更正请督查室重开：/reopen ${code} 原因`);
        expect(await statusOf(code)).toBe('closed');
      } else {
        expect(undone).toMatch(/^已撤销1条/);
        expect(accepted).toMatch(new RegExp(`^${code}还没有收到办结报告：县住建局未报。`));
        expect(await statusOf(code)).toBe('unreported');
      }
      expect(await historyOf(bot, code)).toHaveLength(2);
    }
  });

  it.each([false, true])('a report is closed by one of two, and sent back by neither or one', async (turned) => {
    for (const code of codes) {
      await bot.say(`/done ${code} 已投运`, housing);
      const [one, other] = await both([`/accept ${code}`, office], [`/accept ${code}`, second], turned);
      const lines = [one, other].map((said) => said?.split('\n')[0]?.replace(/（.*/, ''));
      expect(new Set(lines)).toEqual(
        new Set([`已销号1条：${code}`, `${code}没有待核查的办结报告：县住建局已销号。经过发“/history ${code}”。`]),
      );
      await bot.say(`/reopen ${code} 要补充核查`, office);
      await bot.say(`/done ${code} 已投运`, housing);
      const [accepted, returned] = await both([`/accept ${code}`, office], [`/return ${code} 缺材料`, second], turned);
      expect([accepted?.startsWith('已销号'), returned?.startsWith('已退回')].filter(Boolean)).toHaveLength(1);
      expect(await statusOf(code)).toBe(accepted?.startsWith('已销号') ? 'closed' : 'in-progress');
    }
  });

  it.each([
    ['/done 水-5 已投运', 'reported'],
    ['/done 水-9 配合完成', undefined],
  ])('%s is taken back once by two /undo', async (report, before) => {
    await bot.say(report, housing);
    const code = /水-\d+/.exec(report)?.[0] ?? '';
    expect(await statusOf(code)).toBe(before);
    const said = await both(['/undo', housing], ['/undo', housing], false);
    expect(said.filter((one) => one?.startsWith('已撤销1条'))).toHaveLength(1);
    expect(said.find((one) => !one?.startsWith('已撤销'))).toMatch(/已经撤销|都已经撤销了/);
    expect((await historyOf(bot, code)).map(({ kind }) => kind)).toEqual(['done', 'undo']);
  });

  it('two supervisors who close the same codes in another order both get an answer', async () => {
    for (const code of codes) await bot.say(`/done ${code} 已投运`, housing);
    const said = await both(
      [`/accept ${codes.join(' ')}`, office],
      [`/accept ${codes.toReversed().join(' ')}`, second],
      false,
    );
    expect(said.join('\n')).not.toContain('系统出错');
    for (const code of codes) {
      expect(await statusOf(code)).toBe('closed');
      expect((await historyOf(bot, code)).map(({ kind }) => kind)).toEqual(['done', 'accept']);
    }
  });
});
