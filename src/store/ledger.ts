import { and, eq, getTableColumns, isNull, max } from 'drizzle-orm';

import type { LocalDate } from '../domain/local-date.js';
import type { TaskKey } from '../domain/task.js';
import type { WorkspaceId } from '../domain/workspace.js';
import { byWords, inBatches, type Queries, type Tx } from './queries.js';
import { listUnitChanges } from './roster-changes.js';
import type { NewRow, Row } from './tables.js';
import { raiseLedgerVersion } from './workspaces.js';

export { ledgerVersion } from './workspaces.js';

export type PlanRow = Row<'plans'>;
/** Without the chain's columns, which change with every update. */
export type TaskRow = Omit<Row<'tasks'>, 'updateCount' | 'lastHash'>;
export type LinkRow = Row<'taskLinks'>;
export type ResponsibilityRow = Row<'responsibilities'>;
export type MilestoneRow = Row<'milestones'>;

export async function insertPlans(tx: Tx, workspace: WorkspaceId, rows: NewRow<'plans'>[]): Promise<void> {
  await inBatches(rows, (batch) => tx.insert(tx.t.plans).values(batch.map((row) => ({ ...row, workspace }))));
}

/** The plan of what is assigned by hand in a year, made with its first task. False when it was there before. */
export async function ensureAssignedPlan(
  tx: Tx,
  workspace: WorkspaceId,
  plan: { year: number; prefix: string; position: number; title: string },
): Promise<boolean> {
  const none = { documentId: null, issuedOn: null, goals: [], line: 0 };
  const made = await tx
    .insert(tx.t.plans)
    .values({ ...none, ...plan, workspace, kind: 'assigned' })
    .onConflictDoNothing()
    .returning({ prefix: tx.t.plans.prefix });
  return made.length > 0;
}

/** The highest number that a task of this plan has, retired ones included; 0 where there is none. */
export async function lastTaskNumber(
  q: Queries,
  workspace: WorkspaceId,
  year: number,
  prefix: string,
): Promise<number> {
  const t = q.t.tasks;
  const [last] = await q
    .select({ number: max(t.number) })
    .from(t)
    .where(and(eq(t.workspace, workspace), eq(t.year, year), eq(t.prefix, prefix)));
  return last?.number ?? 0;
}

export async function insertTasks(
  tx: Tx,
  workspace: WorkspaceId,
  rows: NewRow<'tasks', 'updateCount' | 'lastHash'>[],
): Promise<void> {
  await inBatches(rows, (batch) => tx.insert(tx.t.tasks).values(batch.map((row) => ({ ...row, workspace }))));
}

export async function insertLinks(tx: Tx, workspace: WorkspaceId, rows: NewRow<'taskLinks'>[]): Promise<void> {
  await inBatches(rows, (batch) => tx.insert(tx.t.taskLinks).values(batch.map((row) => ({ ...row, workspace }))));
}

export async function insertResponsibilities(
  tx: Tx,
  workspace: WorkspaceId,
  rows: NewRow<'responsibilities'>[],
): Promise<void> {
  await inBatches(rows, (batch) =>
    tx.insert(tx.t.responsibilities).values(batch.map((row) => ({ ...row, workspace }))),
  );
}

export async function insertMilestones(tx: Tx, workspace: WorkspaceId, rows: NewRow<'milestones'>[]): Promise<void> {
  await inBatches(rows, (batch) => tx.insert(tx.t.milestones).values(batch.map((row) => ({ ...row, workspace }))));
}

/** Sets what an amended document says of a task; its key, chain and reports stay. */
export async function updateTask(
  tx: Tx,
  workspace: WorkspaceId,
  { year, key, ...values }: NewRow<'tasks', 'updateCount' | 'lastHash'>,
): Promise<void> {
  const t = tx.t.tasks;
  await tx
    .update(t)
    .set(values)
    .where(and(eq(t.workspace, workspace), eq(t.year, year), eq(t.key, key)));
}

export async function retireTask(tx: Tx, workspace: WorkspaceId, year: number, key: TaskKey): Promise<void> {
  const t = tx.t.tasks;
  await tx
    .update(t)
    .set({ retired: true })
    .where(and(eq(t.workspace, workspace), eq(t.year, year), eq(t.key, key)));
}

export async function updatePlan(tx: Tx, workspace: WorkspaceId, row: NewRow<'plans', 'position'>): Promise<void> {
  const t = tx.t.plans;
  const { year, prefix, ...values } = row;
  await tx
    .update(t)
    .set(values)
    .where(and(eq(t.workspace, workspace), eq(t.year, year), eq(t.prefix, prefix)));
}

