import { and, eq, lte } from 'drizzle-orm';

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

export async function findQuestion(
  q: Queries,
  workspace: WorkspaceId,
  person: PersonId,
  chatId: string,
): Promise<PendingQuestionRow | null> {
  const t = q.t.pendingQuestions;
  const [row] = await q
    .select()
    .from(t)
    .where(and(eq(t.workspace, workspace), eq(t.personId, person), eq(t.chatId, chatId)));
  return row ?? null;
}

/** People's words are not kept longer than the question waits. */
export async function forgetExpiredQuestions(tx: Tx, workspace: WorkspaceId, now: Date): Promise<void> {
  const t = tx.t.pendingQuestions;
  await tx.delete(t).where(and(eq(t.workspace, workspace), lte(t.expiresAt, now)));
}

/** Whoever has left answers nothing any more, in no chat. */
export async function dropQuestionsOf(tx: Tx, workspace: WorkspaceId, person: PersonId): Promise<void> {
  const t = tx.t.pendingQuestions;
  await tx.delete(t).where(and(eq(t.workspace, workspace), eq(t.personId, person)));
}
