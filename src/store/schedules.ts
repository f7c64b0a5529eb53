import { and, desc, eq, gte, inArray } from 'drizzle-orm';

import type { GroupId, WorkspaceId } from '../domain/workspace.js';
import { byWords, type Queries, type Tx } from './queries.js';
import type { NewRow, Row } from './tables.js';

export type ScheduleRow = Row<'schedules'>;
export type SlotRow = Row<'slots'>;

/** More than a group's schedules bring in three months. */
const mostSlots = 400;

export async function insertSchedule(tx: Tx, workspace: WorkspaceId, row: NewRow<'schedules'>): Promise<void> {
  await tx.insert(tx.t.schedules).values({ ...row, workspace });
}

export async function listActiveSchedules(q: Queries, workspace: WorkspaceId): Promise<ScheduleRow[]> {
  const t = q.t.schedules;
  const rows = await q
    .select()
    .from(t)
    .where(and(eq(t.workspace, workspace), eq(t.active, true)));
  return byWords(rows, (schedule) => schedule.id);
}

export async function findSchedule(q: Queries, workspace: WorkspaceId, id: string): Promise<ScheduleRow | null> {
  const t = q.t.schedules;
  const [row] = await q
    .select()
    .from(t)
    .where(and(eq(t.workspace, workspace), eq(t.id, id)));
  return row ?? null;
}

/** The inactive ones too. */
export async function listSchedulesOfGroup(q: Queries, workspace: WorkspaceId, group: GroupId): Promise<ScheduleRow[]> {
  const t = q.t.schedules;
  const rows = await q
    .select()
    .from(t)
    .where(and(eq(t.workspace, workspace), eq(t.groupId, group)));
  return byWords(rows, (schedule) => schedule.id);
}

export async function setScheduleActive(
  tx: Tx,
  workspace: WorkspaceId,
  id: string,
  values: { active: boolean; changedBy: string },
): Promise<void> {
  const t = tx.t.schedules;
  await tx
    .update(t)
    .set(values)
    .where(and(eq(t.workspace, workspace), eq(t.id, id)));
}

export async function setScheduleRule(
  tx: Tx,
  workspace: WorkspaceId,
  id: string,
  values: { rule: unknown; changedBy: string },
): Promise<void> {
  const t = tx.t.schedules;
  await tx
    .update(t)
    .set(values)
    .where(and(eq(t.workspace, workspace), eq(t.id, id)));
}

export interface SlotKey {
  scheduleId: string;
  /** 2023-09-25T09:00, on the wall of the workspace. */
  slot: string;
}

/** False when this slot was claimed before, here or by another instance. */
export async function claimSlot(
  tx: Tx,
  workspace: WorkspaceId,
  { scheduleId, slot, plannedFor }: SlotKey & { plannedFor: Date },
): Promise<boolean> {
  const claimed = await tx
    .insert(tx.t.slots)
    .values({ workspace, scheduleId, slot, plannedFor, state: 'claimed' })
    .onConflictDoNothing()
    .returning({ slot: tx.t.slots.slot });
  return claimed.length > 0;
}

export async function finishSlot(
  tx: Tx,
  workspace: WorkspaceId,
  { scheduleId, slot }: SlotKey,
  outcome: Pick<SlotRow, 'state' | 'coversUntil' | 'preparedAt' | 'deliveryKey' | 'why'>,
): Promise<void> {
  const t = tx.t.slots;
  await tx
    .update(t)
    .set(outcome)
    .where(and(eq(t.workspace, workspace), eq(t.scheduleId, scheduleId), eq(t.slot, slot)));
}

/** Newest first. */
export async function listSlots(
  q: Queries,
  workspace: WorkspaceId,
  scheduleId: string,
  limit: number,
): Promise<SlotRow[]> {
  const t = q.t.slots;
  return q
    .select()
    .from(t)
    .where(and(eq(t.workspace, workspace), eq(t.scheduleId, scheduleId)))
    .orderBy(desc(t.plannedFor), desc(t.slot))
    .limit(limit);
}

/** Which of these names have a row. */
export async function listRecordedSlots(
  q: Queries,
  workspace: WorkspaceId,
  scheduleId: string,
  names: string[],
): Promise<ReadonlySet<string>> {
  if (names.length === 0) return new Set();
  const t = q.t.slots;
  const rows = await q
    .select({ slot: t.slot })
    .from(t)
    .where(and(eq(t.workspace, workspace), eq(t.scheduleId, scheduleId), inArray(t.slot, names)));
  return new Set(rows.map(({ slot }) => slot));
}

/** Of these schedules, planned for `since` or later, newest first. */
export async function listSlotsSince(
  q: Queries,
  workspace: WorkspaceId,
  scheduleIds: string[],
  since: Date,
): Promise<SlotRow[]> {
  if (scheduleIds.length === 0) return [];
  const t = q.t.slots;
  return q
    .select()
    .from(t)
    .where(and(eq(t.workspace, workspace), inArray(t.scheduleId, scheduleIds), gte(t.plannedFor, since)))
    .orderBy(desc(t.plannedFor), desc(t.slot))
    .limit(mostSlots);
}

/** What was merged is carried by this message. */
export async function setSlotDelivery(
  tx: Tx,
  workspace: WorkspaceId,
  { scheduleId, slot }: SlotKey,
  deliveryKey: string,
): Promise<void> {
  const t = tx.t.slots;
  await tx
    .update(t)
    .set({ deliveryKey })
    .where(and(eq(t.workspace, workspace), eq(t.scheduleId, scheduleId), eq(t.slot, slot)));
}

export async function latestSlot(q: Queries, workspace: WorkspaceId, scheduleId: string): Promise<SlotRow | null> {
  const [latest] = await listSlots(q, workspace, scheduleId, 1);
  return latest ?? null;
}
