import { afterEach, beforeEach, expect, it } from 'vitest';

import { type TestBot, testBot } from '../support/test-bot.js';

let bot: TestBot;

beforeEach(async () => {
  bot = await testBot();
});
afterEach(() => bot.stop());

it.each(['审计员', '管理员', '督查室'])('is refused to %s', async (who) => {
  expect(await bot.say('/join 县水利局', who)).toBe(`你是${who}，不能同时当单位的联络员。`);
});

it.each([
  ['审计员', '审计员不报送。'],
  ['管理员', '管理员不报送。'],
  ['督查室', '电话、纸质报来的，发“/record 单位 水-1 情况”代录。'],
  ['成员', '要当联络员，发“/join 单位名”。'],
])('is suggested by a refused report only to whom it is open: %s', async (who, instead) => {
  expect(await bot.say('/done 水-1 边界线已定', who)).toBe(
    `报送由责任单位的联络员来报。水-1牵头是县水利局。${instead}`,
  );
});

it('is asked for in a sentence, and confirmed', async () => {
  expect(await bot.say('我是县住建局的')).toBe('请核对，无误请回“是”：\n申请当县住建局联络员');
  expect(await bot.say('是')).toContain('已登记第1号申请');
});

it('shows who would be granted what before it is granted', async () => {
  await bot.say('/join 县水利局');
  expect(await bot.say('加入 同意 1', '督查室')).toContain('同意第1号申请：成员，县水利局');
  expect(await bot.say('加入', '督查室')).toContain('1. 成员：县水利局');
});
