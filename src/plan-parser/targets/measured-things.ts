import { withoutDates } from './dates.js';
import type { Quantity } from './quantities.js';
import { isCount } from './units.js';

/** Words that end the name of something measured; of a list the last alone has it: 秸秆、农膜回收利用率. */
const measures =
  '(?:排放|综合|安全|回收|资源化|集中|规范|有效|平均)?(?:限值|浓度|排放总量|排放量|总量|产量|利用率|管理率|处置率|覆盖率|合格率|达标率|完成率|比例|占比|余额|面积|增速|[一-龥]率|[一-龥]量|[一-龥]值|[一-龥]度|[一-龥]数)';
const measureAtEnd = new RegExp(`${measures}$`);

/** Names after which a bare value states the measure. */
const shares = /(?:率|比例|占比|比重|系数|的|完成|进度|度)$/;
const amounts = /(?:浓度|[总产数重流容]量|总值|总面积|播种面积|限值|时长|里程|余额|规模|能力)$/;

/** 对…要确保运行率: what is measured begins after the verb. */
const through = /^.*(?:确保|力争|实现|使得|保证|推动|争取|促进|切实)(?=.{2})/s;
const opening =
  /^(?:按照|按|[、，；和及与并将使要其中]|全年|每年|每月|每季度|每半年|每周|每日|每学年|每学期|每次|到|于|在)+/;
const closing =
  /(?:力争|争取|要|应|须|需|均|分别|总体|持续|基本|稳步|每年|每月|每日|每天|每季度|由|从|全部|仍|同比|得到|[、，])+$/;
/** 由2022年的38%提高到55%: the first value is where things stand. */
const startingPoint = /(?:由|从)(?:20\d\d年(?:底)?)?的?$/;
const from = /(?:由|从)(?:20\d\d年(?:底)?)?的?\d+(?:\.\d+)?[%％]?$/;

const cleaned = (words: string) =>
  withoutDates(words)
    .replace(from, '')
    .replace(through, '')
    .replace(opening, '')
    .replace(closing, '')
    .replace(/^对(?=.*[率度数量]$)/, '')
    .trim();

export interface Around {
  lead: string;
  after: string;
}

const countingVerb =
  /(?:开展|组织|举办|召开|配备|培育|建设|新建|建成|新增|选派|发动|邀请|曝光|制作|抽检|检查|培训|募集|归集|发布|参加|鼓励|至少)$/;
const separated = /^\s*[、，和及与（(]/;

/** What is measured, one name for each value; `null` where the value demands nothing. */
export function measuredThings(quantity: Quantity, { lead, after }: Around): string[] | null {
  if (startingPoint.test(lead) || /^(?:提高|提升|下降|降低|增加|压减|缩短)(?:到|至)/.test(after)) return null;
  const name = cleaned(lead).replace(/^完成(?=.{2})/, '');
  if (name.endsWith('按')) return null;
  if (quantity.each) return shared(name, quantity.values.length);
  const thing = separated.test(after) ? '' : after.replace(/(?:并|，|（|、).*$/s, '');
  if (quantity.lead === undefined) return statesMeasure(quantity, lead, thing) ? [name.replace(/的$/, '')] : null;
  const counts = isCount(quantity.values[0]?.unit ?? '') && thing !== '' && !thing.startsWith('的');
  if (counts || name === '' || countingVerb.test(name)) return [thing.startsWith('的') ? '' : thing || name];
  return [name];
}

/** 送达率100%, 总产量14万吨以上, 任务量的80%以上; not 按县级标准的10%储备, 面积5000平方米以上的工地. */
function statesMeasure({ values, bound }: Quantity, lead: string, thing: string): boolean {
  const words = withoutDates(lead).trim();
  const isShare = /[%％‰]/.test(values[0]?.unit ?? '');
  if (thing !== '' || /^(?:对|按)|按[^，]*的$/.test(words)) return false;
  return (isShare ? shares : amounts).test(words) || (bound === '以上' && /[量值数额]$/.test(words));
}

/** 颗粒物、二氧化硫、氮氧化物排放限值 are three; the measure said last belongs to each. */
function shared(name: string, count: number): string[] {
  const parts = name.split(/、|和|及|与/).filter(Boolean);
  if (parts.length < count) return [name];
  const own = parts.slice(-count);
  const ofYears = /^(?<year>20\d\d年)(?<rest>.+)$/.exec(own.at(-1) ?? '')?.groups;
  if (ofYears) return own.map((part) => `${part.slice(0, 5)}${ofYears.rest}`);
  const measure = measureAtEnd.exec(own.at(-1) ?? '')?.[0] ?? '';
  return own.map((part, order) => {
    const core = order === 0 ? part.replace(/^.*(?:浓度|指标|环节|情况|其中)(?=.)/s, '') : part;
    return measureAtEnd.test(core) ? core : `${core}${measure}`;
  });
}
