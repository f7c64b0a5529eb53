import {
  firstWorkingDayAfter,
  holidayName,
  holidaySpan,
  isMakeUpWorkday,
  isWorkingDay,
  lastWorkingDayUpTo,
} from './calendar.js';
import { dayName, daysBetween, daysInMonth, type LocalDate, partsOf, weekdayName } from './local-date.js';
import type { Milestone } from './milestone.js';

/** 9月25日（周一）, 9月30日（周六，国庆假期）, 10月7日（周六，调休上班）. */
export function dayText(date: LocalDate, seenFrom: LocalDate): string {
  const extra = isMakeUpWorkday(date) ? '，调休上班' : (holidayName(date) ?? '') && `，${holidayName(date)}`;
  return `${dayName(date, seenFrom)}（${weekdayName(date)}${extra}）`;
}

/** 28日（周四） when in the month of `beside`, else with the month. */
export function nearDayText(date: LocalDate, beside: LocalDate): string {
  const same = date.slice(0, 7) === beside.slice(0, 7);
  return same ? `${partsOf(date).day}日（${weekdayName(date)}）` : `${dayName(date, beside)}（${weekdayName(date)}）`;
}

/**
 * The day, and where it is no working day the last one before it: 9月30日（周六，国庆假期），节前最后工作日28日（周四）. Once that has
 * gone by, until when a report is still in time: 节后首个工作日10月7日（周六，调休上班）下班前报不计超期.
 */
export function dueText(due: LocalDate, today: LocalDate): string {
  if (isWorkingDay(due)) return dayText(due, today);
  const before = lastWorkingDayUpTo(due);
  const after = firstWorkingDayAfter(due);
  const isHoliday = holidaySpan(due) !== null;
  if (today > before && today <= after) {
    return `${dayText(due, today)}，${isHoliday ? '节后首个工作日' : '后一工作日'}${dayText(after, due)}下班前报不计超期`;
  }
  return `${dayText(due, today)}，${isHoliday ? '节前最后工作日' : '前一工作日'}${nearDayText(before, due)}`;
}

export function daysLeftText(due: LocalDate, today: LocalDate): string {
  const days = daysBetween(today, due);
  if (days === 0) return '今天到期';
  return days > 0 ? `还有${days}天` : `已过${-days}天`;
}

/** 5—9月 for a window of whole months, else the words of the document. */
export function windowName(milestone: Milestone | null): string {
  if (!milestone?.from || !milestone.to) return milestone?.phrase ?? '';
  const from = partsOf(milestone.from);
  const to = partsOf(milestone.to);
  const whole = from.day === 1 && to.day === daysInMonth(to.year, to.month) && from.year === to.year;
  return whole && from.month < to.month ? `${from.month}—${to.month}月` : milestone.phrase;
}

/** Cuts at a whole character and says so: 开展锅炉综合“回头看”… */
export function shorten(text: string, length: number): string {
  const characters = [...text];
  return characters.length <= length ? text : `${characters.slice(0, length).join('')}……`;
}
