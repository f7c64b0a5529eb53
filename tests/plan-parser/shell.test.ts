import { describe, expect, it } from 'vitest';

import { readNotice } from '../../src/plan-parser/read-notice.js';
import { issueCodes } from './a-notice.js';

const tasks = '一、重点任务\n1．规范施工。应当公示。（县住建局牵头）\n2．管好广场。划定时段。（县公安局牵头）';
const plansOf = (...lines: string[]) => readNotice(lines.join('\n')).plans;
const titlesOf = (...lines: string[]) => plansOf(...lines).map((plan) => plan.title);

describe('the title of a plan', () => {
  it.each([
    ['in 《》', '关于印发《云溪县2024年噪声污染防治工作方案》的通知', '云溪县2024年噪声污染防治工作方案'],
    ['without 《》', '关于印发云溪县2024年噪声污染防治工作方案的通知', '云溪县2024年噪声污染防治工作方案'],
    ['a word otherwise', '关于印发云溪县2024年噪声污染防治实施方案的通知', '云溪县2024年噪声污染防治工作方案'],
    [
      'quoted within a quotation',
      '现将《关于印发〈云溪县2024年噪声污染防治工作方案〉的通知》转发给你们。',
      '云溪县2024年噪声污染防治工作方案',
    ],
    [
      'passed on from a department',
      '转发县生态环境局关于云溪县2024年噪声污染防治工作方案的通知',
      '云溪县2024年噪声污染防治工作方案',
    ],
  ])('is named in the notice %s', (_, notice, title) => {
    expect(titlesOf('云溪县人民政府办公室', notice, '2024年3月5日', title, tasks)).toEqual([title]);
  });

  it.each([
    ['over two lines', ['云溪县2024年噪声污染防治和广场', '管理重点任务分解方案']],
    ['over three lines', ['云溪县2024年', '噪声污染防治和广场管理', '重点任务分解方案']],
    ['letter by letter', ['云 溪 县 2 0 2 4 年 噪 声 污 染 防 治 和 广 场', '管 理 重 点 任 务 分 解 方 案']],
  ])('may be written %s, in the notice elsewhere', (_, lines) => {
    const title = '云溪县2024年噪声污染防治和广场管理重点任务分解方案';
    const notice = ['云溪县人民政府办公室关于印发云溪县2024年噪声污染', '防治和广场管理重点任务分解方案的通知'];
    expect(titlesOf(...notice, '云溪县人民政府办公室', '2024年3月5日', ...lines, tasks)).toEqual([title]);
    expect(plansOf(...notice, '2024年3月5日', ...lines, tasks)[0]?.line).toBe(4);
  });

  it('over two lines is put together where no notice names it', () => {
    expect(titlesOf('云溪县2024年噪声污染防治和广场管理', '重点任务分解方案', tasks)).toEqual([
      '云溪县2024年噪声污染防治和广场管理重点任务分解方案',
    ]);
  });

  it('is not one of the breadcrumbs, the metadata or a page that repeats it', () => {
    const title = '云溪县2024年噪声污染防治工作方案';
    const page = [
      `首页 > 政务公开 > ${title}`,
      `标 题：${title}`,
      title,
      `关于印发${title}的通知`,
      '2024年3月5日',
      title,
      tasks,
      title,
      '- 2 -',
    ];
    expect(plansOf(...page)).toMatchObject([{ title, line: 6, tasks: [{ number: 1 }, { number: 2 }] }]);
    expect(plansOf(...page)[0]?.tasks.at(-1)?.text).toBe('划定时段。（县公安局牵头）');
  });

  it('is that of the notice where the notice is the plan', () => {
    expect(titlesOf('云溪县人民政府关于做好2024年春季造林工作的通知', '各乡镇：', tasks)).toEqual([
      '云溪县人民政府关于做好2024年春季造林工作的通知',
    ]);
  });

  it.each([
    ['云溪县2024年噪声污染防治工作方案（试行）', 2024],
    ['云溪县噪声污染防治三年行动方案（2024—2026年）', 2024],
    ['云溪县二〇二四年噪声污染防治工作要点', 2024],
    ['云溪县噪声污染防治行动计划（2025—2027年）', 2025],
  ])('%s gives the year', (title, year) => {
    expect(plansOf(`关于印发《${title}》的通知`, '2024年3月5日', title, tasks)).toMatchObject([{ title, year }]);
  });
});

