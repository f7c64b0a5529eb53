import { addDays, dayOf, lastDayOfMonth } from '../../domain/local-date.js';
import { onDay } from './meaning.js';
import { before, blank, day, dayBefore, month, part, plainMonth, smallNumber, year } from './patterns.js';
import { dated, type Groups, type PhraseForm, readMonthly } from './phrase-form.js';

const ordinals = '一二三四';
const monthsOf = ({ quarter, half }: Groups) => {
  const ordinal = /^\d$/.test(quarter ?? '') ? Number(quarter) : ordinals.indexOf(quarter ?? '') + 1;
  return quarter === undefined
    ? { first: half === '上' ? 1 : 7, last: half === '上' ? 6 : 12 }
    : { first: ordinal * 3 - 2, last: ordinal * 3 };
};
const period = `(?:(?<!每)第?(?<quarter>[一二三四1-4])季度?|(?<!每|[一二三四五六七八九十\\d]个?)(?<half>[上下])半年)`;
const yearsPlan = '十[一二三四五六七八]五';
const endOfPlan: Record<string, number> = { 十二五: 2015, 十三五: 2020, 十四五: 2025, 十五五: 2030, 十六五: 2035 };

const typoIn = ({ low }: Groups) => (low === undefined ? 'limit-month-lost' : 'limit-typo');

/** Days, ends of months, of quarters and of years. */
export const dateForms: PhraseForm[] = [
  {
    // 2022年6月30日前
    pattern: new RegExp(`${year}${month}${day}${dayBefore}`, 'g'),
    read: readMonthly,
  },
  {
    // 9月底前, 9月底, 6月中旬前
    pattern: new RegExp(`${year}${month}${part}${before}?`, 'g'),
    read: readMonthly,
  },
  {
    // 2024年6月前
    pattern: new RegExp(`${year}${month}${before}`, 'g'),
    read: (groups, years) => {
      const number = smallNumber(groups.month);
      return dated(groups, years, number, (year) => onDay(addDays(dayOf(year, number, 1), -1), 'limit-before-month'));
    },
  },
  {
    // 2022年8底前, 8底前, 8月低前
    pattern: new RegExp(`${year}(?<![\\d年月日.．-])(?<month>1[0-2]|0?[1-9])(?:[底末]|(?<low>月低))${before}`, 'g'),
    read: (groups, years) => {
      const number = Number(groups.month);
      return dated(groups, years, number, (year) => onDay(lastDayOfMonth(year, number), typoIn(groups)));
    },
  },
  {
    // 2022年8底前: the year stands right before the number
    pattern: new RegExp(`(?<year>20\\d\\d)年(?<month>1[0-2]|0?[1-9])(?:[底末]|(?<low>月低))${before}`, 'g'),
    read: (groups) => onDay(lastDayOfMonth(Number(groups.year), Number(groups.month)), typoIn(groups)),
  },
  {
    // 2023年底前, 2024年年底, 今年底
    pattern: new RegExp(`(?:(?<year>20\\d\\d)${blank}年|(?<word>今年|本年|明年|次年|翌年))年?[底末]${before}?`, 'g'),
    read: (groups, years) => dated(groups, years, null, (year) => onDay(dayOf(year, 12, 31))),
  },
  {
    // 年底前, 年内, 2017年内, 年度内
    pattern: new RegExp(
      `(?:(?<year>20\\d\\d)|(?<word>今年|本年|今|本|当)|(?<![\\d一二两三四五六七八九十几半多每去上前])(?:全)?)年(?:年?[底末]${before}|度?(?:之|以)?内(?!部|外|容|需|涝))`,
      'g',
    ),
    read: (groups, years) => dated(groups, years, null, (year) => onDay(dayOf(year, 12, 31))),
  },
  {
    // 年底建成
    pattern: /(?<![\d一二两三四五六七八九十几半多每去上前])年[底末](?!前)/g,
    read: (groups, years) => dated(groups, years, null, (year) => onDay(dayOf(year, 12, 31))),
    bare: true,
  },
  {
    // 到2027年前
    pattern: new RegExp(`(?<year>20\\d\\d)${blank}年${before}`, 'g'),
    read: (groups) => onDay(dayOf(Number(groups.year) - 1, 12, 31), 'limit-before-year'),
  },
  {
    // 到2027年，
    pattern: new RegExp(`(?<=[到至在])${blank}(?<year>20\\d\\d)${blank}年(?![度版级届的\\d起底末内以])`, 'g'),
    read: (groups) => onDay(dayOf(Number(groups.year), 12, 31)),
  },
  {
    // 2024年开工
    pattern: new RegExp(`(?<!\\d)(?<year>20\\d\\d)${blank}年(?![度版级届\\d])`, 'g'),
    read: (groups) => onDay(dayOf(Number(groups.year), 12, 31)),
    bare: true,
  },
  {
    // 一季度末, 二季度末前, 上半年底前, 2025年上半年前
    pattern: new RegExp(`${year}${period}(?:[底末]${before}?|结束${before})`, 'g'),
    read: (groups, years) => {
      const { last } = monthsOf(groups);
      return dated(groups, years, last, (year) => onDay(lastDayOfMonth(year, last)));
    },
  },
  {
    // 第三季度前
    pattern: new RegExp(`${year}${period}${before}`, 'g'),
    read: (groups, years) => {
      const { first } = monthsOf(groups);
      return dated(groups, years, first, (year) => onDay(addDays(dayOf(year, first, 1), -1), 'limit-before-period'));
    },
  },
  {
    // 第三季度完成, 上半年建成
    pattern: new RegExp(`${year}${period}(?:内)?`, 'g'),
    read: (groups, years) => {
      const { last } = monthsOf(groups);
      return dated(groups, years, last, (year) => onDay(lastDayOfMonth(year, last)));
    },
    bare: true,
  },
  {
    // “十四五”末
    pattern: new RegExp(
      `[“"「『]?(?<plan>${yearsPlan})[”"」』]?(?:时期|规划)?(?:[期]?末|期满|结束|收官(?!之|年))(?:${before})?`,
      'g',
    ),
    read: (groups) => {
      const year = endOfPlan[groups.plan ?? ''];
      return year === undefined ? null : onDay(dayOf(year, 12, 31));
    },
  },
  {
    // 9月初
    pattern: new RegExp(`${year}${month}初(?=${before}|[，,]|完成|启动|开学)(?:${before})?`, 'g'),
    read: (groups, years) => {
      const number = smallNumber(groups.month);
      return dated(groups, years, number, (year) => onDay(dayOf(year, number, 10), 'limit-vague'));
    },
  },
  {
    // 11月投入使用, 6月30日公布
    pattern: new RegExp(
      `${year}${plainMonth}(?:${blank}${day})?(?![底末初日号前中旬\\d]|[上下]旬|${blank}[—–~～至到-])`,
      'g',
    ),
    read: readMonthly,
    bare: true,
  },
];
