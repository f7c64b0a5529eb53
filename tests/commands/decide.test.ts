import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { chainsOf, dutiesOf, historyOf, toldOneToOne } from '../support/ledger-state.js';
import { seat } from '../support/people.js';
import { type TestBot, testBot } from '../support/test-bot.js';

let bot: TestBot;
const housing = '县住建局联络员';
const ecology = '市生态环境局芮城分局联络员';
const industry = '县工科局联络员';
const office = '督查室';
const leader = '县领导';

beforeEach(async () => {
  bot = await testBot({ now: '2023-09-28T09:20:00+08:00' });
});
afterEach(async () => {
  expect((await chainsOf(bot)).broken).toEqual([]);
  await bot.stop();
});

const statusOf = async (code: string) => /报送：(.*)/.exec(await bot.say(`/task ${code}`))?.[1];
const lineOf = (said: string, code: string) => said.split('\n').find((line) => line.startsWith(`${code} `));
const name = '水-7 城镇生活污水处理设施及管网建设';

describe('/return', () => {
  beforeEach(async () => {
    await bot.say('/done 水-7 五个建制镇已投运', housing);
  });

  it('leads to in progress and tells the unit why and what next, one to one', async () => {
    expect(await bot.say('/return 水-7 缺风陵渡镇管网验收材料', office)).toBe(
      `已退回：${name}，现在是正在推进。原因：缺风陵渡镇管网验收材料\n单聊告诉县住建局联络员。`,
    );
    expect(await statusOf('水-7')).toBe('正在推进');
    expect(await toldOneToOne(bot)).toEqual([
      {
        to: housing,
        text: [
          `【退回】${name}`,
          `县住建局：督查室退回所报的办结，现在是正在推进。`,
          '原因：缺风陵渡镇管网验收材料',
          '补充后再报办结发“/done 水-7 完成情况”；还要时间的发“/progress 水-7 情况”。',
        ].join('\n'),
      },
    ]);
    expect(await bot.say('/history 水-7')).toContain(
      '督查室 水-7 退回：缺风陵渡镇管网验收材料（已报办结（待核查）→正在推进）',
    );
    expect(await bot.say('/undo', housing)).toBe(
      '水-7在你报送之后又有变动，不能撤销。发“/history 水-7”看经过，更正发“/progress 水-7 情况”。',
    );
    expect(await bot.say('/done 水-7 验收材料已补', housing)).toContain('报办结（待核查）');
  });

  it.each(['/return 水-7', '退回 水-7', '水-7 退回'])('%s is asked for the reason', async (typed) => {
    expect(await bot.say(typed, office)).toContain(`${name}：请回复本条消息写明退回的原因。`);
    expect(await statusOf('水-7')).toBe('已报办结（待核查）');
  });

  it('takes a reason that speaks of 本单位 for words', async () => {
    expect(await bot.say('/return 水-7 本单位意见是补验收材料', office)).toContain('原因：本单位意见是补验收材料');
  });

  it('is confirmed first without a slash', async () => {
    expect(await bot.say('退回 水-7 缺验收材料', office)).toBe(
      `请核对，无误请回“是”：\n退回：${name}。原因：缺验收材料`,
    );
    expect(await bot.say('是', office)).toMatch(/^已退回：水-7/);
  });

  it('sends back one of several units', async () => {
    await bot.say('/done 气-5.1 摸底26台', industry);
    await bot.say('/done 气-5.1 摸底40台', ecology);
    expect(await bot.say('/return 气-5.1 县工科局 缺摸底台账', office)).toContain(
      '已退回：气-5.1 工业炉窑和锅炉综合治理，县工科局，',
    );
    expect((await toldOneToOne(bot)).map(({ to }) => to)).toEqual([industry]);
    expect(await bot.say('/task 气-5')).toContain('气-5.1 已报办结 1/2，尚缺：县工科局；');
  });

  it('says where it stands when nothing waits for review', async () => {
    expect(await bot.say('/return 水-5 缺材料', office)).toBe(
      '水-5：县住建局未报。退回的是已报办结、待核查的，已销号的发“/reopen”重开，这次没有记。',
    );
  });

  it('says for whom nobody was told', async () => {
    await bot.say('/record 县住建局 水-5 办结 电话 改造完成', office);
    await bot.say('/join 县商务局', housing);
    await bot.say('/join 同意 1', '管理员');
    expect(await bot.say('/return 水-5 缺材料', office)).toContain('\n县住建局没有联络员，请另行告知。');
  });
});