/** 年终收尾. False when it was closed before. */
export async function closePlan(
  tx: Tx,
  workspace: WorkspaceId,
  { year, prefix, closedOn }: { year: number; prefix: string; closedOn: LocalDate },
): Promise<boolean> {
  const t = tx.t.plans;
  const closed = await tx
    .update(t)
    .set({ closedOn })
    .where(and(eq(t.workspace, workspace), eq(t.year, year), eq(t.prefix, prefix), isNull(t.closedOn)))
    .returning({ prefix: t.prefix });
  if (closed.length > 0) await raiseLedgerVersion(tx, workspace);
  return closed.length > 0;
}

/** Takes away the responsibilities, limits and link of a task, to be written anew. */
export async function clearTask(tx: Tx, workspace: WorkspaceId, year: number, task: TaskKey): Promise<void> {
  const { responsibilities, milestones, taskLinks } = tx.t;
  for (const t of [responsibilities, milestones]) {
    await tx.delete(t).where(and(eq(t.workspace, workspace), eq(t.year, year), eq(t.task, task)));
  }
  const t = taskLinks;
  await tx.delete(t).where(and(eq(t.workspace, workspace), eq(t.year, year), eq(t.part, task)));
}

/** Everything that is held in memory until the ledger's version changes. */
export interface LedgerRows {
  plans: PlanRow[];
  tasks: TaskRow[];
  links: LinkRow[];
  responsibilities: ResponsibilityRow[];
  milestones: MilestoneRow[];
  units: Row<'units'>[];
  aliases: Row<'unitAliases'>[];
  members: Row<'unitMembers'>[];
  /** Those that hold, oldest first. */
  adjustments: Row<'adjustments'>[];
  /** Granted requests for an extension, oldest first, with the name of whoever decided. */
  extensions: (Row<'requests'> & { deciderName: string | null })[];
  carried: Row<'carriedTasks'>[];
  /** What happened to units, oldest first. */
  unitChanges: Row<'rosterChanges'>[];
}

/** Each list by year and position, milestones by number; links and aliases by their words. */
export async function readLedger(q: Queries, workspace: WorkspaceId): Promise<LedgerRows> {
  const { plans, tasks, taskLinks, responsibilities, milestones, units, unitAliases, unitMembers } = q.t;
  const { adjustments, people, requests, carriedTasks } = q.t;
  const { updateCount: _, lastHash: __, ...taskColumns } = getTableColumns(tasks);
  return {
    plans: await q.select().from(plans).where(eq(plans.workspace, workspace)).orderBy(plans.year, plans.position),
    tasks: await q
      .select(taskColumns)
      .from(tasks)
      .where(eq(tasks.workspace, workspace))
      .orderBy(tasks.year, tasks.position),
    links: byWords(
      await q.select().from(taskLinks).where(eq(taskLinks.workspace, workspace)),
      (link) => `${link.year} ${link.part}`,
    ),
    responsibilities: await q
      .select()
      .from(responsibilities)
      .where(eq(responsibilities.workspace, workspace))
      .orderBy(responsibilities.year, responsibilities.position),
    milestones: await q
      .select()
      .from(milestones)
      .where(eq(milestones.workspace, workspace))
      .orderBy(milestones.year, milestones.number),
    units: await q.select().from(units).where(eq(units.workspace, workspace)).orderBy(units.position),
    aliases: byWords(
      await q.select().from(unitAliases).where(eq(unitAliases.workspace, workspace)),
      (alias) => alias.alias,
    ),
    members: await q
      .select()
      .from(unitMembers)
      .where(eq(unitMembers.workspace, workspace))
      .orderBy(unitMembers.position),
    adjustments: await q
      .select()
      .from(adjustments)
      .where(and(eq(adjustments.workspace, workspace), isNull(adjustments.endedAt)))
      .orderBy(adjustments.year, adjustments.number),
    extensions: await q
      .select({ ...getTableColumns(requests), deciderName: people.name })
      .from(requests)
      .leftJoin(people, and(eq(people.workspace, requests.workspace), eq(people.id, requests.decidedBy)))
      .where(and(eq(requests.workspace, workspace), eq(requests.kind, 'extension'), eq(requests.state, 'granted')))
      .orderBy(requests.number),
    carried: byWords(
      await q.select().from(carriedTasks).where(eq(carriedTasks.workspace, workspace)),
      (row) => `${row.fromYear} ${row.fromTask}`,
    ),
    unitChanges: await listUnitChanges(q, workspace),
  };
}
