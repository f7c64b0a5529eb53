import { awaitsReport, type DutyBook } from './duty.js';
import {
  decidingParties,
  heirOf,
  inDocumentOrder,
  isClosedPlan,
  type Ledger,
  listWorks,
  taskOfKey,
  type Work,
  wholeOf,
} from './ledger.js';
import { dutyKeyOf, isFor, limitsOpenTo } from './limit.js';
import type { LocalDate } from './local-date.js';
import type { Task, TaskKey } from './task.js';
import type { UnitId } from './unit.js';
import type { UpdateKind } from './update-chain.js';

export interface WorkKey {
  year: number;
  key: TaskKey;
}

/** What one unit owes in a round: a report on each of these pieces of work, or 无变化. */
export interface Owed {
  unit: UnitId;
  tasks: WorkKey[];
}

/** A report as a round counts it. */
export interface Received extends Pick<WorkKey, 'year'> {
  task: TaskKey;
  unitId: UnitId | null;
  kind: UpdateKind;
  changes: { task: TaskKey; unit: UnitId }[];
}

const counted: readonly UpdateKind[] = ['done', 'progress', 'block', 'no-change'];

/** 镇, 乡 and 街道 are asked only when the round says so. */
export function isTownship(name: string): boolean {
  return /(?:[镇乡]|街道)(?:办事处|人民政府|政府)?$/u.test(name);
}

/** The open work of each unit that decides it, in the document's order. */
export function openWorkByUnit(
  ledger: Ledger,
  tasks: Task[],
  book: DutyBook,
  today: LocalDate,
  startOn: LocalDate,
): Owed[] {
  const byUnit = new Map<UnitId, WorkKey[]>();
  for (const work of listWorks(ledger, tasks)) {
    for (const unit of unitsAwaited(ledger, work, book, today, startOn)) {
      byUnit.set(unit, [...(byUnit.get(unit) ?? []), { year: work.task.year, key: work.task.key }]);
    }
  }
  const order = inDocumentOrder(ledger);
  return [...byUnit].map(([unit, owed]) => ({ unit, tasks: owed })).sort((a, b) => order(a.unit, b.unit));
}

function unitsAwaited(
  ledger: Ledger,
  { task, parts }: Work,
  book: DutyBook,
  today: LocalDate,
  startOn: LocalDate,
): Set<UnitId> {
  const units = new Set<UnitId>();
  for (const row of [task, ...parts]) {
    const members = decidingParties(ledger, row).flatMap((party) => party.members);
    for (const limit of limitsOpenTo(ledger, row, today, startOn)) {
      for (const unit of members) {
        if (isFor(limit, unit) && awaitsReport(book.statusOf(dutyKeyOf(limit, unit)))) units.add(unit);
      }
    }
  }
  return units;
}

function isOfClosedPlan(ledger: Ledger, year: number, key: TaskKey): boolean {
  const task = taskOfKey(ledger, year, key);
  return task !== undefined && isClosedPlan(ledger, task);
}

/** What was asked of a unit that has been merged since is asked of its heir; of a plan that is closed nothing is. */
export function owedNow(ledger: Ledger, owed: Owed[]): Owed[] {
  const byUnit = Map.groupBy(owed, ({ unit }) => heirOf(ledger, unit));
  return [...byUnit].map(([unit, some]) => {
    const tasks = new Map(some.flatMap((one) => one.tasks).map((task) => [`${task.year} ${task.key}`, task]));
    return { unit, tasks: [...tasks.values()].filter(({ year, key }) => !isOfClosedPlan(ledger, year, key)) };
  });
}

/** What is left of a round after these reports, unit by unit; who has given everything is not there. */
export function stillOwed(ledger: Ledger, owed: Owed[], received: Received[]): Owed[] {
  const given = new Set<string>();
  for (const update of received) {
    if (!counted.includes(update.kind)) continue;
    const units = update.unitId === null ? update.changes.map(({ unit }) => unit) : [update.unitId];
    for (const task of [update.task, ...update.changes.map((change) => change.task)]) {
      const row = taskOfKey(ledger, update.year, task);
      if (!row) continue;
      for (const unit of units) given.add(givenKey(heirOf(ledger, unit), update.year, wholeOf(ledger, row).key));
    }
  }
  return owed
    .map(({ unit, tasks }) => ({ unit, tasks: tasks.filter(({ year, key }) => !given.has(givenKey(unit, year, key))) }))
    .filter(({ tasks }) => tasks.length > 0);
}

const givenKey = (unit: UnitId, year: number, task: TaskKey) => `${unit} ${year} ${task}`;
