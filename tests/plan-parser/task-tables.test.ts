import { describe, expect, it } from 'vitest';

import type { Block } from '../../src/plan-parser/blocks.js';
import { readBlocks } from '../../src/plan-parser/read-notice.js';
import { readHeader } from '../../src/plan-parser/table-columns.js';
import { rolesOf } from './a-notice.js';

const title = '云溪县2024年噪声污染防治任务分解表';

/** A plan that is nothing but a table, one line to a row. */
function read(...rows: string[][]) {
  const blocks: Block[] = [
    { kind: 'paragraph', text: title, line: 1 },
    { kind: 'table', rows: rows.map((cells, at) => cells.map((text) => ({ text, line: at + 2 }))), line: 2 },
  ];
  const { plans, issues } = readBlocks(blocks);
  return { tasks: plans[0]?.tasks ?? [], issues: issues.map(({ code, line }) => `${code} ${line}`) };
}

const header = ['序号', '重点任务', '工作措施', '牵头单位', '完成时限'];
const first = ['1', '规范施工', '夜间公示。', '县住建局', '9月底前'];
const second = ['2', '管好广场', '划定时段。', '县公安局', '长期坚持'];

describe('the columns of a table', () => {
  it.each([
    ['序号 重点工作 主要任务 完成时限 工程措施 牵头单位', 'number group title limit measure lead'],
    ['序号 重点任务 工作措施 完成时限 牵头部门 主责单位 协办单位', 'number title measure limit lead implement support'],
    ['序号 类别 主要任务 细化措施 牵头单位 参与单位 责任单位', 'number group title measure lead support implement'],
    ['序号 民生实事 责任单位 完成时限', 'number title implement limit'],
    ['工作任务 工作要求 牵头单位 配合/责任单位', 'title measure lead implement'],
    ['序号 类别 领域 任务 牵头单位 配合单位 时间', 'number group group title lead support limit'],
    ['序号 问题 整改措施 整改时限 责任单位 牵头领导', 'number title measure limit implement leader'],
    [
      '序号 反馈问题 整改目标 整改措施 责任领导 责任单位 整改时限 备注',
      'number title measure measure leader implement limit -',
    ],
    ['序号 重点方向 任务名称 具体举措 完成时限 牵头单位 责任单位', 'number group title measure limit lead implement'],
    ['序号 项目名称 建设内容 责任单位及责任人 包抓领导 进展情况', 'number title measure implement leader -'],
    ['编号 目标任务 具体要求 承办单位 协办单位 完成时间', 'number title measure implement support limit'],
    ['责任单位 任务内容 时间节点', 'implement title limit'],
    [
      '序号 重点任务 具体措施（原文） 牵头单位 配合（负责）单位 完成时限（原文） 时限日期 办理情况 最近进展 备注',
      'number title measure lead support limit - - - -',
    ],
  ])('%s', (cells, columns) => {
    expect(
      readHeader(cells.split(' '))
        ?.map((column) => column ?? '-')
        .join(' '),
    ).toBe(columns);
  });

  it.each([
    '序号 单位 联络员 职务 联系电话',
    '序号 指标名称 单位 现状值 目标值',
    '组长 副组长 成员',
    '1 规范施工 县住建局',
  ])('%s are not those of tasks', (cells) => {
    expect(readHeader(cells.split(' '))).toBeNull();
  });
});

