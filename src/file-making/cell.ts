import type { LocalDate } from '../domain/local-date.js';
import { cleanText } from '../domain/text.js';

export type Cell =
  | { kind: 'text'; text: string }
  | { kind: 'number'; value: number }
  | { kind: 'date'; day: LocalDate };

/** Excel takes 32,767 UTF-16 units in a cell. */
const longest = 32_000;
const cutShort = '……';

/** Controls beyond line feed: C1 as well, which no sheet shows. */
const controls = /[\t\x7f-\x9f]+/gu;

export function textCell(text: string): Cell | null {
  const clean = cleanText(text.replace(/\r\n?|[\u0085\u2028\u2029]/gu, '\n'))
    .replace(controls, ' ')
    .trim();
  if (clean === '') return null;
  const short = clean.length > longest ? `${clean.slice(0, longest).toWellFormed()}${cutShort}` : clean;
  return { kind: 'text', text: short };
}

export const numberCell = (value: number): Cell => ({ kind: 'number', value });

export const dateCell = (day: LocalDate | null): Cell | null => (day === null ? null : { kind: 'date', day });

/** Would be a formula once somebody edits the cell. */
export const looksLikeFormula = (text: string): boolean => /^[=+\-@＝＋－＠]/u.test(text);
