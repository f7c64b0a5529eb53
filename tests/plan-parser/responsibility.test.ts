import { describe, expect, it } from 'vitest';

import { readNotice } from '../../src/plan-parser/read-notice.js';
import { aNotice, issueCodes, readPlanOf, readTask, rolesOf } from './a-notice.js';

const clause = (words: string) => rolesOf(readTask(`1．规范夜间施工。夜间施工应当公示。${words}`));

describe('who does what', () => {
  it.each([
    ['（县住建局牵头）', ['lead 县住建局']],
    ['（县住建局、县公安局按职责分工牵头）', ['lead 县住建局、县公安局']],
    ['（各乡镇人民政府牵头落实）', ['lead 各乡镇人民政府']],
    ['（县住建局牵头，县公安局、县教育局配合）', ['lead 县住建局', 'support 县公安局、县教育局']],
    ['（县住建局牵头、县公安局配合）', ['lead 县住建局', 'support 县公安局']],
    ['（县住建局牵头，县公安局，县教育局等配合）', ['lead 县住建局', 'support 县公安局、县教育局等']],
    ['（县住建局牵头，县公安局参与）', ['lead 县住建局', 'support 县公安局']],
    ['（县住建局牵头，县公安局、县城管局按职责负责）', ['lead 县住建局', 'implement 县公安局、县城管局']],
    ['（县住建局、县公安局按职责分工负责）', ['implement 县住建局、县公安局']],
    ['（县财政局，县税务局，人行云溪支行等按职责分工负责）', ['implement 县财政局、县税务局、人行云溪支行等']],
    ['（县住建局负责）', ['implement 县住建局']],
    ['（县住建局负责，县公安局配合）', ['implement 县住建局', 'support 县公安局']],
    [
      '（县住建局牵头，县公安局等配合，各乡镇人民政府负责落实）',
      ['lead 县住建局', 'support 县公安局等', 'implement 各乡镇人民政府'],
    ],
  ])('%s', (words, roles) => {
    expect(clause(words)).toEqual(roles);
  });

  it.each([
    ['a stray stop after it', '（县住建局牵头）。'],
    ['a space after it', '（县住建局牵头） '],
    ['other brackets', '〔县住建局牵头〕'],
    ['crossed brackets', '[县住建局牵头）'],
    ['half-width brackets', '(县住建局牵头)'],
    ['wide square brackets', '［县住建局牵头］'],
    ['a closer too many', '（县住建局牵头)]'],
    ['no closing bracket', '（县住建局牵头'],
    ['no opening bracket', '县住建局牵头）'],
    ['no brackets at all', '县住建局牵头。'],
    ['a label in brackets', '【牵头单位】县住建局'],
    ['a label with spaces in it', '牵 头 单 位：县住建局'],
    ['a verb for a label', '（牵头：县住建局）'],
    ['a role in brackets', '（县住建局（牵头））'],
    ['a role said as a noun', '（县住建局为牵头单位）'],
    ['the next item on the same line', '牵头单位：县住建局 2.规范鸣笛。设置标志。'],
    ['the next section on the same line', '牵头单位：县住建局（二）其他任务'],
    ['an attachment on the same line', '牵头单位：县住建局 附件下载：1.pdf'],
    ['a label', '（牵头单位：县住建局）'],
    ['a label and no brackets', '牵头单位：县住建局。'],
  ])('reads a clause with %s', (_, words) => {
    expect(clause(words)).toEqual(['lead 县住建局']);
  });

  it.each([
    ['（市交通委（市道运局）、各县（市、区）人民政府负责）', ['市交通委（市道运局）', '各县（市、区）人民政府']],
    ['（市经信(国资)委负责）', ['市经信(国资)委']],
    ['（市人力资源和社会保障局、市住房和城乡建设局负责）', ['市人力资源和社会保障局', '市住房和城乡建设局']],
    ['（市公安局和市教育局负责）', ['市公安局', '市教育局']],
    ['（市供销总社等和各有关区人民政府负责）', ['市供销总社', '各有关区人民政府']],
  ])('%s keeps names whole', (words, units) => {
    expect(readTask(`1．规范夜间施工。应当公示。${words}`).responsibility.map((entry) => entry.units)).toEqual([units]);
  });

  it('reads labels on lines of their own as one clause', () => {
    const task = readTask(
      '1．规范夜间施工',
      '夜间施工应当公示。',
      '牵头单位：县住建局',
      '配合单位：县公安局、县教育局等',
    );
    expect(rolesOf(task)).toEqual(['lead 县住建局', 'support 县公安局、县教育局等']);
    expect(task.responsibility.map((entry) => entry.group)).toEqual([1, 1]);
  });

  it('keeps two clauses of one task apart', () => {
    const task = readTask('1．规范夜间施工。应当公示。（县住建局牵头）', '开展巡查。（各乡镇牵头落实）');
    expect(task.responsibility.map(({ units, group, line }) => ({ units, group, line }))).toEqual([
      { units: ['县住建局'], group: 1, line: 10 },
      { units: ['各乡镇'], group: 2, line: 11 },
    ]);
    expect(task.text).toBe('应当公示。（县住建局牵头）\n开展巡查。（各乡镇牵头落实）');
  });

  it.each([
    '（包括学校、医院等）',
    '（GB 12523-2011）',
    '（含渔药，下同）',
    '（试行）',
    '（9月5日前完成）',
    '（详见附件1）',
    '（住宅、医院、机关单位）',
  ])('%s is no clause', (words) => {
    expect(clause(words)).toEqual([]);
  });

  it('takes no unit from running text', () => {
    const task = readTask(
      '1．联合执法。交通运输、公安交警等部门应按职责分工，配合县生态环境局开展执法。（县公安局牵头）',
    );
    expect(rolesOf(task)).toEqual(['lead 县公安局']);
  });

  it('says which unit has no role', () => {
    expect(issueCodes(aNotice('1．规范施工。应当公示。（县住建局牵头，县公安局）'))).toContain('clause-unread');
  });

  it('says where no lead is named', () => {
    expect(issueCodes(aNotice('1．规范施工。应当公示。（县住建局负责）'))).toContain('no-lead');
    expect(issueCodes(aNotice('1．规范施工。应当公示。'))).toContain('no-responsibility');
  });
});

