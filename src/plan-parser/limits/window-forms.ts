import { dayOf, daysInMonth, type LocalDate, lastDayOfMonth } from '../../domain/local-date.js';
import { type Meaning, undated, within } from './meaning.js';
import { before, blank, dash, dayBefore, smallNumber, year } from './patterns.js';
import { dated, endOfPart, firstDayOfPart, type Groups, type PhraseForm, realDay } from './phrase-form.js';
import { type SentenceYears, yearOf } from './plan-calendar.js';

const months = '1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九]';
const hours = '每[日天]\\d{1,2}(?:[:：]\\d\\d)?[—–\\-~～至]\\d{1,2}(?:时|点|[:：]\\d\\d)';
const lastYear = '(?:(?<lastYear>20\\d\\d)\\s?年\\s?|(?<next>次年|翌年|明年|第二年|来年)的?)?';
const lastDay = `(?:${blank}(?<lastDay>[1-9]|[12]\\d|3[01]|0[1-9])${blank}[日号]|(?<lastPart>底|末|[上中下]旬))?`;

/** The year, or the next where the last month comes before the first. */
function lastYearOf(groups: Groups, year: number, [first, last]: [number, number]): number {
  if (groups.lastYear !== undefined) return Number(groups.lastYear);
  return groups.next !== undefined || last < first ? year + 1 : year;
}

function readWindow(groups: Groups, years: SentenceYears): Meaning | null {
  const [first, last] = [smallNumber(groups.month), smallNumber(groups.lastMonth ?? groups.month)];
  return dated(groups, years, first, (year) => {
    const from = groups.day ? realDay(year, first, Number(groups.day)) : startOf(year, first, groups.part);
    const closing = lastYearOf(groups, year, [first, last]);
    const to = groups.lastDay
      ? realDay(closing, last, Number(groups.lastDay))
      : { date: endOfPart(closing, last, groups.lastPart), doubts: [] };
    return from.date <= to.date ? within(from.date, to.date, ...from.doubts, ...to.doubts) : null;
  });
}

function startOf(year: number, month: number, part: string | undefined) {
  return { date: dayOf(year, month, Math.min(firstDayOfPart(part), daysInMonth(year, month))), doubts: [] };
}

/** 即日起至9月底: the day of the notice, where it is known. */
function readFromNow(groups: Groups, years: SentenceYears): Meaning | null {
  const month = smallNumber(groups.lastMonth);
  const from: LocalDate | null = years.plan.issuedOn;
  const closing = groups.lastMonth === undefined ? null : month;
  const ending = { year: groups.lastYear, word: groups.next ?? groups.thisYear };
  const found = yearOf(ending, years, closing);
  if (found === null) return undated();
  if (closing === null) return within(from, dayOf(found.year, 12, 31), ...found.doubts);
  if (groups.lastDay === undefined) return within(from, endOfPart(found.year, month, groups.lastPart), ...found.doubts);
  const to = realDay(found.year, month, Number(groups.lastDay));
  return within(from, to.date, ...to.doubts, ...found.doubts);
}

export const windowForms: PhraseForm[] = [
  {
    // 5—9月, 8月27日至9月8日, 10月—次年3月, 5—9月每日10—16时
    pattern: new RegExp(
      `${year}(?<![\\d第.．])(?<month>${months})(?:${blank}月份?(?:${blank}(?<day>\\d{1,2})${blank}[日号]|(?<part>底|[上中下]旬))?)?起?` +
        `${dash}${lastYear}(?<lastMonth>${months})${blank}月份?${lastDay}${before}?(?:${hours})?`,
      'g',
    ),
    read: readWindow,
  },
  {
    // 11月5日至9日, 11月5—9日
    pattern: new RegExp(
      `${year}(?<![\\d第.．])(?<month>${months})${blank}月${blank}(?<day>\\d{1,2})${blank}[日号]?${dash}(?<lastDay>\\d{1,2})${blank}[日号]${before}?`,
      'g',
    ),
    read: readWindow,
  },
  {
    // 2020—2021年秋冬季
    pattern:
      /(?<year>20\d\d)年?[—–\-~～至]{1,2}(?<lastYear>20\d\d)年?(?:年度)?(?:秋冬季?|冬春季?|采暖季|供暖季|采暖期|供暖期)/g,
    read: ({ year, lastYear }) => {
      const [first, last] = [Number(year), Number(lastYear)];
      return last === first + 1 ? within(dayOf(first, 10, 1), lastDayOfMonth(last, 3)) : null;
    },
  },
  {
    // 2024—2026年，
    pattern: /(?<![\d〔[（(])(?<year>20\d\d)年?[—–\-~～至]{1,2}(?<lastYear>20\d\d)年(?=[，,]|期间)(?:期间)?/g,
    read: ({ year, lastYear }) => {
      const [first, last] = [Number(year), Number(lastYear)];
      return first < last ? within(dayOf(first, 1, 1), dayOf(last, 12, 31)) : null;
    },
  },
  {
    // 即日起至9月底, 自印发之日起至2024年12月31日前
    pattern: new RegExp(
      `自?(?:即日|今日|本?(?:方案|通知|文件)?印发之日|发文之日|现在)起?${dash}(?:(?<lastYear>20\\d\\d)${blank}年${blank}|(?<next>次年|明年)|(?<thisYear>今年|本年))?` +
        `(?:(?<lastMonth>${months})${blank}月${lastDay}|年?[底末])(?:${dayBefore})?`,
      'g',
    ),
    read: readFromNow,
  },
  {
    // 元旦春节期间
    pattern:
      /(?:(?:元旦|春节|清明|五一|[“"]五一[”"]|端午|中秋|国庆|“两节”|两节|双节|春运|暑运|高考|中考|(?:全国|省|市|县)?两会|[“"]两会[”"]|黄金周)节?(?:假期|长假)?[、和]?){1,4}期间/g,
    read: () => within(null, null, 'limit-event'),
  },
];