describe('several plans in one notice', () => {
  const notice = [
    '关于印发云溪县2024年水环境、大气和地下水治理三个方案的通知',
    '《云溪县2024年水环境治理工作方案》等3个方案已经县政府同意。',
    '云溪县人民政府办公室',
    '2024年3月5日',
  ];

  it('are found where it names only the first and says how many', () => {
    const titles = ['云溪县2024年水环境治理工作方案', '云溪县2024年大气治理工作方案', '云溪县2024年地下水治理工作方案'];
    expect(titlesOf(...notice, ...titles.flatMap((title) => [title, '为改善环境，制定本方案。', tasks]))).toEqual(
      titles,
    );
  });

  it('keep an annex that stands between them with the plan before it', () => {
    const [water, air] = plansOf(
      ...notice,
      '云溪县2024年水环境治理工作方案',
      tasks,
      '附件：云溪县2024年水环境治理任务表',
      '附件',
      '云溪县2024年水环境治理任务表',
      '序号\t主要任务\t牵头单位',
      '1\t清淤\t县水利局',
      '云溪县2024年大气治理工作方案',
      tasks,
    );
    expect(water?.tasks.map((task) => task.code)).toEqual(['水-1', '水-2', '水附-1']);
    expect(air?.tasks.map((task) => task.code)).toEqual(['气-1', '气-2']);
  });
});

describe('the date of issue', () => {
  const title = '云溪县2024年噪声污染防治工作方案';
  const issuedOn = (...lines: string[]) => plansOf(...lines)[0]?.issuedOn;

  it.each([
    ['under the issuer', ['云溪县人民政府办公室', '2024年3月5日'], '2024-03-05'],
    ['beside the issuer', ['云溪县人民政府办公室    2024年3月5日'], '2024-03-05'],
  ])('stands %s, not in the data of the page or the imprint', (_, signature, day) => {
    const head = ['成文日期：2024-03-04  发布日期：2024-04-11', `关于印发${title}的通知`];
    const imprint = '云溪县人民政府办公室    2024年3月6日印发';
    expect(issuedOn(...head, ...signature, title, '（2024年2月1日）', tasks, imprint)).toBe(day);
  });

  it.each([
    ['the bracket under the title', [title, '（2024年2月1日）', tasks], '2024-02-01'],
    ['the metadata', ['成文日期：2024-03-04  发布日期：2024-04-11', title, tasks], '2024-03-04'],
    ['the imprint', [title, tasks, '云溪县人民政府办公室    2024年3月6日印发'], '2024-03-06'],
  ])('is taken from %s where nobody signed, and said to be', (_, lines, day) => {
    expect(issuedOn(...lines)).toBe(day);
    expect(issueCodes(lines.join('\n'))).toContain('issue-date-assumed');
  });
});

describe('what is printed around the text', () => {
  it.each([
    '抄送：县委办公室，县人大常委会办公室。',
    '云溪县人民政府办公室　　　　2024年3月6日印发',
    '- 9 -',
    '第 3 页 共 12 页',
    '附件下载：云溪县2024年噪声污染防治工作方案.pdf',
    '打印本页    关闭窗口    扫一扫在手机打开当前页',
  ])('%s belongs to no task', (margin) => {
    const [plan] = plansOf('云溪县2024年噪声污染防治工作方案', tasks, margin);
    expect(plan?.tasks.at(-1)?.text).toBe('划定时段。（县公安局牵头）');
  });

  it('a dotted table of contents gives no tasks', () => {
    const contents = ['目　录', '一、重点任务……………………1', '1．规范施工..........2', '2．管好广场·······3'];
    const title = '云溪县2024年噪声污染防治规划';
    expect(plansOf(title, ...contents, tasks)[0]?.tasks).toHaveLength(2);
  });
});
