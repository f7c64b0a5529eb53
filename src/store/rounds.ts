import { and, desc, eq, gte, isNull } from 'drizzle-orm';

import type { LocalDate } from '../domain/local-date.js';
import type { WorkspaceId } from '../domain/workspace.js';
import { nextNumber } from './next-number.js';
import type { Queries, Tx } from './queries.js';
import type { NewRow, Row } from './tables.js';

export type RoundRow = Row<'rounds'>;

/** Returns its number, which counts from 1 within the workspace. */
export async function insertRound(
  tx: Tx,
  workspace: WorkspaceId,
  row: NewRow<'rounds', 'number' | 'state' | 'remindedAt' | 'closedAt'>,
): Promise<number> {
  const number = await nextNumber(tx, workspace, 'rounds');
  await tx.insert(tx.t.rounds).values({ ...row, workspace, number, state: 'open' });
  return number;
}

export async function listOpenRounds(q: Queries, workspace: WorkspaceId): Promise<RoundRow[]> {
  const t = q.t.rounds;
  return q
    .select()
    .from(t)
    .where(and(eq(t.workspace, workspace), eq(t.state, 'open')))
    .orderBy(t.number);
}

/** Those whose last day is `day` or later, newest first. */
export async function listRoundsSince(q: Queries, workspace: WorkspaceId, day: LocalDate): Promise<RoundRow[]> {
  const t = q.t.rounds;
  return q
    .select()
    .from(t)
    .where(and(eq(t.workspace, workspace), gte(t.lastDay, day)))
    .orderBy(desc(t.number));
}

/** False when it was closed before. */
export async function closeRound(tx: Tx, workspace: WorkspaceId, number: number, closedAt: Date): Promise<boolean> {
  const t = tx.t.rounds;
  const closed = await tx
    .update(t)
    .set({ state: 'closed', closedAt })
    .where(and(eq(t.workspace, workspace), eq(t.number, number), eq(t.state, 'open')))
    .returning({ number: t.number });
  return closed.length > 0;
}

/** False when it was done before: those missing are reminded once. */
export async function markRoundReminded(
  tx: Tx,
  workspace: WorkspaceId,
  number: number,
  remindedAt: Date,
): Promise<boolean> {
  const t = tx.t.rounds;
  const marked = await tx
    .update(t)
    .set({ remindedAt })
    .where(and(eq(t.workspace, workspace), eq(t.number, number), isNull(t.remindedAt)))
    .returning({ number: t.number });
  return marked.length > 0;
}

/** Puts off its last day; on the new one those missing are reminded, whether they were before or not. */
export async function setRoundLastDay(
  tx: Tx,
  workspace: WorkspaceId,
  number: number,
  lastDay: LocalDate,
): Promise<void> {
  const t = tx.t.rounds;
  await tx
    .update(t)
    .set({ lastDay, remindedAt: null })
    .where(and(eq(t.workspace, workspace), eq(t.number, number)));
}
