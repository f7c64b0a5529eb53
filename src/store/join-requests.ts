import { and, eq } from 'drizzle-orm';

import type { PersonId } from '../domain/person.js';
import type { WorkspaceId } from '../domain/workspace.js';
import { nextNumber } from './next-number.js';
import type { Queries, Tx } from './queries.js';
import type { NewRow, Row } from './tables.js';

export type JoinRequestRow = Row<'joinRequests'>;

/** Returns its number, which counts from 1 within the workspace. */
export async function insertJoinRequest(
  tx: Tx,
  workspace: WorkspaceId,
  row: NewRow<'joinRequests', 'number' | 'state' | 'decidedBy' | 'decidedAt'>,
): Promise<number> {
  const number = await nextNumber(tx, workspace, 'joinRequests');
  await tx
    .insert(tx.t.joinRequests)
    .values({ ...row, workspace, number, state: 'waiting', decidedBy: null, decidedAt: null });
  return number;
}

export async function findJoinRequest(
  q: Queries,
  workspace: WorkspaceId,
  number: number,
): Promise<JoinRequestRow | null> {
  const t = q.t.joinRequests;
  const [row] = await q
    .select()
    .from(t)
    .where(and(eq(t.workspace, workspace), eq(t.number, number)));
  return row ?? null;
}

export async function listWaitingJoinRequests(q: Queries, workspace: WorkspaceId): Promise<JoinRequestRow[]> {
  const t = q.t.joinRequests;
  return q
    .select()
    .from(t)
    .where(and(eq(t.workspace, workspace), eq(t.state, 'waiting')))
    .orderBy(t.number);
}

/** False when it was decided before. */
export async function decideJoinRequest(
  tx: Tx,
  workspace: WorkspaceId,
  number: number,
  decision: { state: 'granted' | 'refused'; decidedBy: PersonId; decidedAt: Date },
): Promise<boolean> {
  const t = tx.t.joinRequests;
  const decided = await tx
    .update(t)
    .set(decision)
    .where(and(eq(t.workspace, workspace), eq(t.number, number), eq(t.state, 'waiting')))
    .returning({ number: t.number });
  return decided.length > 0;
}
