import { and, eq, lte, sql } from 'drizzle-orm';

import type { WorkspaceId } from '../domain/workspace.js';
import type { Queries, Tx } from './queries.js';
import { type Slots, statement } from './statement.js';
import type { NewRow, Row } from './tables.js';

export type TopicRow = Row<'topics'>;

interface Place {
  workspace: WorkspaceId;
  chatId: string;
  sender: string;
}

/** What this sender asked last in this chat takes the place of what was asked before. */
export async function putTopic(tx: Tx, workspace: WorkspaceId, row: NewRow<'topics'>): Promise<void> {
  const t = tx.t.topics;
  const { topic, at } = row;
  await tx
    .insert(t)
    .values({ ...row, workspace })
    .onConflictDoUpdate({ target: [t.workspace, t.chatId, t.sender], set: { topic, at } });
}

const find = statement('find_topic', (q: Queries, the: Slots<Place>) => {
  const t = q.t.topics;
  return q
    .select()
    .from(t)
    .where(and(eq(t.workspace, the('workspace')), eq(t.chatId, the('chatId')), eq(t.sender, the('sender'))));
});

export async function findTopic(
  q: Queries,
  workspace: WorkspaceId,
  chatId: string,
  sender: string,
): Promise<TopicRow | null> {
  const [row] = await find(q, { workspace, chatId, sender });
  return row ?? null;
}

/** Forgets at most `limit` that nobody goes on with any more. Returns how many. */
export async function forgetTopics(tx: Tx, workspace: WorkspaceId, before: Date, limit: number): Promise<number> {
  const t = tx.t.topics;
  const old = tx
    .select({ chatId: t.chatId, sender: t.sender })
    .from(t)
    .where(and(eq(t.workspace, workspace), lte(t.at, before)))
    .limit(limit);
  const forgotten = await tx
    .delete(t)
    .where(and(eq(t.workspace, workspace), sql`(${t.chatId}, ${t.sender}) in ${old}`))
    .returning({ chatId: t.chatId });
  return forgotten.length;
}
