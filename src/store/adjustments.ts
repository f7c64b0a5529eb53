import { and, eq, isNull, max } from 'drizzle-orm';

import type { TaskKey } from '../domain/task.js';
import type { WorkspaceId } from '../domain/workspace.js';
import type { Tx } from './queries.js';
import type { AdjustmentKind, NewRow, Row } from './tables.js';
import { raiseLedgerVersion } from './workspaces.js';

export type AdjustmentRow = Row<'adjustments'>;

/** Sets something beside the document's words; it counts from the ledger's next version. Lock the task first. */
export async function insertAdjustment(
  tx: Tx,
  workspace: WorkspaceId,
  row: NewRow<'adjustments', 'number' | 'endedAt'>,
): Promise<number> {
  const t = tx.t.adjustments;
  const [last] = await tx
    .select({ number: max(t.number) })
    .from(t)
    .where(and(eq(t.workspace, workspace), eq(t.year, row.year), eq(t.task, row.task)));
  const number = (last?.number ?? 0) + 1;
  await tx.insert(t).values({ ...row, workspace, number });
  await raiseLedgerVersion(tx, workspace);
  return number;
}

/** What was set of this kind holds no longer; the row stays. */
export async function endAdjustments(
  tx: Tx,
  workspace: WorkspaceId,
  { year, task, kind, endedAt }: { year: number; task: TaskKey; kind: AdjustmentKind; endedAt: Date },
): Promise<void> {
  const t = tx.t.adjustments;
  await tx
    .update(t)
    .set({ endedAt })
    .where(and(eq(t.workspace, workspace), eq(t.year, year), eq(t.task, task), eq(t.kind, kind), isNull(t.endedAt)));
  await raiseLedgerVersion(tx, workspace);
}
