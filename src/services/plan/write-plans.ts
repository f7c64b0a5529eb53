import type { MilestoneDraft, NoticeDraft, PlanDraft, TaskDraft } from '../../domain/plan-draft.js';
import { type TaskKey, taskCode, taskKey } from '../../domain/task.js';
import type { UnitId } from '../../domain/unit.js';
import type { WorkspaceId } from '../../domain/workspace.js';
import { insertLinks, insertMilestones, insertPlans, insertResponsibilities, insertTasks } from '../../store/ledger.js';
import type { Tx } from '../../store/queries.js';

export interface Decision {
  decidedBy: string;
  decidedAt: Date;
}

/** Where rows of a document go and what they refer to. */
export interface Writing {
  tx: Tx;
  workspace: WorkspaceId;
  documentId: string;
  /** Every unit that the drafts name. */
  unitOf: (name: string) => UnitId | null;
  decision: Decision;
}

/** A draft of a task with the key under which the ledger holds it. */
export interface KeyedTask {
  key: TaskKey;
  draft: TaskDraft;
  /** Its place among the tasks of the workspace. */
  position: number;
  /** Numbers of its limits, where an amended document keeps those that were there before; else from 1. */
  numbers?: number[];
}

const roomForTasks = 100_000;

/** The position of the task at `index` (from 0) of the plan at `position` (from 1). */
export const taskPosition = (position: number, index: number) => position * roomForTasks + index + 1;

/** Writes the plans of a confirmed draft into a ledger that has none of them. `position` is that of the first plan. */
export async function writeNewPlans(writing: Writing, draft: NoticeDraft, position: number): Promise<void> {
  for (const [index, plan] of draft.plans.entries()) await writeNewPlan(writing, plan, position + index);
}

export async function writeNewPlan(writing: Writing, plan: PlanDraft, position: number): Promise<void> {
  const { tx, workspace } = writing;
  await insertPlans(tx, workspace, [{ ...planRow(plan, writing.documentId), position }]);
  const tasks = plan.tasks.map((draft, index) => ({
    key: taskKey.parse(draft.code),
    draft,
    position: taskPosition(position, index),
  }));
  await writeTasks(writing, plan, tasks);
  await writeTaskParts(writing, plan, tasks);
}

export async function writeTasks({ tx, workspace }: Writing, plan: PlanDraft, tasks: KeyedTask[]): Promise<void> {
  await insertTasks(
    tx,
    workspace,
    tasks.map((task) => taskRow(plan, task)),
  );
}

/** Responsibilities, limits and links of tasks that are in the ledger already, links to tasks of the same plan included. */
export async function writeTaskParts(
  writing: Writing,
  plan: PlanDraft,
  tasks: KeyedTask[],
  keyOf: (code: string) => TaskKey = (code) => taskKey.parse(code),
): Promise<void> {
  const { tx, workspace } = writing;
  await insertLinks(
    tx,
    workspace,
    tasks.flatMap(({ key, draft }) => {
      if (draft.partOf === null) return [];
      const whole = keyOf(draft.partOf);
      const reason = draft.partOfReason ?? '';
      return [{ year: plan.year, part: key, whole, state: 'confirmed' as const, reason, ...writing.decision }];
    }),
  );
  await insertResponsibilities(
    tx,
    workspace,
    tasks.flatMap((task) => responsibilityRows(plan, task, writing.unitOf)),
  );
  await insertMilestones(
    tx,
    workspace,
    tasks.flatMap((task) => milestoneRows(plan, task)),
  );
}

export function planRow(plan: PlanDraft, documentId: string) {
  const { year, prefix, title, issuedOn, goals, line } = plan;
  return { year, prefix, documentId, title, issuedOn, goals, line };
}

export function taskRow(plan: PlanDraft, { key, draft, position }: KeyedTask) {
  const { number, annex, section, title, shortTitle, text, points, targets, leaders, line } = draft;
  const words = { section, title, shortTitle, text, points, targets, leaders, line };
  const code = taskCode.parse(draft.code);
  return { year: plan.year, key, code, retired: false, prefix: plan.prefix, number, annex, position, ...words };
}

function responsibilityRows(plan: PlanDraft, { key, draft }: KeyedTask, unitOf: Writing['unitOf']) {
  const entries = draft.responsibility.flatMap(({ units, written, ...entry }) =>
    units.map((name, at) => ({ ...entry, name, written: written[at] ?? name })),
  );
  return entries.map(({ name, group, ...entry }, index) => {
    const unitId = unitOf(name);
    if (unitId === null) throw new Error(`unit ${name} of ${draft.code} is not in the roster`);
    return { ...entry, year: plan.year, task: key, position: index + 1, unitId, clauseGroup: group };
  });
}

function milestoneRows(plan: PlanDraft, { key, draft, numbers }: KeyedTask) {
  return draft.milestones.map(({ due, from, to, ...milestone }: MilestoneDraft, index) => ({
    ...milestone,
    year: plan.year,
    task: key,
    number: numbers?.[index] ?? index + 1,
    dueOn: due,
    fromOn: from,
    toOn: to,
  }));
}
