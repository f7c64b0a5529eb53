import { and, eq, getTableColumns } from 'drizzle-orm';

import type { PersonId } from '../domain/person.js';
import type { WorkspaceId } from '../domain/workspace.js';
import { nextNumber } from './next-number.js';
import type { Queries, Tx } from './queries.js';
import type { NewRow, Row } from './tables.js';

export type ImportRow = Row<'imports'>;
export type ImportEntry = Omit<ImportRow, 'text' | 'draft'>;

/** Returns its number, which counts from 1 within the workspace. */
export async function insertImport(
  tx: Tx,
  workspace: WorkspaceId,
  row: NewRow<'imports', 'number' | 'state' | 'decidedBy' | 'decidedAt'>,
): Promise<number> {
  const number = await nextNumber(tx, workspace, 'imports');
  await tx
    .insert(tx.t.imports)
    .values({ ...row, workspace, number, state: 'proposed', decidedBy: null, decidedAt: null });
  return number;
}

export async function findImport(q: Queries, workspace: WorkspaceId, number: number): Promise<ImportRow | null> {
  const t = q.t.imports;
  const [row] = await q
    .select()
    .from(t)
    .where(and(eq(t.workspace, workspace), eq(t.number, number)));
  return row ?? null;
}

/** Those that nobody has decided, without text and draft. */
export async function listProposedImports(q: Queries, workspace: WorkspaceId): Promise<ImportEntry[]> {
  const t = q.t.imports;
  const { text: _, draft: __, ...columns } = getTableColumns(t);
  return q
    .select(columns)
    .from(t)
    .where(and(eq(t.workspace, workspace), eq(t.state, 'proposed')))
    .orderBy(t.number);
}

/** False when it was decided before. */
export async function decideImport(
  tx: Tx,
  workspace: WorkspaceId,
  number: number,
  decision: { state: 'confirmed' | 'discarded'; decidedBy: PersonId; decidedAt: Date },
): Promise<boolean> {
  const t = tx.t.imports;
  const decided = await tx
    .update(t)
    .set(decision)
    .where(and(eq(t.workspace, workspace), eq(t.number, number), eq(t.state, 'proposed')))
    .returning({ number: t.number });
  return decided.length > 0;
}
