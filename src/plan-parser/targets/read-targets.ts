import type { Target } from '../../domain/target.js';
import type { Passage } from '../blocks.js';
import { bracketsIn } from '../text/brackets.js';
import { clausesOf, sentencesOf } from '../text/clauses.js';
import { comparatorOf } from './comparators.js';
import { countedIn, holdsVerb, type Piece, startsScope } from './counted-things.js';
import { measuredThings } from './measured-things.js';
import { type Quantity, quantitiesIn } from './quantities.js';
import { isCount, unitName } from './units.js';

/** Said of things that are over or under a limit, not of what is to be reached: 参加人数1000人以上的活动. */
const describesThings = /^的(?!标准|要求|目标|比例)/;
const totals = new Set(['为', '共', '共计', '合计', '总计']);
const conditions = new Set(['超过', '高于', '低于', '大于', '小于', '少于', '达到', '达']);

type Found = Omit<Target, 'line'>;

const longestName = 120;

/** The quantities that a clause demands; `goesOn` where the clause before counted things with a verb. */
export function targetsInClause(clause: string, goesOn = false): Found[] {
  const { pairs } = bracketsIn(clause);
  const quantities = quantitiesIn(clause).filter(
    ({ start }) =>
      !pairs.some((pair) => pair.start <= start && start < pair.end && pair.end - pair.start < clause.length),
  );
  const scoped = startsScope(clause);
  const found: Found[] = [];
  let from = 0;
  let hasVerb = goesOn;
  quantities.forEach((quantity, order) => {
    const lead = clause.slice(Math.max(from, quantity.start - longestName), quantity.start);
    const next = quantities[order + 1];
    const after = clause.slice(quantity.end, Math.min(next?.start ?? clause.length, quantity.end + longestName));
    if (holdsVerb(lead)) hasVerb = true;
    const targets = targetsOf(quantity, clause, {
      lead,
      after,
      hasVerb: hasVerb && !scoped,
      isFirst: from === 0,
      isLast: next === undefined,
    });
    found.push(...targets);
    if (targets.length > 0) from = quantity.end;
  });
  return found;
}

function targetsOf(quantity: Quantity, clause: string, piece: Piece): Found[] {
  const { lead, values, bound, start, end } = quantity;
  const comparator = comparatorOf(lead, bound);
  const things = thingsOf(quantity, piece);
  if (things === null) return [];
  return values.map((value, order) => ({
    phrase: values.length === 1 ? clause.slice(start, end) : shareOfPhrase(quantity, clause, order),
    what: things[order] ?? things[0] ?? '',
    comparator,
    value: value.value,
    unit: unitName(value.unit),
  }));
}

/** 分别下降24%、25%以上: the words before the list, the value and the bound at its end. */
function shareOfPhrase({ start, end, values }: Quantity, clause: string, order: number): string {
  const [first, own] = [values[0], values[order]];
  if (!first || !own) return clause.slice(start, end);
  const bound = own.bound ?? values.at(-1)?.bound ?? '';
  return `${clause.slice(start, first.start).replace('分别', '')}${own.value}${own.unit}${bound}`;
}

function thingsOf(quantity: Quantity, piece: Piece): string[] | null {
  const [first] = quantity.values;
  if (!first) return null;
  if (quantity.lead === undefined || totals.has(quantity.lead)) {
    const counted = first.unit === '' || /[%％‰]/.test(first.unit) ? null : countedIn(quantity, piece);
    if (counted !== null) return [counted];
  }
  if (quantity.lead !== undefined && conditions.has(quantity.lead) && describesThings.test(piece.after)) return null;
  return measuredThings(quantity, piece);
}

const bareVerb = /^(?:各|再|并)?(?:完成|达到|接入|实现)?$/;

/**
 * 较2023年提高8个百分点 says no more of what the clause before measured; neither does a verb alone (接入128家). Several
 * such values go with as many before.
 */
function namedBefore(targets: Found[], before: Found[]): Found[] {
  const allBare = targets.every(({ what }) => bareVerb.test(what));
  const last = before.slice(-targets.length);
  const named: Found[] = [];
  targets.forEach((target, order) => {
    const other = allBare && last.length === targets.length ? last[order] : (named.at(-1) ?? before.at(-1));
    const isSame = other !== undefined && (/^(?:较|比|与)/.test(target.phrase) || other.unit === target.unit);
    named.push(bareVerb.test(target.what) ? { ...target, what: isSame ? other.what : '' } : target);
  });
  return named;
}

function readSentence(sentence: string): Found[] {
  const found: Found[] = [];
  let goesOn = false;
  for (const { text } of clausesOf(sentence)) {
    const targets = targetsInClause(text, goesOn);
    found.push(...namedBefore(targets, found));
    goesOn = targets.some(({ unit }) => isCount(unit));
  }
  return found;
}

/** Quantities that a text demands, in order; what its sentence does not name is measured on the task as a whole. */
export function readTargets(passages: Passage[], title: string): Target[] {
  const found = passages.flatMap(({ text, line }) =>
    sentencesOf(text)
      .flatMap(readSentence)
      .map((target): Target => ({ ...target, what: target.what || title, line })),
  );
  const seen = new Set<string>();
  return found.filter(({ phrase, what }) => {
    const key = `${what}\n${phrase}`;
    return !seen.has(key) && seen.add(key);
  });
}
