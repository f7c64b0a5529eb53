import { eq } from 'drizzle-orm';

import type { WorkspaceId } from '../domain/workspace.js';
import type { Queries, Tx } from './queries.js';
import type { NewRow, Row } from './tables.js';

export type SealRow = Row<'seals'>;

/** False when the day was sealed before. */
export async function insertSeal(tx: Tx, workspace: WorkspaceId, row: NewRow<'seals'>): Promise<boolean> {
  const t = tx.t.seals;
  const inserted = await tx
    .insert(t)
    .values({ ...row, workspace })
    .onConflictDoNothing()
    .returning({ day: t.day });
  return inserted.length > 0;
}

/** Oldest first. */
export async function listSeals(q: Queries, workspace: WorkspaceId): Promise<SealRow[]> {
  const t = q.t.seals;
  return q.select().from(t).where(eq(t.workspace, workspace)).orderBy(t.day);
}
