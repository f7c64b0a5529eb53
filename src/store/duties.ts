import { and, eq, inArray, sql } from 'drizzle-orm';

import type { TaskKey } from '../domain/task.js';
import type { WorkspaceId } from '../domain/workspace.js';
import { byWords, type Queries, type Tx } from './queries.js';
import { type Slots, statement } from './statement.js';
import type { Row } from './tables.js';

export type DutyRow = Row<'duties'>;

const ofYear = statement('duties_of_year', (q: Queries, the: Slots<{ workspace: WorkspaceId; year: number }>) => {
  const t = q.t.duties;
  return q
    .select()
    .from(t)
    .where(and(eq(t.workspace, the('workspace')), eq(t.year, the('year'))));
});

/** A query is built once for each of these counts of tasks; a shorter list is filled up by its last one. */
const sizes = [1, 2, 4, 8, 16, 64, 256];
const largest = 256;

const ofTasks = sizes.map((size) => ({
  size,
  read: statement(
    `duties_of_${size}_tasks`,
    (q: Queries, the: Slots<{ workspace: WorkspaceId; year: number } & Record<`task${number}`, TaskKey>>) => {
      const t = q.t.duties;
      const tasks = Array.from({ length: size }, (_, index) => the(`task${index}`));
      return q
        .select()
        .from(t)
        .where(and(eq(t.workspace, the('workspace')), eq(t.year, the('year')), inArray(t.task, tasks)));
    },
  ),
}));

async function listOfTasks(q: Queries, workspace: WorkspaceId, year: number, tasks: TaskKey[]): Promise<DutyRow[]> {
  const fitting = ofTasks.find(({ size }) => size >= tasks.length);
  const last = tasks.at(-1);
  if (last === undefined) return [];
  if (fitting) {
    const filled = Array.from({ length: fitting.size }, (_, index) => [`task${index}`, tasks[index] ?? last] as const);
    return fitting.read(q, { workspace, year, ...Object.fromEntries(filled) });
  }
  const first = await listOfTasks(q, workspace, year, tasks.slice(0, largest));
  return [...first, ...(await listOfTasks(q, workspace, year, tasks.slice(largest)))];
}

/** The duties of a year that somebody has reported on, or those of `tasks`. */
export async function listDuties(
  q: Queries,
  workspace: WorkspaceId,
  year: number,
  tasks?: TaskKey[],
): Promise<DutyRow[]> {
  const rows = await (tasks ? listOfTasks(q, workspace, year, [...new Set(tasks)]) : ofYear(q, { workspace, year }));
  return byWords(rows, (duty) => `${duty.task} ${duty.milestone} ${duty.occurrence} ${duty.unitId}`);
}

const upsert = statement('upsert_duty', (tx: Tx, the: Slots<DutyRow>) => {
  const t = tx.t.duties;
  return tx
    .insert(t)
    .values({
      workspace: the('workspace'),
      year: the('year'),
      task: the('task'),
      milestone: the('milestone'),
      occurrence: the('occurrence'),
      unitId: the('unitId'),
      status: the('status'),
      percent: the('percent'),
      problem: the('problem'),
      changedAt: the('changedAt'),
      changedBy: the('changedBy'),
      sequence: the('sequence'),
    })
    .onConflictDoUpdate({
      target: [t.workspace, t.year, t.task, t.milestone, t.occurrence, t.unitId],
      set: {
        status: sql`excluded.status`,
        percent: sql`excluded.percent`,
        problem: sql`excluded.problem`,
        changedAt: sql`excluded.changed_at`,
        changedBy: sql`excluded.changed_by`,
        sequence: sql`excluded.sequence`,
      },
    });
});

/** Sets status, percent and who changed it, of duties that exist or not. Lock the task first. */
export async function upsertDuties(tx: Tx, workspace: WorkspaceId, rows: Omit<DutyRow, 'workspace'>[]): Promise<void> {
  for (const row of rows) await upsert(tx, { ...row, workspace });
}
