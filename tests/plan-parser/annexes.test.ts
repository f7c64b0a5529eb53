import { describe, expect, it } from 'vitest';

import { readNotice } from '../../src/plan-parser/read-notice.js';
import { rolesOf } from './a-notice.js';

const body = [
  '云溪县2024年噪声污染防治工作方案',
  '一、任务',
  '1．规范施工。公示。（县住建局牵头）',
  '2．管好广场。划定时段。（县公安局牵头）',
];
const read = (...paragraphs: string[]) => readNotice([...body, ...paragraphs].join('\n'));
const annexOf = (...paragraphs: string[]) => read(...paragraphs).plans[0]?.tasks.filter((task) => task.annex) ?? [];
const codesOf = (...paragraphs: string[]) => read(...paragraphs).plans[0]?.tasks.map((task) => task.code);
const rows = ['序号\t主要任务\t牵头单位', '1\t公示\t县住建局', '2\t围挡\t县住建局'];

describe('annexes', () => {
  it.each([
    ['one', ['附件：云溪县噪声任务表']],
    ['several, one to a line', ['附件：1．云溪县噪声任务表', '2．云溪县联络员名单', '3．监测点位图（略）']],
    ['several, without a colon', ['附件1 云溪县噪声任务表', '附件2 云溪县联络员名单', '附件3 监测点位图（略）']],
    ['several, each with its mark', ['附件1：云溪县噪声任务表', '附件2：云溪县联络员名单']],
  ])('are no tasks where the text only points to them: %s', (_, pointers) => {
    expect(codesOf(...pointers)).toEqual(['声-1', '声-2']);
    expect(read(...pointers).plans[0]?.tasks[1]?.text).toBe('划定时段。（县公安局牵头）');
  });

  it.each([
    ['附件', ['附件', '云溪县噪声任务表']],
    ['附件1', ['附件1', '云溪县噪声任务表']],
    ['附 件', ['附 件', '云溪县噪声任务表']],
    ['附表一：', ['附表一：', '云溪县噪声任务表']],
    ['a mark and the title', ['附件1：云溪县噪声任务表']],
    ['a mark, a space and the title', ['附件1  云溪县噪声任务表']],
    ['the title alone', ['云溪县噪声任务表']],
    ['a title over two lines', ['附件', '云溪县噪声', '任务表']],
  ])('begin with %s', (_, start) => {
    const tasks = annexOf('附件：1．云溪县噪声任务表', '2．云溪县联络员名单', ...start, ...rows);
    expect(tasks.map((task) => [task.code, task.section])).toEqual([
      ['声附-1', ['云溪县噪声任务表']],
      ['声附-2', ['云溪县噪声任务表']],
    ]);
  });

  it('are numbered on where there are several', () => {
    const tasks = annexOf(
      '附件1',
      '云溪县工地任务表',
      ...rows,
      '附件2',
      '云溪县社区任务表',
      '序号\t任务\t责任单位',
      '1\t广场\t县公安局',
    );
    expect(tasks.map((task) => [task.code, task.section[0]])).toEqual([
      ['声附-1', '云溪县工地任务表'],
      ['声附-2', '云溪县工地任务表'],
      ['声附-3', '云溪县社区任务表'],
    ]);
  });

  it('give tasks in numbered text that names units', () => {
    const tasks = annexOf(
      '附件',
      '云溪县噪声问题整改清单',
      '一、工地',
      '1．设置围挡。安装监测。（县住建局牵头）',
      '2．限制时段。停工。（县城管局牵头）',
    );
    expect(tasks.map((task) => [task.code, task.title, task.section, rolesOf(task).join()])).toEqual([
      ['声附-1', '设置围挡', ['云溪县噪声问题整改清单', '一、工地'], 'lead 县住建局'],
      ['声附-2', '限制时段', ['云溪县噪声问题整改清单', '一、工地'], 'lead 县城管局'],
    ]);
  });

  it.each([
    ['a list of people', ['云溪县专班名单', '组  长：张×  副县长', '成  员：李×  县住建局副局长']],
    ['an outline without units', ['云溪县考核细则', '一、考核对象', '1．各乡镇。', '2．县直部门。']],
  ])('give none in %s, and say so once', (_, annex) => {
    const { plans, issues } = read('附件', ...annex);
    expect(plans[0]?.tasks).toHaveLength(2);
    expect(issues.filter((issue) => issue.code === 'annex-unread')).toHaveLength(1);
  });

  it('may end with notes that are no tasks', () => {
    const tasks = annexOf(
      '附件',
      '云溪县噪声任务表',
      ...rows,
      '注：1．各单位于4月30日前报备。',
      '2．人员变动的，自然递补。',
    );
    expect(tasks).toHaveLength(2);
    expect(tasks.at(-1)?.milestones).toEqual([]);
  });
});

describe('links', () => {
  it('are left open, and asked about, where two tasks are nearly as near', () => {
    const row = '1\t公示与划定时段\t县住建局、县公安局';
    const tasks = [
      '云溪县2024年噪声污染防治工作方案',
      '1．工地停车泊位。新增停车泊位，挖掘潜力。（县住建局牵头）',
      '2．广场停车泊位。新增停车泊位，加强管理。（县公安局牵头）',
      '3．种树。绿化。（县林业局牵头）',
    ];
    const table = ['附件', '任务表', '序号\t主要任务\t牵头单位', row.replace('公示与划定时段', '停车泊位新增')];
    const { plans, issues } = readNotice([...tasks, ...table].join('\n'));
    expect(plans[0]?.tasks.at(-1)).toMatchObject({ annex: true, partOf: null });
    expect(issues).toContainEqual(expect.objectContaining({ code: 'link-ambiguous', line: 8 }));
  });
});
