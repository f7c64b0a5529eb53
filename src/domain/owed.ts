import { type DueWork, groupByWork, longAgo } from './due.js';
import { awaitsReport, type DutyBook, type DutyKey } from './duty.js';
import { decides, type Ledger, type Work } from './ledger.js';
import { dutyKeyOf, isFor, kindOf, limitsDue, limitsOpenTo } from './limit.js';
import type { LocalDate } from './local-date.js';
import type { Task } from './task.js';
import type { UnitId } from './unit.js';

/**
 * The pieces of work on which a unit's own report is still awaited by the day `until`, the earliest first. A window that has
 * not ended asks for nothing yet, nor does a limit for which more time was asked for in time.
 */
export function owedBy(
  ledger: Ledger,
  tasks: Task[],
  book: DutyBook,
  unit: UnitId,
  { until, today, startOn }: { until: LocalDate; today: LocalDate; startOn: LocalDate },
): DueWork[] {
  const limits = tasks
    .filter((task) => decides(ledger, task, unit))
    .flatMap((task) => limitsDue(ledger, task, { from: longAgo, to: until }, startOn))
    .filter((limit) => isFor(limit, unit) && isAwaited(book, dutyKeyOf(limit, unit)))
    .filter(
      (limit) => limit.due !== null && limit.due >= startOn && !(kindOf(limit) === 'window' && limit.due >= today),
    );
  return groupByWork(ledger, limits);
}

/** Whether anything of this piece of work, with a day or without, still waits for a report of the unit. */
export function awaitsUnit(
  ledger: Ledger,
  { task, parts }: Work,
  book: DutyBook,
  unit: UnitId,
  today: LocalDate,
  startOn: LocalDate,
): boolean {
  return [task, ...parts]
    .filter((row) => decides(ledger, row, unit))
    .flatMap((row) => limitsOpenTo(ledger, row, today, startOn))
    .some((limit) => isFor(limit, unit) && isAwaited(book, dutyKeyOf(limit, unit)));
}

const isAwaited = (book: DutyBook, key: DutyKey) =>
  awaitsReport(book.statusOf(key)) && book.askedFor(key) === undefined;
