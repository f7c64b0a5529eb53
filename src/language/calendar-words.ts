import { type LocalDate, partsOf, startOfMonth } from '../domain/local-date.js';
import { measureWord } from './measures.js';
import { chineseNumeral, readNumber, smallNumber } from './numbers.js';
import {
  type Context,
  dayIn,
  monthsOf,
  noSuchMonth,
  type Pattern,
  partOfMonth,
  type Reading,
  until,
  type Words,
  yearName,
} from './pattern.js';

const numerals = '一二两三四五六七八九十';
const fullYear = '(?:(?:19|20)\\d{2}|[一二][〇零九][〇零一二三四五六七八九]{2})年度?|今年|本年度?|明年|后年|去年';
const year = `(?:(?<year>${fullYear}|\\d{2}年) ?的?)?`;
const afresh = `(?<![\\d.第个〇零百${numerals}])`;
const month = `(?<month>${smallNumber})`;
const day = `(?<day>${smallNumber})`;
const dayMark = ' ?(?:日(?![常均])|号(?![文楼线机炉泵井池厂站令公车厅门仓桥院窑组地]))';
const throughTo = '[-至到]';
// A bare 10.15 is a day only where a date can stand, or every amount would be one.
const dateStands = '(?<![\\d.\\-/%$¥￥a-z]|(?![到至从在于自为前后和与及期])\\p{Script=Han})';

const yearShifts: Readonly<Record<string, number>> = { 今: 0, 本: 0, 全: 0, 明: 1, 后: 2, 去: -1 };

/** 2023, 2023年, 23年, 二〇二三年, 明年. */
function readYear(typed: string, today: LocalDate): number {
  const shift = yearShifts[typed.charAt(0)];
  if (shift !== undefined) return partsOf(today).year + shift;
  const number = numberIn(typed.replace(/年度?$/, ''));
  return number < 100 ? 2000 + number : number;
}

/** The year typed, else the current one; at the end of a range the first that does not run backwards. */
function yearOf(typed: string | undefined, { today, since }: Context, month = 12): number {
  if (typed !== undefined) return readYear(typed, today);
  if (since === null) return partsOf(today).year;
  const start = partsOf(since);
  return month < start.month ? start.year + 1 : start.year;
}

function numberIn(typed: string | undefined): number {
  return readNumber(typed ?? '') ?? 0;
}

function readDay(words: Words, context: Context): Reading {
  const month = numberIn(words.month);
  return dayIn(yearOf(words.year, context, month), month, numberIn(words.day), context.today);
}

/** 3.40 is an amount; 9.31 is a slip worth a word. */
function readDottedDay(words: Words, context: Context): Reading {
  const [month, day] = [numberIn(words.month), numberIn(words.day)];
  return month < 1 || month > 12 || day < 1 || day > 31 ? null : readDay(words, context);
}

/** 28号 is the next 28th, at the end of a range the first one not before its start. */
function readBareDay(words: Words, { today, since }: Context): Reading {
  const day = numberIn(words.day);
  if (day < 1 || day > 31) return null;
  const earliest = since ?? today;
  const { year, month } = partsOf(day < partsOf(earliest).day ? startOfMonth(earliest, 1) : earliest);
  return dayIn(year, month, day, today);
}

function readMonth(words: Words, context: Context): Reading {
  const month = numberIn(words.month);
  if (month < 1 || month > 12) return words.dot === undefined ? noSuchMonth(month) : null;
  const year = yearOf(words.year, context, month);
  return partOfMonth(monthsOf(year, month, month, `${yearName(year, context.today)}${month}月`), words.part);
}

function readQuarter(words: Words, context: Context): Reading {
  const n = numberIn(words.quarter);
  const year = yearOf(words.year, context, n * 3);
  return monthsOf(year, n * 3 - 2, n * 3, `${yearName(year, context.today)}${chineseNumeral(n)}季度`);
}

function readMonthsOfYear(first: number, last: number, name: string) {
  return (words: Words, context: Context): Reading => {
    const year = yearOf(words.year, context);
    return monthsOf(year, first, last, `${yearName(year, context.today)}${name}`);
  };
}

function readWholeYear(words: Words, { today }: Context): Reading {
  const year = readYear(words.year ?? '今年', today);
  const whole = monthsOf(year, 1, 12, `${year}年`);
  if (words.end === undefined) return whole;
  return year === partsOf(today).year ? until({ ...whole, label: '年底' }, today) : { ...whole, label: `${year}年底` };
}

/** Days, months, quarters and years by their names and numbers. */
export const calendarWords: readonly Pattern[] = [
  {
    words: `${afresh}${year}${month} ?月份? ?${day}(?:${dayMark}|(?![\\d日号〇百${numerals}]| [日号]|${measureWord}))`,
    read: readDay,
  },
  {
    words: '(?<![\\d.\\-/a-z])(?<year>(?:19|20)\\d{2})([-./])(?<month>\\d{1,2})\\2(?<day>\\d{1,2})(?!\\d)',
    read: readDay,
  },
  {
    words: `${dateStands}(?<month>\\d{1,2})\\.(?<day>\\d{1,2})(?:${dayMark}|(?!\\d|\\.\\d|${measureWord}))`,
    read: readDottedDay,
  },
  // 10-31, where it can be neither a code nor a span of days (1-15号).
  {
    words: `${dateStands}(?<month>\\d{1,2})-(?<day>\\d{1,2})(?= ?(?:$|[，,。；;？?]|[之以]?前|[之以]?后|到期|截止|[至到] ?\\d))`,
    read: readDottedDay,
  },
  {
    words: `(?<![\\d.月第〕\\]/每逐${numerals}])${day}(?:${dayMark}|(?=${throughTo}${smallNumber}[日号]))`,
    read: readBareDay,
  },
  {
    words: `${afresh}${year}${month} ?(?:月份?(?<part>[底末]|[上中下]旬)?|(?=${throughTo}${smallNumber} ?月))`,
    read: readMonth,
  },
  {
    words: '(?<![\\d.\\-/a-z])(?<year>(?:19|20)\\d{2})(?:[-/]|(?<dot>\\.))(?<month>\\d{1,2})(?!\\d|[-./]\\d)',
    read: readMonth,
  },
  { words: `(?<![每逐前${numerals}\\d.])${year}第?(?<quarter>[一二三四1-4])季(?:度[底末]?|[底末])`, read: readQuarter },
  { words: '\\b(?<year>(?:19|20)\\d{2})? ?q(?<quarter>[1-4])\\b', read: readQuarter },
  { words: `${year}前三季度`, read: readMonthsOfYear(1, 9, '前三季度') },
  { words: `${year}上半年[底末]?`, read: readMonthsOfYear(1, 6, '上半年') },
  { words: `${year}下半年[底末]?`, read: readMonthsOfYear(7, 12, '下半年') },
  { words: `(?<![\\d一二])(?<year>${fullYear}|全年)(?<end>年?[底末终内])?`, read: readWholeYear },
  { words: `(?<![\\d〇零一二三四五六七八九十])(?<end>年[底末终内])`, read: readWholeYear },
];
