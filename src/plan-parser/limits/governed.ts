import type { MilestoneKind } from '../../domain/milestone.js';
import { enclosed, type Span } from '../text/brackets.js';
import { clausesOf, type Piece } from '../text/clauses.js';

/** Words that lead to a limit and belong to neither it nor the work: 重点监管单位[要于]2023年底前. */
const leadIn =
  /(?:(?:活动|实施|整治|执行)?(?:时间|期限)为?|(?:力争|争取|确保|必须|务必|应当|应|须|需|要|将|并|计划)?(?:在|于|到|至|自|截至|截止)?)$/;
/** （2）, ①, 一是 */
const enumerator =
  /^(?:[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[.．、](?!\d)|[①-⑳]|[一二三四五六七八九十]是)\s*/;
const bareCompletion = /^(?:之前)?(?:全部|全面|基本|按期|如期)?(?:完成|建成|到位|办结|落实到位|完成任务|完成到位)?$/;
const limitLabel = /(?:时限|期限|时间)$/;

/** A clause that only says how, for whom or by what: 针对上述企业, 以化工为重点. */
const circumstance =
  /^(?:(?:针对|围绕|聚焦|结合|按照|按|根据|依据|依照|通过|本着|参照|为(?!期))(?!.{0,60}(?:开展|实施|实行|组织|完成|推进|建立|制定|加强|落实|执行))|在.{1,40}(?:前提下|基础上|过程中|中|后)$|以.{1,80}为(?:重点|核心|主|抓手|目标|契机|依据)$)/;
/** 7—8月主汛期，: the name of the period itself. */
const season = /^(?:主?汛期|期间|时段|(?:采暖|供暖|供热|防火|禁渔|休渔|高温|台风|封山)[季期])$/;

const loose = '，,、；;： ';

function trimmed(text: string): string {
  let [start, end] = [0, text.length];
  while (start < end && loose.includes(text.charAt(start))) start += 1;
  while (end > start && loose.includes(text.charAt(end - 1))) end -= 1;
  return text.slice(start, end);
}

function withoutCircumstances(clauses: Piece[]): Piece[] {
  const main = clauses.findIndex((clause) => !circumstance.test(clause.text));
  return main === -1 ? clauses : clauses.slice(main);
}

/** A sentence taken apart once, for all the limits in it. */
export interface Sentence {
  text: string;
  clauses: Piece[];
  enclosed: Span[];
}

export function takeApart(text: string): Sentence {
  return { text, clauses: clausesOf(text), enclosed: enclosed(text) };
}

/** Back to the semicolon at which the part of the sentence began. */
const closedBy = (earlier: string) =>
  trimmed(earlier.slice(earlier.replace(/[；，;,\s]{1,8}$/, '').lastIndexOf('；') + 1));

/** No clause has more. */
const mostLimits = 12;
const closing = /[）)〕\]]/;

/** What a clause says besides its limits: 3月动工、10月底前完成 are two things, each with the words before the first. */
function aroundIn(clause: Span, text: string, limit: Span, all: Span[], at: number): { lead: string; after: string } {
  let first = limit.start;
  for (const other of all.slice(Math.max(0, at - mostLimits), at).toReversed()) {
    if (other.start < clause.start || closing.test(text.slice(other.end, first))) break;
    first = other.start;
  }
  const inBrackets = limit !== all[at];
  const next = inBrackets ? undefined : all[at + 1];
  const end = next && next.end <= clause.end ? next.start : clause.end;
  const after = text.slice(limit.end, end);
  return {
    lead: text.slice(clause.start, first).trimEnd().replace(enumerator, '').replace(leadIn, ''),
    after: end === clause.end ? after : after.replace(/(?:[、和及与]|并且?|且|力争|争取|确保){1,3}$/, ''),
  };
}

/**
 * The words that a limit governs: the clause it opens or stands in, or, when it closes the sentence (…，10月底前完成),
 * what came before. `limits` are all of the sentence, in order. A period that opens a sentence governs all of it. Empty when the sentence says nothing else.
 */
export function governedBy(sentence: Sentence, kind: MilestoneKind, limits: Span[], at: number): string {
  const { text, clauses, enclosed } = sentence;
  const limit = limits[at];
  if (!limit) return '';
  const own = clauses.findIndex((clause) => clause.start <= limit.start && limit.end <= clause.end);
  const clause = clauses[own];
  if (!clause) return trimmed(text.slice(0, limit.start) + text.slice(limit.end));

  // The bracket that holds the limit, as in 完成整治（9月5日前完成）, goes with it.
  const cut = enclosed.find((span) => span.start < limit.start && limit.end < span.end) ?? limit;
  const { lead, after: words } = aroundIn(clause, text, cut, limits, at);
  const after = season.test(words) ? '' : words;
  const following = withoutCircumstances(clauses.slice(own + 1));

  if (kind === 'window' && own === 0 && lead === '' && after === '')
    return trimmed(text.slice(following[0]?.start ?? cut.end));
  if (
    kind !== 'relative' &&
    lead === '' &&
    own > 0 &&
    bareCompletion.test(after) &&
    (after !== '' || following.length === 0)
  ) {
    return limitLabel.test(clauses[own - 1]?.text ?? '') ? '' : closedBy(text.slice(0, clause.start));
  }
  if (after === '' && lead === '') return following[0]?.text ?? '';
  if (after === '') return trimmed(lead + (following[0]?.text ?? ''));
  return trimmed(lead + after);
}

const value = '(?:第?[\\d.]+(?:[%％‰]|[^、，,；;和及与\\d%％‰]{0,8}(?=[、和及与]))?|第[一二三四五六七八九十]批?)';
const between = '(?:、|和|及|与|以及)';

/** 6月30日、9月30日前分别达到50%、75%: of the values after 分别, the one at `order`. */
export function shareOf(what: string, order: number, count: number): string {
  const at = what.indexOf('分别');
  if (at === -1 || count < 2 || count > 12) return what;
  const list = new RegExp(`${value}(?:${between}${value}){${count - 1}}(?!${between}[\\d第])`).exec(what.slice(at));
  const values = list?.[0].split(new RegExp(between)) ?? [];
  const own = values[order];
  if (!list || own === undefined || values.length !== count) return what;
  const [start, end] = [at + list.index, at + list.index + list[0].length];
  const unit = /[^\d.%％‰]*$/.exec(own)?.[0] ?? '';
  const rest = what.slice(end);
  return (
    what.slice(0, at) +
    what.slice(at + 2, start) +
    own +
    (unit && rest.startsWith(unit) ? rest.slice(unit.length) : rest)
  );
}
