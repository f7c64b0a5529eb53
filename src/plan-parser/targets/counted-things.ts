import { withoutDates } from './dates.js';
import type { Quantity } from './quantities.js';
import { isCount } from './units.js';

/** Verbs whose object is counted: 拆除3条生产线, 检查机构36个次. */
const verbs =
  '完成|建成|建设|新建|改建|扩建|改扩建|新改建|续建|改造|新增|增加|培育|创建|打造|培训|培养|招聘|引进|补充|选派|募集|归集|抽检|抽查|抽测|检查|监测|检测|排查|整治|治理|拆除|淘汰|关停|取缔|清理|清淤|疏浚|' +
  '整修|修复|修订|更新|更换|安装|接入|布设|布局|设置|设立|配备|配置|储备|组建|推出|推广|发布|公布|遴选|选树|评选|举办|组织|开展|召开|制作|刊播|拍摄|开发|投放|安排|统筹|筹集|争取|发放|完工|建立|扶持|支持|' +
  '发动|邀请|办理|办结|曝光|播出|种植|造林|绿化|退塘还湖还湿|销号|验收|迁移|整合|汇编|编制|申报|认定|救助|帮扶|开办|开设|新开办|扩容|搬迁|退出|转移|消化|盘活|收储|出让|征收|维护|维护好|开通|开工|竣工|投用';
const firstVerb = new RegExp(`(?:${verbs})`);
const verbRightBefore = new RegExp(`(${verbs})(?:了|约|近|我[省市县区镇])?(?:首批|第[一二三四五]批)?$`);
const opensWithVerb = new RegExp(`^(?:全面|全部|基本|梳理|力争|确保)?(?:${verbs})`);
/** 对3个集群实行一群一策 and 等10个环节 say where, not how many. */
const scope = /^(?:对|针对|围绕|以|遇|凡|按|将|聚焦|在[^，]{0,20}等)/;
const aimsAt = /针对|围绕|聚焦|面向|按照|根据/;
const otherUse = /^(?:的|以上的|以下的|及以上的|以内的)/;

export interface Counted {
  what: string;
  /** From the verb on, where the words state the count: 拆除3条. */
  start: number;
}

export interface Piece {
  /** Of the clause, between the quantity before and this one. */
  lead: string;
  after: string;
  /** A verb of this kind stands in the clause before. */
  hasVerb: boolean;
  isFirst: boolean;
  /** No further number stands in the clause. */
  isLast: boolean;
}

const loose = /^[、，和及与\s]+|[、，和及与\s]+$/g;
const wayOf = /(?:并|，|（).*$/s;
const separated = /^\s*[、，和及与（(]/;

export const startsScope = (clause: string) => scope.test(clause);
export const holdsVerb = (words: string) => firstVerb.test(words);

/** What is counted, or `null` where the number only describes. */
export function countedIn(
  { values, bound }: Quantity,
  { lead, after, hasVerb, isFirst, isLast }: Piece,
): string | null {
  const [first] = values;
  // 每月检测1次 is a recurrence.
  if (!first || (first.value === 1 && /次$/.test(first.unit))) return null;
  if (otherUse.test(after) || /的$/.test(lead)) return null;
  const before = withoutDates(lead).replace(loose, '').replace(/^其中/, '');
  const thing = after.replace(wayOf, '').replace(loose, '');
  if (thing === '' || separated.test(after)) {
    const verb = firstVerb.exec(before);
    if (!hasVerb && !verb) return null;
    const names = verb !== null && (isFirst || verb.index === 0) && verb.index + verb[0].length < before.length;
    return (names ? before.slice(verb.index) : before).replace(/^(?:完成|达到)(?=.)/, '');
  }
  if (!isCount(first.unit) || /\d/.test(thing) || (bound !== undefined && !isLast)) return null;
  if (before === '为') return thing;
  const direct = verbRightBefore.exec(before);
  if (direct) return direct[0].startsWith('完成') ? thing : `${direct[1]}${thing}`;
  const names = /等$|[镇乡村县市区]$|[”）]$|[^，]{2}、[^，、]{2,12}$/.test(before);
  return names && opensWithVerb.test(before) && !aimsAt.test(before) && bound === undefined ? thing : null;
}
