import { describe, expect, it } from 'vitest';

import { localDaysOf, usualDays } from '../../src/plan-parser/limits/local-days.js';
import { planCalendar } from '../../src/plan-parser/limits/plan-calendar.js';
import { readLimitCell, readLimits } from '../../src/plan-parser/limits/read-limits.js';
import { day } from './a-notice.js';

interface Notice {
  title?: string;
  year?: number | null;
  issuedOn?: string | null;
  localDays?: typeof usualDays;
}

function contextOf({ title = '云溪县2024年工作方案', year = 2024, issuedOn = '2024-03-05', localDays }: Notice) {
  const issued = issuedOn === null ? null : day(issuedOn);
  return {
    calendar: planCalendar(title, { year, issuedOn: issued, localDays: localDays ?? usualDays }),
    title: '规范施工',
  };
}

type Reading = ReturnType<typeof readLimits>;

/** 9月底前 | 2024-09-30, one limit to a line; 每月10日前 | month 1/10; issues behind an exclamation mark. */
function shown({ milestones, issues }: Reading): string[] {
  const limits = milestones.map(({ phrase, kind, due, from, to, every, by }) => {
    const meaning = due ?? (kind === 'window' ? `${from}..${to}` : kind === 'recurrence' ? every : kind);
    return [`${phrase} | ${meaning}`, by && `${by.month}/${by.day}`].filter(Boolean).join(' ');
  });
  return [...limits, ...issues.map(({ code }) => `! ${code}`)];
}

const inText = (text: string, notice: Notice = {}) => readLimits([{ text, line: 1 }], contextOf(notice));
const inCell = (text: string, notice: Notice = {}) => readLimitCell({ text, line: 1 }, contextOf(notice));
const whatIn = (text: string) => inText(text).milestones.map(({ phrase, what }) => `${phrase}：${what}`);

describe('dates', () => {
  it.each([
    ['于 2024 年 9 月底前完成改造。', '2024 年 9 月底前 | 2024-09-30'],
    ['２０２４年９月底前完成改造。', '２０２４年９月底前 | 2024-09-30'],
    ['九月底前完成。', '九月底前 | 2024-09-30'],
    ['12月20日下班前上报。', '12月20日下班前 | 2024-12-20'],
    ['2024年年底前完成。', '2024年年底前 | 2024-12-31'],
    ['年底建成中心。', '年底 | 2024-12-31'],
    ['今年11月完成初审。', '今年11月 | 2024-11-30'],
    ['次年3月底前完成。', '次年3月底前 | 2025-03-31'],
    ['第三季度全部建成投用。', '第三季度 | 2024-09-30'],
    ['三季度末前完成抽检。', '三季度末前 | 2024-09-30'],
    ['上半年完成摸底。', '上半年 | 2024-06-30'],
    ['4月上旬完成自查。', '4月上旬 | 2024-04-10'],
    ['8月下旬完成培训。', '8月下旬 | 2024-08-31'],
    ['到“十四五”末，全部消除。', '“十四五”末 | 2025-12-31'],
    ['力争2025年完工。', '2025年 | 2025-12-31'],
    ['2025年，全县优良率达到90%。', '2025年 | 2025-12-31'],
    ['到2025年回收率达到45%。', '2025年 | 2025-12-31'],
  ])('%s', (text, limit) => {
    expect(shown(inText(text))).toEqual([limit]);
  });

  it.each([
    [
      '5月底前动工，9月底前主体完工，11月投入使用。',
      ['5月底前 | 2024-05-31', '9月底前 | 2024-09-30', '11月 | 2024-11-30'],
    ],
    [
      '6月30日、9月30日、12月31日前各更新一次。',
      ['6月30日 | 2024-06-30', '9月30日 | 2024-09-30', '12月31日前 | 2024-12-31'],
    ],
    ['10月31日和11月30日前分别完成。', ['10月31日 | 2024-10-31', '11月30日前 | 2024-11-30']],
    ['在4月、6月、8月开展三轮督查。', ['4月 | 2024-04-30', '6月 | 2024-06-30', '8月 | 2024-08-31']],
    ['6月、9月底前报送。', ['6月 | 2024-06-30', '9月底前 | 2024-09-30']],
    ['2025年3月、9月底前报送。', ['2025年3月 | 2025-03-31', '9月底前 | 2025-09-30']],
    ['6月10日、20日前报送。', ['6月10日 | 2024-06-10', '20日前 | 2024-06-20']],
    ['2024年开工、2026年建成货场。', ['2024年 | 2024-12-31', '2026年 | 2026-12-31']],
    ['2024年、2025年分别增长12%、10%。', ['2024年 | 2024-12-31', '2025年 | 2025-12-31']],
  ])('%s', (text, limits) => {
    expect(shown(inText(text))).toEqual(limits);
  });

  it.each([
    ['6月31日前完成核查。', '6月31日前 | 2024-06-30', 'limit-no-such-day'],
    ['8底前完成方案。', '8底前 | 2024-08-31', 'limit-month-lost'],
    ['9月低前完成方案。', '9月低前 | 2024-09-30', 'limit-typo'],
    ['三季度前完成划定。', '三季度前 | 2024-06-30', 'limit-before-period'],
    ['9月初，召开会议。', '9月初 | 2024-09-10', 'limit-vague'],
    ['1月底前完成划定。', '1月底前 | 2024-01-31', 'limit-before-issue'],
  ])('%s is flagged', (text, limit, code) => {
    expect(shown(inText(text))).toEqual([limit, `! ${code}`]);
  });
});

