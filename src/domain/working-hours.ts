import { isWorkingDay, nextWorkingDayFrom } from './calendar.js';
import { addDays, momentOf, wallClock } from './local-date.js';

/** Outside these spells the bot says nothing unasked: quiet are 18:00–08:30, 12:00–14:30 and days off. */
const spells = [
  { from: '08:30:00', to: '12:00:00' },
  { from: '14:30:00', to: '18:00:00' },
] as const;

export const closeOfDay = '18:00';

/** Whether on a working day the bot may speak at this time of the wall clock. */
export function isWorkingTime(time: string): boolean {
  return spells.some((spell) => spell.from <= `${time}:00` && `${time}:00` < spell.to);
}

/** The moment itself when it lies in working hours, else the start of the next spell. */
export function nextWorkingMoment(at: Date, timeZone: string): Date {
  const { date, time } = wallClock(at, timeZone);
  if (isWorkingDay(date)) {
    for (const spell of spells) {
      if (time < spell.from) return momentOf(date, spell.from, timeZone);
      if (time < spell.to) return at;
    }
  }
  return momentOf(nextWorkingDayFrom(addDays(date, 1)), spells[0].from, timeZone);
}

export function inWorkingHours(at: Date, timeZone: string): boolean {
  return nextWorkingMoment(at, timeZone).getTime() === at.getTime();
}
