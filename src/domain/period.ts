import {
  addDays,
  dayOf,
  daysInMonth,
  type LocalDate,
  lastDayOfMonth,
  localDate,
  partsOf,
  quarterOf,
  startOfMonth,
  startOfWeek,
} from './local-date.js';
import type { DayOfPeriod, Recurrence } from './milestone.js';

/** One turn of a recurrence: the third quarter of 2023. */
export interface Period {
  /** Stable and sortable within its recurrence: 2023-Q3. */
  name: string;
  /** What people call it within its year: 三季度. */
  label: string;
  from: LocalDate;
  to: LocalDate;
}

const numerals = ['一', '二', '三', '四'];

export function periodHolding(every: Recurrence, date: LocalDate): Period {
  const { year, month } = partsOf(date);
  switch (every) {
    case 'day':
      return { name: date, label: '当天', from: date, to: date };
    case 'week': {
      const from = startOfWeek(date);
      return { name: from, label: '本周', from, to: addDays(from, 6) };
    }
    case 'month':
      return {
        name: date.slice(0, 7),
        label: `${month}月`,
        from: startOfMonth(date),
        to: lastDayOfMonth(year, month),
      };
    case 'quarter': {
      const quarter = quarterOf(date);
      return {
        name: `${year}-Q${quarter}`,
        label: `${numerals[quarter - 1]}季度`,
        from: dayOf(year, quarter * 3 - 2, 1),
        to: lastDayOfMonth(year, quarter * 3),
      };
    }
    case 'half-year': {
      const half = month <= 6 ? 1 : 2;
      return {
        name: `${year}-H${half}`,
        label: half === 1 ? '上半年' : '下半年',
        from: dayOf(year, half * 6 - 5, 1),
        to: lastDayOfMonth(year, half * 6),
      };
    }
    case 'year':
      return { name: `${year}`, label: `${year}年`, from: dayOf(year, 1, 1), to: dayOf(year, 12, 31) };
  }
}

/** The period that a duty's occurrence names: 2023-Q3. */
export function periodNamed(every: Recurrence, name: string): Period {
  const year = Number(name.slice(0, 4));
  switch (every) {
    case 'day':
    case 'week':
      return periodHolding(every, localDate.parse(name));
    case 'month':
      return periodHolding(every, dayOf(year, Number(name.slice(5, 7)), 1));
    case 'quarter':
      return periodHolding(every, dayOf(year, Number(name.slice(6)) * 3, 1));
    case 'half-year':
      return periodHolding(every, dayOf(year, Number(name.slice(6)) * 6, 1));
    case 'year':
      return periodHolding(every, dayOf(year, 1, 1));
  }
}

/** The day of the period by which its report is due. */
export function dueDayOf(period: Period, by: DayOfPeriod | null): LocalDate {
  if (by === null) return period.to;
  const { year, month } = partsOf(startOfMonth(period.from, by.month - 1));
  return dayOf(year, month, Math.min(by.day, daysInMonth(year, month)));
}

/** Rounds that are made every day owe no report of each day. */
export const owesOccurrences = (every: Recurrence) => every !== 'day';

/** The periods that fall due in `[from, to]`, not before the one that holds `first`. */
export function periodsDue(
  { every, by }: { every: Recurrence; by: DayOfPeriod | null },
  first: LocalDate,
  from: LocalDate,
  to: LocalDate,
): Period[] {
  if (!owesOccurrences(every)) return [];
  const periods: Period[] = [];
  for (
    let period = periodHolding(every, first > from ? first : from);
    period.from <= to;
    period = periodHolding(every, addDays(period.to, 1))
  ) {
    const due = dueDayOf(period, by);
    if (from <= due && due <= to) periods.push(period);
  }
  return periods;
}
