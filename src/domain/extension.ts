import { lastWorkingDayUpTo } from './calendar.js';
import { longestExtensionDays } from './limit.js';
import { addDays, dayName, type LocalDate, momentOf } from './local-date.js';
import { closeOfDay } from './working-hours.js';

/** Until the close of the limit's last working day more time is asked for in time. */
export function isAskedInTime(due: LocalDate, at: Date, timeZone: string): boolean {
  return at < momentOf(lastWorkingDayUpTo(due), closeOfDay, timeZone);
}

export interface ExtensionBounds {
  /** The day as it stands now, extensions included. */
  due: LocalDate;
  /** The document's own. */
  stated: LocalDate;
  today: LocalDate;
}

/** Why this can't be the new day, or `null` when it can. */
export function newDayProblem(day: LocalDate, { due, stated, today }: ExtensionBounds): string | null {
  const latest = addDays(stated, longestExtensionDays);
  if (day <= due) return `新时限要晚于现在的时限${dayName(due, today)}`;
  if (day < today) return `${dayName(day, today)}已经过了`;
  return day > latest ? `最多延${longestExtensionDays}天，到${dayName(latest, today)}` : null;
}
