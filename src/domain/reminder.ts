import { addWorkingDays, firstWorkingDayAfter, lastWorkingDayUpTo, workingDaysBetween } from './calendar.js';
import { awaitsReport, type DutyBook } from './duty.js';
import { decides, decidingParties, type Ledger, partsOf, wholeOf } from './ledger.js';
import { dutyKeyOf, isFor, kindOf, type Limit, limitsDue } from './limit.js';
import { addDays, type LocalDate } from './local-date.js';
import type { Task } from './task.js';
import type { UnitId } from './unit.js';

/** Working days before the last one up to the limit. */
const daysBefore = [7, 3, 1];

/** Where a morning stands to a limit: working days left, the last working day, or the first one after the limit. */
export type Stage = { kind: 'before'; workingDays: number } | { kind: 'last-day' } | { kind: 'after' };

/** The mornings on which a unit hears of a limit, counted back from the last working day up to it. */
export function reminderDays(due: LocalDate): LocalDate[] {
  const last = lastWorkingDayUpTo(due);
  return [...daysBefore.map((days) => addWorkingDays(last, -days)), last, firstWorkingDayAfter(due)];
}

/** `null` when no reminder falls on a day after `after` up to `today`: mornings that were missed are made up for. */
export function stageOn(due: LocalDate, { after, today }: Mornings): Stage | null {
  if (!reminderDays(due).some((day) => after < day && day <= today)) return null;
  const last = lastWorkingDayUpTo(due);
  if (today > last) return today < firstWorkingDayAfter(due) ? null : { kind: 'after' };
  return today === last ? { kind: 'last-day' } : { kind: 'before', workingDays: workingDaysBetween(today, last) };
}

/** The mornings that one message speaks for: those after `after`, up to `today`. */
export interface Mornings {
  after: LocalDate;
  today: LocalDate;
}

/** One unit's limits of one day, with what is said of them together. */
export interface Reminder {
  stage: Stage;
  due: LocalDate;
  /** Of which a report of this unit is awaited. */
  limits: Limit[];
  /** Agreed to be due later. */
  extended: Limit[];
  /** 已申请延期，待批. */
  asked: Limit[];
}

/** The longest holiday and the seven working days with another one in between. */
const reachDays = 40;

export interface ReminderQuestion extends Mornings {
  ledger: Ledger;
  tasks: Task[];
  book: DutyBook;
  startOn: LocalDate;
}

/**
 * What each unit that decides is to be reminded of, the earliest day first. A window asks for nothing before it has ended, and
 * what was reported or asked to be put off in time is not reminded.
 */
export function remindersByUnit(question: ReminderQuestion): Map<UnitId, Reminder[]> {
  const { ledger, book, after, today, startOn } = question;
  const range = { from: addDays(after, -reachDays), to: addDays(today, reachDays) };
  const found = new Map<UnitId, Reminder[]>();
  for (const task of question.tasks.filter(({ milestones }) => milestones.length > 0)) {
    const units = decidingParties(ledger, task).flatMap(({ members }) => members);
    for (const limit of limitsDue(ledger, task, range, startOn)) {
      const stage = limit.due === null || limit.due < startOn ? null : stageOn(limit.due, { after, today });
      if (limit.due === null || stage === null || (kindOf(limit) === 'window' && stage.kind !== 'after')) continue;
      for (const unit of units) {
        const key = dutyKeyOf(limit, unit);
        if (!isFor(limit, unit) || !awaitsReport(book.statusOf(key))) continue;
        const reminder = reminderOf(found, unit, limit.due, stage);
        (book.askedFor(key) ? reminder.asked : reminder.limits).push(limit);
      }
    }
  }
  for (const [unit, reminders] of found) {
    for (const reminder of reminders) reminder.limits = withoutDivided(ledger, reminder.limits, unit);
    const owed = reminders.filter(({ limits }) => limits.length > 0).sort((a, b) => (a.due < b.due ? -1 : 1));
    if (owed.length === 0) found.delete(unit);
    else found.set(unit, owed);
  }
  addExtended(question, found);
  return found;
}

function reminderOf(found: Map<UnitId, Reminder[]>, unit: UnitId, due: LocalDate, stage: Stage): Reminder {
  const reminders = found.get(unit) ?? [];
  found.set(unit, reminders);
  const known = reminders.find((one) => one.due === due);
  if (known) return known;
  const reminder: Reminder = { stage, due, limits: [], extended: [], asked: [] };
  reminders.push(reminder);
  return reminder;
}

/** A whole that is divided into rows of the same day goes without saying once a row has been reported: the rest is named. */
function withoutDivided(ledger: Ledger, limits: Limit[], unit: UnitId): Limit[] {
  const named = new Set(limits.map(({ task }) => task));
  return limits.filter((limit) => {
    const day = limit.statedDue ?? limit.due;
    if (kindOf(limit) !== 'date') return true;
    return partsOf(ledger, limit.task)
      .filter((part) => decides(ledger, part, unit))
      .filter(({ milestones }) => milestones.some(({ kind, due }) => kind === 'date' && due === day))
      .every((part) => named.has(part));
  });
}

/** Beside what is due on a day, what was agreed to be later; of a whole that ends with one of its rows, the row alone. */
function addExtended({ ledger, tasks, today, startOn }: ReminderQuestion, found: Map<UnitId, Reminder[]>): void {
  const range = { from: addDays(today, -reachDays), to: addDays(today, 2 * 366) };
  const later = tasks
    .filter((task) => ledger.extended.has(task))
    .flatMap((task) => limitsDue(ledger, task, range, startOn))
    .filter(({ statedDue }) => statedDue !== null);
  for (const [unit, reminders] of found) {
    const own = later.filter(
      (limit) =>
        isFor(limit, unit) && decidingParties(ledger, limit.task).some(({ members }) => members.includes(unit)),
    );
    for (const reminder of reminders) {
      reminder.extended = rowsAlone(
        ledger,
        own.filter(({ statedDue }) => statedDue === reminder.due),
      );
      reminder.asked = rowsAlone(ledger, reminder.asked);
    }
  }
}

function rowsAlone(ledger: Ledger, limits: Limit[]): Limit[] {
  return limits.filter(
    ({ task }) => !limits.some((other) => other.task !== task && wholeOf(ledger, other.task) === task),
  );
}
