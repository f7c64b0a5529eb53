import { and, count, eq, inArray, isNull, lte, or, sql } from 'drizzle-orm';

import type { PersonId } from '../domain/person.js';
import type { WorkspaceId } from '../domain/workspace.js';
import { locked, type Queries, type Tx } from './queries.js';
import type { NewRow, Row } from './tables.js';

export type AwaitedFileRow = Row<'awaitedFiles'>;

export async function insertAwaitedFiles(
  tx: Tx,
  workspace: WorkspaceId,
  rows: NewRow<'awaitedFiles', 'sequence' | 'attempts' | 'takenUntil'>[],
): Promise<void> {
  if (rows.length === 0) return;
  await tx.insert(tx.t.awaitedFiles).values(rows.map((row) => ({ ...row, workspace })));
}

/** How many of a person are still to be fetched. */
export async function countAwaitedFiles(q: Queries, workspace: WorkspaceId, person: PersonId): Promise<number> {
  const t = q.t.awaitedFiles;
  const [row] = await q
    .select({ files: count() })
    .from(t)
    .where(and(eq(t.workspace, workspace), eq(t.personId, person)));
  return row?.files ?? 0;
}

export interface TakingFiles {
  now: Date;
  /** Until when the taker keeps them; one that crashes loses them then. */
  until: Date;
}

/**
 * Takes at most `limit` that are due and, with one that is, those that came in the same lane and have not been tried. Each goes
 * to one taker however many instances run. Counts an attempt.
 */
export async function takeAwaitedFiles(
  tx: Tx,
  workspace: WorkspaceId,
  { now, until }: TakingFiles,
  limit: number,
): Promise<AwaitedFileRow[]> {
  const t = tx.t.awaitedFiles;
  const isFree = or(isNull(t.takenUntil), lte(t.takenUntil, now));
  const due = await tx
    .select({ lane: t.lane })
    .from(t)
    .where(and(eq(t.workspace, workspace), isFree, lte(t.notBefore, now)))
    .orderBy(t.sequence)
    .limit(limit);
  const lanes = [...new Set(due.map(({ lane }) => lane))];
  if (lanes.length === 0) return [];
  const rows = await locked(
    tx
      .select()
      .from(t)
      .where(
        and(eq(t.workspace, workspace), inArray(t.lane, lanes), isFree, or(lte(t.notBefore, now), eq(t.attempts, 0))),
      )
      .orderBy(t.sequence)
      .limit(limit),
    { skipLocked: true },
  );
  if (rows.length === 0) return [];
  const taken = rows.map((row) => ({ ...row, takenUntil: until, attempts: row.attempts + 1 }));
  await tx
    .update(t)
    .set({ takenUntil: until, attempts: sql`${t.attempts} + 1` })
    .where(
      inArray(
        t.sequence,
        rows.map(({ sequence }) => sequence),
      ),
    );
  return taken;
}

/** Puts these back until their time has come. */
export async function putOffAwaitedFiles(
  tx: Tx,
  workspace: WorkspaceId,
  rows: { sequence: number; notBefore: Date }[],
): Promise<void> {
  const t = tx.t.awaitedFiles;
  for (const { sequence, notBefore } of rows) {
    await tx
      .update(t)
      .set({ notBefore, takenUntil: null })
      .where(and(eq(t.workspace, workspace), eq(t.sequence, sequence)));
  }
}

/** Settled, one way or another. Returns how many were still there. */
export async function deleteAwaitedFiles(tx: Tx, workspace: WorkspaceId, sequences: number[]): Promise<number> {
  const t = tx.t.awaitedFiles;
  const deleted = await tx
    .delete(t)
    .where(and(eq(t.workspace, workspace), inArray(t.sequence, sequences)))
    .returning({ sequence: t.sequence });
  return deleted.length;
}

/** The earliest of what nobody has taken. */
export async function nextAwaitedFileAt(q: Queries, workspace: WorkspaceId, now: Date): Promise<Date | null> {
  const t = q.t.awaitedFiles;
  const [row] = await q
    .select({ notBefore: t.notBefore })
    .from(t)
    .where(and(eq(t.workspace, workspace), or(isNull(t.takenUntil), lte(t.takenUntil, now))))
    .orderBy(t.notBefore)
    .limit(1);
  return row?.notBefore ?? null;
}
