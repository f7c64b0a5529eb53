import chineseDays from 'chinese-days';

import { addDays, type DateRange, daysBetween, daysInMonth, type LocalDate, partsOf, weekdayOf } from './local-date.js';

interface DayInfo {
  working: boolean;
  /** 国庆假期; null on weekends and working days. */
  holiday: string | null;
  makeUp: boolean;
}

interface YearSheet {
  known: boolean;
  firstDay: LocalDate;
  days: readonly DayInfo[];
  /** At index i, the working days among the year's first i days. */
  workingBefore: Uint16Array;
}

const weekday: DayInfo = { working: true, holiday: null, makeUp: false };
const weekend: DayInfo = { working: false, holiday: null, makeUp: false };
const makeUp: DayInfo = { working: true, holiday: null, makeUp: true };

const shownNames: Readonly<Record<string, string>> = {
  国庆节: '国庆',
  劳动节: '五一',
  中国人民抗日战争暨世界反法西斯战争胜利70周年纪念日: '抗战胜利纪念日',
};

/** The library names a holiday or make-up day 'National Day,国庆节,3' and any other day 'Monday'. */
function chineseNameOf(date: LocalDate): string | null {
  return chineseDays.getDayDetail(date).name.split(',')[1] ?? null;
}

/** A year's arrangement (放假安排) as an office gives it; a holiday at New Year may begin in the December before. */
export interface YearArrangement {
  holidays: (DateRange & { name: string })[];
  makeUpDays: LocalDate[];
}

let givenYears: ReadonlySet<number> = new Set();
let givenDays: ReadonlyMap<LocalDate, DayInfo> = new Map();

/** From now on these years are as given, whatever chinese-days holds of them. The calendar is one for the whole program. */
export function arrangeYears(years: ReadonlyMap<number, YearArrangement>): void {
  const days = new Map<LocalDate, DayInfo>();
  for (const { holidays, makeUpDays } of years.values()) {
    for (const { name, from, to } of holidays) {
      const info = { working: false, holiday: `${shownNames[name] ?? name}假期`, makeUp: false };
      for (let day = from; day <= to; day = addDays(day, 1)) days.set(day, info);
    }
    for (const day of makeUpDays) days.set(day, makeUp);
  }
  givenYears = new Set(years.keys());
  givenDays = days;
  sheets.clear();
  spans.clear();
}

function infoOf(date: LocalDate): DayInfo {
  const given = givenDays.get(date);
  if (given) return given;
  if (givenYears.has(partsOf(date).year)) return weekdayOf(date) <= 5 ? weekday : weekend;
  const name = chineseNameOf(date);
  if (name === null) return weekdayOf(date) <= 5 ? weekday : weekend;
  if (chineseDays.isWorkday(date)) return makeUp;
  return { working: false, holiday: `${shownNames[name] ?? name}假期`, makeUp: false };
}

function drawSheet(year: number): YearSheet {
  const start = String(year).padStart(4, '0');
  const firstDay = `${start}-01-01` as LocalDate;
  // Every arrangement since 1999 has had 1 October off, so one look tells whether the library holds the year.
  const known = givenYears.has(year) || chineseNameOf(`${start}-10-01` as LocalDate) !== null;
  const length = 337 + daysInMonth(year, 2);
  const first = weekdayOf(firstDay) - 1;
  const days = Array.from({ length }, (_, i) => {
    if (known) return infoOf(addDays(firstDay, i));
    const given = givenDays.get(addDays(firstDay, i));
    return given ?? ((first + i) % 7 < 5 ? weekday : weekend);
  });
  const workingBefore = new Uint16Array(length + 1);
  for (const [i, day] of days.entries()) workingBefore[i + 1] = (workingBefore[i] ?? 0) + Number(day.working);
  return { known, firstDay, days, workingBefore };
}

const sheets = new Map<number, YearSheet>();
const maxSheets = 60;

