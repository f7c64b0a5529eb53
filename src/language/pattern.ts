import {
  addDays,
  type DateRange,
  dayName,
  dayOf,
  daysInMonth,
  type LocalDate,
  lastDayOfMonth,
  partsOf,
  startOfMonth,
} from '../domain/local-date.js';

/** What a pattern made of its words; null when they turn out to mean no time at all. */
export type Reading = Period | { problem: string } | null;

export interface Period {
  range: DateRange;
  label: string;
  overdue?: true;
}

export interface Context {
  today: LocalDate;
  /** The first day of a range whose end is being read: 15日 in 「10月1日到15日」 is in its month. */
  since: LocalDate | null;
}

export type Words = Readonly<Record<string, string | undefined>>;

/** One way to say when. `words` is regular-expression source; its named groups reach `read`. */
export interface Pattern {
  words: string;
  read(words: Words, context: Context): Reading;
}

export const oneDay = (day: LocalDate, label: string): Period => ({ range: { from: day, to: day }, label });

const firstDayOfYear = (year: number) => dayOf(year, 1, 1);

/** From today to the end of the period; where that is over, from the start of its year, so that nothing owed is left out. */
export function until({ range, label }: Period, today: LocalDate): Period {
  const from = today <= range.to ? today : firstDayOfYear(partsOf(range.to).year);
  return { range: { from, to: range.to }, label };
}

/** From the day after the period to the end of that year. */
export function after({ range, label }: Period): Period {
  const from = addDays(range.to, 1);
  return { range: { from, to: dayOf(partsOf(from).year, 12, 31) }, label };
}

/** 2023年, or nothing when it is the year of `today`. */
export function yearName(year: number, today: LocalDate): string {
  return year === partsOf(today).year ? '' : `${year}年`;
}

/** `month` and `day` as a person gave them, or what is wrong with them. */
export function dayIn(year: number, month: number, day: number, today: LocalDate): Reading {
  if (month < 1 || month > 12) return noSuchMonth(month);
  const last = daysInMonth(year, month);
  if (day < 1 || day > last) return { problem: `${month}月没有${day}日，${year}年${month}月最后一天是${last}日。` };
  const date = dayOf(year, month, day);
  return oneDay(date, dayName(date, today));
}

export function noSuchMonth(month: number): { problem: string } {
  return { problem: `没有${month}月，月份是1到12月。` };
}

export function monthsOf(year: number, first: number, last: number, label: string): Period {
  return { range: { from: dayOf(year, first, 1), to: lastDayOfMonth(year, last) }, label };
}

/** The same day `shift` months on, or that month's last day. */
export function addMonths(date: LocalDate, shift: number): LocalDate {
  const { year, month } = partsOf(startOfMonth(date, shift));
  return dayOf(year, month, Math.min(partsOf(date).day, daysInMonth(year, month)));
}

const thirds: Readonly<Record<string, readonly [number, number]>> = { 上: [1, 10], 中: [11, 20], 下: [21, 31] };

/** The first, second or last ten days of a month (上旬), or all of it. */
export function partOfMonth({ range, label }: Period, part = ''): Period {
  const [first, last] = (part.endsWith('旬') && thirds[part.charAt(0)]) || [1, 31];
  const dayAt = (n: number) => `${range.to.slice(0, 8)}${String(n).padStart(2, '0')}` as LocalDate;
  return {
    range: { from: dayAt(first), to: dayAt(Math.min(last, partsOf(range.to).day)) },
    label: `${label}${part}`,
  };
}
