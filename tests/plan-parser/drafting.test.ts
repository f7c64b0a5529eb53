import { describe, expect, it } from 'vitest';

import { proposePrefix } from '../../src/plan-parser/draft/prefix.js';
import { shortenTitle } from '../../src/plan-parser/draft/short-title.js';
import { aNotice, issueCodes, readPlanOf, readTask } from './a-notice.js';

describe('short titles', () => {
  it.each([
    ['加快推进工业企业噪声深度治理', '工业企业噪声深度治理'],
    ['持续深入开展夜间施工整治', '夜间施工整治'],
    ['坚决遏制“两高”项目盲目发展', '遏制“两高”项目盲目发展'],
    ['加大声环境功能区保护力度', '声环境功能区保护'],
    ['提升饮用水源管理水平', '饮用水源管理'],
    ['强化宣传', '强化宣传'],
    ['规范社会生活噪声、建筑施工噪声和交通运输噪声监督管理', '规范社会生活噪声、建筑施工噪声'],
    ['防范化工园区及其周边地区突发环境事件次生灾害风险', '防范化工园区及其周边地区突发环境事件'],
  ])('%s → %s', (title, short) => {
    expect(shortenTitle(title)).toBe(short);
    expect(shortenTitle(title).length).toBeLessThanOrEqual(18);
  });
});

describe('prefixes', () => {
  it.each([
    ['云溪县水环境质量提升行动计划', '水'],
    ['云溪县地下水污染防治行动计划', '地'],
    ['云溪县大气污染防治行动计划', '气'],
    ['云溪县土壤污染防治行动计划', '土'],
    ['云溪县安全生产治本攻坚行动方案', '安'],
    ['云溪县2024年数字政府建设和政务服务提升工作方案', '数'],
    ['云溪县中央环保督察反馈问题整改方案', '环'],
    ['云溪县巡察反馈问题整改任务清单', '整'],
    ['云溪县2024年招商引资行动方案', '招'],
    ['云溪县2024年十件民生实事任务分解表', '民'],
    ['宁屏市澜溪区老旧小区改造实施方案', '城'],
    ['云溪县信访积案化解攻坚方案', '信'],
    ['云溪县法治建设2024年工作要点', '法'],
    ['云溪县碳达峰实施方案', '碳'],
    ['云溪县夜市整治工作方案', '夜市'],
    ['云溪县市场监管领域突出问题集中整治方案', '市场'],
    ['平潭综合实验区新污染物治理三年行动方案', '新污'],
  ])('%s → %s', (title, prefix) => {
    expect(proposePrefix(title, new Set()).prefix).toBe(prefix);
  });

  it('are unique within a notice', () => {
    expect(proposePrefix('云溪县水污染防治方案', new Set(['水']))).toEqual({ prefix: '水污', guessed: true });
    expect(proposePrefix('云溪县教育就业工作方案', new Set(['教']))).toEqual({ prefix: '就', guessed: true });
    expect(proposePrefix('云溪县夜市整治方案', new Set(['夜市']))).toEqual({ prefix: '市整', guessed: true });
    expect(proposePrefix('方案', new Set())).toEqual({ prefix: '计一', guessed: true });
  });
});

describe('points', () => {
  const points = (text: string) => readTask(`1．规范施工。${text}（县住建局牵头）`).points;

  it('are the clauses that ask for a result or a number, as written and in order', () => {
    const text =
      '加快管网建设，消除空白区；完成永丰镇、新桥镇等3个站点（含管网）建设并投运；完成东湖镇管网建设。确保运行率达80%以上，抽检12个批次，年均噪声不高于55分贝，实现全覆盖。';
    expect(points(text)).toEqual([
      '完成永丰镇、新桥镇等3个站点（含管网）建设并投运',
      '完成东湖镇管网建设',
      '确保运行率达80%以上',
      '抽检12个批次',
      '年均噪声不高于55分贝',
      '实现全覆盖',
    ]);
  });

  it.each([
    '已完成改造但不能稳定运行的区域，要因地制宜。',
    '依法应当开展评估而尚未完成的地块，不得开工。',
    '为完成年度目标提供坚实基础。',
    '巩固县城建成区整治成果。',
    '探索建立共享机制。',
    '对标清零目标，查遗补漏，10月底前完成。',
  ])('%s asks for none', (text) => {
    expect(points(text)).toEqual([]);
  });
});

describe('quantities', () => {
  it('without a number are noticed', () => {
    expect(issueCodes(aNotice('1．控制总量。完成年度万吨煤炭控制目标。'))).toContain('number-missing');
  });

  it.each(['投资3亿元。', '近万吨垃圾得到清理。', '压减20万吨。', '投入数百万元。'])('%s lacks nothing', (text) => {
    expect(issueCodes(aNotice(`1．控制总量。${text}`))).not.toContain('number-missing');
  });
});

describe('links of annex rows', () => {
  const linksOf = (...rows: string[]) =>
    readPlanOf(
      '1．规范工地夜间施工。夜间施工应当公示，2024年9月底前完成隔声围挡。（县住建局牵头）',
      '2．整治广场舞扰民。划定广场活动时段和音量。（县公安局牵头）',
      '3．加强渣土车辆管理。渣土车辆不得鸣笛。（县城管局、县公安局按职责负责）',
      '附件',
      '任务表',
      '序号\t主要任务\t完成时限\t工作措施\t牵头单位',
      ...rows,
    ).tasks.slice(3);

  it('are proposed by lead, limit and words, and say why', () => {
    const rows = [
      '1\t隔声围挡\t2024年9月底前\t工地完成隔声围挡安装。\t县住建局',
      '2\t广场活动\t长期坚持\t划定广场活动时段。\t县公安局',
    ];
    expect(linksOf(...rows).map(({ partOf, partOfReason }) => [partOf, partOfReason])).toEqual([
      ['声-1', '牵头单位相同（县住建局），时限相同（2024年9月底前），文字相近（完成隔声围挡、隔声围挡）'],
      ['声-2', '牵头单位相同（县公安局），文字相近（划定广场活动时段、广场活动）'],
    ]);
  });

  it.each([
    ['the nearest words have another lead', '1\t渣土车辆鸣笛\t长期坚持\t渣土车辆不得鸣笛。\t县住建局'],
    ['nothing is near', '1\t校园周边绿化\t长期坚持\t种植乔木。\t县住建局'],
  ])('are left open where %s', (_, row) => {
    expect(linksOf(row)).toMatchObject([{ partOf: null, partOfReason: null }]);
  });
});
