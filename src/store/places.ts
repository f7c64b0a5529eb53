import { and, eq } from 'drizzle-orm';

import type { WorkspaceId } from '../domain/workspace.js';
import type { Chat } from './groups.js';
import type { Queries } from './queries.js';

/** The workspace to whose group a chat is bound; of several the first by id. */
export async function findWorkspaceOfChat(
  q: Queries,
  { platform, account, chatId }: Chat,
): Promise<WorkspaceId | null> {
  const t = q.t.groups;
  const rows = await q
    .select({ workspace: t.workspace })
    .from(t)
    .where(and(eq(t.platform, platform), eq(t.account, account), eq(t.chatId, chatId)));
  return first(rows);
}

/** The workspace that knows a person by this account; of several the first by id. */
export async function findWorkspaceOfUser(q: Queries, platform: string, userId: string): Promise<WorkspaceId | null> {
  const t = q.t.accounts;
  const rows = await q
    .select({ workspace: t.workspace })
    .from(t)
    .where(and(eq(t.platform, platform), eq(t.userId, userId)));
  return first(rows);
}

function first(rows: { workspace: WorkspaceId }[]): WorkspaceId | null {
  return rows.map((row) => row.workspace).sort()[0] ?? null;
}