describe('windows', () => {
  it.each([
    ['11月5日至9日集中宣传。', '11月5日至9日 | 2024-11-05..2024-11-09'],
    ['11月1日至次年3月15日组织巡查。', '11月1日至次年3月15日 | 2024-11-01..2025-03-15'],
    ['2024年9月至2025年4月实施清淤。', '2024年9月至2025年4月 | 2024-09-01..2025-04-30'],
    ['11月至12月开展检查。', '11月至12月 | 2024-11-01..2024-12-31'],
    ['3月下旬至4月上旬开展植树。', '3月下旬至4月上旬 | 2024-03-21..2024-04-10'],
    ['2024—2025年秋冬季，错峰生产。', '2024—2025年秋冬季 | 2024-10-01..2025-03-31'],
    ['2024—2026年，新增床位100张。', '2024—2026年 | 2024-01-01..2026-12-31'],
    ['即日起至9月底开展整治。', '即日起至9月底 | 2024-03-05..2024-09-30'],
    ['（5月1日-9月30日）加密检测。', '5月1日-9月30日 | 2024-05-01..2024-09-30'],
  ])('%s', (text, limit) => {
    expect(shown(inText(text))).toEqual([limit]);
  });

  it('named by festivals have no days', () => {
    expect(shown(inText('元旦春节期间加强值守。'))).toEqual(['元旦春节期间 | null..null', '! limit-event']);
  });
});

describe('recurrences', () => {
  it.each([
    ['每月10日前通报。', '每月10日前 | month 1/10'],
    ['每月底通报进度。', '每月底 | month'],
    ['次月5日前报送。', '次月5日前 | month 1/5'],
    ['每季度末月20日前报送。', '每季度末月20日前 | quarter 3/20'],
    ['每个季度第1个月的20日前汇总。', '每个季度第1个月的20日前 | quarter 1/20'],
    ['每季度最后一个工作日公布。', '每季度最后一个工作日 | quarter'],
    ['每年6月底前完成轮训。', '每年6月底前 | year 6/31'],
    ['每年4月集中开展活动。', '每年4月 | year 4/31'],
    ['每半年开展一次核查。', '每半年 | half-year'],
    ['一年两次开展评价。', '一年两次 | half-year'],
    ['每学期开学前检查食堂。', '每学期开学前 | half-year'],
    ['每学年开展一次筛查。', '每学年 | year'],
    ['每周末开展演出。', '每周末 | week'],
    ['数据每日更新。', '每日 | day'],
    ['入户安检每户每年不少于一次。', '每年 | year'],
    ['每6个月更新一次。', '每6个月 | half-year'],
    ['一月一调度。', '一月一调度 | month'],
    ['按季度通报进展。', '按季度 | quarter'],
  ])('%s', (text, limit) => {
    expect(shown(inText(text))).toEqual([limit]);
  });

  it.each([
    ['每3年复核一次。', '每3年 | null', 'limit-odd-recurrence'],
    ['每两周会商一次。', '每两周 | null', 'limit-odd-recurrence'],
    ['每月8日、18日、28日集中研判。', '每月8日、18日、28日 | month 1/28', 'limit-several-days'],
    ['每周五前上报。', '每周五前 | week', 'limit-recurrence-day'],
    ['每年春耕前清捡残膜。', '每年春耕前 | year', 'limit-event'],
    ['每年汛期前开展演练。', '每年汛期前 | year 5/31', 'limit-event'],
  ])('%s is flagged', (text, limit, code) => {
    expect(shown(inText(text))).toEqual([limit, `! ${code}`]);
  });
});

