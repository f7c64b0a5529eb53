import type { Recurrence } from '../../domain/milestone.js';
import { type Meaning, recurring } from './meaning.js';
import { smallNumber } from './patterns.js';
import type { PhraseForm } from './phrase-form.js';

const byMonths: Record<number, Recurrence> = { 1: 'month', 3: 'quarter', 6: 'half-year', 12: 'year' };
const monthsOf: Record<string, number> = { 年: 12, 半年: 6, 季度: 3, 月: 1 };

/** 每3年, 每两周: the ledger has no such period, so the words stand alone. */
function everySeveral(count: number, unit: string): Meaning {
  if (count === 1 && unit === '周') return recurring('week');
  const every = byMonths[(monthsOf[unit] ?? Number.NaN) * count];
  return every ? recurring(every) : recurring(null, null, 'limit-odd-recurrence');
}

const perYear: Record<number, Recurrence> = { 1: 'year', 2: 'half-year', 4: 'quarter', 12: 'month' };
const pairs: Record<string, Recurrence> = {
  一日: 'day',
  一天: 'day',
  一周: 'week',
  一月: 'month',
  一季: 'quarter',
  一季度: 'quarter',
  半年: 'half-year',
  一年: 'year',
  按日: 'day',
  逐日: 'day',
  按周: 'week',
  逐周: 'week',
  按月: 'month',
  逐月: 'month',
  按季: 'quarter',
  按季度: 'quarter',
  逐季: 'quarter',
  按年: 'year',
  按年度: 'year',
  逐年: 'year',
  按半年: 'half-year',
  按学期: 'half-year',
  按学年: 'year',
};
const rounds =
  '调度|通报|报送|上报|报告|汇报|会商|研判|评估|考核|排名|督查|督导|检查|巡查|总结|分析|公示|公布|统计|更新';

export const oddRecurrences: PhraseForm[] = [
  {
    // 每3年, 每两个月, 每隔两年
    pattern: /每(?:隔)?(?<count>\d{1,2}|[两二三四五六七八九十])个?(?<unit>年|月|季度|周|天|日)(?!度|以上)/g,
    read: ({ count, unit = '' }) => everySeveral(smallNumber(count), unit),
  },
  {
    // 每旬, 每半个月
    pattern: /每(?:旬|半个?月|双周|双月)|隔周/g,
    read: () => recurring(null, null, 'limit-odd-recurrence'),
  },
  {
    // 一年两次, 一年不少于4次
    pattern: /一年(?:至少|不少于)?(?<count>\d{1,2}|[一两二三四六]|十二)次/g,
    read: ({ count }) => {
      const every = perYear[smallNumber(count)];
      return every ? recurring(every) : recurring('year', null, 'limit-odd-recurrence');
    },
  },
  {
    // 一月一调度, 半年一评估
    pattern: new RegExp(`(?<pair>一[日天周月年]|一季度?|半年)一(?:${rounds})`, 'g'),
    read: ({ pair = '' }) => recurring(pairs[pair] ?? null),
  },
  {
    // 按月调度, 按季度通报
    pattern: new RegExp(
      `(?<pair>(?:按|逐)(?:日|周|月|季度?|半年|年度?|学期|学年))(?=(?:[一-龥]{0,2})(?:${rounds}))`,
      'g',
    ),
    read: ({ pair = '' }) => recurring(pairs[pair] ?? null),
  },
];
