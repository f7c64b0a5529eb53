import { and, desc, eq, gte, isNull } from 'drizzle-orm';

import type { LocalDate } from '../domain/local-date.js';
import type { PersonId } from '../domain/person.js';
import type { UnitId } from '../domain/unit.js';
import type { WorkspaceId } from '../domain/workspace.js';
import { byWords, type Queries, type Tx } from './queries.js';
import type { NewRow, Row } from './tables.js';

export type UrgingRow = Row<'urgings'>;

/** False when the unit has been urged on that day already: one for each unit and working day. */
export async function insertUrging(
  tx: Tx,
  workspace: WorkspaceId,
  row: NewRow<'urgings', 'acknowledgedBy' | 'acknowledgedAt'>,
): Promise<boolean> {
  const t = tx.t.urgings;
  const inserted = await tx
    .insert(t)
    .values({ ...row, workspace })
    .onConflictDoNothing()
    .returning({ day: t.day });
  return inserted.length > 0;
}

/** From `day` on, by day and unit. */
export async function listUrgingsSince(q: Queries, workspace: WorkspaceId, day: LocalDate): Promise<UrgingRow[]> {
  const t = q.t.urgings;
  const rows = await q
    .select()
    .from(t)
    .where(and(eq(t.workspace, workspace), gte(t.day, day)));
  return byWords(rows, (row) => `${row.day} ${row.unitId}`);
}

/** Newest first. */
export async function listUrgingsOfUnit(
  q: Queries,
  workspace: WorkspaceId,
  unit: UnitId,
  limit: number,
): Promise<UrgingRow[]> {
  const t = q.t.urgings;
  return q
    .select()
    .from(t)
    .where(and(eq(t.workspace, workspace), eq(t.unitId, unit)))
    .orderBy(desc(t.day))
    .limit(limit);
}

/** 签收. False when somebody of the unit did so before. */
export async function acknowledgeUrging(
  tx: Tx,
  workspace: WorkspaceId,
  { unitId, day, by, at }: { unitId: UnitId; day: LocalDate; by: PersonId; at: Date },
): Promise<boolean> {
  const t = tx.t.urgings;
  const acknowledged = await tx
    .update(t)
    .set({ acknowledgedBy: by, acknowledgedAt: at })
    .where(and(eq(t.workspace, workspace), eq(t.unitId, unitId), eq(t.day, day), isNull(t.acknowledgedAt)))
    .returning({ day: t.day });
  return acknowledged.length > 0;
}
