import type { WorkspaceId } from '../domain/workspace.js';
import { inBatches, type Tx } from './queries.js';
import type { NewRow, Row } from './tables.js';
import { raiseLedgerVersion } from './workspaces.js';

export type CarriedTaskRow = Row<'carriedTasks'>;

/** 结转: from a task of a closed plan to one of the next. They count from the ledger's next version. */
export async function insertCarriedTasks(
  tx: Tx,
  workspace: WorkspaceId,
  rows: NewRow<'carriedTasks'>[],
): Promise<void> {
  await inBatches(rows, (batch) => tx.insert(tx.t.carriedTasks).values(batch.map((row) => ({ ...row, workspace }))));
  await raiseLedgerVersion(tx, workspace);
}
