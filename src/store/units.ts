import { and, eq } from 'drizzle-orm';

import type { UnitId } from '../domain/unit.js';
import type { WorkspaceId } from '../domain/workspace.js';
import { inBatches, type Tx } from './queries.js';
import type { NewRow, Row } from './tables.js';
import { raiseLedgerVersion } from './workspaces.js';

export type UnitRow = Row<'units'>;
export type UnitAliasRow = Row<'unitAliases'>;
export type UnitMemberRow = Row<'unitMembers'>;

export async function insertUnits(tx: Tx, workspace: WorkspaceId, rows: NewRow<'units'>[]): Promise<void> {
  await inBatches(rows, (batch) => tx.insert(tx.t.units).values(batch.map((row) => ({ ...row, workspace }))));
}

export async function insertUnitAliases(tx: Tx, workspace: WorkspaceId, rows: NewRow<'unitAliases'>[]): Promise<void> {
  await inBatches(rows, (batch) => tx.insert(tx.t.unitAliases).values(batch.map((row) => ({ ...row, workspace }))));
}

export async function insertUnitMembers(tx: Tx, workspace: WorkspaceId, rows: NewRow<'unitMembers'>[]): Promise<void> {
  await inBatches(rows, (batch) => tx.insert(tx.t.unitMembers).values(batch.map((row) => ({ ...row, workspace }))));
}

/** One more name by which people call a unit; the same one twice does nothing. */
export async function addUnitAlias(
  tx: Tx,
  workspace: WorkspaceId,
  row: { alias: string; unitId: UnitId },
): Promise<void> {
  await tx
    .insert(tx.t.unitAliases)
    .values({ ...row, workspace })
    .onConflictDoNothing();
  await raiseLedgerVersion(tx, workspace);
}

export async function updateUnit(
  tx: Tx,
  workspace: WorkspaceId,
  id: UnitId,
  values: { name: string } | { mergedInto: UnitId },
): Promise<void> {
  const t = tx.t.units;
  await tx
    .update(t)
    .set(values)
    .where(and(eq(t.workspace, workspace), eq(t.id, id)));
  await raiseLedgerVersion(tx, workspace);
}
