import { addDays, partsOf } from '../../domain/local-date.js';
import type { DayOfPeriod, Recurrence } from '../../domain/milestone.js';
import type { IssueCode } from '../issues.js';
import { occasions, occasionWords } from './local-days.js';
import { type Meaning, recurring } from './meaning.js';
import { before, blank, dash, dayBefore, part, smallNumber } from './patterns.js';
import { type Groups, lastDayOfPart, type PhraseForm } from './phrase-form.js';
import type { SentenceYears } from './plan-calendar.js';

export const units: Record<string, Recurrence> = {
  年: 'year',
  学年: 'year',
  半年: 'half-year',
  学期: 'half-year',
  季: 'quarter',
  月: 'month',
  周: 'week',
  星期: 'week',
  日: 'day',
  天: 'day',
  工作日: 'day',
};
const monthsIn: Partial<Record<Recurrence, number>> = { year: 12, 'half-year': 6, quarter: 3, month: 1 };
const lastOfMonth = 31;

const months = '1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九]';
const days = `\\d{1,2}${blank}[日号](?:[、和及](?:\\d{1,2}${blank}[日号]))*`;
const lastWorkingDay = `最后(?:1|一)个(?:工作日|周|星期)(?:${dayBefore})?`;

/** The last of 8日、18日、28日; the occurrence is due then. */
function lastDayOf(list: string): { day: number; doubts: IssueCode[] } {
  const found = [...list.matchAll(/\d{1,2}/g)].map(([digits]) => Number(digits));
  return { day: Math.max(...found), doubts: found.length > 1 ? ['limit-several-days'] : [] };
}

function readDay({ days, part }: Groups, month: number): { by: DayOfPeriod; doubts: IssueCode[] } {
  if (days === undefined) return { by: { month, day: lastDayOfPart(part) }, doubts: [] };
  const { day, doubts } = lastDayOf(days);
  return day > lastOfMonth || day === 0
    ? { by: { month, day: lastOfMonth }, doubts: ['limit-no-such-day'] }
    : { by: { month, day }, doubts };
}

/** 末月 of a quarter is its third month, 首月 its first. */
function monthWithin(every: Recurrence, { ordinal, nth }: Groups): number {
  if (nth !== undefined) return smallNumber(nth);
  return ordinal === '首' || ordinal === '第一' ? 1 : (monthsIn[every] ?? 1);
}

const every = (unit: string): Recurrence => units[unit] ?? 'year';

/** 每年汛期前: the day before it, where it is the same every year. */
function readOccasion(groups: Groups, { plan }: SentenceYears): Meaning {
  const occasion = occasions.find(({ words }) => words.test(groups.occasion ?? ''));
  const first = occasion?.moves ? null : occasion?.firstDay(plan.year ?? 2000, plan.localDays);
  if (!first) return recurring('year', null, 'limit-event');
  const { month, day } = partsOf(addDays(first, -1));
  return recurring('year', { month, day }, 'limit-event');
}

/** 每年6月底前; 每年6月前 is strictly before June. */
function readYearly(groups: Groups): Meaning {
  const month = Math.max(
    ...(groups.months ?? '').split(/[、和及]/).map((one) => smallNumber(/\d+|[一二三四五六七八九十]+/.exec(one)?.[0])),
  );
  const several = /[、和及]/.test(groups.months ?? '');
  const strictly = groups.before !== undefined && groups.days === undefined && groups.part === undefined;
  if (strictly)
    return recurring('year', month > 1 ? { month: month - 1, day: lastOfMonth } : null, 'limit-before-month');
  const { by, doubts } = readDay(groups, month);
  return recurring('year', by, ...doubts, ...(several ? (['limit-several-days'] as const) : []));
}

