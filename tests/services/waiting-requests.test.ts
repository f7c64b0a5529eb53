import { afterEach, beforeEach, expect, it } from 'vitest';

import { holdsLight } from '../../src/domain/pending.js';
import type { Context } from '../../src/services/context.js';
import { readDutyBook } from '../../src/services/duty/duty-book.js';
import { readAskedExtensions, readWaitingRequests } from '../../src/services/request/waiting-requests.js';
import { contextOf } from '../support/requests.js';
import { type TestBot, testBot } from '../support/test-bot.js';

let bot: TestBot;
const ecology = '市生态环境局芮城分局联络员';

beforeEach(async () => {
  bot = await testBot();
});
afterEach(() => bot.stop());

const within = <Result>(work: (ctx: Context) => Promise<Result>) =>
  bot.store.transaction(async (tx) => work(await contextOf(tx, '督查室', new Date('2023-10-09T09:00:00+08:00'))));

const tasksOf = ({ ledger }: Context, ...codes: string[]) => ledger.tasks.filter(({ code }) => codes.includes(code));

it('reads what waits on these tasks, or on duties of theirs', async () => {
  await bot.say('/extend 气-3 10.15 设备没到货', ecology);
  await bot.say('/na 气-17.1 只管加油站', '县商务局联络员');
  await bot.say('/extend 气-7 10.20 检修延后', ecology);
  await bot.say('/undo', ecology);
  const numbers = (...codes: string[]) =>
    within(async (ctx) => (await readWaitingRequests(ctx, tasksOf(ctx, ...codes))).map(({ number }) => number));
  expect(await numbers('气附-6')).toEqual([1]);
  expect(await numbers('气-3', '气-17')).toEqual([1, 2]);
  expect(await numbers('气-7')).toEqual([]);
});

it('gives the lights a book that knows what was asked for in time', async () => {
  await bot.say('/extend 气附-6 10.15 设备没到货', ecology);
  const held = await within(async (ctx) => {
    const tasks = tasksOf(ctx, '气-3', '气附-3', '气附-6');
    const book = await readDutyBook(ctx, tasks, await readAskedExtensions(ctx));
    const unit = tasks[0]?.responsibility[0]?.unit;
    if (unit === undefined) throw new Error('nobody leads 气-3');
    return tasks.map(({ year, key, code }) => [
      code,
      holdsLight(book, { year, task: key, milestone: 1, occurrence: '', unit }),
    ]);
  });
  expect(held).toEqual([
    ['气-3', true],
    ['气附-3', false],
    ['气附-6', true],
  ]);
});
