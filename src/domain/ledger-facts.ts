import type { Duty } from './duty.js';
import type { Ledger } from './ledger.js';
import type { LocalDate } from './local-date.js';
import type { Task, TaskKey } from './task.js';
import type { UnitId } from './unit.js';
import type { UpdateKind } from './update-chain.js';

/** What stands in the history of a task, without who wrote it. */
export interface Report {
  sequence: number;
  year: number;
  task: TaskKey;
  unit: UnitId | null;
  kind: UpdateKind;
  /** Done on standing work, which ends this time round only. */
  standing: boolean;
  percent: number | null;
  note: string;
  on: LocalDate;
}

/** All that a table of the ledger is made from, as it stood at one moment: plain values, so that a thread can have them. */
export interface LedgerFacts {
  /** What the government is called. */
  workspace: string;
  ledger: Ledger;
  /** The rows to show, in the documents' order. */
  tasks: Task[];
  /** The unit whose rows they are, `null` for all. */
  unit: UnitId | null;
  duties: Duty[];
  /** The last report of each task. */
  reports: Report[];
  startOn: LocalDate;
  moment: Date;
  /** The day of `moment` on the wall. */
  today: LocalDate;
  /** 09:00 */
  time: string;
  /** The plans were amended since: rows and units are those of now. */
  amended: boolean;
}
