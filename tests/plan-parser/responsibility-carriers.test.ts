import { describe, expect, it } from 'vitest';

import { aNotice, issueCodes, readPlanOf, readTask, rolesOf } from './a-notice.js';

const bodyOf = (...words: string[]) => readTask(`1．规范夜间施工。夜间施工应当公示。${words[0]}`, ...words.slice(1));
const issuesOf = (words: string) => issueCodes(aNotice(`1．规范夜间施工。夜间施工应当公示。${words}`));

describe('role words', () => {
  it.each([
    ['（县住建局主办，县公安局协办）', ['lead 县住建局', 'support 县公安局']],
    ['（县住建局承办，县公安局协办）', ['lead 县住建局', 'support 县公安局']],
    ['（县住建局主办，县城投公司承办）', ['lead 县住建局', 'implement 县城投公司']],
    ['（县住建局主责，县公安局协助）', ['implement 县住建局', 'support 县公安局']],
    ['（县住建局牵头并负责落实）', ['lead 县住建局']],
    ['（县住建局、县公安局分别牵头负责，各乡镇密切配合）', ['lead 县住建局、县公安局', 'support 各乡镇']],
    ['（县住建局牵头，县公安局指导配合）', ['lead 县住建局', 'support 县公安局']],
    ['（各乡镇负责具体落实）', ['implement 各乡镇']],
    ['（县住建局会同县公安局负责）', ['implement 县住建局', 'support 县公安局']],
    ['（县住建局、县公安局，按照职责分工负责）', ['implement 县住建局、县公安局']],
    ['（市住建局、市公安局等；各区政府负责）', ['implement 市住建局、市公安局、各区政府等']],
    ['（责任单位：市住建局、市公安局等；各区政府）', ['implement 市住建局、市公安局等', 'implement 各区政府']],
    ['（牵头单位：县住建局，配合单位：县公安局）', ['lead 县住建局', 'support 县公安局']],
    ['（牵头单位：县住建局　责任单位：县公安局）', ['lead 县住建局', 'implement 县公安局']],
    ['（县住建局（牵头）、县公安局（配合））', ['lead 县住建局', 'support 县公安局']],
  ])('%s', (words, roles) => {
    expect(rolesOf(bodyOf(words))).toEqual(roles);
  });

  it.each([
    ['（县住建局督导，各乡镇落实）', ['support 县住建局', 'implement 各乡镇'], 'role-unsure'],
    ['（县住建局统筹协调，各乡镇落实）', ['lead 县住建局', 'implement 各乡镇'], 'role-unsure'],
    ['（县住建局、县公安局）', ['implement 县住建局、县公安局'], 'role-unsaid'],
    ['（县住建局牵头，县司法局负责法制审查工作）', ['lead 县住建局', 'implement 县司法局'], 'role-partial'],
    ['主要责任单位：县住建局；其他责任单位：县公安局', ['lead 县住建局', 'support 县公安局'], 'role-unsure'],
    ['突出问题由县住建局会同县公安局等部门负责落实。', [], 'no-responsibility'],
    [
      '对突出问题，由县住建局会同县公安局等部门负责落实。',
      ['implement 县住建局', 'support 县公安局等'],
      'clause-unbracketed',
    ],
    ['县住建局牵头，县公安局配合。', ['lead 县住建局', 'support 县公安局'], 'clause-unbracketed'],
    ['（县住建局牵头；县公安局）', ['lead 县住建局'], 'clause-unread'],
    ['（教育、民政等部门负责）', ['implement 教育、民政等'], 'not-a-unit'],
  ])('%s is read with a question', (words, roles, code) => {
    expect(rolesOf(bodyOf(words))).toEqual(roles);
    expect(issuesOf(words)).toContain(code);
  });
});

