import { afterEach, beforeEach, expect, it } from 'vitest';

import { type TestBot, testBot } from '../support/test-bot.js';

let bot: TestBot;

beforeEach(async () => {
  bot = await testBot();
});
afterEach(() => bot.stop());

it.each(['/who 水-7至水-9', '/who 水-7-9', '水7到9谁牵头'])('%s answers for all of them', async (typed) => {
  const codes = (await bot.say(typed)).match(/^水-\d+/gm);
  expect(codes).toEqual(['水-7', '水-8', '水-9']);
});

it('answers for those that there are', async () => {
  const said = await bot.say('/who 水-12至水-13');
  expect(said).toMatch(/^水-12 入河排污口管理/);
  expect(said).toContain('没有找到任务 水-13');
});

it.each([
  ['/who 水-9至水-7', '水-9在水-7后面，请把小的编号写在前面。'],
  ['/who 水-1至水-40', '一次最多20项，这里有40项。请分几次发。'],
])('%s is refused', async (typed, said) => {
  expect(await bot.say(typed)).toBe(said);
});

it('reports on all of them', async () => {
  const said = await bot.say('/done 水-7至水-9 年度内容到位', '县住建局联络员');
  expect(said).toContain('已记3条：水-7 报办结（待核查）；水-8 本期完成，长期坚持；水-9 配合部分。');
});
