import type { LocalDate } from '../../domain/local-date.js';
import { dayOf, daysInMonth, lastDayOfMonth } from '../../domain/local-date.js';
import type { IssueCode } from '../issues.js';
import { type Meaning, onDay, undated } from './meaning.js';
import { smallNumber } from './patterns.js';
import { type DatedYear, type SentenceYears, yearOf } from './plan-calendar.js';

export type Groups = Record<string, string | undefined>;

/** One way of writing a limit. */
export interface PhraseForm {
  /** With the flag `g`. */
  pattern: RegExp;
  /** `null` when the words turn out to be something else. */
  read(groups: Groups, years: SentenceYears): Meaning | null;
  /** Says when but not that anything is due (11月, 2025年, 上半年): a limit only where an action follows. */
  bare?: boolean;
}

/** Runs `read` with the year of the date; without a year the words are kept undated. */
export function dated(
  groups: Groups,
  years: SentenceYears,
  month: number | null,
  read: (year: number) => Meaning | null,
): Meaning | null {
  const found: DatedYear | null = yearOf(groups, years, month);
  if (found === null) return undated();
  const meaning = read(found.year);
  return meaning && { ...meaning, doubts: [...meaning.doubts, ...found.doubts] };
}

/** 9月31日 is kept as the last day of September and said to be wrong. */
export function realDay(year: number, month: number, day: number): { date: LocalDate; doubts: IssueCode[] } {
  const last = daysInMonth(year, month);
  if (day >= 1 && day <= last) return { date: dayOf(year, month, day), doubts: [] };
  return { date: lastDayOfMonth(year, month), doubts: ['limit-no-such-day'] };
}

const lastDays: Record<string, number> = { 上旬: 10, 中旬: 20 };
const firstDays: Record<string, number> = { 上旬: 1, 中旬: 11, 中下旬: 11, 下旬: 21 };

/** 10 for 上旬; 31 stands for the end of the month. */
export const lastDayOfPart = (part: string | undefined) => lastDays[part ?? ''] ?? 31;
export const firstDayOfPart = (part: string | undefined) => firstDays[part ?? ''] ?? 1;

/** The end of a month or of a third of it. */
export function endOfPart(year: number, month: number, part: string | undefined): LocalDate {
  return dayOf(year, month, Math.min(lastDayOfPart(part), daysInMonth(year, month)));
}

/** A date with month and day, month and part, or month alone, for which its end counts. */
export function readMonthly(groups: Groups, years: SentenceYears): Meaning | null {
  const month = smallNumber(groups.month);
  return dated(groups, years, month, (year) => {
    if (groups.day === undefined) return onDay(endOfPart(year, month, groups.part));
    const { date, doubts } = realDay(year, month, Number(groups.day));
    return onDay(date, ...doubts);
  });
}
