import { and, eq, gte } from 'drizzle-orm';

import type { LocalDate } from '../domain/local-date.js';
import type { PersonId } from '../domain/person.js';
import type { TaskKey } from '../domain/task.js';
import type { WorkspaceId } from '../domain/workspace.js';
import { byWords, type Queries, type Tx } from './queries.js';
import type { NewRow, Row } from './tables.js';

export type MuteRow = Row<'mutes'>;

/** A new day for the same person and task takes the place of the first. */
export async function putMute(tx: Tx, workspace: WorkspaceId, row: NewRow<'mutes'>): Promise<void> {
  const t = tx.t.mutes;
  await tx
    .insert(t)
    .values({ ...row, workspace })
    .onConflictDoUpdate({ target: [t.workspace, t.personId, t.year, t.task], set: { untilOn: row.untilOn } });
}

/** False when there was none. */
export async function deleteMute(
  tx: Tx,
  workspace: WorkspaceId,
  { person, year, task }: { person: PersonId; year: number; task: TaskKey },
): Promise<boolean> {
  const t = tx.t.mutes;
  const deleted = await tx
    .delete(t)
    .where(and(eq(t.workspace, workspace), eq(t.personId, person), eq(t.year, year), eq(t.task, task)))
    .returning({ task: t.task });
  return deleted.length > 0;
}

/** Those of a person that hold on `day`, the one that ends first on top. */
export async function listMutes(
  q: Queries,
  workspace: WorkspaceId,
  person: PersonId,
  day: LocalDate,
): Promise<MuteRow[]> {
  const t = q.t.mutes;
  const rows = await q
    .select()
    .from(t)
    .where(and(eq(t.workspace, workspace), eq(t.personId, person), gte(t.untilOn, day)));
  return byWords(rows, (row) => `${row.untilOn} ${row.year} ${row.task}`);
}
