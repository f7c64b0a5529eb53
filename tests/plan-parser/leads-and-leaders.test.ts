import { describe, expect, it } from 'vitest';

import { readNotice } from '../../src/plan-parser/read-notice.js';
import { aNotice, issueCodes, readPlanOf, readTask, rolesOf } from './a-notice.js';

const first = (rule: string) => `1．规范施工。应当公示。（县住建局、县公安局负责${rule}）`;
const second = '2．规范鸣笛。设置标志。（县公安局、县城管局按职责分工负责）';

describe('a rule for leads, written once', () => {
  it.each([
    '列第一位者为牵头单位，下同',
    '排在第一位的部门为牵头部门，下同',
    '列第一位的责任单位为牵头单位或汇总单位',
    '首位为牵头单位，下同',
    '责任单位中排名第一的为牵头单位，下同',
    '第一责任单位为牵头单位，下同',
    '无牵头单位的，责任单位即为牵头单位，下同',
    '未明确牵头单位的，列首位的责任单位为牵头单位，下同',
  ])('%s', (rule) => {
    expect(readPlanOf(first(`，${rule}`), second).tasks.map(rolesOf)).toEqual([
      ['lead 县住建局', 'implement 县公安局'],
      ['lead 县公安局', 'implement 县城管局'],
    ]);
    expect(issueCodes(aNotice(first(`，${rule}`), second))).toContain('lead-rule');
  });

  it('leaves clauses that name a lead as they are', () => {
    const third = '3．整治广场舞。划定时段。（县公安局牵头，县城管局负责）';
    expect(readPlanOf(first('，列第一位者为牵头单位，下同'), third).tasks.map(rolesOf).at(1)).toEqual([
      'lead 县公安局',
      'implement 县城管局',
    ]);
  });

  it('begins where its brackets stand', () => {
    const before = '1．规范施工。应当公示。（县住建局、县公安局负责）';
    const after = '2．规范鸣笛。设置标志。（县公安局、县城管局负责，列第一位者为牵头单位，下同）';
    expect(readPlanOf(before, after).tasks.map(rolesOf)).toEqual([
      ['implement 县住建局、县公安局'],
      ['lead 县公安局', 'implement 县城管局'],
    ]);
  });

  it('in the notice holds for every plan', () => {
    const text = [
      '现将《云溪县噪声污染防治2024年行动计划》《云溪县固废治理2024年行动计划》印发给你们。责任单位列第一位的为牵头单位。',
      '云溪县噪声污染防治2024年行动计划',
      first(''),
      '云溪县固废治理2024年行动计划',
      '1．整治堆场。清理堆场。（县城管局负责）',
    ].join('\n');
    expect(readNotice(text).plans.flatMap((plan) => plan.tasks.map(rolesOf))).toEqual([
      ['lead 县住建局', 'implement 县公安局'],
      ['lead 县城管局'],
    ]);
  });

  it('in one plan holds for that plan', () => {
    const text = [
      '《云溪县噪声污染防治2024年行动计划》《云溪县固废治理2024年行动计划》',
      '云溪县噪声污染防治2024年行动计划',
      first('，列第一位者为牵头单位，下同'),
      '云溪县固废治理2024年行动计划',
      '1．整治堆场。清理堆场。（县城管局负责）',
    ].join('\n');
    expect(readNotice(text).plans.flatMap((plan) => plan.tasks.map(rolesOf))).toEqual([
      ['lead 县住建局', 'implement 县公安局'],
      ['implement 县城管局'],
    ]);
  });

  it('in a note after a table holds for its rows', () => {
    const table = ['序号\t工作任务\t责任单位', '1\t夜间施工\t县住建局、县公安局'].join('\n');
    const plan = readPlanOf(table, '', '注：1.责任单位中列第一位的为牵头单位，下同。');
    expect(plan.tasks.map(rolesOf)).toEqual([['lead 县住建局', 'implement 县公安局']]);
  });

  it('may be a mark on the names', () => {
    const marked = '1．规范施工。应当公示。（责任单位：县住建局、县公安局*）';
    expect(readPlanOf('说明：标*的为牵头单位。', marked).tasks.map(rolesOf)).toEqual([
      ['lead 县公安局', 'implement 县住建局'],
    ]);
  });

  it('asks where it cannot tell', () => {
    const several = '无牵头单位的，责任单位即为牵头单位，下同';
    expect(issueCodes(aNotice(first(`，${several}`)))).toContain('lead-of-several');
    expect(issueCodes(aNotice('责任单位中加粗的为牵头单位。', second))).toContain('lead-unseen');
  });

  it('is not thought of where the document has none', () => {
    expect(readPlanOf(first(''), second).tasks.map(rolesOf)).toEqual([
      ['implement 县住建局、县公安局'],
      ['implement 县公安局、县城管局'],
    ]);
  });
});

describe('people who answer for a task', () => {
  const bodyOf = (...lines: string[]) => readTask('1．规范夜间施工', '夜间施工应当公示。', ...lines);

  it.each([
    [['牵头领导：张×、李×', '牵头单位：县住建局'], ['张×', '李×'], ['lead 县住建局']],
    [['牵头领导：张×　　责任领导：王×', '责任单位：县住建局'], ['张×', '王×'], ['implement 县住建局']],
    [['包抓领导：县委常委、常务副县长张×'], ['县委常委、常务副县长张×'], []],
    [['牵头领导：张×；牵头单位：县住建局；完成时限：9月底前'], ['张×'], ['lead 县住建局']],
    [['县级牵头领导：张三；责任人：李四；责任单位：县住建局'], ['张三', '李四'], ['implement 县住建局']],
    [['（张×县长牵头，县住建局负责）'], ['张×县长'], ['implement 县住建局']],
    [['（县政府分管领导牵头，县住建局落实）'], ['县政府分管领导'], ['implement 县住建局']],
    [['联系人：张×；联系电话：0000'], [], []],
  ])('%j', (lines, leaders, roles) => {
    const task = bodyOf(...lines);
    expect({ leaders: task.leaders, roles: rolesOf(task) }).toEqual({ leaders, roles });
  });

  it('may be named by a heading', () => {
    const [task] = readPlanOf('（一）张×县长牵头重点工作', '1．规范施工。应当公示。（县住建局负责）').tasks;
    expect(task?.leaders).toEqual(['张×县长']);
  });
});
