import { describe, expect, it } from 'vitest';

import { readNotice } from '../../../src/plan-parser/read-notice.js';

const title = '云溪县2024年民生实事任务分解表';
const tasksOf = (...lines: string[]) =>
  readNotice([title, ...lines].join('\n')).plans.flatMap((plan) =>
    plan.tasks.map((task) => [task.number, task.title, task.responsibility.flatMap((entry) => entry.units).join('、')]),
  );

describe('a table with bars between its cells', () => {
  const rows = [
    [1, '修建幼儿园', '县教育局'],
    [2, '改造农村公路', '县交通运输局、各乡镇'],
  ];

  it.each([
    [
      'bars at both ends and a rule',
      [
        '| 序号 | 工作任务 | 责任单位 | 完成时限 |',
        '|---|---|---|---|',
        '| 1 | 修建幼儿园 | 县教育局 | 8月底前 |',
        '| 2 | 改造农村公路 | 县交通运输局、各乡镇 | 12月底前 |',
      ],
    ],
    [
      'bars at one end, blank lines between',
      [
        '序号 | 工作任务 | 责任单位 | 完成时限 |',
        '',
        '1 | 修建幼儿园 | 县教育局 | 8月底前 |',
        '',
        '2 | 改造农村公路 | 县交通运输局、各乡镇 | 12月底前 |',
      ],
    ],
  ])('%s', (_, lines) => {
    expect(tasksOf(...lines)).toEqual(rows);
  });

  it('a row that a merged cell left short goes into its columns; its title may begin with the number', () => {
    const lines = [
      '类别 | 实事名称 | 年度目标 | 责任单位 | 分管领导 |',
      '一、教育 | 1.修建幼儿园 | 建成2所 | 县教育局 | 张×× |',
      '2.改造操场 | 改造3处 | 县教育局 | 张×× | |',
      '索引号： | 000014/2024-01 | 成文日期： | 2024-03-05 |',
    ];
    expect(tasksOf(...lines)).toEqual([
      [1, '修建幼儿园', '县教育局'],
      [2, '改造操场', '县教育局'],
    ]);
    expect(readNotice([title, ...lines].join('\n')).issues.map(({ code }) => code)).toContain('row-doubtful');
  });
});