describe('a table of tasks', () => {
  it('may be the whole plan, without a body', () => {
    const { tasks } = read(header, first, second);
    expect(tasks.map((task) => [task.code, task.title, task.text, task.annex])).toEqual([
      ['声-1', '规范施工', '夜间公示。', false],
      ['声-2', '管好广场', '划定时段。', false],
    ]);
  });

  it('has its header again on the next page, and rows that name a group, sums and notes', () => {
    const { tasks, issues } = read(
      header,
      ['一、工地方面（1项）'],
      first,
      header,
      ['二、社区方面（1项）', '', '', '', ''],
      second,
      ['合计', '2项', '', '', ''],
      ['注：1.责任单位中列第一位的为牵头单位。', '', '', '', ''],
    );
    expect(tasks.map((task) => [task.code, task.section])).toEqual([
      ['声-1', ['一、工地方面（1项）']],
      ['声-2', ['二、社区方面（1项）']],
    ]);
    expect(issues).not.toContain('row-width 3');
  });

  it('may have its title and a second line of headings above the rows', () => {
    const { tasks } = read(
      [title, '', '', ''],
      ['序号', '重点任务', '责任分工', '责任分工'],
      ['序号', '重点任务', '牵头单位', '配合单位'],
      ['1', '规范施工', '县住建局', '县公安局'],
    );
    expect(tasks.map(rolesOf)).toEqual([['lead 县住建局', 'support 县公安局']]);
  });

  it('fills merged groups down', () => {
    const { tasks } = read(
      ['序号', '类别', '领域', '主要任务', '责任单位'],
      ['1', '工地', '房建', '规范施工', '县住建局'],
      ['2', '', '', '限制时段', '县住建局'],
      ['3', '社区', '', '管好广场', '县公安局'],
    );
    expect(tasks.map((task) => task.section)).toEqual([['工地', '房建'], ['工地', '房建'], ['社区']]);
  });

  it('has rows that begin at their number, not at a group far above', () => {
    const cells = (texts: string[], lines: number[]) => texts.map((text, at) => ({ text, line: lines[at] ?? 1 }));
    const rows = [
      cells(['类别', '序号', '主要任务', '责任单位'], [2, 3, 4, 5]),
      cells(['工地', '1', '规范施工', '县住建局'], [6, 7, 8, 9]),
      cells(['工地', '2', '限制时段', '县住建局'], [6, 10, 11, 12]),
    ];
    const { plans } = readBlocks([
      { kind: 'paragraph', text: title, line: 1 },
      { kind: 'table', rows, line: 2 },
    ]);
    expect(plans[0]?.tasks.map((task) => task.line)).toEqual([7, 10]);
  });

  it('has rows without number that go on with the one above', () => {
    const { tasks, issues } = read(
      header,
      first,
      ['', '', '设置围挡。', '', ''],
      ['', '', '委托监测。', '县生态环境局', ''],
      second,
    );
    expect(tasks.map((task) => [task.title, task.text, rolesOf(task).join()])).toEqual([
      ['规范施工', '夜间公示。\n设置围挡。', 'lead 县住建局'],
      ['规范施工', '委托监测。', 'lead 县生态环境局'],
      ['管好广场', '划定时段。', 'lead 县公安局'],
    ]);
    expect(tasks[1]?.milestones).toMatchObject([{ phrase: '9月底前' }]);
    expect(issues).toContain('row-inherits 5');
  });

  it('keeps the people of a row apart from its units', () => {
    const { tasks } = read(
      ['序号', '问题', '整改措施', '整改时限', '责任单位', '牵头领导'],
      ['1', '清单更新不及时。责任不明确。', '修订清单。', '4月底前', '县政府办公室', '张×、李×'],
      ['2', '力量薄弱', '配齐人员。', '立行立改', '县委编办', '—'],
    );
    expect(tasks.map((task) => [task.title, task.text, task.leaders])).toEqual([
      ['清单更新不及时', '责任不明确。\n修订清单。', ['张×', '李×']],
      ['力量薄弱', '配齐人员。', []],
    ]);
    expect(rolesOf(tasks[0] as never)).toEqual(['implement 县政府办公室']);
  });

  it('keeps the gaps of its numbers, and flags them', () => {
    const { tasks, issues } = read(header, first, ['3', ...second.slice(1)]);
    expect(tasks.map((task) => task.code)).toEqual(['声-1', '声-3']);
    expect(issues).toContain('number-gap 4');
  });

  it('goes on after a page break without a header, which is said', () => {
    const blocks = (rows: string[][], line: number): Block => ({
      kind: 'table',
      rows: rows.map((cells, at) => cells.map((text) => ({ text, line: line + at }))),
      line,
    });
    const { plans, issues } = readBlocks([
      { kind: 'paragraph', text: title, line: 1 },
      blocks([header, first], 2),
      blocks([second], 5),
    ]);
    expect(plans[0]?.tasks.map((task) => task.title)).toEqual(['规范施工', '管好广场']);
    expect(issues).toContainEqual(expect.objectContaining({ code: 'header-assumed', line: 5 }));
  });

  it('is named by its first clause where a cell says everything', () => {
    const { tasks } = read(
      ['序号', '工作内容', '责任单位', '完成时限'],
      [
        '1',
        '加强夜间施工管理，严格落实公示制度，对群众反映强烈的工地逐一约谈，确保投诉明显下降，群众满意',
        '县住建局',
        '9月',
      ],
    );
    expect(tasks[0]?.title).toBe('加强夜间施工管理');
    expect(tasks[0]?.text).toMatch(/^加强夜间施工管理，.*群众满意$/);
  });
});
