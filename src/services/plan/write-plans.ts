import type { NoticeDraft, PlanDraft, TaskDraft } from '../../domain/plan-draft.js';
import { type TaskKey, taskCode, taskKey } from '../../domain/task.js';
import type { UnitId } from '../../domain/unit.js';
import type { WorkspaceId } from '../../domain/workspace.js';
import { insertLinks, insertMilestones, insertPlans, insertResponsibilities, insertTasks } from '../../store/ledger.js';
import type { Tx } from '../../store/queries.js';

export interface Decision {
  decidedBy: string;
  decidedAt: Date;
}

/** Writes a confirmed draft into the ledger. Every unit it names is in `units`, by name or alias. */
export async function writePlans(
  tx: Tx,
  workspace: WorkspaceId,
  documentId: string,
  draft: NoticeDraft,
  units: ReadonlyMap<string, UnitId>,
  decision: Decision,
): Promise<void> {
  const { plans } = draft;
  const tasks = plans.flatMap((plan) => plan.tasks.map((task) => ({ plan, task, key: taskKey.parse(task.code) })));
  await insertPlans(
    tx,
    workspace,
    plans.map((plan, index) => planRow(plan, documentId, index + 1)),
  );
  await insertTasks(
    tx,
    workspace,
    tasks.map(({ plan, task, key }, index) => ({
      year: plan.year,
      key,
      code: taskCode.parse(task.code),
      retired: false,
      prefix: plan.prefix,
      number: task.number,
      annex: task.annex,
      position: index + 1,
      section: task.section,
      title: task.title,
      shortTitle: task.shortTitle,
      text: task.text,
      points: task.points,
      targets: task.targets,
      leaders: task.leaders,
      line: task.line,
    })),
  );
  await insertLinks(
    tx,
    workspace,
    tasks.flatMap(({ plan, task, key }) => linkRows(plan, task, key, decision)),
  );
  await insertResponsibilities(
    tx,
    workspace,
    tasks.flatMap(({ plan, task, key }) => responsibilityRows(plan, task, key, units)),
  );
  await insertMilestones(
    tx,
    workspace,
    tasks.flatMap(({ plan, task, key }) => milestoneRows(plan, task, key)),
  );
}

function planRow(plan: PlanDraft, documentId: string, position: number) {
  const { year, prefix, title, issuedOn, goals, line } = plan;
  return { year, prefix, documentId, position, title, issuedOn, goals, line };
}

function linkRows(plan: PlanDraft, task: TaskDraft, part: TaskKey, decision: Decision) {
  if (task.partOf === null) return [];
  const whole = taskKey.parse(task.partOf);
  const reason = task.partOfReason ?? '';
  return [{ year: plan.year, part, whole, state: 'confirmed' as const, reason, ...decision }];
}

function responsibilityRows(plan: PlanDraft, task: TaskDraft, key: TaskKey, units: ReadonlyMap<string, UnitId>) {
  const entries = task.responsibility.flatMap(({ units: names, written, ...entry }) =>
    names.map((name, at) => ({ ...entry, name, written: written[at] ?? name })),
  );
  return entries.map(({ name, written, group, ...entry }, index) => {
    const unitId = units.get(name);
    if (unitId === undefined) throw new Error(`unit ${name} of ${task.code} is not in the roster`);
    return { ...entry, year: plan.year, task: key, position: index + 1, unitId, written, clauseGroup: group };
  });
}

function milestoneRows(plan: PlanDraft, task: TaskDraft, key: TaskKey) {
  return task.milestones.map(({ due, from, to, ...milestone }, index) => ({
    ...milestone,
    year: plan.year,
    task: key,
    number: index + 1,
    dueOn: due,
    fromOn: from,
    toOn: to,
  }));
}
