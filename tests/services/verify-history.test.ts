import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { verifyHistory } from '../../src/services/audit/verify-history.js';
import { listSeals } from '../../src/store/seals.js';
import { listWorkspaces } from '../../src/store/workspaces.js';
import { type TestBot, testBot } from '../support/test-bot.js';

const housing = '县住建局联络员';
let folder: string;
let location: string;
let bot: TestBot;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'duban-history-'));
  location = path.join(folder, 'duban.db');
  bot = await testBot({ location });
  await bot.say('/progress 水-7 永乐镇已投运', housing);
  await bot.say('/progress 水-5 主体完工', housing);
  await bot.at('2023-09-26T00:01:00+08:00');
  await bot.say('/done 水-7 五个建制镇全部投运', housing);
  await bot.at('2023-09-27T00:01:00+08:00');
  await bot.at('2023-09-28T00:01:00+08:00');
});
afterEach(async () => {
  await bot.stop();
  await rm(folder, { recursive: true, force: true });
});

async function workspace() {
  const [found] = await listWorkspaces(bot.store.read);
  if (!found) throw new Error('no workspace');
  return found.id;
}

/** As somebody with the file would. */
function tamper(...statements: string[]): void {
  const db = new Database(location);
  for (const statement of statements) db.prepare(statement).run();
  db.close();
}

const verified = async () => verifyHistory(bot.store.read, await workspace(), new AbortController().signal);
const broken = async () => (await verified()).broken;

describe('the history', () => {
  it('is whole, and sealed on each day that brought something', async () => {
    const whole = { tasks: 2, updates: 3, seals: 2, broken: [], brokenSeal: null, complete: true };
    expect(await verified()).toEqual(whole);
    const seals = await listSeals(bot.store.read, await workspace());
    expect(seals.map(({ day, heads }) => [day, heads.map(({ key }) => key)])).toEqual([
      ['2023-09-25', ['水-5', '水-7']],
      ['2023-09-26', ['水-7']],
    ]);
  });

  it('is whole while it grows', async () => {
    let growing = true;
    const reports = (async () => {
      for (let count = 1; count <= 20; count += 1) await bot.say(`/progress 水-7 第${count}个站已投运`, housing);
      growing = false;
    })();
    const found = [];
    while (growing) found.push(...(await broken()));
    await reports;
    expect(found).toEqual([]);
    expect((await verified()).updates).toBe(23);
  });

  it('shows a changed row', async () => {
    tamper("update updates set note = '没有投运' where task = '水-7' and number = 1");
    expect(await broken()).toMatchObject([{ kind: 'changed', year: 2023, code: '水-7', number: 1 }]);
  });

  it('shows a missing row', async () => {
    tamper("delete from updates where task = '水-7' and number = 1");
    expect(await broken()).toMatchObject([{ kind: 'missing', code: '水-7', number: 1 }]);
  });

  it('shows a row cut off together with the head of its chain', async () => {
    tamper(
      "delete from updates where task = '水-7' and number = 2",
      "update tasks set update_count = 1, last_hash = (select hash from updates where task = '水-7' and number = 1) where key = '水-7'",
    );
    expect(await broken()).toMatchObject([{ kind: 'unsealed', day: '2023-09-26', code: '水-7', number: 2 }]);
  });

  it('shows a changed seal', async () => {
    tamper("update seals set heads = '[]' where day = '2023-09-26'");
    expect((await verified()).brokenSeal).toBe('2023-09-26');
  });
});