describe('limits counted from an event', () => {
  it.each([
    ['新增单位应在纳入名录一年内排查。', '纳入名录一年内'],
    ['合同款项自收到发票之日起10个工作日内支付。', '自收到发票之日起10个工作日内'],
    ['试点期满后三个月内形成报告。', '试点期满后三个月内'],
    ['线索应在接到举报后7个工作日内核查。', '接到举报后7个工作日内'],
    ['新住院楼三年内投入使用。', '三年内'],
  ])('%s', (text, phrase) => {
    expect(shown(inText(text))).toEqual([`${phrase} | relative`, '! limit-relative']);
  });

  it.each([
    ['采暖季前完成检修。', '采暖季前 | 2024-11-14'],
    ['汛前完成核对。', '汛前 | 2024-05-31'],
    ['2025年汛期前形成规范。', '2025年汛期前 | 2025-05-31'],
    ['国庆前完成绿化。', '国庆前 | 2024-09-30'],
    ['高考前完成整治。', '高考前 | 2024-06-06'],
    ['春节前清欠到位。', '春节前 | 2025-01-28'],
  ])('%s is dated by the calendar and flagged', (text, limit) => {
    expect(shown(inText(text))).toEqual([limit, '! limit-occasion']);
  });

  it('takes the days of the place where they are set', () => {
    const at = (province: string) => ({ localDays: localDaysOf(province) });
    expect(inText('采暖季前完成检修。', at('青海省')).milestones).toMatchObject([{ due: '2024-10-14' }]);
    expect(inText('汛期前完成检查。', at('湖南')).milestones).toMatchObject([{ due: '2024-03-31' }]);
    expect(
      inText('采暖季前完成检修。', { localDays: { ...usualDays, heating: { month: 11, day: 1 } } }).milestones,
    ).toMatchObject([{ due: '2024-10-31' }]);
  });

  it('has no day where the calendar does not know the event', () => {
    expect(shown(inText('全省健康大会召开前完成评估。'))).toEqual(['全省健康大会召开前 | relative', '! limit-event']);
  });
});

describe('the year of a bare month', () => {
  const dues = (text: string, notice: Notice) => inText(text, notice).milestones.map(({ due }) => due);
  const codes = (text: string, notice: Notice) => inText(text, notice).issues.map(({ code }) => code);

  it('is that of the title, also where the notice came out the December before', () => {
    const notice = { title: '云溪县2025年工作方案', year: 2025, issuedOn: '2024-12-20' };
    expect(dues('3月底前完成。2024年12月31日前完成。', notice)).toEqual(['2025-03-31', '2024-12-31']);
    expect(codes('今年底完成。', notice)).toEqual(['limit-year-assumed']);
  });

  it('is an assumption where the title spans several years', () => {
    const notice = { title: '柏川市优化营商环境三年行动方案（2024—2026年）', year: 2024 };
    expect(dues('10月底前建成；2026年6月底前覆盖。', notice)).toEqual(['2024-10-31', '2026-06-30']);
    expect(codes('10月底前建成；2026年6月底前覆盖。', notice)).toEqual(['limit-year-assumed']);
  });

  it.each([
    ['云溪县今冬明春农田建设方案', 2024],
    ['云溪县2024—2025年度森林防灭火方案', 2024],
    ['云溪县2024—2025年秋冬季大气攻坚方案', 2024],
  ])('is the second one before July in %s', (title, year) => {
    const notice = { title, year, issuedOn: '2024-10-08' };
    expect(dues('12月底前完成招标，4月底前验收。', notice)).toEqual(['2024-12-31', '2025-04-30']);
    expect(codes('4月底前验收。', notice)).toEqual(['limit-year-assumed']);
  });

  it('is the one written before in the sentence', () => {
    expect(dues('2025年2月下旬完成验收，3月上旬到位。', {})).toEqual(['2025-02-28', '2025-03-10']);
    expect(dues('12月25日前进场，次年3月底前完工，4月底前验收。', {})).toEqual([
      '2024-12-25',
      '2025-03-31',
      '2025-04-30',
    ]);
  });

  it('is unknown on a page that lost its digits', () => {
    expect(shown(inText('年6月底前完成摸底。'))).toEqual(['6月底前 | date', '! limit-no-year']);
  });

  it('is unknown where neither title nor notice has one', () => {
    expect(shown(inText('9月底前完成。', { title: '工作方案', year: null, issuedOn: null }))).toEqual([
      '9月底前 | date',
      '! limit-no-year',
    ]);
  });
});

