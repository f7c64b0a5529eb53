import { describe, expect, it } from 'vitest';

import { readNotice } from '../../src/plan-parser/read-notice.js';
import { rolesOf } from './a-notice.js';

const title = '云溪县2024年重点工作任务分解';
const noticeOf = (...lines: string[]) => readNotice([title, ...lines].join('\n'));
const tasksOf = (...lines: string[]) => noticeOf(...lines).plans.flatMap((plan) => plan.tasks);
const codesOf = (...lines: string[]) => noticeOf(...lines).issues.map(({ code }) => code);

describe('paragraphs without numbers under a section', () => {
  const lines = [
    '一、减少工地噪声',
    '坚持从源头治理，巩固已有成果。',
    '规范夜间施工。公示全部工地，10月底前完成。（牵头单位：县住建局；责任单位：各乡镇）',
    '每月通报一次。',
    '改造老旧设备。更换20台。（牵头单位：县工信局）',
    '二、管好广场',
    '划定练习时段。（牵头单位：县文旅局）',
    '建设隔声屏障。（牵头单位：县城管局）',
  ];

  it('are tasks where they name units, each with what follows it', () => {
    const tasks = tasksOf(...lines);
    expect(tasks.map((task) => [task.number, task.title])).toEqual([
      [1, '规范夜间施工'],
      [2, '改造老旧设备'],
      [3, '划定练习时段'],
      [4, '建设隔声屏障'],
    ]);
    expect(tasks[0]).toMatchObject({ section: ['一、减少工地噪声'], line: 4 });
    expect(tasks[0]?.milestones.map(({ phrase }) => phrase)).toEqual(['10月底前', '每月']);
    expect(tasks.map(rolesOf)[1]).toEqual(['lead 县工信局']);
    expect(codesOf(...lines)).toContain('items-unnumbered');
  });

  it('are one task where the section is its title and one paragraph names the units', () => {
    const tasks = tasksOf(
      '一、减少工地噪声',
      '规范夜间施工。',
      '责任单位：县住建局',
      '二、管好广场',
      '（县文旅局牵头）',
    );
    expect(tasks.map((task) => task.title)).toEqual(['减少工地噪声', '管好广场']);
  });
});

describe('headings without numbers', () => {
  it('are the sections of the tasks below them', () => {
    const tasks = tasksOf(
      '切实减少工地噪声',
      '（一）规范施工。（县住建局牵头）',
      '（二）更换设备。（县工信局牵头）',
      '扎实管好广场',
      '（三）划定时段。（县文旅局牵头）',
    );
    expect(tasks.map((task) => task.section)).toEqual([['切实减少工地噪声'], ['切实减少工地噪声'], ['扎实管好广场']]);
  });

  it('may be the units whose tasks follow', () => {
    const tasks = tasksOf('县住建局', '1.规范施工。', '2.公示工地。', '县城管局、县公安局', '1.管好广场。');
    expect(tasks.map(rolesOf)).toEqual([
      ['implement 县住建局'],
      ['implement 县住建局'],
      ['implement 县城管局、县公安局'],
    ]);
  });

  it('are not made of a list of units that goes on in the next line', () => {
    const tasks = tasksOf(
      '1.规范施工。',
      '责任单位：县住建局、',
      '县公安局',
      '2.公示工地。',
      '责任单位：县住建局、',
      '县城管局',
      '3.管好广场。',
    );
    expect(tasks.map((task) => task.section)).toEqual([[], [], []]);
    expect(tasks.slice(0, 2).map(rolesOf)).toEqual([
      ['implement 县住建局、县公安局'],
      ['implement 县住建局、县城管局'],
    ]);
  });
});