describe('/reopen', () => {
  it('opens what was closed, and tells the unit', async () => {
    await bot.say('/done 水-7 五个建制镇已投运', housing);
    await bot.say('/accept 水-7', office);
    expect(await bot.say('/undo', housing)).toBe('水-7已销号，不能撤销。要更正请督查室重开：/reopen 水-7 原因');
    expect(await bot.say('/reopen 水-7', office)).toContain('请回复本条消息写明重开的原因。');
    expect(await bot.say('/reopen 水-7 现场核查的情况与所报不一致', office)).toBe(
      `已重开：${name}，现在是正在推进。原因：现场核查的情况与所报不一致\n单聊告诉县住建局联络员。`,
    );
    expect(await statusOf('水-7')).toBe('正在推进');
    expect((await toldOneToOne(bot))[0]?.text).toContain('【重开】');
    expect(await bot.say('/reopen 水-7 再看', office)).toBe('水-7：县住建局正在推进。重开的是已销号的，这次没有记。');
  });

  it('opens of a recurrence the last turn that was closed', async () => {
    const natural = '县自然资源局联络员';
    await bot.say('/done 土-10 三季度分析已完成', natural);
    await bot.say('/accept 土-10 县自然资源局', office);
    await bot.at('2023-12-28T09:00:00+08:00');
    await bot.say('/done 土-10 四季度分析已完成', natural);
    await bot.say('/accept 土-10 县自然资源局', office);
    await bot.say('/reopen 土-10 县自然资源局 缺通报', office);
    const states = (await dutiesOf(bot)).map(({ occurrence, status }) => [occurrence, status]);
    expect(states).toEqual([
      ['2023-Q3', 'closed'],
      ['2023-Q4', 'in-progress'],
    ]);
  });
});