function sheetOf(year: number): YearSheet {
  let sheet = sheets.get(year);
  if (!sheet) {
    if (sheets.size >= maxSheets) sheets.clear();
    sheet = drawSheet(year);
    sheets.set(year, sheet);
  }
  return sheet;
}

function dayInfo(date: LocalDate): DayInfo {
  const sheet = sheetOf(partsOf(date).year);
  return sheet.days[daysBetween(sheet.firstDay, date)] ?? weekend;
}

/** Whether the year's holidays have been published and are held; otherwise only weekends are free. */
export function knowsYear(year: number): boolean {
  return sheetOf(year).known;
}

export function isWorkingDay(date: LocalDate): boolean {
  return dayInfo(date).working;
}

/** A Saturday or Sunday worked in exchange for a holiday, 调休上班. */
export function isMakeUpWorkday(date: LocalDate): boolean {
  return dayInfo(date).makeUp;
}

/** 国庆假期; null on working days and on weekends that belong to no holiday. */
export function holidayName(date: LocalDate): string | null {
  return dayInfo(date).holiday;
}

export function lastWorkingDayUpTo(date: LocalDate): LocalDate {
  let day = date;
  while (!isWorkingDay(day)) day = addDays(day, -1);
  return day;
}

export function nextWorkingDayFrom(date: LocalDate): LocalDate {
  let day = date;
  while (!isWorkingDay(day)) day = addDays(day, 1);
  return day;
}

export function firstWorkingDayAfter(date: LocalDate): LocalDate {
  return nextWorkingDayFrom(addDays(date, 1));
}

/**
 * Working days after `from`, up to and including `to`: from Thursday to Friday is 1, from Friday to Monday is 1, within
 * one day 0. When `to` is the earlier day the same count is negative.
 */
export function workingDaysBetween(from: LocalDate, to: LocalDate): number {
  if (to < from) return 0 - workingDaysBetween(to, from);
  const lastYear = partsOf(to).year;
  let count = workingDaysThrough(to) - workingDaysThrough(from);
  for (let year = partsOf(from).year; year < lastYear; year++) count += sheetOf(year).workingBefore.at(-1) ?? 0;
  return count;
}

/** Working days of the year up to and including `date`. */
function workingDaysThrough(date: LocalDate): number {
  const { firstDay, workingBefore } = sheetOf(partsOf(date).year);
  return workingBefore[daysBetween(firstDay, date) + 1] ?? 0;
}

/** The nth working day after `date`, or before it when `n` is negative; 0 leaves the date as it is. */
export function addWorkingDays(date: LocalDate, n: number): LocalDate {
  const step = n < 0 ? -1 : 1;
  let day = date;
  for (let left = Math.abs(n); left >= 1; ) {
    day = addDays(day, step);
    if (isWorkingDay(day)) left -= 1;
  }
  return day;
}

type HolidaySpan = DateRange & { name: string };

const spans = new Map<LocalDate, HolidaySpan | null>();
const maxSpans = 10_000;

/** The connected days off around a holiday, weekends included: 2023-09-29 to 10-06, 中秋国庆假期. Null when none is near. */
export function holidaySpan(date: LocalDate): HolidaySpan | null {
  if (isWorkingDay(date)) return null;
  const known = spans.get(date);
  if (known !== undefined) return known;
  if (spans.size >= maxSpans) spans.clear();
  const span = findHolidaySpan(date);
  spans.set(date, span);
  return span;
}

function findHolidaySpan(date: LocalDate): HolidaySpan | null {
  const from = addDays(lastWorkingDayUpTo(date), 1);
  const to = addDays(nextWorkingDayFrom(date), -1);
  const names = new Set<string>();
  for (let day = from; day <= to; day = addDays(day, 1)) {
    const name = holidayName(day);
    if (name !== null) names.add(name.replace('假期', ''));
  }
  return names.size === 0 ? null : { from, to, name: `${[...names].join('')}假期` };
}
