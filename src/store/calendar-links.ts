import { and, eq } from 'drizzle-orm';

import type { PersonId } from '../domain/person.js';
import type { WorkspaceId } from '../domain/workspace.js';
import type { Queries, Tx } from './queries.js';
import type { NewRow, Row } from './tables.js';

export type CalendarLinkRow = Row<'calendarLinks'>;

/** Takes the place of the person's link before, which then opens nothing. */
export async function putCalendarLink(tx: Tx, workspace: WorkspaceId, row: NewRow<'calendarLinks'>): Promise<void> {
  const t = tx.t.calendarLinks;
  const { personId, ...values } = row;
  await tx
    .insert(t)
    .values({ ...row, workspace })
    .onConflictDoUpdate({ target: [t.workspace, t.personId], set: values });
}

/** False when there was none. */
export async function deleteCalendarLink(tx: Tx, workspace: WorkspaceId, person: PersonId): Promise<boolean> {
  const t = tx.t.calendarLinks;
  const deleted = await tx
    .delete(t)
    .where(and(eq(t.workspace, workspace), eq(t.personId, person)))
    .returning({ hash: t.hash });
  return deleted.length > 0;
}

export async function findCalendarLink(
  q: Queries,
  workspace: WorkspaceId,
  person: PersonId,
): Promise<CalendarLinkRow | null> {
  const t = q.t.calendarLinks;
  const [row] = await q
    .select()
    .from(t)
    .where(and(eq(t.workspace, workspace), eq(t.personId, person)));
  return row ?? null;
}

export async function findCalendarLinkByHash(
  q: Queries,
  workspace: WorkspaceId,
  hash: string,
): Promise<CalendarLinkRow | null> {
  const t = q.t.calendarLinks;
  const [row] = await q
    .select()
    .from(t)
    .where(and(eq(t.workspace, workspace), eq(t.hash, hash)));
  return row ?? null;
}