describe('where clauses stand', () => {
  it('each closes its sentence', () => {
    const task = bodyOf('（县住建局牵头）加强巡查。（县公安局牵头，县城管局配合）宣传引导。');
    expect(task.responsibility.map(({ role, units, group }) => ({ role, units, group }))).toEqual([
      { role: 'lead', units: ['县住建局'], group: 1 },
      { role: 'lead', units: ['县公安局'], group: 2 },
      { role: 'support', units: ['县城管局'], group: 2 },
    ]);
  });

  it('before the stop of their sentence', () => {
    const task = readTask('1．规范施工。应当公示（县住建局牵头）。加强巡查（县公安局牵头）。');
    expect(rolesOf(task)).toEqual(['lead 县住建局', 'lead 县公安局']);
  });

  it('at the end of a title on its own line', () => {
    expect(rolesOf(readTask('1．规范夜间施工（县住建局牵头）', '夜间施工应当公示。'))).toEqual(['lead 县住建局']);
  });

  it('as labels run into the text, between others that are none', () => {
    const task = bodyOf('牵头单位：县住建局；配合单位：县公安局、县城管局；完成时限：9月底前。');
    expect(rolesOf(task)).toEqual(['lead 县住建局', 'support 县公安局、县城管局']);
    expect(task.milestones.map(({ due }) => due)).toEqual(['2024-09-30']);
  });

  it('after a label only as far as units follow', () => {
    const task = bodyOf('责任单位：县住建局、县公安局。9月底前全面推广，各乡镇要积极配合。');
    expect(rolesOf(task)).toEqual(['implement 县住建局、县公安局']);
    expect(task.milestones).toHaveLength(1);
  });

  it('over broken lines', () => {
    expect(rolesOf(bodyOf('（县住建局牵头，县公', '安局配合）'))).toEqual(['lead 县住建局', 'support 县公安局']);
    expect(rolesOf(bodyOf('', '配合单位：县住建局、', '县公安局'))).toEqual(['support 县住建局、县公安局']);
    expect(rolesOf(bodyOf('', '责任单位：', '县住建局、县公安局'))).toEqual(['implement 县住建局、县公安局']);
  });

  it('as two groups where a label comes again', () => {
    const task = bodyOf('', '责任单位：县住建局', '加强巡查。', '责任单位：县公安局');
    expect(task.responsibility.map(({ units, group }) => [units[0], group])).toEqual([
      ['县住建局', 1],
      ['县公安局', 2],
    ]);
  });

  it.each([
    ['（县住建局牵头，9月底前完成）', ['2024-09-30']],
    ['（责任单位：县住建局；完成时限：9月底前）', ['2024-09-30']],
  ])('%s leaves the limit to be read', (words, due) => {
    const task = bodyOf(words);
    expect(task.responsibility.map(({ units }) => units)).toEqual([['县住建局']]);
    expect(task.milestones.map((milestone) => milestone.due)).toEqual(due);
  });
});

describe('what is no clause', () => {
  it.each([
    '由智慧岛服务管理中心（区数字办）承担。',
    '由智慧岛服务管理中心（区数字办）。',
    '各单位于5日前上报至省农业农村厅。',
    '由县住建局负责解释。',
    '对问题严重的，由运营单位负责。',
    '各乡镇要明确责任单位和完成时限。',
    '国土、农业、住建等相关部门应按职责分工，配合开展执法。',
    '对企业（含规模以上企业和有关单位）开展检查。',
    '（此件发至县直各单位）',
    '联系人：张×；联系电话：0000。',
  ])('%s', (words) => {
    expect(rolesOf(bodyOf(words))).toEqual([]);
  });
});

describe('a heading that names units', () => {
  const heading = '（一）噪声治理。统筹开展。（县住建局牵头，县公安局等部门配合）';

  it('speaks for the tasks that name none', () => {
    const tasks = readPlanOf(heading, '1．规范施工。应当公示。', '2．规范鸣笛。设置标志。（县公安局负责）').tasks;
    expect(tasks.map(rolesOf)).toEqual([['lead 县住建局', 'support 县公安局等'], ['implement 县公安局']]);
  });

  it('is named in a question', () => {
    const tasks = ['1．规范施工。应当公示。', '2．规范鸣笛。设置标志。（县公安局负责）'];
    expect(issueCodes(aNotice(heading, ...tasks))).toContain('parent-clause');
  });

  it('is no clause of the tasks under the next heading', () => {
    const next = ['（二）其他任务', '2．规范鸣笛。设置标志。'];
    expect(readPlanOf(heading, '1．规范施工。应当公示。（县住建局牵头）', ...next).tasks.map(rolesOf)).toEqual([
      ['lead 县住建局'],
      [],
    ]);
  });
});

describe('for all that follows, in other words', () => {
  const second = '2．规范鸣笛。设置标志。（县公安局牵头）';
  it.each([
    ['（县住建局牵头，各片区负责配合落实，以下均需各片区配合落实，不再列出）', 'support 各片区（以下均需）'],
    ['（县住建局牵头。以下各项工作均需各乡镇落实，不再列出。）', 'implement 各乡镇（以下均需）'],
    ['责任单位：各乡镇负责落实。以下均需各乡镇负责落实，不再列出', 'implement 各乡镇（以下均需）'],
    ['各乡镇负责落实。以下均需各乡镇负责落实，不再列出', 'implement 各乡镇（以下均需）'],
    [
      '[责任单位：各乡镇。以下均需各乡镇落实，无相关职能的，由县级对口部门负责，不再列出)]',
      'implement 各乡镇（以下均需）',
    ],
    ['（县住建局牵头，具体任务均涉及各乡镇，不再做分工，下同）', 'implement 各乡镇（以下均需）'],
    ['（县住建局牵头，各乡镇落实，下同）', 'implement 各乡镇（以下均需）'],
  ])('%s', (words, inherited) => {
    const tasks = readPlanOf(`1．规范施工。应当公示。${words}`, second).tasks;
    expect(tasks.map(rolesOf).at(1)).toEqual(['lead 县公安局', inherited]);
  });

  it('asks about exceptions and about 下同', () => {
    const exception = '[责任单位：各乡镇。以下均需各乡镇落实，无相关职能的，由县级对口部门负责，不再列出)]';
    expect(issuesOf(exception)).toContain('inherited-exception');
    expect(issuesOf('（县住建局牵头，各乡镇落实，下同）')).toContain('inherited-same');
  });
});