describe('what is said once for all that follows', () => {
  const third = '3．整治广场舞。划定时段。（县公安局牵头）';

  it('begins with the next task and doubts the first, which does not name the unit for itself', () => {
    const paragraphs = [
      '1．规范施工。应当公示。（县住建局牵头。以下均需云溪高新区管委会负责落实，不再列出）',
      '2．规范鸣笛。设置标志。（县公安局牵头）',
      '二、其他任务',
      third,
    ];
    expect(readPlanOf(...paragraphs).tasks.map(rolesOf)).toEqual([
      ['lead 县住建局'],
      ['lead 县公安局', 'implement 云溪高新区管委会（以下均需）'],
      ['lead 县公安局', 'implement 云溪高新区管委会（以下均需）'],
    ]);
    expect(issueCodes(aNotice(...paragraphs))).toContain('inherited-first');
  });

  it('doubts nothing where the first task names the unit too', () => {
    const first = '1．规范施工。应当公示。（各片区管理局负责配合落实。以下均需各片区管理局配合落实，不再列出）';
    expect(readPlanOf(first, third).tasks.map(rolesOf)).toEqual([
      ['support 各片区管理局'],
      ['lead 县公安局', 'support 各片区管理局（以下均需）'],
    ]);
    expect(issueCodes(aNotice(first, third))).not.toContain('inherited-first');
  });

  it('ends with the plan and does not reach an annex', () => {
    const text = [
      '《云溪县噪声污染防治2024年行动计划》《云溪县固废治理2024年行动计划》',
      '云溪县噪声污染防治2024年行动计划',
      '1．规范施工。应当公示。（县住建局牵头。以下均需高新区管委会负责落实，不再列出）',
      '附件',
      '措施表',
      '序号\t主要任务\t牵头单位',
      '1\t夜间施工\t县住建局',
      '云溪县固废治理2024年行动计划',
      '1．整治堆场。清理堆场。（县城管局牵头）',
    ].join('\n');
    const tasks = readNotice(text).plans.flatMap((plan) => plan.tasks);
    expect(tasks.map((task) => [task.code, ...rolesOf(task)])).toEqual([
      ['声-1', 'lead 县住建局'],
      ['声附-1', 'lead 县住建局'],
      ['固-1', 'lead 县城管局'],
    ]);
  });
});

describe('doubtful unit names', () => {
  const issuesOf = (...clauses: string[]) =>
    readNotice(aNotice(...clauses.map((words, at) => `${at + 1}．规范施工。应当公示。（${words}）`)))
      .issues.filter((issue) => issue.code.startsWith('unit-'))
      .map(({ code, text, message }) => `${code} ${text} ${message}`);

  it('notices one office written in two forms', () => {
    expect(issuesOf('县交通局牵头', '县交通运输局牵头', '各乡镇牵头落实', '各乡镇人民政府牵头落实')).toEqual([
      'unit-forms 县交通局 同一单位可能有两种写法：县交通局、县交通运输局。均按原文保留。',
      'unit-forms 各乡镇 同一单位可能有两种写法：各乡镇、各乡镇人民政府。均按原文保留。',
    ]);
  });

  it('notices a level that looks like a slip, and keeps the name', () => {
    expect(issuesOf('县水利局牵头', '县水利局牵头', '市水利局牵头')).toEqual([
      'unit-level 市水利局 疑为“县水利局”之误，按原文保留。',
    ]);
  });

  it('takes an office and its sub-unit for two', () => {
    expect(issuesOf('县公安局牵头', '县公安局交通警察大队牵头', '市生态环境局云溪分局牵头')).toEqual([]);
  });
});

describe('names with nothing between them', () => {
  const table = (cell: string) => ['附件', '措施表', '序号\t主要任务\t牵头单位', `1\t夜间施工\t${cell}`].join('\n');
  const unitsOf = (cell: string) =>
    readPlanOf('1．规范施工。应当公示。（市生态环境局云溪分局、县民政局牵头）', table(cell)).tasks.at(-1)
      ?.responsibility[0]?.units;

  it.each([
    ['市生态环境局云溪分局县民政局', ['市生态环境局云溪分局', '县民政局']],
    ['县民政局市生态环境局云溪分局', ['县民政局', '市生态环境局云溪分局']],
    ['县司法局县档案局', ['县司法局', '县档案局']],
    ['市生态环境局云溪分局', ['市生态环境局云溪分局']],
    ['县公安局交通警察大队', ['县公安局交通警察大队']],
    ['县市场监管局', ['县市场监管局']],
    ['县司法局、县民政局', ['县司法局', '县民政局']],
  ])('%s', (cell, units) => {
    expect(unitsOf(cell)).toEqual(units);
  });
});