export const recurrenceForms: PhraseForm[] = [
  {
    // 每年, 每半年, 每季度, 每个月, 每周, 每日, 每学期, 每周末, 每月底前
    pattern: new RegExp(
      `每(?:个|一)?(?<unit>半年|学年|学期|工作日|星期|年|季|月|周|日|天)(?:度(?!假))?(?:(?:[底末]|年[底末]|月[底末]|开学|结束|期末)(?:${before})?)?`,
      'g',
    ),
    read: ({ unit = '' }) => recurring(every(unit)),
  },
  {
    // 每季度末5日前: of the last month, as it seems
    pattern: new RegExp(`每个?(?<unit>半年|季)度?[末底](?<days>${days})${dayBefore}`, 'g'),
    read: (groups) => {
      const unit = every(groups.unit ?? '');
      return recurring(unit, readDay(groups, monthsIn[unit] ?? 1).by, 'limit-recurrence-day');
    },
  },
  {
    // 每周五前
    pattern: new RegExp(`每个?(?:周|星期)[一二三四五六日天](?:${dayBefore})?`, 'g'),
    read: () => recurring('week', null, 'limit-recurrence-day'),
  },
  {
    // 每月10日前, 每月8日、18日、28日, 每月下旬, 次月10日前
    pattern: new RegExp(`(?:每个?月(?:度)?的?|(?<!\\d)[次下]个?月)(?:(?<days>${days})|${part})(?:${dayBefore})?`, 'g'),
    read: (groups) => {
      const { by, doubts } = readDay(groups, 1);
      return recurring('month', by, ...doubts);
    },
  },
  {
    // 每季度末月20日前, 每个季度第1个月的20日前, 每季度首月, 每半年末月
    pattern: new RegExp(
      `每个?(?<unit>半年|季)度?的?(?:(?<ordinal>末|首|最后一个|最后1个)|第(?<nth>[一二三四五六1-6]))个?月(?:份)?的?(?:(?<days>${days})|${part})?(?:${dayBefore})?`,
      'g',
    ),
    read: (groups) => {
      const unit = every(groups.unit ?? '');
      const { by, doubts } = readDay(groups, monthWithin(unit, groups));
      return recurring(unit, by, ...doubts);
    },
  },
  {
    // 每年6月底前, 每年4月, 每年12月10日前, 每年3月、9月
    pattern: new RegExp(
      `每年度?的?(?<months>(?:${months})${blank}月(?:[、和及](?:${months})${blank}月)*)份?${blank}(?:(?<days>${days})|${part})?(?<before>${dayBefore})?`,
      'g',
    ),
    read: readYearly,
  },
  {
    // 每年11月1日至次年3月31日, 每年4—10月
    pattern: new RegExp(
      `每年度?的?(?:${months})(?:${blank}月(?:${blank}\\d{1,2}${blank}[日号])?)?${dash}(?<next>次年|翌年)?(?<months>${months})${blank}月(?:(?<days>\\d{1,2}${blank}[日号])|${part})?`,
      'g',
    ),
    read: (groups) =>
      groups.next === undefined ? readYearly(groups) : recurring('year', null, 'limit-recurrence-day'),
  },
  {
    // 每季度最后一个工作日
    pattern: new RegExp(`每个?(?<unit>半年|年|季|月|周)度?的?${lastWorkingDay}`, 'g'),
    read: ({ unit = '' }) => recurring(every(unit)),
  },
  {
    // 每季度结束后10日内
    pattern: /每个?(?<unit>半年|年|季|月|周)度?(?:结束|终了|末)?后的?\d{1,2}个?(?:工作)?日(?:之|以)?内/g,
    read: ({ unit = '' }) => recurring(every(unit), null, 'limit-recurrence-day'),
  },
  {
    // 每年春耕前, 每年汛期前, 每学期开学前
    pattern: new RegExp(`每年度?的?(?<occasion>${occasionWords})${before}`, 'g'),
    read: readOccasion,
  },
  {
    // 每年第一季度, 每年上半年
    pattern: new RegExp(`每年度?的?(?:第?(?<quarter>[一二三四])季度|(?<half>[上下])半年)[底末]?(?:${before})?`, 'g'),
    read: ({ quarter, half }) => {
      const month = quarter ? '一二三四'.indexOf(quarter) * 3 + 3 : half === '上' ? 6 : 12;
      return recurring('year', { month, day: lastOfMonth });
    },
  },
];
