import { and, eq, gt, inArray, isNull, lt, or } from 'drizzle-orm';

import type { WorkspaceId } from '../domain/workspace.js';
import type { Queries, Tx } from './queries.js';
import type { NewRow, Row } from './tables.js';

export type BindCodeRow = Row<'bindCodes'>;

export async function insertBindCode(
  tx: Tx,
  workspace: WorkspaceId,
  row: NewRow<'bindCodes', 'usedAt' | 'usedBy'>,
): Promise<void> {
  await tx.insert(tx.t.bindCodes).values({ ...row, workspace, usedAt: null, usedBy: null });
}

/** Whose code it is, among all workspaces: whoever sends one has none yet. `null` when unknown, used or too old. */
export async function findOpenBindCode(q: Queries, hash: string, now: Date): Promise<BindCodeRow | null> {
  const t = q.t.bindCodes;
  const [row] = await q
    .select()
    .from(t)
    .where(and(eq(t.hash, hash), isNull(t.usedAt), gt(t.expiresAt, now)));
  return row ?? null;
}

/** False when somebody used it a moment before. */
export async function useBindCode(
  tx: Tx,
  workspace: WorkspaceId,
  hash: string,
  used: { usedAt: Date; usedBy: string },
): Promise<boolean> {
  const t = tx.t.bindCodes;
  const rows = await tx
    .update(t)
    .set(used)
    .where(and(eq(t.workspace, workspace), eq(t.hash, hash), isNull(t.usedAt)))
    .returning({ hash: t.hash });
  return rows.length > 0;
}

/** Forgets at most `limit` that were used or expired before. Returns how many. */
export async function forgetBindCodes(tx: Tx, workspace: WorkspaceId, before: Date, limit: number): Promise<number> {
  const t = tx.t.bindCodes;
  const old = tx
    .select({ hash: t.hash })
    .from(t)
    .where(and(eq(t.workspace, workspace), or(lt(t.usedAt, before), lt(t.expiresAt, before))))
    .limit(limit);
  const forgotten = await tx
    .delete(t)
    .where(and(eq(t.workspace, workspace), inArray(t.hash, old)))
    .returning({ hash: t.hash });
  return forgotten.length;
}
