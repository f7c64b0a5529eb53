import type { RenderedReply } from '../../src/platforms/sandbox/hub.js';
import type { Outcome, Why } from './world.js';

/** What kind of a no a refusal is, by what it says. */
const kinds: [Why, RegExp][] = [
  ['nothing-waits', /没有等你(?:确认|决定|提意见)的/],
  [
    'unknown',
    /没有找到(?:任务|时限|你报送过)|没有你24小时内报送|没有第\d+号|没看懂“|没有没有待报的期|没有.{1,6}这一期待报的/,
  ],
  ['unknown', /没有要(?:报领导|调度)的|没有定过|不用提示。|没有在开的调度/],
  ['words', /不是联络员，没有可交接|没有到期的时限|不用提意见|是批示，/],
  ['day', /最多免打扰一年|截止日至少要留|新时限要晚于|已经过了|最多延\d+天|时限最多定到/],
  [
    'rights',
    /名单里还没有你|不能代[报提]|由责任单位的联络员|由督查室|由[^。]{0,10}领导|不在你(?:分管|调度)|不用申报|请别的督查员|请单位以外|另一位督查员|只代录进展|由别人决定|你现在(?:不是|是)[^。]*不能撤销|由[^，。]*撤回|由管理员|自己的角色|不能同时当|要由别人同意|用。发“\/help”|不是你调度/,
  ],
  ['stands', /没有设免打扰|一天最多收|没有开核查|超过24小时|没有离任|已经离任|账号已解除|已经是.*联络员/],
  [
    'stands',
    /这次没有(?:重复)?记|已超过24小时|不能撤销|都已经撤销|没有待核查的|还没有收到办结报告|已经(?:没有待报的|销号或取消|撤销过|申请过|处理过|是)/,
  ],
  [
    'stands',
    /没有要.{0,20}报的调度|已报齐|没有还要报的|今天已(?:经)?提示|明天再报|不用(?:申请|再定)|再申请延期|已同意延期|还没有收到/,
  ],
  [
    'words',
    /^请|请写|请带|是一组单位|没有写|没有到期的时限|不用(?:另定|提意见|写日期)|不能另定|汇总单位从|责任单位里没有|是配合单位|是批示|由.*报，/,
  ],
];

export function whyOf(text: string): Why | null {
  return kinds.find(([, says]) => says.test(text))?.[0] ?? null;
}

const isTally = (fact: string) => /^\d+\/\d+$/.test(fact);
const talliesShown = 2;

/** Of several joint works in one message the first two are told. */
function heard(facts: string[]): string[] {
  const tallies = facts.filter(isTally).slice(0, talliesShown);
  return [...facts.filter((fact) => !isTally(fact)), ...tallies];
}

/** Whether the replies are what was expected; `null` when they are, else what is not. */
export function mismatch(replies: RenderedReply[], expected: Outcome[]): string | null {
  const words = replies.filter(({ kind }) => kind !== 'file');
  if (expected.every(({ kind }) => kind === 'silent')) return words.length === 0 ? null : 'said something';
  const [reply] = words;
  if (!reply) return 'said nothing';
  const shows = heard(expected.flatMap((one) => ('shows' in one ? one.shows : [])));
  const lacking = shows.find((fact) => !reply.text.includes(fact));
  const kind = expected.some((one) => one.kind === 'asks')
    ? 'question'
    : expected.every((one) => one.kind === 'no')
      ? 'refusal'
      : 'words';
  const was = reply.kind === 'question' || reply.kind === 'refusal' ? reply.kind : 'words';
  if (was !== kind) return `expected ${kind}, was ${was}`;
  if (lacking !== undefined) return `does not show “${lacking}”`;
  const [only] = expected;
  if (expected.length === 1 && only?.kind === 'no') {
    const why = whyOf(reply.text);
    if (why !== only.why) return `expected a no for ${only.why}, was ${why}`;
  }
  return null;
}
