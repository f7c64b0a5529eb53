import { and, desc, eq } from 'drizzle-orm';

import type { WorkspaceId } from '../domain/workspace.js';
import { inBatches, type Queries, type Tx } from './queries.js';
import type { NewRow, Row } from './tables.js';

export type RosterChangeRow = Row<'rosterChanges'>;

export async function insertRosterChanges(
  tx: Tx,
  workspace: WorkspaceId,
  rows: NewRow<'rosterChanges', 'sequence'>[],
): Promise<void> {
  await inBatches(rows, (batch) => tx.insert(tx.t.rosterChanges).values(batch.map((row) => ({ ...row, workspace }))));
}

/** What happened to one person or unit, newest first. */
export async function listRosterChangesOf(
  q: Queries,
  workspace: WorkspaceId,
  subject: string,
  limit: number,
): Promise<RosterChangeRow[]> {
  const t = q.t.rosterChanges;
  return q
    .select()
    .from(t)
    .where(and(eq(t.workspace, workspace), eq(t.subject, subject)))
    .orderBy(desc(t.sequence))
    .limit(limit);
}

/** What happened to units, oldest first. */
export async function listUnitChanges(q: Queries, workspace: WorkspaceId): Promise<RosterChangeRow[]> {
  const t = q.t.rosterChanges;
  return q
    .select()
    .from(t)
    .where(and(eq(t.workspace, workspace), eq(t.kind, 'unit')))
    .orderBy(t.sequence);
}
