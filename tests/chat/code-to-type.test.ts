import { afterEach, beforeEach, expect, it } from 'vitest';

import { changeSettings } from '../support/ledger-state.js';
import { type TestBot, testBot } from '../support/test-bot.js';

let bot: TestBot;
const office = '督查室';
const trade = '县商务局联络员';
const energy = '县能源局联络员';

/** 临-1 of 2023 is 县商务局's, that of 2024 县能源局's. */
beforeEach(async () => {
  bot = await testBot({ now: '2023-12-20T10:00:00+08:00' });
  await bot.say('/assign 县商务局 2024年1月31日 报送加油站台账', office);
  await bot.at('2024-01-10T10:00:00+08:00');
  await bot.say('/assign 县能源局 2024年1月31日 报送散煤台账', office);
});
afterEach(() => bot.stop());

const statusOf = async (code: string) => /报送：(\S+)/.exec(await bot.say(`/task ${code}`))?.[1];

it('an answer to a question is about the task of the year that was typed', async () => {
  await changeSettings(bot, { signOff: true });
  expect(await bot.say('/done 2023临-1 台账已报', trade)).toContain('请回“已审签”');
  expect(await bot.say('已审签', trade)).toContain('已记：临-1 报送加油站台账');
  expect([await statusOf('2023临-1'), await statusOf('临-1')]).toEqual(['已报办结（待核查）', '未报']);
});

it('so is a reminder that is confirmed, and what was entered for a unit', async () => {
  expect(await bot.say('/urge 2023临-1', office)).toContain('县商务局：临-1');
  expect(await bot.say('发送', office)).toBe('已提示1家：县商务局。');
  expect(await bot.say('/record 县商务局 2023临-1 办结 已报送', office)).toContain('怎么来的');
  expect(await bot.say('电话', office)).toContain('已代录（电话）：临-1 报送加油站台账');
});

it('this year needs none', async () => {
  expect(await bot.say('/record 县能源局 临-1 办结 已报送', office)).toContain('怎么来的');
  expect(await bot.say('电话', office)).toContain('已代录（电话）：临-1 报送散煤台账');
  expect(await bot.say('/done 临-1 又报', energy)).toContain('已报办结，待核查');
});

it('a number that only another year has is found there', async () => {
  await bot.at('2023-12-20T10:00:00+08:00');
  await bot.say('/assign 县商务局 2024年1月31日 报送油库台账', office);
  await bot.at('2024-01-10T10:00:00+08:00');
  expect(await bot.say('/task 临-2')).toBe('没有找到任务 临-2。要看2023年的，写上年份，如“/task 2023临-2”。');
});
