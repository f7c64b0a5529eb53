import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { chainsOf, changeSettings, historyOf, toldOneToOne } from '../support/ledger-state.js';
import { seat, setRoles } from '../support/people.js';
import { type TestBot, testBot } from '../support/test-bot.js';

let bot: TestBot;
const housing = '县住建局联络员';
const ecology = '市生态环境局芮城分局联络员';
const industry = '县工科局联络员';
const office = '督查室';

beforeEach(async () => {
  bot = await testBot({ now: '2023-09-28T09:20:00+08:00' });
});
afterEach(async () => {
  expect((await chainsOf(bot)).broken).toEqual([]);
  await bot.stop();
});

const statusOf = async (code: string) => /报送：(.*)/.exec(await bot.say(`/task ${code}`))?.[1];

describe('销号', () => {
  it('closes several codes and says what of the work is left, with its day', async () => {
    await bot.say('/done 气-7 5家供热企业检修全部完成 已审签', ecology);
    await bot.say('/done 气附-3 无组织治理完成', ecology);
    await bot.say('/done 气-3 除气附-6外都已完成', ecology);
    await bot.say('/undo 气-3', ecology);
    const question = await bot.say('销号 气7 气附3 资料核查', office, { private: true });
    expect(question.split('\n').slice(0, 4)).toEqual([
      '请核对，无误请回“是”：',
      '销号 气-7、气附-3：资料核查',
      '气-7 市生态环境局芮城分局9月28日报：5家供热企业检修全部完成（已审签）',
      '气附-3 市生态环境局芮城分局9月28日报：无组织治理完成（没写是否审签）',
    ]);
    const said = (await bot.say('是', office, { private: true })).split('\n');
    expect(said[0]).toBe('已销号2条：气-7、气附-3（9月28日，资料核查）。气-3还余整项、气附-6，9月30日。');
    expect(said.find((line) => line.startsWith('原文还要求'))).toContain('气-7 确保采暖季稳定达标运行');
    expect(said.at(-1)).toBe('要更正发“/reopen 气-7 气附-3 原因”。');
    expect(said.length).toBeLessThanOrEqual(6);
    expect(await statusOf('气-7')).toBe('已销号');
    expect((await historyOf(bot, '气-7')).at(-1)).toMatchObject({
      kind: 'accept',
      note: '资料核查',
      details: { verified: '资料核查' },
    });
  });

  it('closes what was reported of the whole work by the code of the task', async () => {
    await bot.say('/done 气-3 全部治理完成', ecology);
    expect(await bot.say('/accept 气-3', office)).toMatch(/^已销号3条：气-3、气附-3、气附-6（9月28日）。\n/);
    expect(await statusOf('气-3')).toBe('已销号');
  });

  it('closes one limit, one unit, and shows who is left', async () => {
    await bot.say('/done 气-5.1 摸底26台', industry);
    await bot.say('/done 气-5.1 摸底40台', ecology);
    expect(await bot.say('/accept 气-5 县工科局 台账齐全', office)).toMatch(
      /^已销号1条：气-5\.1 县工科局（9月28日，台账齐全）。气-5还余/,
    );
    expect(await bot.say('/task 气-5')).toContain('气-5.1 已报办结（待核查），已销号 1/2；');
    expect(await bot.say('/accept 气-5 县工科局', office)).toMatch(
      /^气-5还没有收到办结报告：气-5\.1已销号，气附-4未报。/,
    );
    expect(await bot.say('/accept 气-5.1', office)).toContain('已销号1条：气-5.1 市生态环境局芮城分局（9月28日）。');
    expect(await bot.say('/task 气-5')).toContain('气-5.1 已销号；');
    expect(await bot.say('/history 气-5')).toContain(
      '督查室 气-5.1 县工科局销号：台账齐全（已报办结（待核查）→已销号）',
    );
  });

  it('says plainly who has not reported', async () => {
    await bot.say('/progress 水-2 管网过半', housing);
    expect(await bot.say('/accept 水-2', office)).toBe(
      '水-2还没有收到办结报告：风陵渡经济开发区、县水利局、市生态环境局芮城分局未报，县住建局正在推进。电话、纸质报来的，先发“/record 单位 水-2 办结 情况”代录。',
    );
    expect(await bot.say('/accept 气-2', office)).toBe(
      '气-2还没有收到办结报告：各乡镇人民政府未报。这是长期坚持的工作，按期报情况，不销号。',
    );
  });

  it('stands for each code by itself', async () => {
    await bot.say('/done 水-7 已投运', housing);
    const said = (await bot.say('/accept 水-5 水-7 水-99', office)).split('\n');
    expect(said[0]).toMatch(/^已销号1条：水-7/);
    expect(said).toContainEqual(expect.stringMatching(/^水-5还没有收到办结报告：县住建局未报。/));
    expect(said).toContainEqual(expect.stringMatching(/^没有找到任务 水-99/));
  });

  it('refuses a unit that owes no report there', async () => {
    await bot.say('/done 水-9 湿地运行稳定', ecology);
    expect(await bot.say('/accept 水-9 县住建局', office)).toBe(
      '水-9由市生态环境局芮城分局报，县住建局是配合单位，它的报告不决定状态。不写单位就是全部责任单位。',
    );
    expect(await bot.say('/accept 水-9 县商务局', office)).toContain('责任单位里没有县商务局');
  });

  it('takes a unit within the words for words', async () => {
    await bot.say('/done 水-7 已投运', housing);
    expect(await bot.say('/accept 水-7 县财政局资金已核', office)).toMatch(
      /^已销号1条：水-7（9月28日，县财政局资金已核）/,
    );
  });

  it('is refused to whoever reported, and to whoever is of the unit', async () => {
    await seat(bot, { name: '住建局来的督查员', roles: ['supervisor'], unit: '县住建局' });
    await bot.say('/done 水-7 已投运', housing);
    expect(await bot.say('/accept 水-7', '住建局来的督查员')).toBe('水-7是你单位报的，请单位以外的督查员销号。');
    await setRoles(bot, housing, ['supervisor']);
    expect(await bot.say('/accept 水-7', housing)).toBe('水-7是你报的，请别的督查员销号。');
    expect(await statusOf('水-7')).toBe('已报办结（待核查）');
  });

  it('tells nobody one to one', async () => {
    await bot.say('/done 水-7 已投运', housing);
    await bot.say('/accept 水-7', office);
    expect(await toldOneToOne(bot)).toEqual([]);
  });
});