describe('what a limit governs', () => {
  it.each([
    [
      '衔接资金支出进度6月30日、9月30日前分别达到50%、75%。',
      ['6月30日：衔接资金支出进度达到50%', '9月30日前：衔接资金支出进度达到75%'],
    ],
    [
      '10月31日和11月30日前分别完成第一批、第二批设施更新。',
      ['10月31日：完成第一批设施更新', '11月30日前：完成第二批设施更新'],
    ],
    ['3月动工、10月底前完成18公里管网改造。', ['3月：动工', '10月底前：完成18公里管网改造']],
    ['利用率力争上半年达到50%、年底达到60%。', ['上半年：利用率达到50%', '年底：利用率达到60%']],
    ['对进展情况每月通报、每半年考核。', ['每月：对进展情况通报', '每半年：对进展情况考核']],
    ['9月1日至12月9日，聚焦突出问题开展联合执法，逐件核查。', ['9月1日至12月9日：聚焦突出问题开展联合执法，逐件核查']],
    ['10月底前完成并长期坚持。', ['10月底前：规范施工', '长期坚持：规范施工']],
    ['违规用房清退到位并长期坚持。', ['长期坚持：违规用房清退到位']],
    ['对阳性人员逐一随访；摸排用房，整改隐患，10月底前完成。', ['10月底前：摸排用房，整改隐患']],
  ])('%s', (text, whats) => {
    expect(whatIn(text)).toEqual(whats);
  });
});

describe('dates that promise nothing', () => {
  it.each([
    '自2024年5月1日起安装设备，8月下旬起抬升水位，从2023年10月1日起已关停。',
    '对2021年底前已完成改造的村落实补贴，对2023年遗留的3件逐件回访，2025年底前到期的合同续签。',
    '截至2023年底，已建成10座，由2022年的38%提高到55%，达到2019年水平。',
    '办理时间压缩至0.5个工作日，24小时内收运，压缩至3个工作日内，近三年内未发生，三年内不得申报。',
    '现场检查每年不超过1次，每生每年生活补助1000元，每村配备1人。',
    '修订2024—2025年度清单，编制2024年版目录，办好2024年绿色博览会，服务2024届毕业生。',
    '开展汛前大检查，做好采暖季运行，结合6月安全生产月开展宣传，省级年底出台的平台。',
    '对车龄10-15年的货车、船龄15-20年的船舶、3—5家企业加密检查；1—7月全市共发生11起。',
    '常态化开展排查，持续推进改造，逐日发布预报，网格员日巡查、社区周调度。',
    '发生“5·12”地震，拨打12350，全年24小时值守，5公里以上，2.5个百分点。',
  ])('%s', (text) => {
    expect(shown(inText(text))).toEqual([]);
  });
});

describe('cells and labels', () => {
  it.each([
    ['2024.6.30前', ['2024.6.30前 | 2024-06-30']],
    ['2024-12', ['2024-12 | 2024-12-31']],
    ['2024.4—2024.12', ['2024.4—2024.12 | 2024-04-01..2024-12-31']],
    ['2024年9月—2025年3月', ['2024年9月—2025年3月 | 2024-09-01..2025-03-31']],
    ['第四季度', ['第四季度 | 2024-12-31']],
    ['6月30日', ['6月30日 | 2024-06-30']],
    ['全年', ['全年 | 2024-01-01..2024-12-31']],
    ['按月', ['按月 | month']],
    ['立行立改并长期坚持', ['立行立改并长期坚持 | ongoing']],
    ['持续推进，每季度通报', ['持续推进 | ongoing', '每季度 | quarter']],
    ['10月底前完成并长期坚持', ['10月底前 | 2024-10-31', '长期坚持 | ongoing']],
    ['6月30日、9月30日前分别完成30%、70%', ['6月30日 | 2024-06-30', '9月30日前 | 2024-09-30']],
    ['—', []],
    ['待定', ['! limit-undecided']],
    ['按省统一部署', ['! limit-unread']],
  ])('%s', (text, limits) => {
    expect(shown(inCell(text))).toEqual(limits);
  });

  it('name what falls due when the cell does', () => {
    const whats = inCell('5月底前动工，2025年6月底前投入使用').milestones.map(({ what }) => what);
    expect(whats).toEqual(['规范施工：动工', '规范施工：投入使用']);
  });

  it.each([
    ['完成改造。完成时限：10月底前。', ['10月底前 | 2024-10-31']],
    ['完成时限：2024年11月底前；责任单位：县水利局。', ['2024年11月底前 | 2024-11-30']],
    ['6月底前接入60家。完成时限：2024年底前', ['6月底前 | 2024-06-30', '2024年底前 | 2024-12-31']],
    ['10月底前完成改造。（完成时限：10月底前）', ['10月底前 | 2024-10-31']],
    ['整改时限：立行立改。', ['立行立改 | ongoing']],
    ['完成时限：待定', ['! limit-undecided']],
  ])('%s', (text, limits) => {
    expect(shown(inText(text))).toEqual(limits);
  });
});
