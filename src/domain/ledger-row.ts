import { DutyBook, type DutyStatus } from './duty.js';
import { decidingParties, type Ledger, partsOf, planOf, wholeOf } from './ledger.js';
import type { LedgerFacts, Report } from './ledger-facts.js';
import { dutyKeyOf, type Limit, limitsOpenTo } from './limit.js';
import type { Plan } from './plan.js';
import type { Task } from './task.js';
import type { UnitId } from './unit.js';
import { stateOfWork, type WorkState } from './work-status.js';

/** One row of the 台账: a task or an annex row, with all that the ledger knows of it. */
export interface LedgerRow {
  /** From 1, in the order of the table. */
  number: number;
  task: Task;
  plan: Plan | undefined;
  /** The task that this annex row is part of. */
  whole: Task | null;
  parts: Task[];
  state: WorkState;
  /** What each deciding unit has reported on each limit. */
  standings: UnitStanding[];
  /** The last that was reported on it, on its parts, or on the task that it is part of. */
  latest: Report | null;
}

export interface UnitStanding {
  unit: UnitId;
  limits: { limit: Limit; status: DutyStatus }[];
}

export function ledgerRows(facts: LedgerFacts): LedgerRow[] {
  const { ledger, today, startOn } = facts;
  const book = new DutyBook(facts.duties);
  const reports = new Map(facts.reports.map((report) => [`${report.year} ${report.task}`, report]));
  return facts.tasks.map((task, index) => {
    const whole = wholeOf(ledger, task);
    const parts = partsOf(ledger, task);
    return {
      number: index + 1,
      task,
      plan: planOf(ledger, task),
      whole: whole === task ? null : whole,
      parts,
      state: stateOfWork(ledger, { task, parts }, book, today, startOn),
      standings: standingsOf(ledger, limitsOpenTo(ledger, task, today, startOn), task, book),
      latest: latestOf([task, ...parts, whole].flatMap((one) => reports.get(`${one.year} ${one.key}`) ?? [])),
    };
  });
}

function standingsOf(ledger: Ledger, limits: Limit[], task: Task, book: DutyBook): UnitStanding[] {
  const units = new Set(decidingParties(ledger, task).flatMap((party) => party.members));
  return [...units].map((unit) => ({
    unit,
    limits: limits.map((limit) => ({ limit, status: book.statusOf(dutyKeyOf(limit, unit)) })),
  }));
}

function latestOf(reports: Report[]): Report | null {
  return reports.reduce<Report | null>((last, one) => (last && last.sequence > one.sequence ? last : one), null);
}
