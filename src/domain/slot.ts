import { z } from 'zod';

import { firstWorkingDayAfter, nextWorkingDayFrom, workingDaysBetween } from './calendar.js';
import { addDays, type DateRange, type LocalDate, momentOf, startOfWeek, wallClock } from './local-date.js';
import { closeOfDay } from './working-hours.js';

/** When a group wants its digest: weekday 1 is Monday, `time` is the wall clock of the workspace. */
export const weeklyRule = z.object({
  kind: z.literal('weekly'),
  weekday: z.number().int().min(1).max(7),
  time: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/),
  /** Slots before this moment are not owed: the rule was made, changed or switched on then. */
  since: z.iso.datetime(),
});
export type WeeklyRule = z.infer<typeof weeklyRule>;

export interface Slot {
  /** Names the slot within its schedule: the Monday of its week, so that another time of day is not another slot. */
  name: string;
  nominal: LocalDate;
  /** The nominal day, or the next working day where that one is free. */
  day: LocalDate;
  at: Date;
  moved: boolean;
  /** The days the digest speaks for. */
  covers: DateRange;
  /** The days of the digest before it, of which it tells what was reported. */
  lately: DateRange;
  /** Said already by the slot before it, which a holiday moved to fewer than three working days earlier. */
  merged: boolean;
}

const mergeWithin = 3;

function plannedDay(nominal: LocalDate): LocalDate {
  return nextWorkingDayFrom(nominal);
}

/** A slot that a holiday moved takes the next one with it when fewer than three working days lie between. */
function swallowsNext(nominal: LocalDate): boolean {
  const day = plannedDay(nominal);
  if (day === nominal) return false;
  const next = plannedDay(addDays(nominal, 7));
  return next <= day || workingDaysBetween(day, next) < mergeWithin;
}

function slotOn(rule: WeeklyRule, nominal: LocalDate, timeZone: string): Slot {
  const day = plannedDay(nominal);
  const weeks = swallowsNext(nominal) ? 2 : 1;
  const weekStart = startOfWeek(nominal);
  return {
    name: weekStart,
    nominal,
    day,
    at: momentOf(day, rule.time, timeZone),
    moved: day !== nominal,
    covers: { from: weekStart, to: addDays(weekStart, weeks * 7 - 1) },
    lately: { from: addDays(weekStart, swallowsNext(addDays(nominal, -14)) ? -14 : -7), to: addDays(weekStart, -1) },
    merged: swallowsNext(addDays(nominal, -7)),
  };
}

/** The slots whose planned moment lies after `after` and not after `until`, oldest first. */
export function slotsBetween(rule: WeeklyRule, after: Date, until: Date, timeZone: string): Slot[] {
  const slots: Slot[] = [];
  // A holiday moves a slot by less than three weeks.
  const start = addDays(startOfWeek(wallClock(after, timeZone).date), -21);
  for (let week = start; ; week = addDays(week, 7)) {
    const slot = slotOn(rule, addDays(week, rule.weekday - 1), timeZone);
    if (slot.at > until) return slots;
    if (slot.at > after) slots.push(slot);
  }
}

/** The slot that comes next after `after` and has not been taken: of a week whose digest was sent there is none. */
export function nextSlot(rule: WeeklyRule, after: Date, timeZone: string, taken: ReadonlySet<string>): Slot {
  const farEnough = new Date(after.getTime() + 49 * 86_400_000);
  const slots = slotsBetween(rule, after, farEnough, timeZone);
  const slot = slots.find((candidate) => !candidate.merged && !taken.has(candidate.name));
  if (!slot) throw new RangeError(`no slot within 49 days after ${after.toISOString()}`);
  return slot;
}

/** A slot missed by a fault is caught up until the close of the next working day. */
export function graceEnd(slot: Slot, timeZone: string): Date {
  return momentOf(firstWorkingDayAfter(slot.day), closeOfDay, timeZone);
}
