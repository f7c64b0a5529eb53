import { addWorkingDays } from '../domain/calendar.js';
import { addDays, dayOf, type LocalDate } from '../domain/local-date.js';
import { readNumber } from './numbers.js';
import { addMonths, type Context, oneDay, type Pattern, type Reading, type Words } from './pattern.js';

const amount =
  '(?<n>\\d{1,3}|[一二两三四五六七八九十百]{1,4}|半)(?<unit>个?工作日|天|日|周|个?星期|个?礼拜|个?月|个?季度|年)';
const longPast = dayOf(2000, 1, 1);
const afresh = '(?<![\\d.第前〇零一二两三四五六七八九十百])';

const steps: readonly { unit: RegExp; shown: string; from(date: LocalDate, n: number): LocalDate }[] = [
  { unit: /工作日|working/, shown: '个工作日', from: addWorkingDays },
  { unit: /季/, shown: '个季度', from: (date, n) => addMonths(date, n * 3) },
  { unit: /天|日|day/, shown: '天', from: addDays },
  { unit: /周|星期|礼拜|week/, shown: '周', from: (date, n) => addDays(date, n * 7) },
  { unit: /月|month/, shown: '个月', from: addMonths },
  { unit: /年|year/, shown: '年', from: (date, n) => addMonths(date, n * 12) },
];

/** 半个月 is 15 days, 半年 six months. */
function halfOf(unit: string): { day: (date: LocalDate) => LocalDate; label: string } | null {
  if (unit.endsWith('月')) return { day: (date) => addDays(date, 15), label: '半个月' };
  return unit === '年' ? { day: (date) => addMonths(date, 6), label: '半年' } : null;
}

function stepFrom(today: LocalDate, { n = '', unit = '' }: Words): { day: LocalDate; label: string } | null {
  if (n === '半') {
    const half = halfOf(unit);
    return half && { day: half.day(today), label: half.label };
  }
  const count = readNumber(n);
  const step = steps.find(({ unit: pattern }) => pattern.test(unit.toLowerCase()));
  // 10月 without 个 is a month of the year.
  if (count === null || count === 0 || !step || unit === '月') return null;
  return { day: step.from(today, count), label: `${count}${step.shown}` };
}

/** Today and the n days after it. */
function readNext(words: Words, { today }: Context): Reading {
  const reached = stepFrom(today, words);
  return reached && { range: { from: today, to: reached.day }, label: `未来${reached.label}` };
}

function readLater(words: Words, { today }: Context): Reading {
  const reached = stepFrom(today, words);
  return reached && oneDay(reached.day, `${reached.label}后`);
}

// 10日 is the tenth of a month here.
const amountHere = new RegExp(`^${amount.replace('|日', '')}(?![之以]?[内后前]|前)`);

/** An amount of time at the very start, to be counted from some day: 15天, 一个月. */
export function readAmount(text: string): { end: number; after(date: LocalDate): LocalDate } | null {
  const found = amountHere.exec(text);
  const words = found?.groups;
  if (!words || !stepFrom(longPast, words)) return null;
  return { end: found[0].length, after: (date) => stepFrom(date, words)?.day ?? date };
}

/** Within ten days, three weeks from now. */
export const countedWords: readonly Pattern[] = [
  { words: `(?:未来|今后|接下来|往后)的?${amount}(?:[之以]?内)?`, read: readNext },
  { words: `${afresh}${amount}[之以]?内`, read: readNext },
  { words: `${afresh}${amount}[之以]?后`, read: readLater },
  {
    words:
      '\\b(?:next|in|within|coming) (?:the )?(?:next )?(?<n>\\d{1,3}) (?<unit>(?:working )?day|week|month|year)s?\\b',
    read: readNext,
  },
];
