import { z } from 'zod';

const pattern = /^(\d{4})-(\d{2})-(\d{2})$/;

/** Days in a month of the proleptic Gregorian calendar; `month` is 1 to 12. */
export function daysInMonth(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

function isRealDay(text: string): boolean {
  const [, year, month, day] = pattern.exec(text) ?? [];
  const m = Number(month);
  const d = Number(day);
  return m >= 1 && m <= 12 && d >= 1 && d <= daysInMonth(Number(year), m);
}

/** A calendar day in the workspace's time zone, `'2023-09-30'`. Compares as text. */
export const localDate = z.string().refine(isRealDay, '不是一个日期').brand<'LocalDate'>();
export type LocalDate = z.infer<typeof localDate>;

export interface DayParts {
  year: number;
  month: number;
  day: number;
}

const zero = 48;
const digitsAt = (text: string, at: number) => (text.charCodeAt(at) - zero) * 10 + text.charCodeAt(at + 1) - zero;

export function partsOf(date: LocalDate): DayParts {
  return { year: digitsAt(date, 0) * 100 + digitsAt(date, 2), month: digitsAt(date, 5), day: digitsAt(date, 8) };
}

/** Throws when there is no such day: ask `daysInMonth` first when the numbers come from a person. */
export function dayOf(year: number, month: number, day: number): LocalDate {
  const date = `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
  if (!isRealDay(date)) throw new RangeError(`there is no day ${date}`);
  return date as LocalDate;
}

const dayMs = 86_400_000;
const utc = (date: LocalDate) => {
  const { year, month, day } = partsOf(date);
  return Date.UTC(year, month - 1, day);
};
const fromUtc = (ms: number) => new Date(ms).toISOString().slice(0, 10) as LocalDate;

export function addDays(date: LocalDate, days: number): LocalDate {
  return fromUtc(utc(date) + days * dayMs);
}

/** Whole days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: LocalDate, to: LocalDate): number {
  return Math.round((utc(to) - utc(from)) / dayMs);
}

/** 1 is Monday, 7 is Sunday. */
export function weekdayOf(date: LocalDate): number {
  return new Date(utc(date)).getUTCDay() || 7;
}

export function startOfWeek(date: LocalDate): LocalDate {
  return addDays(date, 1 - weekdayOf(date));
}

export function lastDayOfMonth(year: number, month: number): LocalDate {
  return dayOf(year, month, daysInMonth(year, month));
}

/** Shifts by whole months and returns the first day of the month reached. */
export function startOfMonth(date: LocalDate, shift = 0): LocalDate {
  const { year, month } = partsOf(date);
  const index = year * 12 + (month - 1) + shift;
  return dayOf(Math.floor(index / 12), (index % 12) + 1, 1);
}

/** The same day some months on, or the last of that month where it has no such day. */
export function addMonths(date: LocalDate, months: number): LocalDate {
  const { year, month } = partsOf(startOfMonth(date, months));
  return dayOf(year, month, Math.min(partsOf(date).day, daysInMonth(year, month)));
}

export function quarterOf(date: LocalDate): number {
  return Math.ceil(partsOf(date).month / 3);
}

export function earlier(a: LocalDate, b: LocalDate): LocalDate {
  return a < b ? a : b;
}

export function later(a: LocalDate, b: LocalDate): LocalDate {
  return a > b ? a : b;
}

export interface DateRange {
  from: LocalDate;
  to: LocalDate;
}

export function contains(range: DateRange, date: LocalDate): boolean {
  return range.from <= date && date <= range.to;
}

const weekdays = ['一', '二', '三', '四', '五', '六', '日'];

/** 周六 */
export function weekdayName(date: LocalDate): string {
  return `周${weekdays[weekdayOf(date) - 1]}`;
}

/** 9月30日, or 2024年1月3日 when the year is not that of `seenFrom`. */
export function dayName(date: LocalDate, seenFrom?: LocalDate): string {
  const { year, month, day } = partsOf(date);
  const short = `${month}月${day}日`;
  return seenFrom !== undefined && partsOf(seenFrom).year === year ? short : `${year}年${short}`;
}

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(timeZone: string): Intl.DateTimeFormat {
  let found = formatters.get(timeZone);
  if (!found) {
    found = new Intl.DateTimeFormat('sv-SE', {
      timeZone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    });
    formatters.set(timeZone, found);
  }
  return found;
}

interface WallClock {
  date: LocalDate;
  time: string;
}

let lastRead = { second: Number.NaN, timeZone: '', clock: { date: '' as LocalDate, time: '' } };

/** What a clock on the wall of `timeZone` shows: `{ date: '2023-09-25', time: '09:00:00' }`. */
export function wallClock(at: Date, timeZone: string): WallClock {
  const second = Math.floor(at.getTime() / 1000);
  if (second !== lastRead.second || timeZone !== lastRead.timeZone) {
    const [date = '', time = ''] = formatter(timeZone).format(at).split(' ');
    lastRead = { second, timeZone, clock: { date: date as LocalDate, time } };
  }
  return lastRead.clock;
}

/** The moment at which the wall of `timeZone` shows `time` (`'09:00'`) on `date`. */
export function momentOf(date: LocalDate, time: string, timeZone: string): Date {
  const wanted = Date.parse(`${date}T${time.length === 5 ? `${time}:00` : time}Z`);
  const offsetAt = (ms: number) => {
    const wall = wallClock(new Date(ms), timeZone);
    return Date.parse(`${wall.date}T${wall.time}Z`) - Math.floor(ms / 1000) * 1000;
  };
  const guess = wanted - offsetAt(wanted);
  return new Date(wanted - offsetAt(guess));
}

/** The moment as the wall of `timeZone` shows it, with its offset: 2023-09-25T09:00:00+08:00. */
export function zonedIso(at: Date, timeZone: string): string {
  const { date, time } = wallClock(at, timeZone);
  const minutes = Math.round((Date.parse(`${date}T${time}Z`) - Math.floor(at.getTime() / 1000) * 1000) / 60_000);
  const sign = minutes < 0 ? '-' : '+';
  const two = (value: number) => String(value).padStart(2, '0');
  const size = Math.abs(minutes);
  return `${date}T${time}${sign}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}
