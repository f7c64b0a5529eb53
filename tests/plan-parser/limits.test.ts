import { describe, expect, it } from 'vitest';

import { readNotice } from '../../src/plan-parser/read-notice.js';
import { aNotice, issueCodes, readPlanOf, readTask } from './a-notice.js';

const limitsIn = (sentence: string) => readTask(`1．规范施工。${sentence}（县住建局牵头）`).milestones;
const brief = (sentence: string) =>
  limitsIn(sentence).map(({ phrase, what, kind, due, from, to, every }) =>
    [phrase, what, kind, due, from && to && `${from}..${to}`, every].filter(Boolean).join(' | '),
  );

describe('a day', () => {
  it.each([
    ['2024年9月底前，完成隔声屏障建设。', '2024年9月底前 | 完成隔声屏障建设 | date | 2024-09-30'],
    ['9月底完成检修，确保运行。', '9月底 | 完成检修 | date | 2024-09-30'],
    ['于2月底前建成隔声屏障。', '2月底前 | 建成隔声屏障 | date | 2024-02-29'],
    ['2025年底前，建成监测网。', '2025年底前 | 建成监测网 | date | 2025-12-31'],
    ['年底前建成监测网。', '年底前 | 建成监测网 | date | 2024-12-31'],
    ['隔声屏障项目年内建成投运，实现达标。', '年内 | 隔声屏障项目建成投运 | date | 2024-12-31'],
    ['2024年6月20日前报送方案。', '2024年6月20日前 | 报送方案 | date | 2024-06-20'],
    ['6月中旬前报送方案。', '6月中旬前 | 报送方案 | date | 2024-06-20'],
    ['上半年底前完成划定。', '上半年底前 | 完成划定 | date | 2024-06-30'],
    ['三季度末完成划定。', '三季度末 | 完成划定 | date | 2024-09-30'],
    ['2025年6月前，完成划定。', '2025年6月前 | 完成划定 | date | 2025-05-31'],
    ['到2027年，夜间达标率达到95%。', '2027年 | 夜间达标率达到95% | date | 2027-12-31'],
    ['2025年8底前完成划定。', '2025年8底前 | 完成划定 | date | 2025-08-31'],
  ])('%s', (sentence, limit) => {
    expect(brief(sentence)).toEqual([limit]);
  });

  it('takes its year from the sentence before the plan', () => {
    expect(limitsIn('2025年6月底前完成划定，12月底前完成建设。').map((limit) => limit.due)).toEqual([
      '2025-06-30',
      '2025-12-31',
    ]);
  });

  it('never rolls over to the next year, even when it lies before the day of issue', () => {
    expect(limitsIn('1月底前完成划定。')).toMatchObject([{ due: '2024-01-31' }]);
    expect(issueCodes(aNotice('1．规范施工。1月底前完成划定。'))).toContain('limit-before-issue');
  });

  it('without a year is kept and not guessed', () => {
    const text = '云溪县噪声防治工作方案\n1．规范施工。9月底前完成划定。（县住建局牵头）';
    expect(readNotice(text).plans[0]?.tasks[0]?.milestones).toMatchObject([{ phrase: '9月底前', due: null }]);
    expect(issueCodes(text)).toContain('limit-no-year');
  });

  it.each([
    ['2025年6月前，完成划定。', 'limit-before-month'],
    ['到2027年前，完成划定。', 'limit-before-year'],
    ['2025年8底前完成划定。', 'limit-month-lost'],
    ['纳入名录一年内开展排查。', 'limit-relative'],
  ])('%s is doubtful and said to be', (sentence, code) => {
    expect(issueCodes(aNotice(`1．规范施工。${sentence}`))).toContain(code);
  });
});

describe('other kinds of limits', () => {
  it.each([
    ['5—9月，针对上述企业，组织专项执法。', '5—9月 | 组织专项执法 | window | 2024-05-01..2024-09-30'],
    ['8月27日至9月8日集中整治。', '8月27日至9月8日 | 集中整治 | window | 2024-08-27..2024-09-08'],
    ['10月—次年3月加强巡查。', '10月—次年3月 | 加强巡查 | window | 2024-10-01..2025-03-31'],
    [
      '6—8月每日12—14时，以工地为重点，实施错时施工；禁止鸣笛；引导绕行，减少扰民。',
      '6—8月每日12—14时 | 实施错时施工；禁止鸣笛；引导绕行，减少扰民 | window | 2024-06-01..2024-08-31',
    ],
    ['每年开展一次排查，登记造册。', '每年 | 开展一次排查 | recurrence | year'],
    ['建立协商机制，每季度调度分析情况，及时通报。', '每季度 | 调度分析情况 | recurrence | quarter'],
    ['每月至少检查2次。', '每月 | 至少检查2次 | recurrence | month'],
    ['每季度末月20日前报送情况。', '每季度末月20日前 | 报送情况 | recurrence | quarter'],
    ['新增企业应在纳入名录一年内开展排查。', '纳入名录一年内 | 新增企业开展排查 | relative'],
    ['自接到举报之日起3个工作日内办结。', '自接到举报之日起3个工作日内 | 办结 | relative'],
  ])('%s', (sentence, limit) => {
    expect(brief(sentence)).toEqual([limit]);
  });
});

