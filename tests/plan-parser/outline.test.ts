import { describe, expect, it } from 'vitest';

import { readNotice } from '../../src/plan-parser/read-notice.js';
import { aNotice, issueCodes, readPlanOf, readTask } from './a-notice.js';

const titlesOf = (...paragraphs: string[]) =>
  readPlanOf(...paragraphs).tasks.map((task) => `${task.code} ${task.title}`);

describe('the notice around the plans', () => {
  it('gives year and date of issue', () => {
    expect(readPlanOf('1．规范施工。应当公示。')).toMatchObject({
      title: '云溪县噪声污染防治2024年行动计划',
      prefix: '声',
      year: 2024,
      issuedOn: '2024-03-05',
      line: 8,
    });
  });

  it.each(['二〇二四年十一月二十日', '2024 年 11 月 20 日', '２０２４年１１月２０日'])('reads the date %s', (date) => {
    const text = aNotice('1．规范施工。应当公示。').replace('2024年3月5日', date);
    expect(readNotice(text).plans[0]?.issuedOn).toBe('2024-11-20');
  });

  it('finds several plans by the names in the notice, each with its own prefix', () => {
    const text = [
      '关于印发云溪县2024年水环境 大气和地下水三个方案的通知',
      '《云溪县水环境治理2024年实施方案》《云溪县大气治理2024年实施方案》《云溪县地下水治理2024年实施方案》已同意。',
      '云溪县水环境治理2024年实施方案',
      '根据上级《水环境治理工作方案》，制定本方案。',
      '1．治河。清淤。',
      '云溪县大气治理2024年工作方案',
      '1．治气。降尘。',
      '云溪县地下水治理2024年实施方案',
      '1．治井。封井。',
    ].join('\n');
    expect(readNotice(text).plans.map((plan) => [plan.prefix, plan.title, plan.tasks.length])).toEqual([
      ['水', '云溪县水环境治理2024年实施方案', 1],
      ['气', '云溪县大气治理2024年工作方案', 1],
      ['地', '云溪县地下水治理2024年实施方案', 1],
    ]);
  });

  it('needs no notice: a plan may stand alone, its title repeated by the page', () => {
    const text = '云溪县夜市整治工作方案\n来源：县政府\n云溪县夜市整治工作方案\n一、任务\n1．划定夜市。划线。';
    expect(readNotice(text).plans.map(({ title, line, tasks }) => [title, line, tasks.length])).toEqual([
      ['云溪县夜市整治工作方案', 3, 1],
    ]);
  });

  it.each([
    ['no year anywhere', '云溪县夜市整治工作方案\n1．划定夜市。划线。', 'no-year'],
    ['several years', '云溪县夜市整治2024—2026年工作方案\n1．划定夜市。划线。', 'several-years'],
    ['a subject it does not know', '云溪县夜市整治工作方案\n1．划定夜市。划线。', 'prefix-guessed'],
    ['no title', '1．划定夜市。划线。', 'no-plan-title'],
    ['nothing to do', '今天天气很好。', 'no-plan'],
    ['an empty file', '', 'no-plan'],
  ])('says so when there is %s', (_, text, code) => {
    expect(issueCodes(text)).toContain(code);
  });
});

describe('numbered tasks', () => {
  it.each(['1．', '1.', '1、', '１．', '1． '])('begin with %j', (mark) => {
    expect(titlesOf(`${mark}规范施工。应当公示。`)).toEqual(['声-1 规范施工']);
  });

  it('may have a number glued to a date, but not to digits', () => {
    expect(
      titlesOf('1.2024年9月底前完成排查。逐户登记。', '1.5倍以上的企业停产。', '2.9月底前完成整改。逐户验收。'),
    ).toEqual(['声-1 2024年9月底前完成排查', '声-2 9月底前完成整改']);
  });

  it('run on across sections, which they name', () => {
    const { tasks } = readPlanOf(
      '(一）工地',
      '1．规范施工。公示。',
      '（二） 社区',
      '2．管好广场。划时段。',
      '二、攻坚',
      '3．巡查。上路。',
    );
    expect(tasks.map((task) => [task.code, task.section])).toEqual([
      ['声-1', ['一、重点任务', '（一）工地']],
      ['声-2', ['一、重点任务', '（二）社区']],
      ['声-3', ['二、攻坚']],
    ]);
  });

  it('are numbered anew, and said to be, where every section restarts', () => {
    const paragraphs = ['（一）工地', '1．规范施工。公示。', '（二）社区', '1．管好广场。划时段。'];
    expect(titlesOf(...paragraphs)).toEqual(['声-1 规范施工', '声-2 管好广场']);
    expect(issueCodes(aNotice(...paragraphs))).toContain('numbers-restart');
  });

  it('stand at （一） where there is no 1．', () => {
    const paragraphs = ['（一）规范施工。应当公示。（县住建局牵头）', '二、保障措施', '（一）加强领导。落实责任。'];
    expect(titlesOf(...paragraphs)).toEqual(['声-1 规范施工']);
  });

  it.each([
    ['a stop', ['1．规范施工。应当公示。'], '规范施工', '应当公示。'],
    ['a space', ['1．规范施工 应当公示，按期完成。'], '规范施工', '应当公示，按期完成。'],
    ['a stop, with a space for looks', ['1．规范 施工。应当公示。'], '规范施工', '应当公示。'],
    ['a stop, in two equal parts', ['1．规范施工，限制时段。应当公示。'], '规范施工，限制时段', '应当公示。'],
    [
      'a label and no words of its own',
      ['1．工作任务：规范施工，应当公示。'],
      '规范施工',
      '工作任务：规范施工，应当公示。',
    ],
    [
      'its first clause, for all the spaces in a name',
      ['1．执行《噪声 测量 标准》，按期公示。'],
      '执行《噪声 测量 标准》',
      '执行《噪声 测量 标准》，按期公示。',
    ],
    ['the end of its line', ['1．规范施工', '应当公示。'], '规范施工', '应当公示。'],
    [
      'nothing, and a limit before the clause that names it',
      ['1．9月底前，规范施工，公示。'],
      '规范施工',
      '9月底前，规范施工，公示。',
    ],
    [
      'nothing, the units in brackets',
      ['1．各县（市、区）完成摸底（县住建局牵头）'],
      '各县（市、区）完成摸底',
      '各县（市、区）完成摸底（县住建局牵头）',
    ],
    ['nothing, so that the first clause names it', ['1．规范施工，应当公示。'], '规范施工', '规范施工，应当公示。'],
  ])('have a title set off by %s', (_, paragraphs, title, text) => {
    expect(readTask(...paragraphs)).toMatchObject({ title, text });
  });

  it('keep the paragraphs that follow them', () => {
    expect(readTask('1．规范施工。应当公示。', '（1）夜间。停工。', '另行通知。').text).toBe(
      '应当公示。\n（1）夜间。停工。\n另行通知。',
    );
  });
});

