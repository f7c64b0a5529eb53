import chineseDays from 'chinese-days';

/** `2023-09-30`: days compare as text. */
export type Day = string;

const ms = (day: Day) => Date.parse(`${day}T00:00:00Z`);
const dayMs = 86_400_000;

export const after = (day: Day, days: number): Day => new Date(ms(day) + days * dayMs).toISOString().slice(0, 10);
export const daysFrom = (from: Day, to: Day): number => Math.round((ms(to) - ms(from)) / dayMs);
export const isWorking = (day: Day): boolean => chineseDays.isWorkday(day);
export const mondayOf = (day: Day): Day => after(day, -((new Date(ms(day)).getUTCDay() + 6) % 7));
export const earliest = (days: Day[]): Day => days.reduce((a, b) => (a < b ? a : b));
export const latest = (days: Day[]): Day => days.reduce((a, b) => (a > b ? a : b));

export function lastWorkingUpTo(day: Day): Day {
  let found = day;
  while (!isWorking(found)) found = after(found, -1);
  return found;
}

export function nextWorkingAfter(day: Day): Day {
  let found = after(day, 1);
  while (!isWorking(found)) found = after(found, 1);
  return found;
}

/** Working days after `from` up to `to`; below zero when `to` is the earlier one. */
export function workingDaysTo(from: Day, to: Day): number {
  if (to < from) return -workingDaysTo(to, from);
  let count = 0;
  for (let day = after(from, 1); day <= to; day = after(day, 1)) if (isWorking(day)) count += 1;
  return count;
}

/** As people write a day: 9月30日, with the year where it is not the one that they are in. */
export function spoken(day: Day, today: Day): string {
  const [year, month, date] = day.split('-').map(Number);
  const short = `${month}月${date}日`;
  return day.slice(0, 4) === today.slice(0, 4) ? short : `${year}年${short}`;
}

/** The moment of a wall clock in Asia/Shanghai, which knows no summer time. */
export const momentOf = (day: Day, time: string): number => Date.parse(`${day}T${time}:00+08:00`);
export const isoOf = (day: Day, time: string): string => `${day}T${time}:00+08:00`;
export const dayAt = (at: number): Day => new Date(at + 8 * 3_600_000).toISOString().slice(0, 10);
export const timeAt = (at: number): string => new Date(at + 8 * 3_600_000).toISOString().slice(11, 16);
