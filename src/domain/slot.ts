import { z } from 'zod';

import {
  addWorkingDays,
  firstWorkingDayAfter,
  isWorkingDay,
  lastWorkingDayUpTo,
  nextWorkingDayFrom,
  workingDaysBetween,
} from './calendar.js';
import {
  addDays,
  addMonths,
  type DateRange,
  dayOf,
  daysInMonth,
  type LocalDate,
  later,
  momentOf,
  partsOf,
  startOfMonth,
  startOfWeek,
  wallClock,
} from './local-date.js';
import { unitId } from './unit.js';
import { closeOfDay } from './working-hours.js';

const common = {
  /** On the wall clock of the workspace. */
  time: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/),
  /** Slots before this moment are not owed: the rule was made, changed or switched on then. */
  since: z.iso.datetime(),
  /** Only tasks of these plans, and only those that name one of these units; empty is all. */
  scope: z.object({ plans: z.array(z.string()), units: z.array(unitId) }).optional(),
};

/** When a group wants to hear something. Weekday 1 is Monday. */
export const scheduleRule = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('weekly'), weekday: z.number().int().min(1).max(7), ...common }),
  z.object({ kind: z.literal('workday'), ...common }),
  /** Where a month has no such day, on its last one. */
  z.object({ kind: z.literal('monthly'), day: z.number().int().min(1).max(31), ...common }),
  /** So many working days before the last one of each month or quarter. */
  z.object({
    kind: z.literal('period-end'),
    period: z.enum(['month', 'quarter']),
    before: z.number().int().min(0).max(20),
    ...common,
  }),
]);
export type ScheduleRule = z.infer<typeof scheduleRule>;

export interface Slot {
  /** Names the slot within its schedule by its week, day or month, so that another time of day is not another slot. */
  name: string;
  nominal: LocalDate;
  /** The nominal day, or the next working day where that one is free. */
  day: LocalDate;
  at: Date;
  moved: boolean;
  /** The days the message speaks for. */
  covers: DateRange;
  /** The days of the message before it, of which it tells what was reported. */
  lately: DateRange;
  /** Said already by the slot before it, which a holiday moved to fewer than three working days earlier. */
  merged: boolean;
}

type Planned = Omit<Slot, 'day' | 'at' | 'moved'>;

const mergeWithin = 3;

/** A weekly slot that a holiday moved takes the next one with it when fewer than three working days lie between. */
function swallowsNext(nominal: LocalDate): boolean {
  const day = nextWorkingDayFrom(nominal);
  if (day === nominal) return false;
  const next = nextWorkingDayFrom(addDays(nominal, 7));
  return next <= day || workingDaysBetween(day, next) < mergeWithin;
}

function ofWeek(week: LocalDate, weekday: number): Planned {
  const nominal = addDays(week, weekday - 1);
  const weeks = swallowsNext(nominal) ? 2 : 1;
  return {
    name: week,
    nominal,
    covers: { from: week, to: addDays(week, weeks * 7 - 1) },
    lately: { from: addDays(week, swallowsNext(addDays(nominal, -14)) ? -14 : -7), to: addDays(week, -1) },
    merged: swallowsNext(addDays(nominal, -7)),
  };
}

const lookAheadDays = 3;

/** Speaks for the week, and near its end for the days after it too. */
function ofDay(day: LocalDate): Planned {
  const to = later(addDays(startOfWeek(day), 6), addWorkingDays(day, lookAheadDays));
  const lately = { from: addWorkingDays(day, -1), to: addDays(day, -1) };
  return { name: `day ${day}`, nominal: day, covers: { from: day, to }, lately, merged: false };
}

function ofMonth(month: LocalDate, day: number): Planned {
  const nominalIn = (shift: number) => {
    const { year, month: number } = partsOf(addMonths(month, shift));
    return dayOf(year, number, Math.min(day, daysInMonth(year, number)));
  };
  const nominal = nominalIn(0);
  return {
    name: `month ${month.slice(0, 7)}`,
    nominal,
    covers: { from: nominal, to: addDays(nominalIn(1), -1) },
    lately: { from: nominalIn(-1), to: addDays(nominal, -1) },
    merged: false,
  };
}

function ofPeriod(first: LocalDate, months: number, before: number): Planned {
  const last = addDays(addMonths(first, months), -1);
  const covers = { from: first, to: last };
  const nominal = addWorkingDays(lastWorkingDayUpTo(last), -before);
  return { name: `end ${last}`, nominal, covers, lately: covers, merged: false };
}

/** Planned slots in order, from one that surely lies before `date`; a holiday moves a slot by less than three weeks. */
function* plannedAround(rule: ScheduleRule, date: LocalDate): Generator<Planned> {
  switch (rule.kind) {
    case 'weekly':
      for (let week = addDays(startOfWeek(date), -21); ; week = addDays(week, 7)) yield ofWeek(week, rule.weekday);
    case 'workday':
      for (let day = date; ; day = addDays(day, 1)) if (isWorkingDay(day)) yield ofDay(day);
    case 'monthly':
      for (let month = startOfMonth(date, -1); ; month = addMonths(month, 1)) yield ofMonth(month, rule.day);
    case 'period-end': {
      const months = rule.period === 'month' ? 1 : 3;
      const first = startOfMonth(date, -1 - ((partsOf(date).month - 1) % months));
      for (let month = first; ; month = addMonths(month, 1)) {
        if ((partsOf(month).month - 1) % months === 0) yield ofPeriod(month, months, rule.before);
      }
    }
  }
}

function* slotsFrom(rule: ScheduleRule, date: LocalDate, timeZone: string): Generator<Slot> {
  for (const planned of plannedAround(rule, date)) {
    const day = nextWorkingDayFrom(planned.nominal);
    yield { ...planned, day, at: momentOf(day, rule.time, timeZone), moved: day !== planned.nominal };
  }
}

/** The slots whose planned moment lies after `after` and not after `until`, oldest first. */
export function slotsBetween(rule: ScheduleRule, after: Date, until: Date, timeZone: string): Slot[] {
  const slots: Slot[] = [];
  for (const slot of slotsFrom(rule, wallClock(after, timeZone).date, timeZone)) {
    if (slot.at > until) break;
    if (slot.at > after) slots.push(slot);
  }
  return slots;
}

/** The moment of the first slot after `after`, whatever becomes of it. */
export function nextMoment(rule: ScheduleRule, after: Date, timeZone: string): Date {
  for (const { at } of slotsFrom(rule, wallClock(after, timeZone).date, timeZone)) if (at > after) return at;
  throw new RangeError(`no slot after ${after.toISOString()}`);
}

const mostTaken = 120;

/** The slot that comes next after `after` and has not been taken: of a week whose digest was sent there is none. */
export function nextSlot(rule: ScheduleRule, after: Date, timeZone: string, taken: ReadonlySet<string>): Slot {
  let seen = 0;
  for (const slot of slotsFrom(rule, wallClock(after, timeZone).date, timeZone)) {
    if (slot.at > after && !slot.merged && !taken.has(slot.name)) return slot;
    seen += 1;
    if (seen > mostTaken) break;
  }
  throw new RangeError(`no slot among ${mostTaken} after ${after.toISOString()}`);
}

/** A slot missed by a fault is caught up until the close of the next working day; a daily one until that of its own. */
export function graceEnd(rule: ScheduleRule, slot: Slot, timeZone: string): Date {
  const last = rule.kind === 'workday' ? slot.day : firstWorkingDayAfter(slot.day);
  return momentOf(last, closeOfDay, timeZone);
}
