import { addDays, dayOf, daysInMonth, type LocalDate, lastDayOfMonth } from '../../domain/local-date.js';
import type { Recurrence } from '../../domain/milestone.js';
import { type Meaning, onDay, recurring, relative, undated, within } from './meaning.js';

type Groups = Record<string, string | undefined>;

/** One way of writing a limit. `year` is the one written before in the sentence, or the plan's. */
export interface PhraseForm {
  pattern: RegExp;
  read(groups: Groups, year: number | null): Meaning | null;
}

const year = '(?:(?<year>20\\d\\d)年|今年|本年|当年)?';
const month = '(?<month>1[0-2]|0?[1-9])月';
const before = '(?:之前|以前|前)';

const parts: Record<string, number> = { 上旬: 10, 中旬: 20 };
const units: Record<string, Recurrence> = { 年: 'year', 半年: 'half-year', 季: 'quarter', 月: 'month', 周: 'week' };
const ordinals = '一二三四';

function known(groups: Groups, inherited: number | null, read: (year: number) => Meaning | null): Meaning | null {
  const year = groups.year === undefined ? inherited : Number(groups.year);
  return year === null ? undated : read(year);
}

function day(year: number, month: number, day: number): LocalDate | null {
  return day >= 1 && day <= daysInMonth(year, month) ? dayOf(year, month, day) : null;
}

function readWindow(groups: Groups, inherited: number | null): Meaning | null {
  return known(groups, inherited, (year) => {
    const [first, last] = [Number(groups.month), Number(groups.lastMonth)];
    const from = day(year, first, Number(groups.day ?? 1));
    const rollsOver = groups.next !== undefined || (groups.lastYear === undefined && last < first);
    const lastYear = groups.lastYear === undefined ? year + (rollsOver ? 1 : 0) : Number(groups.lastYear);
    const to = day(lastYear, last, Number(groups.lastDay ?? daysInMonth(lastYear, last)));
    return from && to && from <= to ? within(from, to) : null;
  });
}

/** Longer and more special forms first: of two that begin at one place the longer wins. */
export const phraseForms: PhraseForm[] = [
  {
    // 5—9月, 8月27日至9月8日, 10月—次年3月, 5—9月每日10—16时
    pattern: new RegExp(
      `${year}(?<!\\d)(?<month>1[0-2]|0?[1-9])(?:月(?:(?<day>\\d{1,2})日)?)?\\s?[—–\\-~～至到]{1,2}\\s?` +
        '(?:(?<lastYear>20\\d\\d)年|(?<next>次年|翌年))?(?<lastMonth>1[0-2]|0?[1-9])月(?:(?<lastDay>\\d{1,2})日|底)?' +
        '(?:每[日天]\\d{1,2}(?:[:：]\\d\\d)?[—–\\-~～至]\\d{1,2}(?:时|点|[:：]\\d\\d))?',
      'g',
    ),
    read: readWindow,
  },
  {
    // 2022年6月30日前
    pattern: new RegExp(`${year}(?<!\\d)${month}(?<day>\\d{1,2})日${before}`, 'g'),
    read: (groups, inherited) =>
      known(groups, inherited, (year) => {
        const due = day(year, Number(groups.month), Number(groups.day));
        return due && onDay(due);
      }),
  },
  {
    // 9月底前, 9月底, 6月中旬前
    pattern: new RegExp(`${year}(?<!\\d)${month}(?<part>底|末|上旬|中旬|下旬)${before}?`, 'g'),
    read: (groups, inherited) =>
      known(groups, inherited, (year) => {
        const last = parts[groups.part ?? ''];
        return onDay(last ? dayOf(year, Number(groups.month), last) : lastDayOfMonth(year, Number(groups.month)));
      }),
  },
  {
    // 2024年6月前
    pattern: new RegExp(`${year}(?<!\\d)${month}${before}`, 'g'),
    read: (groups, inherited) =>
      known(groups, inherited, (year) =>
        onDay(addDays(dayOf(year, Number(groups.month), 1), -1), 'limit-before-month'),
      ),
  },
  {
    // 2022年8底前
    pattern: new RegExp(`(?<year>20\\d\\d)年(?<month>1[0-2]|0?[1-9])[底末]${before}`, 'g'),
    read: (groups) => onDay(lastDayOfMonth(Number(groups.year), Number(groups.month)), 'limit-month-lost'),
  },
  {
    // 2023年底前, 2017年底, 今年底
    pattern: new RegExp(`(?:(?<year>20\\d\\d)年|今年|本年)[底末]${before}?`, 'g'),
    read: (groups, inherited) => known(groups, inherited, (year) => onDay(dayOf(year, 12, 31))),
  },
  {
    // 年底前, 年内, 2017年内, 年度内
    pattern: new RegExp(
      `(?:(?<year>20\\d\\d)|今|本|当|(?<![\\d一二两三四五六七八九十几半多每]))年(?:[底末]${before}|度?内)`,
      'g',
    ),
    read: (groups, inherited) => known(groups, inherited, (year) => onDay(dayOf(year, 12, 31))),
  },
  {
    // 到2027年前
    pattern: new RegExp(`(?<year>20\\d\\d)年${before}`, 'g'),
    read: (groups) => onDay(dayOf(Number(groups.year) - 1, 12, 31), 'limit-before-year'),
  },
  {
    // 到2027年，
    pattern: /(?<=到)(?<year>20\d\d)年(?=[，,])/g,
    read: (groups) => onDay(dayOf(Number(groups.year), 12, 31)),
  },
  {
    // 一季度末, 第三季度前, 上半年底前
    pattern: new RegExp(
      `${year}(?:第?(?<quarter>[一二三四])季度|(?<half>[上下])半年)(?:[底末]${before}?|${before})`,
      'g',
    ),
    read: (groups, inherited) =>
      known(groups, inherited, (year) => {
        const last = groups.quarter ? (ordinals.indexOf(groups.quarter) + 1) * 3 : groups.half === '上' ? 6 : 12;
        return onDay(lastDayOfMonth(year, last));
      }),
  },
  {
    // 纳入名录一年内, 3个工作日内: the event after 在 or 自 belongs to the words
    pattern:
      /(?:(?<=[在自于])[^，,。；;：在自于]{1,20})?(?<!\d)(?:[一二两三四五六七八九十半]{1,3}|\d{1,3})(?:年|个?月|个?季度|个?工作日|[日天周])之?内/g,
    read: () => relative,
  },
  {
    // 每年, 每半年, 每季度末月20日前
    pattern: /每个?(?<unit>半年|年|季|月|周)度?(?:的?(?:末月|首月|第[一二三1-3]个?月)?的?\d{1,2}日(?:之?前)?)?/g,
    read: (groups) => {
      const every = units[groups.unit ?? ''];
      return every ? recurring(every) : null;
    },
  },
];