describe('what a limit governs', () => {
  it.each([
    ['the clause it opens', '建立台账，7月底前完成一轮更换，按规范处置。', '完成一轮更换'],
    ['the clause it stands in', '监管单位要于2024年底前，开展一次监测。', '监管单位开展一次监测'],
    ['what it closes', '开展“回头看”，整治噪声扰民，10月底前完成。', '开展“回头看”，整治噪声扰民'],
    ['the clause whose bracket holds it', '完成隔声改造（9月5日前完成）。', '完成隔声改造'],
    ['the task, where the sentence says nothing else', '完成时限：2024年9月底前。', '规范施工'],
  ])('is %s', (_, sentence, what) => {
    expect(limitsIn(sentence).map((limit) => limit.what)).toEqual([what]);
  });

  it('may be in the title', () => {
    expect(readTask('1．2024年11月底前完成排查。逐户登记。').milestones).toMatchObject([
      { phrase: '2024年11月底前', what: '完成排查', due: '2024-11-30' },
    ]);
  });
});

describe('dates that promise nothing', () => {
  it.each([
    '依据《云溪县2022—2023年行动计划》和云政发〔2022〕95号开展工作。',
    '噪声投诉较2022年下降10%。',
    '与2021年底相比不上升。',
    '执行2018年11月印发的标准。',
    '自2020年11月1日起施行。',
    '根据每月监测通报结果，适时开展整治。',
    '完成年度目标，列入年度计划。',
    '每日10—16时加强巡查。',
    '对3—5家企业、10—16时的噪声开展检查。',
    '降尘量不高于7吨/月·平方公里。',
    '常态化巡查，定期检查，及时整改，限期达标，动态清零。',
    '推进三年行动，落实“十四五”规划，拨打12345。',
  ])('%s', (sentence) => {
    expect(limitsIn(sentence)).toEqual([]);
  });
});

describe('limits in a table', () => {
  const row = (limit: string, measure: string) =>
    readPlanOf(
      '1．规范施工。公示。',
      '附件',
      '任务表',
      '序号\t主要任务\t完成时限\t工作措施\t牵头单位',
      `1\t夜间施工\t${limit}\t${measure}\t县住建局`,
    )
      .tasks.at(-1)
      ?.milestones.map(({ phrase, what, kind, due }) => ({ phrase, what, kind, due }));

  it('are not repeated by the words of the row', () => {
    expect(row('2024年12月底前', '2024年12月底前公示率达到90%以上。')).toEqual([
      { phrase: '2024年12月底前', what: '夜间施工', kind: 'date', due: '2024-12-31' },
    ]);
  });

  it('stand beside another one in the words of the row', () => {
    expect(row('12月底前', '6月底前完成摸底，列出清单。')).toEqual([
      { phrase: '12月底前', what: '夜间施工', kind: 'date', due: '2024-12-31' },
      { phrase: '6月底前', what: '完成摸底', kind: 'date', due: '2024-06-30' },
    ]);
  });

  it.each([
    ['2024年12月', { kind: 'date', due: '2024-12-31' }],
    ['2025年', { kind: 'date', due: '2025-12-31' }],
    ['每季度', { kind: 'recurrence', due: null }],
    ['每年', { kind: 'recurrence', due: null }],
  ])('may be as short as %s', (limit, meaning) => {
    expect(row(limit, '公示。')).toEqual([{ phrase: limit, what: '夜间施工', ...meaning }]);
  });

  it('may be a date and then ongoing', () => {
    expect(row('11月30日前完成并长期坚持', '公示。')).toMatchObject([
      { kind: 'date', due: '2024-11-30' },
      { kind: 'ongoing', due: null },
    ]);
  });
});

describe('goals of a plan', () => {
  it('are the dated sentences under a heading for goals', () => {
    const plan = readPlanOf(
      '二、工作目标',
      '2025年6月前，夜间达标率达到95%。全县噪声投诉明显减少。',
      '三、依据',
      '按照2025年底前修订的办法执行。',
      '四、任务',
      '1．规范施工。应当公示。',
    );
    expect(plan.goals).toEqual([
      { text: '2025年6月前，夜间达标率达到95%', phrase: '2025年6月前', due: '2025-05-31', line: 11 },
    ]);
  });
});
