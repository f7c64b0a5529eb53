import { listWorks, type Work } from '../../domain/ledger.js';
import type { UnitId } from '../../domain/unit.js';
import { hasStatus, stateOfWork, type WorkState, type WorkStatus } from '../../domain/work-status.js';
import type { Context } from '../context.js';
import { readDutyBook } from '../duty/duty-book.js';
import { readAskedExtensions } from '../request/waiting-requests.js';
import type { TaskView } from './tasks-in-view.js';

export interface WorkEntry {
  work: Work;
  state: WorkState;
}

/** The pieces of work in view, in document order, with where each stands. */
export async function listWorkEntries(ctx: Context, view: TaskView, status?: WorkStatus): Promise<WorkEntry[]> {
  const entries = await entriesOf(ctx, view, null);
  return entries.filter((entry) => status === undefined || hasStatus(entry.state, status));
}

/** The same with where each stands for the unit itself, where it decides. */
export function listWorkEntriesOfUnit(ctx: Context, view: TaskView, unit: UnitId): Promise<WorkEntry[]> {
  return entriesOf(ctx, view, unit);
}

async function entriesOf(ctx: Context, view: TaskView, unit: UnitId | null): Promise<WorkEntry[]> {
  const { ledger, today, startOn } = ctx;
  const works = listWorks(ledger, view.tasks);
  const book = await readDutyBook(
    ctx,
    works.flatMap((work) => [work.task, ...work.parts]),
    await readAskedExtensions(ctx),
  );
  return works.map((work) => ({
    work,
    state: stateOfWork(ledger, work, book, today, startOn, unit),
  }));
}

/** Ledger rows in view: a unit may be named in an annex row of a task that does not name it. */
export function countViewRows(entries: WorkEntry[], view: TaskView): number {
  const inView = new Set(view.tasks);
  return entries.reduce(
    (sum, { work }) => sum + [work.task, ...work.parts].filter((task) => inView.has(task)).length,
    0,
  );
}
