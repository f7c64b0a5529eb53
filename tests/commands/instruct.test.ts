import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { takeInstruction } from '../../src/services/request/instruct.js';
import { brokenChains, contextOf, everyRequest, historyOf } from '../support/requests.js';
import { type TestBot, testBot } from '../support/test-bot.js';

let bot: TestBot;

beforeEach(async () => {
  bot = await testBot();
  await bot.at('2023-09-25T09:00:00+08:00');
  bot.posted.length = 0;
});
afterEach(async () => {
  expect(await brokenChains(bot)).toEqual([]);
  await bot.stop();
});

const alone = { private: true };

const take = (number: number, name = '督查室') =>
  bot.store.transaction(async (tx) =>
    takeInstruction(await contextOf(tx, name, new Date('2023-09-25T10:00:00+08:00')), number),
  );

describe('批示', () => {
  it('goes to the supervisors as a draft and to nobody else', async () => {
    expect(await bot.say('批示 让环保局28号之前报一下气-3、气-7进展', '县领导', alone)).toBe(
      '请核对，无误请回“是”：\n批示，转督查室：请市生态环境局芮城分局28号之前报一下气-3、气-7进展，截止9月28日（周四）',
    );
    expect(await bot.say('是', '县领导', alone)).toContain(
      '已记为批示（第1号），转督查室：请市生态环境局芮城分局28号之前报一下气-3、气-7进展，截止9月28日（周四）。\n督查室核后发出。',
    );
    await bot.at('2023-09-25T09:10:00+08:00');
    expect(bot.posted).toEqual([
      '批示第1号：县领导：请市生态环境局芮城分局28号之前报一下气-3、气-7进展，截止9月28日（周四）\n核后发到群里：/urge 批示1。要按交办下达，发“/assign 单位 时限 内容”。',
    ]);
    expect(await everyRequest(bot)).toMatchObject([{ kind: 'instruction', state: 'waiting' }]);
    expect([await historyOf(bot, '气-3'), await historyOf(bot, '气-7')]).toEqual([['instruct'], ['instruct']]);
    expect(await bot.say('/history 气-7')).toContain('县领导 气-7 批示：28号之前报一下气-3、气-7进展');
  });

  it.each(['嗯 那个 让环保局28号之前报一下情况吧', '请环保局28号之前报一下情况'])(
    'is read out of what a leader says: %s',
    async (said) => {
      expect(await bot.say(said, '县领导')).toBe(
        '请核对，无误请回“是”：\n批示，转督查室：请市生态环境局芮城分局28号之前报一下情况，截止9月28日（周四）',
      );
      expect(await bot.say(said, '督查室')).toContain('没看懂');
    },
  );

  it.each(['发', '发送', '批示1 发', '批示第1号，发出'])(
    'is sent by %s of the supervisor who was told',
    async (said) => {
      await bot.say('/instruct 环保局 28号前报气-3进展', '县领导');
      expect(await bot.say(said, '督查室', alone)).toContain('批示第1号已发到');
      await bot.at('2023-09-25T09:10:00+08:00');
      expect(bot.posted.join('\n')).toContain('按领导批示：28号前报气-3进展，截止9月28日（周四）');
      expect(await everyRequest(bot)).toMatchObject([{ state: 'granted' }]);
    },
  );

  it('of several is asked which', async () => {
    await bot.say('/instruct 环保局 28号前报气-3进展', '县领导');
    await bot.say('/instruct 县水利局 本周把防汛物资清点一遍', '县领导');
    expect(await bot.say('发', '督查室', alone)).toBe(
      [
        '发哪一件批示？请回号数：',
        '1. 请市生态环境局芮城分局28号前报气-3进展，截止9月28日（周四）',
        '2. 请县水利局本周把防汛物资清点一遍',
      ].join('\n'),
    );
    expect(await bot.say('2', '督查室', alone)).toContain('批示第2号已发到');
  });

  it('is not sent by 发 in the group, nor by anybody else', async () => {
    await bot.say('/instruct 环保局 28号前报气-3进展', '县领导');
    expect(await bot.say('发', '督查室')).toContain('没看懂');
    expect(await bot.say('发', '县领导', alone)).toContain('没看懂');
    expect(await everyRequest(bot)).toMatchObject([{ state: 'waiting' }]);
  });

  it('needs no code, and then stands in no task’s history', async () => {
    await bot.say('/instruct 县水利局 本周把防汛物资清点一遍', '县领导');
    const [request] = await everyRequest(bot);
    expect(request).toMatchObject({ words: '本周把防汛物资清点一遍', duties: [] });
    expect(await historyOf(bot, request?.task ?? '')).toEqual([]);
    expect(await bot.say(`/task ${request?.task}`)).not.toContain('防汛物资');
    expect(await bot.say('/mine', '督查室')).toContain('第1号 批示：请县水利局本周把防汛物资清点一遍');
  });

  it.each([
    ['/instruct', '请把单位写在前面'],
    ['/instruct 28日前报进展', '请把单位写在前面'],
    ['/instruct 抓紧督促县水利局', '请把单位写在前面'],
    ['/instruct 县水利局', '县水利局：请回复本条消息写明批示的内容。'],
  ])('%s is told what is missing', async (typed, why) => {
    expect(await bot.say(typed, '县领导')).toContain(why);
    expect(await everyRequest(bot)).toEqual([]);
  });

  it('stays where whoever gave it leads no more', async () => {
    await bot.say('/instruct 县水利局 28日前报水-10进展', '县领导', alone);
    await bot.say('/people 县领导 取消 领导', '管理员', alone);
    await bot.say('/people 县领导 联络员 县水利局', '管理员', alone);
    expect(await bot.say('/take-back 第1号', '县领导', alone)).toContain('由作出批示的领导撤回');
    expect(await everyRequest(bot)).toMatchObject([{ state: 'waiting' }]);
  });

  it.each(['/undo', '撤回批示', '/take-back 第1号'])('is taken back by %s', async (typed) => {
    await bot.say('/instruct 环保局 28日前报气-3、气-7进展', '县领导');
    await bot.say(typed, '县领导', alone);
    await bot.say('是', '县领导', alone);
    expect(await everyRequest(bot)).toMatchObject([{ state: 'taken-back' }]);
    expect([await historyOf(bot, '气-3'), await historyOf(bot, '气-7')]).toEqual([
      ['instruct', 'undo'],
      ['instruct', 'undo'],
    ]);
  });

  it('is sent once, by a supervisor', async () => {
    await bot.say('/instruct 环保局 28日前报气-3进展', '县领导');
    await expect(take(1, '县领导')).rejects.toThrow('交办由督查室下达');
    expect(await take(1)).toMatchObject({ words: '28日前报气-3进展', state: 'granted' });
    await expect(take(1)).rejects.toThrow('督查室9月25日已发出，这次没有记');
    await expect(take(2)).rejects.toThrow('没有第2号批示');
    expect(await bot.say('/mine', '督查室')).toBe('没有等你处理的。看全部任务发“/list”。');
  });

  it('is decided by nobody', async () => {
    await bot.say('/instruct 环保局 28日前报气-3进展', '县领导');
    expect(await bot.say('同意 第1号', '督查室')).toContain('第1号是批示，核后按提示或交办发出');
    expect(await bot.say('建议同意 第1号', '督查室')).toContain('第1号是批示');
  });
});
