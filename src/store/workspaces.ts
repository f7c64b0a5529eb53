import { eq, sql } from 'drizzle-orm';

import type { LocalDate } from '../domain/local-date.js';
import type { WorkspaceId } from '../domain/workspace.js';
import { byWords, locked, type Queries, type Tx } from './queries.js';
import { type Slots, statement } from './statement.js';
import type { Row } from './tables.js';

export type WorkspaceRow = Row<'workspaces'>;

export async function insertWorkspace(
  tx: Tx,
  row: Omit<WorkspaceRow, 'ledgerVersion' | 'rosterVersion'>,
): Promise<void> {
  await tx.insert(tx.t.workspaces).values(row);
}

const one = statement('workspace', (q: Queries, the: Slots<{ workspace: WorkspaceId }>) =>
  q
    .select()
    .from(q.t.workspaces)
    .where(eq(q.t.workspaces.id, the('workspace'))),
);

export async function findWorkspace(q: Queries, workspace: WorkspaceId): Promise<WorkspaceRow | null> {
  const [row] = await one(q, { workspace });
  return row ?? null;
}

/** Nobody else who locks it goes on until the transaction ends: for what is decided by looking at several rows. */
export async function lockWorkspace(tx: Tx, workspace: WorkspaceId): Promise<void> {
  const t = tx.t.workspaces;
  await locked(tx.select({ id: t.id }).from(t).where(eq(t.id, workspace)));
}

const all = statement('workspaces', (q: Queries) => q.select().from(q.t.workspaces));

export async function listWorkspaces(q: Queries): Promise<WorkspaceRow[]> {
  return byWords(await all(q, {}), (row) => row.id);
}

const version = statement('ledger_version', (q: Queries, the: Slots<{ workspace: WorkspaceId }>) =>
  q
    .select({ version: q.t.workspaces.ledgerVersion })
    .from(q.t.workspaces)
    .where(eq(q.t.workspaces.id, the('workspace'))),
);

/** 0 for a workspace that does not exist. */
export async function ledgerVersion(q: Queries, workspace: WorkspaceId): Promise<number> {
  const [row] = await version(q, { workspace });
  return row?.version ?? 0;
}

/** Returns the new version. Called in every transaction that changes plans, tasks, links, units or aliases. */
export async function raiseLedgerVersion(tx: Tx, workspace: WorkspaceId): Promise<number> {
  const t = tx.t.workspaces;
  const [row] = await tx
    .update(t)
    .set({ ledgerVersion: sql`${t.ledgerVersion} + 1` })
    .where(eq(t.id, workspace))
    .returning({ version: t.ledgerVersion });
  return row?.version ?? 0;
}

/** Called in every transaction that changes people, accounts or groups. */
export async function raiseRosterVersion(tx: Tx, workspace: WorkspaceId): Promise<void> {
  const t = tx.t.workspaces;
  await tx
    .update(t)
    .set({ rosterVersion: sql`${t.rosterVersion} + 1` })
    .where(eq(t.id, workspace));
}

export async function setStartOn(tx: Tx, workspace: WorkspaceId, startOn: LocalDate | null): Promise<void> {
  await tx.update(tx.t.workspaces).set({ startOn }).where(eq(tx.t.workspaces.id, workspace));
}

export async function setSettings(tx: Tx, workspace: WorkspaceId, settings: WorkspaceRow['settings']): Promise<void> {
  await tx.update(tx.t.workspaces).set({ settings }).where(eq(tx.t.workspaces.id, workspace));
}
