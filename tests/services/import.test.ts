import { readFileSync } from 'node:fs';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { newPlan } from '../support/new-plan.js';
import { type TestBot, testBot } from '../support/test-bot.js';

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const notice = read('data/plans/ruicheng-2023.txt');

let bot: TestBot;
beforeEach(async () => {
  bot = await testBot();
});
afterEach(() => bot.stop());

const confirm = (words = '确认导入') => bot.say(words, '督查室');

describe('a new plan dropped into the chat', () => {
  it('is shown with counts, doubts and new units, and waits for a second person', async () => {
    const said = await bot.drop('消防方案.txt', newPlan);
    expect(said).toContain('第1号导入《消防方案.txt》：读到1个计划、2条，待确认');
    expect(said).toContain('消｜芮城县2024年消防安全工作方案（2024）：2项，新计划');
    expect(said).toMatch(/名单里没有的单位1个，确认后按原文加入：县消防救援大队/);
    expect(said).toContain('另一位管理员或督查室回“确认导入 1”入账');
    expect(await bot.say('/who 消-1')).toContain('没有找到“消-1”');
    expect(await bot.say('/import', '督查室')).toContain('1. 消防方案.txt');
  });

  it('is not confirmed by whoever proposed it', async () => {
    await bot.drop('消防方案.txt', newPlan);
    expect(await bot.say('确认导入', '管理员')).toBe('第1号导入是你提交的，要由另一位管理员或督查室确认。');
    expect(await bot.say('/who 消-1')).toContain('没有找到“消-1”');
  });

  it('comes into the ledger when a second person confirms, once', async () => {
    await bot.drop('消防方案.txt', newPlan);
    const said = await confirm('确认导入 1');
    expect(said).toContain('已入账：《消防方案.txt》，督查室确认。');
    expect(said).toContain('回“启用前办结 消-1 …”');
    expect(await bot.say('/who 消-1')).toContain('牵头：县消防救援大队');
    expect(await confirm('确认导入 1')).toBe('第1号导入已经入账。');
  });

  it('is put aside without a trace in the ledger', async () => {
    await bot.drop('消防方案.txt', newPlan);
    expect(await bot.say('放弃导入', '督查室')).toBe('已放弃第1号导入《消防方案.txt》，台账没有变化。');
    expect(await confirm('确认导入 1')).toBe('第1号导入已经放弃。');
    expect(await bot.say('/who 消-1')).toContain('没有找到“消-1”');
  });

  it('takes another prefix when the person who confirms says so', async () => {
    await bot.drop('消防方案.txt', newPlan);
    await confirm('确认导入 1 前缀 消=防');
    expect(await bot.say('/who 防-1')).toContain('牵头：县消防救援大队');
    expect(await bot.say('/who 消-1')).toContain('没有找到“消-1”');
  });

  it('refuses a correction that it does not understand, and keeps waiting', async () => {
    await bot.drop('消防方案.txt', newPlan);
    expect(await confirm('确认导入 1 随便')).toContain('没看懂“随便”');
    expect(await confirm('确认导入 1 水附-9 单列')).toContain('水附-9');
    expect(await bot.say('/import', '督查室')).toContain('等待确认的导入1份');
  });

  it('shows its tasks one by one on request', async () => {
    await bot.drop('消防方案.txt', newPlan);
    const page = await bot.say('/import 1 第1页', '督查室');
    expect(page).toContain('消-1｜整治高层建筑｜牵头：县消防救援大队；配合：县住建局｜6月底前（2024-06-30）');
    expect(await bot.say('/import 1 第2页', '督查室')).toBe('第1号导入只有1页。');
  });

  it('is refused from a member or a liaison, unread', async () => {
    for (const user of ['成员', '县住建局联络员', '县领导', '审计员']) {
      expect(await bot.drop('消防方案.txt', newPlan, user)).toContain('计划文件由管理员或督查室导入');
      expect(await bot.say('确认导入 1', user)).not.toContain('已入账');
    }
    expect(await bot.say('/import', '督查室')).toContain('没有等待确认的导入');
  });

  it('is refused when there is no task in it', async () => {
    expect(await bot.drop('便条.txt', '今天下午三点开会。')).toContain('没有读到编号的任务');
    expect(await bot.say('/import', '督查室')).toContain('没有等待确认的导入');
  });

  it('lets the supervisor say what was done before, to be closed by another', async () => {
    await bot.drop('消防方案.txt', newPlan);
    await confirm();
    expect(await bot.say('/settled 消-1 消-2', '督查室')).toBe(
      '已登记1项启用前办结，待另一人核查：消-1\n没有登记（已报过，或长期坚持、按周期报送）：消-2',
    );
    expect(await bot.say('/task 消-1')).toContain('已报办结（待核查）');
  });
});