describe('a leader in charge', () => {
  it('pauses, and a report meanwhile is kept in the history and says so', async () => {
    expect(await bot.say('/pause 水-7 上级调整建设时序', leader)).toBe(
      `已暂缓：${name}。原因：上级调整建设时序\n单聊告诉县住建局联络员。`,
    );
    expect(await statusOf('水-7')).toBe('暂缓');
    expect(lineOf(await bot.say('/list 暂缓'), '水-7')).toBe(`${name}｜未写时限｜暂缓`);
    expect(lineOf(await bot.say('/mine', housing), '水-7')).toContain('｜暂缓');
    expect(await bot.say('/status 水')).toContain('暂缓1');
    const said = await bot.say('/done 水-7 五个建制镇已投运', housing);
    expect(said).toBe(
      `已记：${name}补充情况：五个建制镇已投运\n水-7现在是暂缓，只留在历史里，状态不变。记错了发“/undo”。`,
    );
    expect(await statusOf('水-7')).toBe('暂缓');
    expect((await historyOf(bot, '水-7')).map(({ kind }) => kind)).toEqual(['pause', 'done']);
    expect((await toldOneToOne(bot)).map(({ to }) => to)).toEqual([housing, office]);
  });

  it('resumes what is paused', async () => {
    await bot.say('/progress 水-7 60% 过半', housing);
    await bot.say('/pause 水-7 上级调整建设时序', leader);
    expect(await bot.say('/undo', housing)).toBe('水-7现在是暂缓，不能撤销。要更正发“/progress 水-7 情况”。');
    expect(await bot.say('/resume 水-7', leader)).toContain(`已恢复：${name}，现在是正在推进。`);
    expect(await statusOf('水-7')).toBe('正在推进');
    expect(await bot.say('/resume 水-7', leader)).toBe(
      '水-7：县住建局正在推进。恢复的是暂缓或调整取消的，这次没有记。',
    );
  });

  it('withdraws, and it owes no report any more', async () => {
    await bot.say('/withdraw 气-7 并入上级项目', leader);
    expect(await statusOf('气-7')).toBe('调整取消');
    expect(lineOf(await bot.say('/list 调整取消'), '气-7')).toContain('｜调整取消');
    expect(lineOf(await bot.say('/mine', ecology), '气-7')).toBeUndefined();
    await bot.at('2023-10-09T09:00:00+08:00');
    expect(lineOf(await bot.say('/due 逾期'), '气-7')).toBeUndefined();
    expect(await bot.say('/progress 气-7 补充一点', ecology)).toContain(
      '气-7不再要求报送（不涉及或调整取消），只留在历史里',
    );
    expect(await bot.say('/accept 气-7', office)).toBe(
      '气-7没有待核查的办结报告：市生态环境局芮城分局调整取消。经过发“/history 气-7”。',
    );
    expect(await bot.say('/resume 气-7', leader)).toContain('已恢复');
  });

  it('pauses one of several units, which is nobody’s report', async () => {
    await bot.say('/pause 水-2 县住建局 上级调整', leader);
    expect(await statusOf('水-2')).toBe('未报，暂缓：县住建局');
    await bot.say('/done 水-2 管网投运', '县水利局联络员');
    expect(await statusOf('水-2')).toBe(
      '正在推进，已报办结 1/3，尚缺：风陵渡经济开发区、市生态环境局芮城分局，暂缓：县住建局',
    );
    expect(await bot.say('/history 水-2')).toContain('县领导 水-2 县住建局暂缓：上级调整（未报→暂缓）');
  });

  it('pauses the annex rows with the task, and the turns of a recurrence that begin meanwhile', async () => {
    expect(await bot.say('/pause 气-3 上级调整', leader)).toContain('（含气附-3、气附-6）');
    expect(await statusOf('气附-6')).toBe('暂缓');
    await bot.say('/pause 土-10 上级调整', leader);
    await bot.at('2023-10-09T09:00:00+08:00');
    expect(await statusOf('土-10')).toBe('暂缓');
    expect(await bot.say('/due 本季度')).toMatch(/土-10 .*暂缓/);
    await bot.say('/resume 土-10', leader);
    expect(await statusOf('土-10')).toBe('正在推进');
  });

  it('tells every member of a group noun, and calls the group by its name', async () => {
    expect(await bot.say('/pause 气-2 上级调整', leader)).toContain('单聊告诉各乡镇人民政府联络员。');
    const told = (await toldOneToOne(bot)).map(({ to }) => to);
    expect(told.filter((to) => /[镇乡]联络员$/.test(to))).toHaveLength(10);
  });

  it('is asked for a reason', async () => {
    expect(await bot.say('/pause 水-7', leader)).toContain('请回复本条消息写明暂缓的原因。');
    expect(await bot.say('/withdraw 水-7', leader)).toContain('请回复本条消息写明调整取消的原因。');
    expect(await dutiesOf(bot)).toEqual([]);
  });
});

it('names the leader in charge to one who is not', async () => {
  await seat(bot, { name: '分管工业的县领导', roles: ['leader'], scope: { plans: ['气'], units: [] } });
  expect(await bot.say('/pause 水-7 上级调整', '分管工业的县领导')).toBe(
    '水-7不在你分管的范围，暂缓由分管领导决定，请县领导来发。',
  );
  expect(await bot.say('/pause 气-7 上级调整', '分管工业的县领导')).toContain('已暂缓：气-7');
});
