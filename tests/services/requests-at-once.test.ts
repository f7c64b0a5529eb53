import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { listPeople } from '../../src/store/people.js';
import { type PostgresServer, startPostgres } from '../support/postgres.js';
import { addSomebody, brokenChains, everyRequest, historyOf, workspaceOf } from '../support/requests.js';
import { type TestBot, testBot } from '../support/test-bot.js';

const ecology = '市生态环境局芮城分局联络员';
const codes = ['气附-3', '气附-6', '气-7', '气附-5', '地-1', '地-4'];

let server: PostgresServer;

beforeAll(async () => {
  server = await startPostgres();
}, 120_000);
afterAll(() => server.stop());

describe.each(['sqlite', 'postgres'])('on %s, two instances beside each other', (engine) => {
  let bots: [TestBot, TestBot];

  beforeEach(async () => {
    const location = engine === 'postgres' ? await server.createDatabase() : ':memory:';
    const one = await testBot({ location });
    // In memory there is one ledger only; what comes at once still waits for one writer.
    const two = engine === 'postgres' ? await testBot({ location }) : one;
    bots = [one, two];
    await addSomebody(one, { name: '王副县长', roles: ['leader'] });
  }, 60_000);
  afterEach(async () => {
    expect(await brokenChains(bots[0])).toEqual([]);
    for (const bot of new Set(bots)) await bot.stop();
  });

  it('count one of two decisions, and tell the other leader what became of it', async () => {
    const [one, two] = bots;
    for (const code of codes) await one.say(`/extend ${code} 2024年1月15日 设备没到货`, ecology);
    const said = await Promise.all(
      codes.flatMap((code) => [
        one.say(`/approve ${code} 延期`, '县领导'),
        two.say(`/refuse ${code} 延期 工期还够`, '王副县长'),
      ]),
    );
    const recorded = said.filter((text) => text.startsWith('已记：'));
    const late = said.filter((text) =>
      /(?:县领导9月25日同意延至2024年1月15日|王副县长9月25日不同意延期)，这次没有记。$/.test(text),
    );
    expect([recorded.length, late.length]).toEqual([codes.length, codes.length]);
    for (const code of codes) expect(await historyOf(one, code)).toHaveLength(2);
    const requests = await everyRequest(one);
    for (const { state, grantedDue } of requests) expect(grantedDue !== null).toBe(state === 'granted');
    expect(requests.filter(({ state }) => state === 'waiting')).toEqual([]);
  });

  it('keep one request for each duty when two liaisons of a unit ask', async () => {
    const [one, two] = bots;
    const people = await listPeople(one.store.read, await workspaceOf(one));
    const unit = people.find(({ name }) => name === ecology)?.unitId ?? null;
    await addSomebody(one, { name: '副局长', roles: ['liaison'], unit });
    await Promise.all(
      codes.flatMap((code) => [
        one.say(`/extend ${code} 2024年1月15日 设备没到货`, ecology),
        two.say(`/extend ${code} 2024年1月20日 设备没到货`, '副局长'),
      ]),
    );
    const requests = await everyRequest(one);
    expect(new Set(requests.map(({ number }) => number)).size).toBe(codes.length * 2);
    for (const code of codes) {
      const states = requests.filter(({ task }) => task === code).map(({ state }) => state);
      expect(states.sort()).toEqual(['taken-back', 'waiting']);
    }
  });

  it('let either the unit take it back or the leader decide', async () => {
    const [one, two] = bots;
    for (const code of codes) await one.say(`/extend ${code} 2024年1月15日 设备没到货`, ecology);
    const said = await Promise.all(
      codes.flatMap((code) => [one.say(`/approve ${code} 延期`, '县领导'), two.say(`/take-back ${code}`, ecology)]),
    );
    expect(said.filter((text) => /^已[记撤]/.test(text))).toHaveLength(codes.length);
    expect((await everyRequest(one)).filter(({ state }) => state === 'waiting')).toEqual([]);
  });

  it('see an agreed day at once in the other instance', async () => {
    const [one, two] = bots;
    await one.say('/extend 气-7 10.20 检修延后', ecology);
    expect(await two.say('/due 气-7')).not.toContain('原时限');
    await one.say('/approve 气-7 延期', '县领导');
    expect(await two.say('/due 气-7')).toContain('10月20日（周五），还有25天（原时限9月30日，县领导9月25日同意）');
    await two.say('/set 水-7 时限 10月31日', '督查室');
    expect(await one.say('/due 水-7')).toContain('督查室定：10月31日');
  });
});
