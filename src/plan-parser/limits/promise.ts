import type { LocalDate } from '../../domain/local-date.js';
import type { Candidate } from './candidates.js';
import type { Meaning } from './meaning.js';

/** Before or after a date that promises nothing: a base year, a start, a past fact, another body's day. */
const comparedWith =
  /(?:较|比|与|同|据|低于|高于|超过|相对|达到?|去年|上年|上一年|前年|(?<!截)原|原定于?|有效期[至到]?|施行[至到]|期限[至到])$/;
const startsFrom = /(?:自|从)$/;
const cutOff = /截[至止]$/;
const notPromised =
  /^(?:相比|以来|以后|之后|(?:后|起)(?![^，。；]{0,4}完成)(?!草|步|底|点工程)|发布的|公布的|出台的|召开的|同期|水平|数据|实绩|基数|的(?!第|首|末|最)|遗留|结转|存量|考核反馈|基础上|届|毕业|度(?!假)|版|级|本）)/;
/** 年底出台的平台, 2025年到期的合同: the date belongs to the thing. */
const attributive =
  /^[^，。；、]{0,6}(?:出台|印发|发布|召开|举办|到期|期满|届满|退休|毕业|出生|注册|登记|备案|取得|入库|投产|建成|竣工|开工|批准|实施|施行|成交|签订)的/;
const done = /^[^，。；]{0,4}(?:已|曾)|^[^，。；]{0,14}了(?!解)/;

/** What may follow a date without 前 for it to say when something is to be done. */
const actions =
  '完成|建成|建立|开工|动工|启动|开展|组织|举办|召开|承办|竣工|完工|投产|投用|投入|投运|交付|交工|验收|报送|上报|公布|发布|出台|印发|制定|制订|修订|编制|动员|部署|' +
  '全面|全部|基本|集中|进行|实施|实现|达到|达|通过|上线|运行|试运行|挂牌|开放|通车|贯通|举行|形成|总结|封顶|主体|进场|招标|具备|签订|突破|增长|下降|提高|提升|降低|减少|控制|分别|各|力争|' +
  '争取|确保|推出|覆盖|落地|兑现|发放|拨付|下达|清零|关停|退出|拆除|取缔|更换|改造|整治|整改|检查|督查|培训|演练|评估|考核|通报|公开|公示|销号|到位|办结|落实|成立|组建|搬迁|开业|开园|' +
  '开馆|开建|新建|续建|招生|首发|创建|迎接|提交|申报|审议|汇报|报告|安装|调试|试点|推广';
const actionNear = new RegExp(`^[^，,。；;：:（(）)]{0,12}?(?:${actions})(?!的)`);
const actionAtOnce = new RegExp(
  `^(?:底|末|内|计划|要|将|应|须|可|再|预计|新|年均|累计|率先|如期|按期|[一二三四五六七八九十\\d]{1,3}月)?(?:${actions})(?!的)`,
);
const setting = /(?:结合|围绕|利用|抓住|借助|以|把|对|将|的|按|按照|根据|依据|落实|执行|总结|贯彻|推广|[“"‘《〈〔])$/;

const hoped = /(?:力争|争取|确保|计划|预计)$/;
/** 2025年，全县…达到90%: the year opens a promise. */
const yearOpens = new RegExp(
  `^(?:[，,][^，,。；;]{0,30}?(?:${actions})(?!的)|[^，,。；;]{2,25}?(?:达到|控制在|稳定在|不低于|不少于|增长|下降))`,
);
const happened = /^[^，。；]{0,6}(?:共?发生|同比|累计完成)/;

/** 根据每月监测结果 describes the result; 每季度调度 asks for something. */
const describes = /(?:根据|按照|依据|结合|对照|依照|较|比|以|对|的)$/;
const measured =
  /^(?:的(?!第|首|末|最|\d)|不(?:得|能|应)?超过|不高于|不多于|不大于|最多|至多|约|平均|[一-龥]{0,4}(?:补助|补贴|工资|标准)|降尘|产量|处理能力|处理量|用量|排放量|\d+(?:\.\d+)?(?:[元吨亩度]|万[元吨亩度])|\d{1,2}[—–\-~～至]\d{1,2}(?:时|点))/;
const mostOf = /^[^，。；]{0,10}不(?:得|能|应)?超过\d{1,2}(?:次|家次)/;

/** 压缩至3个工作日内 is a standard of service, 近三年内 looks back, 三年内不得 forbids. */
const standard =
  /(?:压缩|压减|缩短|缩减|减少|精简|控制|稳定|限定|保持|提速|不超过|近|过去|最近|过往|有效期|保质期|任期|连续|每)(?:[到至在为])?$/;
const forbids = /^(?:的|不得|不再|不予|不能|禁止|未|无(?!偿)|没有|发生|累计|出现|曾|不超过|有效|到期|建成的|购买的)/;

/** 开展汛前大检查 names the inspection. */
const named = /(?:开展|做好|抓好|抓实|抓紧|组织|强化|加强|进行|落实|完善)$/;

/** 2024年4月8日印发 at the foot of a page. */
const imprint = /^\s*印发\s*$/;

export interface Doubtful extends Pick<Candidate, 'bare' | 'atOnce' | 'dated'> {
  before: string;
  after: string;
  meaning: Meaning;
}

/** Whether a date that was found says by when something is to be done. */
export function isPromise(candidate: Doubtful, issuedOn: LocalDate | null): boolean {
  const { before, after, meaning } = candidate;
  switch (meaning.kind) {
    case 'relative':
      if (isOccasion(meaning)) return !named.test(before);
      return !standard.test(before) && !forbids.test(after);
    case 'recurrence':
      return !describes.test(before) && !measured.test(after) && !mostOf.test(after);
    case 'ongoing':
      return true;
    case 'date':
    case 'window':
      if (isOccasion(meaning) && named.test(before)) return false;
      return isDue(candidate, issuedOn);
  }
}

const isOccasion = ({ doubts }: Meaning) => doubts.includes('limit-occasion') || doubts.includes('limit-event');

function isDue({ before, after, meaning, bare, atOnce, dated }: Doubtful, issuedOn: LocalDate | null): boolean {
  const isWindow = meaning.kind === 'window';
  if (comparedWith.test(before) || notPromised.test(after) || attributive.test(after)) return false;
  if (!isWindow && startsFrom.test(before)) return false;
  const end = meaning.due ?? meaning.to;
  const past = end !== null && issuedOn !== null && end < issuedOn;
  if (past && (done.test(after) || cutOff.test(before) || (bare && dated))) return false;
  if (isWindow && happened.test(after)) return false;
  if (!bare) return true;
  if (dated && imprint.test(after)) return false;
  if (setting.test(before) || done.test(after)) return false;
  if (!atOnce || hoped.test(before)) return actionNear.test(after);
  return actionAtOnce.test(after) || yearOpens.test(after);
}
