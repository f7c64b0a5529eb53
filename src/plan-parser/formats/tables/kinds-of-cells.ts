import { splitNames } from '../../responsibility/split-names.js';
import { looksLikeUnit } from '../../responsibility/unit-names.js';
import type { Column } from '../../table-columns.js';
import { readNumber } from '../../text/chinese-number.js';

export type CellKind = 'number' | 'limit' | 'unit' | 'none' | 'text';

const limitWords =
  /^.{0,8}(?:\d{1,2}月|年底|年内|月底|季度|长期|每年|每月|每季|每周|常态化|持续|立行立改|上半年|下半年|[上中下]旬|季前|汛前|汛期前).{0,8}$/u;
const longestLimit = 24;
/** 6月30日、9月30日前分别完成30%、70%; a date at its beginning, and no sentence. */
const datedWords = /^(?:\d{4}年|\d{1,2}月|每|第[一二三四]季度)[^。；]{0,40}$/u;
const longestUnits = 120;

function isListOfUnits(text: string): boolean {
  const { names } = splitNames(text);
  return names.length > 0 && names.every((name) => looksLikeUnit(name.written));
}

/** What a text without its table looks like. */
export function kindOf(text: string): CellKind {
  const bare = text.replace(/\s/g, '');
  if (/^(?:无|\/|—{1,2}|-)$/.test(bare)) return 'none';
  if (readNumber(bare.replace(/[.．、]$/, '')) !== null) return 'number';
  if (bare.length <= longestUnits && isListOfUnits(text)) return 'unit';
  if ((bare.length <= longestLimit && limitWords.test(bare)) || datedWords.test(bare)) return 'limit';
  return 'text';
}

type Place = 'number' | 'limit' | 'unit' | 'person' | 'subject';

const placeOf = (column: Column | null): Place => {
  if (column === 'number' || column === 'limit') return column;
  if (column === 'leader') return 'person';
  return column === 'lead' || column === 'support' || column === 'implement' ? 'unit' : 'subject';
};

/** How badly a text fits a column. */
const misfits: Record<Place, Record<CellKind, number>> = {
  number: { number: 0, limit: 6, unit: 6, none: 6, text: 6 },
  limit: { number: 3, limit: 0, unit: 5, none: 1, text: 3 },
  unit: { number: 5, limit: 5, unit: 0, none: 0, text: 3 },
  person: { number: 5, limit: 4, unit: 2.5, none: 0, text: 0 },
  subject: { number: 4, limit: 2, unit: 2.5, none: 2, text: 0 },
};

const longestGroup = 16;
const longestPerson = 10;
const shortestSubject = 3;

export function misfit(kind: CellKind, text: string, column: Column | null): number {
  const longest = column === 'group' ? longestGroup : column === 'leader' ? longestPerson : Number.POSITIVE_INFINITY;
  const tooLong = text.length > longest ? 1.5 + (column === 'leader' ? 2.5 : 0) : 0;
  return misfits[placeOf(column)][kind] + tooLong;
}

/** A character or two begin no cell; they are the end of a broken one. */
export const beginCost = (text: string, column: Column | null) =>
  placeOf(column) === 'subject' && text.length < shortestSubject ? 0.8 : 0;

const emptyCosts: Record<Place, number> = { number: 3, limit: 1.6, unit: 1.6, person: 1, subject: 1.6 };
const goOnCosts: Record<Place, number> = { number: 3, limit: 3, unit: 0.2, person: 0.5, subject: 0.7 };

/** What it costs to leave a column empty, or to write on in it; one unit leads more often than two. */
export const emptyCost = (column: Column | null) =>
  column === 'group' || column === 'support' ? 0.8 : emptyCosts[placeOf(column)];
export function goOnCost(kind: CellKind, column: Column | null): number {
  if (kind === 'none') return goOnCosts.limit;
  if (column === 'lead') return 0.6;
  return column === 'measure' ? 0.5 : goOnCosts[placeOf(column)];
}
