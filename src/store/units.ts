import type { WorkspaceId } from '../domain/workspace.js';
import { inBatches, type Tx } from './queries.js';
import type { NewRow, Row } from './tables.js';

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
