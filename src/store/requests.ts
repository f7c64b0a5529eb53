import { and, eq, sql } from 'drizzle-orm';

import type { DutyKey } from '../domain/duty.js';
import type { LocalDate } from '../domain/local-date.js';
import type { PersonId } from '../domain/person.js';
import type { TaskKey } from '../domain/task.js';
import type { UnitId } from '../domain/unit.js';
import type { WorkspaceId } from '../domain/workspace.js';
import { nextNumber } from './next-number.js';
import { locked, type Queries, type Tx } from './queries.js';
import { type Slots, statement } from './statement.js';
import type { NewRow, Opinion, RequestState, Row } from './tables.js';

export type RequestRow = Row<'requests'>;

type Undecided = 'number' | 'state' | 'opinion' | 'decidedBy' | 'decidedAt' | 'decision' | 'agreedBy' | 'grantedDue';

/** Returns its number, which counts from 1 within the workspace. */
export async function insertRequest(
  tx: Tx,
  workspace: WorkspaceId,
  row: NewRow<'requests', Undecided>,
): Promise<number> {
  const number = await nextNumber(tx, workspace, 'requests');
  await tx.insert(tx.t.requests).values({ ...row, workspace, number, state: 'waiting' });
  return number;
}

export async function findRequest(q: Queries, workspace: WorkspaceId, number: number): Promise<RequestRow | null> {
  const t = q.t.requests;
  const [row] = await q
    .select()
    .from(t)
    .where(and(eq(t.workspace, workspace), eq(t.number, number)));
  return row ?? null;
}

/** Locked, so that of two decisions at once the second sees the first. */
export async function lockRequest(tx: Tx, workspace: WorkspaceId, number: number): Promise<RequestRow | null> {
  const t = tx.t.requests;
  const [row] = await locked(
    tx
      .select()
      .from(t)
      .where(and(eq(t.workspace, workspace), eq(t.number, number))),
  );
  return row ?? null;
}

const waiting = statement('waiting_requests', (q: Queries, the: Slots<{ workspace: WorkspaceId }>) => {
  const t = q.t.requests;
  return q
    .select()
    .from(t)
    .where(and(eq(t.workspace, the('workspace')), eq(t.state, sql`'waiting'`)))
    .orderBy(t.number);
});

/** Oldest first. */
export async function listWaitingRequests(q: Queries, workspace: WorkspaceId): Promise<RequestRow[]> {
  return waiting(q, { workspace });
}

const ofTask = statement(
  'requests_of_task',
  (q: Queries, the: Slots<{ workspace: WorkspaceId; year: number; task: TaskKey }>) => {
    const t = q.t.requests;
    return q
      .select()
      .from(t)
      .where(and(eq(t.workspace, the('workspace')), eq(t.year, the('year')), eq(t.task, the('task'))));
  },
);

/** Every request on these tasks, whatever became of it, oldest first. */
export async function listRequestsOfTasks(
  q: Queries,
  workspace: WorkspaceId,
  year: number,
  tasks: TaskKey[],
): Promise<RequestRow[]> {
  const rows: RequestRow[] = [];
  for (const task of new Set(tasks)) rows.push(...(await ofTask(q, { workspace, year, task })));
  return rows.sort((a, b) => a.number - b.number);
}

/** What a supervisor says of it; a later opinion takes the place of the first. Lock the request first. */
export async function setOpinion(tx: Tx, workspace: WorkspaceId, number: number, opinion: Opinion): Promise<void> {
  const t = tx.t.requests;
  await tx
    .update(t)
    .set({ opinion })
    .where(and(eq(t.workspace, workspace), eq(t.number, number)));
}

/** What one person asked waits from now on for another: 交接. */
export async function handOverRequests(
  tx: Tx,
  workspace: WorkspaceId,
  { from, to }: { from: PersonId; to: PersonId },
): Promise<number> {
  const t = tx.t.requests;
  const handed = await tx
    .update(t)
    .set({ personId: to })
    .where(and(eq(t.workspace, workspace), eq(t.personId, from), eq(t.state, 'waiting')))
    .returning({ number: t.number });
  return handed.length;
}

/** What one unit asked waits as another's, about its duties. */
export async function setRequestUnit(
  tx: Tx,
  workspace: WorkspaceId,
  number: number,
  values: { unitId: UnitId; duties: DutyKey[] },
): Promise<void> {
  const t = tx.t.requests;
  await tx
    .update(t)
    .set(values)
    .where(and(eq(t.workspace, workspace), eq(t.number, number)));
}

export interface Decision {
  state: Exclude<RequestState, 'waiting'>;
  decidedBy: PersonId;
  decidedAt: Date;
  decision: string | null;
  agreedBy: string | null;
  grantedDue: LocalDate | null;
}

/** False when it was decided before. */
export async function decideRequest(
  tx: Tx,
  workspace: WorkspaceId,
  number: number,
  decision: Decision,
): Promise<boolean> {
  const t = tx.t.requests;
  const decided = await tx
    .update(t)
    .set(decision)
    .where(and(eq(t.workspace, workspace), eq(t.number, number), eq(t.state, 'waiting')))
    .returning({ number: t.number });
  return decided.length > 0;
}
