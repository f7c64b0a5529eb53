import type { Span } from '../text/brackets.js';
import { bound, lead } from './comparators.js';
import { unit } from './units.js';

interface Value extends Span {
  value: number;
  unit: string;
  bound: string | undefined;
}

/** One value, or several that 分别 shares out, with the words that say how they are meant: 较2023年下降10%以上. */
export interface Quantity extends Span {
  lead: string | undefined;
  values: Value[];
  bound: string | undefined;
  /** 分别: one value for each thing of a list before. */
  each: boolean;
}

const valueWords = new RegExp(
  `(?<![\\d.A-Za-z第〔])(?<value>\\d{1,9}(?:\\.\\d{1,6})?)(?![\\d.A-Za-z])(?:余|多)?(?<unit>${unit})?(?<bound>${bound})?`,
  'g',
);
const isRange = /\d\s?[—–~～-]\s?$|\d(?:至|到)$/;
const opensRange = /^\s?[—–~～-]\s?\d/;
const spanOfTime = /^(?:月|工作日|小时|季度|学期|学年|自然日)/;
/** 2024年, 12345热线, 3周岁: a number that measures nothing. */
const noMeasure = /^\s?(?:[年月日时点号届版代级岁章条]|周岁|热线|国道|省道)/;

function valuesIn(clause: string): Value[] {
  return [...clause.matchAll(valueWords)].flatMap((match) => {
    const { value = '', unit: written = '', bound: boundWord } = match.groups ?? {};
    const span = { start: match.index, end: match.index + match[0].length };
    const before = clause.slice(Math.max(0, span.start - 3), span.start);
    const after = clause.slice(span.end, span.end + 3);
    if (isRange.test(before) || opensRange.test(after)) return [];
    if (written === '' && noMeasure.test(after)) return [];
    if (written === '个' && spanOfTime.test(after)) return [];
    const many = /[余多]/.test(match[0]) ? '以上' : undefined;
    return [{ ...span, value: Number(value), unit: written, bound: boundWord ?? many }];
  });
}

const base =
  '(?:较|比|与)(?:20\\d\\d年(?:度|同期|底|末)?|上年(?:度|同期|底)?|去年(?:同期)?|上一年度?|同期|年初|建设前)(?:相比)?(?:再)?';
const manner = '(?:总体|平均|均|再|同比|累计|力争|稳步|年均|进一步)?';
/** 至少配备1名 */
const verbs = '配备|配置|建成|建立|举办|开展|检查|抽检|组织|设立|培育|新建|完成|安排';
const leadBefore = new RegExp(
  `(?<eachFirst>分别)?(?:${base})?${manner}(?<each>分别)?(?<lead>${lead})(?:${verbs})?(?<eachLater>分别)?[约近]?$`,
);
/** 不低于教师总数的10% */
const shareOf = new RegExp(`(?<lead>${lead})[^，、由从]{2,20}的$`);
const eachBefore = new RegExp(`(?:${base})?(?:分别)(?:完成)?$`);
const longestLead = 30;
const joint = /^(?:、|和|及|与|以及)$/;

/** The values of a clause, those joined by 、 after 分别 together. */
export function quantitiesIn(clause: string): Quantity[] {
  const found: Quantity[] = [];
  const values = valuesIn(clause);
  for (let at = 0; at < values.length; at += 1) {
    const first = values[at];
    if (!first) break;
    const before = clause.slice(Math.max(0, first.start - longestLead), first.start);
    const led = leadBefore.exec(before) ?? (/[%％‰]/.test(first.unit) ? shareOf.exec(before) : null);
    const shared = led ?? eachBefore.exec(before);
    const each = led ? Boolean(led.groups?.eachFirst ?? led.groups?.each ?? led.groups?.eachLater) : shared !== null;
    const list = [first];
    for (let next = values[at + 1]; each && next; next = values[at + list.length]) {
      if (!joint.test(clause.slice(list.at(-1)?.end, next.start))) break;
      list.push(next);
    }
    at += list.length - 1;
    const last = list.at(-1) ?? first;
    found.push({
      start: first.start - (shared?.[0].length ?? 0),
      end: last.end,
      lead: led?.groups?.lead,
      values: list.map((value) => ({ ...value, unit: value.unit || last.unit })),
      bound: last.bound,
      each: each && list.length > 1,
    });
  }
  return found;
}
