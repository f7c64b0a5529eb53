import { afterEach, beforeEach, expect, it } from 'vitest';

import { type TestBot, testBot } from '../support/test-bot.js';

let bot: TestBot;
const housing = '县住建局联络员';
const energy = '县能源局联络员';

beforeEach(async () => {
  bot = await testBot();
});
afterEach(() => bot.stop());

const statusOf = async (code: string) => /报送：(\S+)/.exec(await bot.say(`/task ${code}`))?.[1];

it('takes back report after report, the last that still stands first', async () => {
  await bot.say('/done 水-7 甲', housing);
  await bot.say('/done 水-5 乙', housing);
  expect(await bot.say('/undo', housing)).toContain('水-5 报办结：乙');
  expect(await bot.say('/undo', housing)).toContain('水-7 报办结：甲');
  expect([await statusOf('水-5'), await statusOf('水-7')]).toEqual(['未报', '未报']);
  expect(await bot.say('/undo', housing)).toBe('你24小时内报送的都已经撤销了，没有别的可撤销。');
});

it('goes back through the reports on one task', async () => {
  await bot.say('/progress 水-7 管网过半', housing);
  await bot.say('/done 水-7 投运', housing);
  await bot.say('/undo', housing);
  expect(await statusOf('水-7')).toBe('正在推进');
  await bot.say('/undo', housing);
  expect(await statusOf('水-7')).toBe('未报');
});

it('takes back the report on the task that is named, as a refusal suggests', async () => {
  await bot.say('/done 水-7 甲', housing);
  await bot.say('/done 水-5 乙', housing);
  expect(await bot.say('/done 水-7 丙', housing)).toContain('要收回发“/undo 水-7”');
  expect(await bot.say('/undo 水-7', housing)).toContain('水-7 报办结：甲');
  expect([await statusOf('水-5'), await statusOf('水-7')]).toEqual(['已报办结（待核查）', '未报']);
  expect(await bot.say('/undo 水-7', housing)).toBe('水-7没有你24小时内报送、还没撤销的内容。');
});

it('is not suggested to somebody who cannot', async () => {
  await bot.say('/done 水-7 甲', housing);
  await bot.at('2023-09-26T10:00:00+08:00');
  expect(await bot.say('/done 水-7 丙', housing)).not.toContain('/undo');
});

it('says what would go before it goes', async () => {
  await bot.say('/done 气-17.1 活性炭已换', '县商务局联络员');
  const question = await bot.say('撤销', '县商务局联络员');
  expect(question).toBe('请核对，无误请回“是”：\n撤销：气-17.1 报办结：活性炭已换');
  expect(await bot.say('是', '县商务局联络员')).toContain('已撤销1条');
});

it('leaves a unit its reports when the liaison has moved to another', async () => {
  await bot.say('/done 气-9 2400户改完', energy);
  await bot.say('/join 县商务局', energy);
  expect(await bot.say('/join', '督查室')).toContain('原是县能源局联络员');
  expect(await bot.say('/join 同意 1', '督查室')).toContain('同意后不再代表县能源局');
  expect(await bot.say('/undo', energy)).toBe(
    '气-9是为县能源局报的，你现在是县商务局联络员，不能撤销。请县能源局联络员更正。',
  );
  expect(await statusOf('气-9')).toBe('已报办结（待核查）');
});

it('takes back what still may be of one message, and says what stays', async () => {
  await bot.say('/done 水-5 水-7 已投运', housing);
  await bot.say('/accept 水-5', '督查室');
  expect(await bot.say('/undo', housing)).toBe(
    [
      '已撤销1条，状态已恢复，历史里留有记录：',
      '水-7 报办结：已投运',
      '水-5已销号，不能撤销。要更正请督查室重开：/reopen 水-5 原因',
    ].join('\n'),
  );
  expect([await statusOf('水-5'), await statusOf('水-7')]).toEqual(['已销号', '未报']);
});

it('does not call a decision a report of long ago, and says how it is put right', async () => {
  const office = '督查室';
  await bot.say('/done 水-7 投运', housing);
  await bot.say('/accept 水-7', office);
  expect(await bot.say('/undo', office)).toBe('水-7的销号不能撤销。要更正发“/reopen 水-7 原因”。');
  await bot.say('/extend 气-9 11月15日 设备没到货', energy);
  await bot.say('/advise 气-9 建议同意', office);
  expect(await bot.say('/undo', office)).toBe('气-9的意见不能撤销。再提一次，按新的意见报领导。');
});