describe('when the last part of a work is closed', () => {
  it('proposes the whole, where it was reported', async () => {
    await bot.say('/done 气附-3 深度治理完成', ecology);
    await bot.say('/done 气附-6 综合治理完成', ecology);
    await bot.say('是', ecology);
    expect(await bot.say('/accept 气附-3 现场核查', office)).not.toContain('回“是”');
    const said = await bot.say('/accept 气附-6 现场核查', office);
    expect(said).toContain('气-3的分项都已销号。气-3整项也销号的，请回“是”。');
    expect(await bot.say('是', office)).toMatch(/^已销号1条：气-3（9月28日，现场核查）。\n/);
    expect(await statusOf('气-3')).toBe('已销号');
  });

  it('proposes to record the whole, where it was not, for somebody else to close', async () => {
    await bot.say('/done 气附-3 深度治理完成', ecology);
    await bot.say('/done 气附-6 综合治理完成', ecology);
    const said = await bot.say('/accept 气附-3 气附-6', office);
    expect(said).toContain('气-3的分项都已销号，整项还没有收到办结报告。');
    expect(await bot.say('是', office)).toMatch(
      /^已代录（分项销号）：气-3 工业企业污染防治深度治理，市生态环境局芮城分局报办结/,
    );
    expect(await bot.say('/accept 气-3', office)).toBe('气-3是你代录的，请另一位督查员或分管领导销号。');
    expect(await bot.say('/accept 气-3', '县领导')).toMatch(/^已销号1条：气-3/);
  });
});

describe('what a supervisor entered', () => {
  beforeEach(() => seat(bot, { name: '督查员乙', roles: ['supervisor'] }));

  it.each(['督查员乙', '县领导'])('is closed by another: %s', async (closer) => {
    await bot.say('/settled 水-5', office);
    expect(await bot.say('/accept 水-5', office)).toBe('水-5是你代录的，请另一位督查员或分管领导销号。');
    expect(await statusOf('水-5')).toBe('已报办结（待核查）');
    expect(await bot.say('/accept 水-5', closer)).toContain('督查室9月28日报：启用前已办结（代录）');
    expect(await statusOf('水-5')).toBe('已销号');
  });

  it('is not recorded in part where one code means nothing', async () => {
    expect(await bot.say('/settled 水-5 水-99', office)).toContain('没有找到任务 水-99');
    expect(await statusOf('水-5')).toBe('未报');
  });

  it('stays where the rest of the task is closed', async () => {
    await bot.say('/done 气-5.1 摸底26台', industry);
    await bot.say('/record 市生态环境局芮城分局 气-5.1 办结 电话 摸底40台', office);
    const said = await bot.say('/accept 气-5.1', office);
    expect(said).toMatch(/^已销号1条：气-5\.1 县工科局/);
    expect(said).toContain('没有销：气-5.1 市生态环境局芮城分局是你代录的，请另一位督查员或分管领导销号。');
    expect(await bot.say('/accept 气-5.1', '督查员乙')).toMatch(/^已销号1条：气-5\.1 市生态环境局芮城分局/);
  });
});

describe('with review turned off', () => {
  beforeEach(() => changeSettings(bot, { review: false }));

  it('a done report closes at once, and there is nothing to accept', async () => {
    expect(await bot.say('/done 水-7 已投运', housing)).toContain('报办结，已销号');
    expect(await statusOf('水-7')).toBe('已销号');
    expect(await bot.say('/accept 水-7', office)).toBe(
      '没有开核查：报办结就是销号，不用再发销号。水-7：县住建局已销号。',
    );
    expect(await bot.say('/accept 水-5', office)).toContain('没有开核查');
    expect(await bot.say('/undo', housing)).toContain('已撤销1条');
  });

  it('what was reported before it was turned off is still closed', async () => {
    await changeSettings(bot, { review: true });
    await bot.say('/done 水-7 已投运', housing);
    await changeSettings(bot, { review: false });
    expect(await bot.say('/accept 水-7', office)).toMatch(/^已销号1条：水-7/);
  });
});
