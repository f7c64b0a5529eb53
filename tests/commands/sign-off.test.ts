import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { changeSettings, dutiesOf, historyOf } from '../support/ledger-state.js';
import { type TestBot, testBot } from '../support/test-bot.js';

let bot: TestBot;
const housing = '县住建局联络员';
const ecology = '市生态环境局芮城分局联络员';

beforeEach(async () => {
  bot = await testBot({ now: '2023-09-28T09:20:00+08:00' });
});
afterEach(() => bot.stop());

const [boilers, plants] = [
  '5家供热企业检修全部完成 管理台账已建',
  '同基超低排放改造 大阳无组织治理完成 监测评估10月做',
];

describe('a done report', () => {
  it.each(['确认 已审签', '确认，已审签', '是已审签', '已审签'])('is signed off with the yes: %s', async (answer) => {
    const question = await bot.say(`气7办结 ${boilers}\n气附3办结 ${plants}`, ecology, { private: true });
    expect(question).toBe(
      [
        '读到2条，请核对，无误请回“是”：',
        `气-7 报办结：${boilers}`,
        `气附-3 报办结：${plants}`,
        '单位负责人已审签的，回“确认 已审签”。',
      ].join('\n'),
    );
    expect(await bot.say(answer, ecology, { private: true })).toContain(
      '已记2条：气-7、气附-3 报办结（待核查，已审签）。',
    );
    const [row] = await historyOf(bot, '气附-3');
    expect(row).toMatchObject({ note: plants, details: { signedOff: true } });
  });

  it.each([
    ['是', undefined],
    ['确认 未审签', false],
  ])('says nothing of it, or that it is not: %s', async (answer, signedOff) => {
    await bot.say(`气7办结 ${boilers}`, ecology);
    await bot.say(answer, ecology);
    const [row] = await historyOf(bot, '气-7');
    expect(row?.details).toEqual(signedOff === undefined ? {} : { signedOff });
  });

  it('says it at the end of its words, and is not asked then', async () => {
    expect(await bot.say(`气7办结 ${boilers} 已审签`, ecology)).toBe(
      `请核对，无误请回“是”：\n气-7 报办结（已审签）：${boilers}`,
    );
    await bot.say(`/done 气-7 ${boilers}，未审签`, ecology);
    const [row] = await historyOf(bot, '气-7');
    expect(row).toMatchObject({ note: boilers, details: { signedOff: false } });
    expect(await bot.say('/history 气-7')).toContain(`报办结（未审签）：${boilers}`);
  });

  it('asks for more than the signature', async () => {
    expect(await bot.say('/done 气-7 已审签', ecology)).toContain('请回复本条消息写明办结情况。');
    await bot.say(boilers, ecology);
    expect(await historyOf(bot, '气-7')).toMatchObject([{ note: boilers, details: { signedOff: true } }]);
  });

  it('keeps it when the person has to choose a limit', async () => {
    await bot.say('/done 气-5 摸底26台 已审签', '县工科局联络员');
    expect(await bot.say('1', '县工科局联络员')).toContain('（待核查，已审签）');
  });
});

describe('where the workspace wants it', () => {
  beforeEach(() => changeSettings(bot, { signOff: true }));

  it.each(['已审签', '是', '确认 已审签'])('is asked for, and recorded with it: %s', async (answer) => {
    expect(await bot.say('/done 水-5 水-7 已投运', housing)).toBe(
      [
        '水-5没有记：报办结要写明单位负责人已审签。',
        '水-7没有记：报办结要写明单位负责人已审签。',
        '已经审签的请回“已审签”；还没有的先报进展：/progress 水-5 情况。',
      ].join('\n'),
    );
    expect(await dutiesOf(bot)).toEqual([]);
    await bot.say(answer, housing);
    expect((await dutiesOf(bot)).map(({ task, status }) => [task, status])).toEqual([
      ['水-5', 'reported'],
      ['水-7', 'reported'],
    ]);
    expect((await historyOf(bot, '水-7'))[0]).toMatchObject({ note: '已投运', details: { signedOff: true } });
  });

  it('does not take a report that says it is not', async () => {
    expect(await bot.say('/done 水-7 已投运，未审签', housing)).toContain('水-7没有记');
    expect(await dutiesOf(bot)).toEqual([]);
  });

  it('says so in the preview', async () => {
    expect(await bot.say('水-7 办结 已投运', housing)).toContain('报办结要写明单位负责人已审签，请回“确认 已审签”。');
    expect(await bot.say('是', housing)).toContain('水-7没有记');
  });

  it('takes progress, standing work and a supporting part without', async () => {
    expect(await bot.say('/progress 水-7 过半', housing)).toContain('已记');
    expect(await bot.say('/done 水-8 排查一遍', housing)).toContain('本期完成，长期坚持');
    expect(await bot.say('/done 水-9 配合完成', housing)).toContain('县住建局配合部分');
  });

  it('wants it of what is recorded for a unit too', async () => {
    expect(await bot.say('/record 县住建局 水-7 办结 纸质 已投运', '督查室')).toContain('水-7没有记');
    expect(await bot.say('已审签', '督查室')).toContain('已代录（纸质）：水-7');
    expect((await historyOf(bot, '水-7'))[0]?.details).toEqual({ source: '纸质', signedOff: true });
  });
});
