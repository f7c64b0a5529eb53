import { and, eq, lte, sql } from 'drizzle-orm';

import type { PersonId } from '../domain/person.js';
import type { WorkspaceId } from '../domain/workspace.js';
import type { Queries, Tx } from './queries.js';
import { type Slots, statement } from './statement.js';
import type { NewRow, Row } from './tables.js';

export type PendingQuestionRow = Row<'pendingQuestions'>;

/** Replaces the question that waits for this person in this chat. */
export async function putQuestion(tx: Tx, workspace: WorkspaceId, row: NewRow<'pendingQuestions'>): Promise<void> {
  const t = tx.t.pendingQuestions;
  const { kind, payload, askedAt, expiresAt } = row;
  await tx
    .insert(t)
    .values({ ...row, workspace })
    .onConflictDoUpdate({ target: [t.workspace, t.personId, t.chatId], set: { kind, payload, askedAt, expiresAt } });
}

interface Place {
  workspace: WorkspaceId;
  person: PersonId;
  chatId: string;
}

const take = statement('take_question', (tx: Tx, the: Slots<Place>) => {
  const t = tx.t.pendingQuestions;
  return tx
    .delete(t)
    .where(and(eq(t.workspace, the('workspace')), eq(t.personId, the('person')), eq(t.chatId, the('chatId'))))
    .returning();
});

/** Removes and returns it, expired or not. Of two answers at once only one gets it. */
export async function takeQuestion(
  tx: Tx,
  workspace: WorkspaceId,
  person: PersonId,
  chatId: string,
): Promise<PendingQuestionRow | null> {
  const [row] = await take(tx, { workspace, person, chatId });
  return row ?? null;
}

const find = statement('find_question', (q: Queries, the: Slots<Place>) => {
  const t = q.t.pendingQuestions;
  return q
    .select()
    .from(t)
    .where(and(eq(t.workspace, the('workspace')), eq(t.personId, the('person')), eq(t.chatId, the('chatId'))));
});

export async function findQuestion(
  q: Queries,
  workspace: WorkspaceId,
  person: PersonId,
  chatId: string,
): Promise<PendingQuestionRow | null> {
  const [row] = await find(q, { workspace, person, chatId });
  return row ?? null;
}

/** Forgets at most `limit` that nobody can answer any more. Returns how many. */
export async function forgetQuestions(tx: Tx, workspace: WorkspaceId, before: Date, limit: number): Promise<number> {
  const t = tx.t.pendingQuestions;
  const old = tx
    .select({ personId: t.personId, chatId: t.chatId })
    .from(t)
    .where(and(eq(t.workspace, workspace), lte(t.expiresAt, before)))
    .limit(limit);
  const forgotten = await tx
    .delete(t)
    .where(and(eq(t.workspace, workspace), sql`(${t.personId}, ${t.chatId}) in ${old}`))
    .returning({ chatId: t.chatId });
  return forgotten.length;
}

/** Whoever has left answers nothing any more, in no chat. */
export async function dropQuestionsOf(tx: Tx, workspace: WorkspaceId, person: PersonId): Promise<void> {
  const t = tx.t.pendingQuestions;
  await tx.delete(t).where(and(eq(t.workspace, workspace), eq(t.personId, person)));
}