describe('the same document again', () => {
  it('changes nothing', async () => {
    expect(await bot.drop('通知.txt', notice)).toContain('没有变化，不用再导入');
    await bot.drop('消防方案.txt', newPlan);
    await confirm();
    expect(await bot.drop('消防方案.txt', newPlan)).toContain('这份文件已经导入过');
  });
});

describe('an amended document', () => {
  const lead = '县住建局联络员';

  it('changes a limit and keeps what was reported', async () => {
    const bureau = '市生态环境局芮城分局联络员';
    await bot.say('/done 气-7 供热企业检修完成', bureau);
    const said = await bot.drop('修订.txt', notice.replace('9月底完成检修', '10月底完成检修'));
    expect(said).toContain('修订已有计划：变更1（气-7 原文、时限）');
    await confirm();
    const task = await bot.say('/task 气-7');
    expect(task).toContain('10月底');
    expect(task).toContain('已报办结（待核查）');
    const history = await bot.say('/history 气-7');
    expect(history).toContain('供热企业检修完成');
    expect(history).toContain('文件修订：原文、时限有变');
  });

  it('follows a task to its new number, with its history', async () => {
    await bot.say('/done 水-7 五个镇已投运', lead);
    const shifted = notice
      .split('\n')
      .filter((line) => !line.startsWith('2．推动区域再生水利用'))
      .map((line) => line.trimEnd());
    const from = shifted.findIndex((line) => line.startsWith('1．强化水资源刚性约束'));
    const until = shifted.findIndex((line) => line.startsWith('芮城县空气质量再提升2023年行动计划'));
    const renumbered = shifted.map((line, at) =>
      at > from && at < until ? line.replace(/^(\d+)．/, (_, number) => `${Number(number) - 1}．`) : line,
    );
    const said = await bot.drop('修订.txt', renumbered.join('\n'));
    expect(said).toContain('水-6 原水-7');
    expect(said).toContain('不再列入1（水-2，保留并标为已调整）');
    await confirm();
    expect(await bot.say('/task 水-6')).toContain('城镇生活污水处理设施');
    expect(await bot.say('/task 水-6')).toContain('已报办结（待核查）');
    expect(await bot.say('/history 水-6')).toContain('五个镇已投运');
    expect(await bot.say('/history 水-6')).toContain('（水-7改为水-6）');
    expect(await bot.say('/who 水-12')).toContain('没有找到任务 水-12');
  });

  it('keeps a task that is no longer there, marked, and asks nothing more for it', async () => {
    await bot.say('/progress 水-7 管网过半', lead);
    const without = notice.split('\n').filter((line) => !line.includes('完善城镇生活污水处理设施及管网建设'));
    await bot.drop('修订.txt', without.join('\n'));
    await confirm();
    expect(await bot.say('/task 水-7')).toContain('已调整');
    expect(await bot.say('/history 水-7')).toContain('管网过半');
    expect(await bot.say('/done 水-7 完成了管网', lead)).toContain('已调整');
    expect(await bot.say('/list 县住建局')).not.toContain('水-7');
  });
});

describe('plans of two years', () => {
  const next = newPlan.replaceAll('2024年', '2023年').replace('2023年2月5日', '2023年3月5日');

  it('stand side by side when their prefixes differ', async () => {
    await bot.drop('消防方案.txt', newPlan);
    await confirm();
    expect(await bot.say('/who 水-7')).toContain('牵头：县住建局');
    expect(await bot.say('/who 消-1')).toContain('牵头：县消防救援大队');
    expect(await bot.say('/due 本周')).toContain('到期2项（4条）');
    expect(await bot.say('我的', '县住建局联络员', { private: true })).toContain('牵头8项');
  });

  it('of one prefix are told apart by year; the one that has begun is meant', async () => {
    await bot.drop('消防方案.txt', newPlan);
    await confirm();
    await bot.drop('旧消防方案.txt', next.replace('县消防救援大队牵头', '县应急管理局牵头'));
    await confirm();
    expect(await bot.say('/who 消-1')).toContain('牵头：县应急管理局');
    expect(await bot.say('/who 2024消-1')).toContain('牵头：县消防救援大队');
    await bot.at('2024-03-01T09:00:00+08:00');
    expect(await bot.say('/who 消-1')).toContain('牵头：县消防救援大队');
    expect(await bot.say('/who 2023消-1')).toContain('牵头：县应急管理局');
  });
});
