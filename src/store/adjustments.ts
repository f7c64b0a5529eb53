import { and, eq, isNull, max } from 'drizzle-orm';

import type { TaskKey } from '../domain/task.js';
import type { WorkspaceId } from '../domain/workspace.js';
import type { Tx } from './queries.js';
import type { AdjustmentKind, NewRow } from './tables.js';
import { raiseLedgerVersion } from './workspaces.js';

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

export interface AdjustmentPlace {
  year: number;
  task: TaskKey;
  kind: AdjustmentKind;
  /** Of one limit; `null` is the task itself. */
  milestone: number | null;
}

/** What was set of this kind holds no longer; the rows stay. Returns how many they were. */
export async function endAdjustments(
  tx: Tx,
  workspace: WorkspaceId,
  { year, task, kind, milestone, endedAt }: AdjustmentPlace & { endedAt: Date },
): Promise<number> {
  const t = tx.t.adjustments;
  const ofTask = and(eq(t.workspace, workspace), eq(t.year, year), eq(t.task, task), eq(t.kind, kind));
  const ofLimit = milestone === null ? isNull(t.milestone) : eq(t.milestone, milestone);
  const ended = await tx
    .update(t)
    .set({ endedAt })
    .where(and(ofTask, ofLimit, isNull(t.endedAt)))
    .returning({ number: t.number });
  if (ended.length > 0) await raiseLedgerVersion(tx, workspace);
  return ended.length;
}
