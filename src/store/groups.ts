import { and, eq } from 'drizzle-orm';

import type { GroupId, WorkspaceId } from '../domain/workspace.js';
import { byWords, type Queries, type Tx } from './queries.js';
import { type Slots, statement } from './statement.js';
import type { NewRow, Row } from './tables.js';

export type GroupRow = Row<'groups'>;

export interface Chat {
  platform: string;
  account: string;
  chatId: string;
}

export async function insertGroup(tx: Tx, workspace: WorkspaceId, row: NewRow<'groups'>): Promise<void> {
  await tx.insert(tx.t.groups).values({ ...row, workspace });
}

const groupOfChat = statement('group_of_chat', (q: Queries, the: Slots<Chat & { workspace: WorkspaceId }>) => {
  const t = q.t.groups;
  return q
    .select()
    .from(t)
    .where(
      and(
        eq(t.workspace, the('workspace')),
        eq(t.platform, the('platform')),
        eq(t.account, the('account')),
        eq(t.chatId, the('chatId')),
      ),
    );
});

export async function findGroupByChat(q: Queries, workspace: WorkspaceId, chat: Chat): Promise<GroupRow | null> {
  const { platform, account, chatId } = chat;
  const [row] = await groupOfChat(q, { workspace, platform, account, chatId });
  return row ?? null;
}

export async function findGroup(q: Queries, workspace: WorkspaceId, id: GroupId): Promise<GroupRow | null> {
  const t = q.t.groups;
  const [row] = await q
    .select()
    .from(t)
    .where(and(eq(t.workspace, workspace), eq(t.id, id)));
  return row ?? null;
}

export async function listGroups(q: Queries, workspace: WorkspaceId): Promise<GroupRow[]> {
  const t = q.t.groups;
  return byWords(await q.select().from(t).where(eq(t.workspace, workspace)), (group) => group.id);
}
