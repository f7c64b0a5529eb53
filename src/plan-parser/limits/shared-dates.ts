import { addDays, dayOf } from '../../domain/local-date.js';
import type { Span } from '../text/brackets.js';
import type { Candidate } from './candidates.js';
import { type Meaning, onDay } from './meaning.js';
import { blank, dayBefore, joints, smallNumber } from './patterns.js';
import { dated, type Groups, readMonthly } from './phrase-form.js';
import type { SentenceYears } from './plan-calendar.js';

const monthly = `(?:20\\d\\d${blank}年${blank})?(?:1[0-2]|0?[1-9])${blank}月(?:份|${blank}\\d{1,2}${blank}[日号]|[底末]|[上中下]旬)?`;
const lists = new RegExp(
  `(?<![\\d第每.．])(?:${monthly}(?:${joints}(?:${monthly}|\\d{1,2}[日号]))+|20\\d\\d年[底末]?(?:${joints}20\\d\\d年[底末]?)+)(?![度版级届—–~～至到-])(?<before>${dayBefore})?`,
  'g',
);
const item = new RegExp(
  `(?:(?<year>20\\d\\d)${blank}年${blank})?(?:(?<month>1[0-2]|0?[1-9])${blank}月(?:份|${blank}(?<day>\\d{1,2})${blank}[日号]|(?<part>[底末]|[上中下]旬))?|(?<sameMonth>\\d{1,2})[日号])|(?<yearOnly>20\\d\\d)年[底末]?`,
  'g',
);

/** Several dates that share one year or one 前: 6月30日、9月30日、12月31日前; 4月、6月、8月; 2024年、2025年. */
export function findSharedDates(sentence: string): Candidate[] {
  return [...sentence.matchAll(lists)].map((match): Candidate => {
    const { 0: list, index: start, groups } = match;
    const shared = groups?.before ?? '';
    const firm = shared !== '' || /[底末旬]/.test(list);
    // 6月、9月前 ends before the month; in 6月、9月底前 the end is shared too.
    const beforeMonths = shared !== '' && !/[底末旬]$/.test(list.slice(0, -shared.length));
    const { dates, year } = datesOf(list.slice(0, list.length - shared.length), start);
    const last = dates.at(-1);
    if (last) last.span.end += shared.length;
    return {
      start,
      end: start + list.length,
      bare: !firm,
      atOnce: false,
      dated: false,
      read: (years) =>
        dates.flatMap(({ span, read }) => {
          const meaning = read(years, beforeMonths);
          return meaning === null ? [] : [{ span, meaning }];
        }),
      yearsAfter: (years) => (year === null ? years : { ...years, written: year, digits: year }),
    };
  });
}

interface ListedDate {
  span: Span;
  read(years: SentenceYears, before: boolean): Meaning | null;
}

/** Each date of the list; a year or a month said once holds for those after it. */
function datesOf(list: string, start: number): { dates: ListedDate[]; year: number | null } {
  const dates: ListedDate[] = [];
  let year: string | undefined;
  let month: string | undefined;
  for (const { 0: words, index, groups = {} } of list.matchAll(item)) {
    const span = { start: start + index, end: start + index + words.length };
    year = groups.year ?? groups.yearOnly ?? year;
    month = groups.month ?? month;
    const date = { year, month, part: groups.part, day: groups.day ?? groups.sameMonth };
    if (groups.yearOnly !== undefined) {
      const due = dayOf(Number(groups.yearOnly), 12, 31);
      dates.push({ span, read: () => onDay(due) });
    } else if (month !== undefined) {
      const isMonth = date.day === undefined && date.part === undefined;
      dates.push({
        span,
        read: (years, before) => (before && isMonth ? beforeMonth(date, years) : readMonthly(date, years)),
      });
    }
  }
  return { dates, year: year === undefined ? null : Number(year) };
}

function beforeMonth(groups: Groups, years: SentenceYears): Meaning | null {
  const month = smallNumber(groups.month);
  return dated(groups, years, month, (year) => onDay(addDays(dayOf(year, month, 1), -1), 'limit-before-month'));
}