describe('other marks for the tasks', () => {
  it.each([
    ['第一条 规范施工。（县住建局负责）', '第二条 管好广场。（县文旅局负责）'],
    ['任务1：规范施工。（县住建局负责）', '任务2：管好广场。（县文旅局负责）'],
    ['第1项 规范施工。（县住建局负责）', '第2项 管好广场。（县文旅局负责）'],
  ])('%s', (...lines) => {
    const tasks = tasksOf(...lines);
    expect(tasks.map((task) => [task.number, task.title])).toEqual([
      [1, '规范施工'],
      [2, '管好广场'],
    ]);
  });

  it('may be bullets, which are numbered in their order', () => {
    const lines = ['● 规范施工。（县住建局）', '● 管好广场，8月底前完成。（县文旅局）', '● 更换设备。（县工信局）'];
    expect(tasksOf(...lines).map((task) => [task.number, task.title])).toEqual([
      [1, '规范施工'],
      [2, '管好广场'],
      [3, '更换设备'],
    ]);
    expect(codesOf(...lines)).toContain('items-unnumbered');
  });

  it('make no task of what a paper says of itself', () => {
    const tasks = tasksOf('第一条 规范施工。（县住建局负责）', '第二条 本措施自印发之日起施行，有效期两年。');
    expect(tasks).toHaveLength(1);
  });
});

describe('duties listed by unit', () => {
  const duties = [
    '县住建局：负责监测工地噪声，6月底前建成网络。',
    '县文旅局：负责管好广场。',
    '各乡镇：落实属地责任。',
  ];

  it('are no tasks beside tasks', () => {
    const lines = ['一、重点任务', '1.规范施工。（县住建局牵头）', '二、部门分工', ...duties];
    expect(tasksOf(...lines)).toHaveLength(1);
    expect(codesOf(...lines)).toContain('duties-unread');
  });

  it('are the tasks of a plan that holds nothing else, with a doubt', () => {
    const tasks = tasksOf('一、任务分工', ...duties);
    expect(tasks.map((task) => task.title)).toEqual(['负责监测工地噪声', '负责管好广场', '落实属地责任']);
    expect(tasks.map(rolesOf)).toEqual([['implement 县住建局'], ['implement 县文旅局'], ['implement 各乡镇']]);
    expect(codesOf('一、任务分工', ...duties)).toContain('duties-read');
  });

  it('may be numbered', () => {
    const tasks = tasksOf('一、任务分解', '1.县工业园区：到位资金10亿元。', '2.城关镇：到位资金2亿元。');
    expect(tasks.map((task) => [task.number, task.title])).toEqual([
      [1, '到位资金10亿元'],
      [2, '到位资金2亿元'],
    ]);
  });
});

it('names a task that is a list by the first of its parts', () => {
  const lines = ['一、任务', '1．（1）整治黑臭水体5处；（2）建设污水处理设施10座。（责任单位：县住建局）'];
  expect(tasksOf(...lines)[0]?.title).toBe('整治黑臭水体5处');
});

it('reads a page set with a space after every character', () => {
  const tasks = tasksOf(
    '一 、 规 范 施 工',
    '1 ． 公 示 工 地 。 3 月 底 前 完 成 。 （ 县 住 建 局 牵 头 ， 县 工 信 局 配 合 ）',
  );
  expect(tasks[0]).toMatchObject({ title: '公示工地', section: ['一、规范施工'] });
  expect(tasks.map(rolesOf)).toEqual([['lead 县住建局', 'support 县工信局']]);
});

it.each([
  ['一、县委副书记、县长张××牵头负责的工作', '县委副书记、县长张××'],
  ['（一）副县长王×牵头', '副县长王×'],
  ['一、李××同志牵头负责', '李××同志'],
])('%s names who answers for the tasks under it', (heading, leader) => {
  expect(
    tasksOf(heading, '1.规范施工。（责任单位：县住建局）', '2.公示工地。（责任单位：县住建局）')[1]?.leaders,
  ).toEqual([leader]);
});

it.each([
  ['云溪县人民政府关于推进文创产业健康有序发展的意见', '文创'],
  ['梧桐州2024年灯会方案', '灯会'],
  ['云州市2024年灯会方案', '灯会'],
  ['2024年政府工作报告重点工作责任分解', '政'],
])('the tasks of %s are called %s', (name, prefix) => {
  expect(readNotice(`${name}\n一、任务\n1.规范施工。（县住建局牵头）`).plans[0]?.prefix).toBe(prefix);
});
