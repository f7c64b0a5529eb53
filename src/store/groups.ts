import { and, eq, isNull } from 'drizzle-orm';

import type { GroupId, WorkspaceId } from '../domain/workspace.js';
import { byWords, type Queries, type Tx } from './queries.js';
import { type Slots, statement } from './statement.js';
import type { NewRow, Row } from './tables.js';
import { raiseRosterVersion } from './workspaces.js';

export type GroupRow = Row<'groups'>;

export interface Chat {
  platform: string;
  account: string;
  chatId: string;
}

export async function insertGroup(
  tx: Tx,
  workspace: WorkspaceId,
  row: Omit<NewRow<'groups'>, 'lostAt' | 'lostWhy' | 'webhook' | 'weeklyMessages'> & { webhook?: string | null },
): Promise<void> {
  await tx.insert(tx.t.groups).values({ ...row, workspace });
  await raiseRosterVersion(tx, workspace);
}

const one = statement('group', (q: Queries, the: Slots<{ workspace: WorkspaceId; id: GroupId }>) => {
  const t = q.t.groups;
  return q
    .select()
    .from(t)
    .where(and(eq(t.workspace, the('workspace')), eq(t.id, the('id'))));
});

export async function findGroup(q: Queries, workspace: WorkspaceId, id: GroupId): Promise<GroupRow | null> {
  const [row] = await one(q, { workspace, id });
  return row ?? null;
}

/** The chat is the group's again: what was lost is found, the name as the platform tells it now. */
export async function restoreGroup(
  tx: Tx,
  workspace: WorkspaceId,
  id: GroupId,
  values: { name: string; plans: string[] | null },
): Promise<void> {
  const t = tx.t.groups;
  await tx
    .update(t)
    .set({ ...values, lostAt: null, lostWhy: null })
    .where(and(eq(t.workspace, workspace), eq(t.id, id)));
  await raiseRosterVersion(tx, workspace);
}

/** `null` as the workspace says. */
export async function setGroupWeeklyMessages(
  tx: Tx,
  workspace: WorkspaceId,
  id: GroupId,
  weeklyMessages: number | null,
): Promise<void> {
  const t = tx.t.groups;
  await tx
    .update(t)
    .set({ weeklyMessages })
    .where(and(eq(t.workspace, workspace), eq(t.id, id)));
  await raiseRosterVersion(tx, workspace);
}

/** The webhook is a credential: it comes from the command line or the environment, never from a chat. */
export async function setGroupWebhook(
  tx: Tx,
  workspace: WorkspaceId,
  id: GroupId,
  webhook: string | null,
): Promise<void> {
  const t = tx.t.groups;
  await tx
    .update(t)
    .set({ webhook, lostAt: null, lostWhy: null })
    .where(and(eq(t.workspace, workspace), eq(t.id, id)));
  await raiseRosterVersion(tx, workspace);
}

/** False when it was marked before. */
export async function markGroupLost(
  tx: Tx,
  workspace: WorkspaceId,
  id: GroupId,
  lost: { lostAt: Date; lostWhy: string },
): Promise<boolean> {
  const t = tx.t.groups;
  const marked = await tx
    .update(t)
    .set(lost)
    .where(and(eq(t.workspace, workspace), eq(t.id, id), isNull(t.lostAt)))
    .returning({ id: t.id });
  if (marked.length > 0) await raiseRosterVersion(tx, workspace);
  return marked.length > 0;
}

const all = statement('groups', (q: Queries, the: Slots<{ workspace: WorkspaceId }>) => {
  const t = q.t.groups;
  return q
    .select()
    .from(t)
    .where(eq(t.workspace, the('workspace')));
});

/** In the order in which they were bound. */
export async function listGroups(q: Queries, workspace: WorkspaceId): Promise<GroupRow[]> {
  const groups = byWords(await all(q, { workspace }), (group) => group.id);
  return groups.sort((a, b) => a.boundAt.getTime() - b.boundAt.getTime());
}
