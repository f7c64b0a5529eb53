import { and, eq, getTableColumns } from 'drizzle-orm';

import type { WorkspaceId } from '../domain/workspace.js';
import { byWords, type Queries, type Tx } from './queries.js';
import type { NewRow, Row } from './tables.js';

export type DocumentRow = Row<'documents'>;
export type DocumentEntry = Omit<DocumentRow, 'text'>;

export async function insertDocument(tx: Tx, workspace: WorkspaceId, row: NewRow<'documents'>): Promise<void> {
  await tx.insert(tx.t.documents).values({ ...row, workspace });
}

export async function findDocument(q: Queries, workspace: WorkspaceId, id: string): Promise<DocumentRow | null> {
  const t = q.t.documents;
  const [row] = await q
    .select()
    .from(t)
    .where(and(eq(t.workspace, workspace), eq(t.id, id)));
  return row ?? null;
}

/** Without the text, in the order of import. */
export async function listDocuments(q: Queries, workspace: WorkspaceId): Promise<DocumentEntry[]> {
  const t = q.t.documents;
  const { text: _, ...columns } = getTableColumns(t);
  const rows = await q.select(columns).from(t).where(eq(t.workspace, workspace));
  return byWords(rows, (row) => `${row.importedAt.toISOString()} ${row.id}`);
}
