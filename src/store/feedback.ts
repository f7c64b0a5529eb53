import { desc, eq } from 'drizzle-orm';

import type { WorkspaceId } from '../domain/workspace.js';
import { nextNumber } from './next-number.js';
import type { Queries, Tx } from './queries.js';
import type { NewRow, Row } from './tables.js';

export type FeedbackRow = Row<'feedback'>;

/** Returns its number, which counts from 1 within the workspace. */
export async function insertFeedback(
  tx: Tx,
  workspace: WorkspaceId,
  row: NewRow<'feedback', 'number'>,
): Promise<number> {
  const number = await nextNumber(tx, workspace, 'feedback');
  await tx.insert(tx.t.feedback).values({ ...row, workspace, number });
  return number;
}

/** Newest first. */
export async function listRecentFeedback(q: Queries, workspace: WorkspaceId, limit: number): Promise<FeedbackRow[]> {
  const t = q.t.feedback;
  return q.select().from(t).where(eq(t.workspace, workspace)).orderBy(desc(t.number)).limit(limit);
}