describe('prose', () => {
  it('below the last task that speaks to all belongs to none', () => {
    const closing = ['各责任单位要压实责任，于2024年6月底前报告。', '本方案自印发之日起施行。'];
    const task = readTask('1．规范施工。应当公示。', '做好记录。', ...closing);
    expect(task.text).toBe('应当公示。\n做好记录。');
    expect(task.milestones).toEqual([]);
  });

  it.each([
    ['二、工作目标：2024年底前，投诉下降10%。'],
    ['二、工作目标 2024年底前，投诉下降10%。'],
    ['二、工作目标。2024年底前，投诉下降10%。'],
  ])('%s has a goal on the line of its heading', (line) => {
    expect(readPlanOf('1．规范施工。应当公示。', line).goals).toMatchObject([{ phrase: '2024年底前' }]);
  });
});

describe('annexes', () => {
  const rows = [
    '附件：云溪县噪声污染防治措施任务表',
    '附件',
    '云溪县噪声污染防治措施任务表',
    '序  号\t重点工作\t主要任务\t完成时限\t工 作 措 施\t牵头单位\t配合单位',
    '1\t工地\t夜间施工\t2024年9月底前\t夜间施工应当公示。\t县住建局\t县公安局、县城管局等',
    '2\t\t渣土车辆\t长期坚持\t渣土车辆不得鸣笛。\t县城管局\t无',
  ];

  it('are rows with codes of their own; a merged group holds for the rows below', () => {
    const { tasks } = readPlanOf('1．规范施工。应当公示。（县住建局牵头）', ...rows);
    expect(tasks.slice(1)).toMatchObject([
      {
        code: '声附-1',
        annex: true,
        section: ['云溪县噪声污染防治措施任务表', '工地'],
        title: '夜间施工',
        text: '夜间施工应当公示。',
        responsibility: [
          { role: 'lead', units: ['县住建局'], open: false },
          { role: 'support', units: ['县公安局', '县城管局'], open: true },
        ],
        milestones: [{ phrase: '2024年9月底前', what: '夜间施工', due: '2024-09-30' }],
      },
      {
        code: '声附-2',
        section: ['云溪县噪声污染防治措施任务表', '工地'],
        responsibility: [{ role: 'lead', units: ['县城管局'] }],
        milestones: [{ phrase: '长期坚持', kind: 'ongoing', due: null }],
      },
    ]);
  });

  it('take no part in the task before them', () => {
    expect(readTask('1．规范施工。应当公示。', ...rows).text).toBe('应当公示。');
  });

  it('are the plan itself where it is nothing but a table', () => {
    const { tasks } = readPlanOf('序号\t工作任务\t责任单位', '1\t规范夜间施工\t县住建局');
    expect(tasks).toMatchObject([{ code: '声-1', annex: false, title: '规范夜间施工', text: '规范夜间施工' }]);
  });

  it.each([
    ['a row of another width', ['1\t工地\t夜间施工\t县住建局'], 'row-width'],
    ['a limit that says nothing', ['1\t工地\t夜间施工\t尽快\t公示。\t县住建局\t无'], 'limit-unread'],
  ])('say so when there is %s', (_, extra, code) => {
    expect(issueCodes(aNotice('1．规范施工。应当公示。', ...rows.slice(0, 4), ...extra))).toContain(code);
  });
});
