import type { Ledger } from './ledger.js';
import { likeness } from './likeness.js';
import type { Milestone } from './milestone.js';
import type { Plan } from './plan.js';
import type { MilestoneDraft, PlanDraft, TaskDraft } from './plan-draft.js';
import type { Task } from './task.js';
import type { UnitId } from './unit.js';

/** What about a task is another in the amended document. */
export type Change = 'code' | 'title' | 'section' | 'text' | 'units' | 'limits';

export const changeNames: Record<Change, string> = {
  code: '编号',
  title: '标题',
  section: '所在章节',
  text: '原文',
  units: '责任单位',
  limits: '时限',
};

export interface ChangedTask {
  task: Task;
  draft: TaskDraft;
  changes: Change[];
}

/** One plan of a document beside the ledger's plan of the same name, if there is one. */
export interface PlanDiff {
  plan: PlanDraft;
  existing: Plan | null;
  added: TaskDraft[];
  changed: ChangedTask[];
  /** Tasks found unchanged, with their drafts. */
  same: { task: Task; draft: TaskDraft }[];
  /** No longer in the document. */
  retired: Task[];
}

const sameTitle = 0.75;
const samePrefixTitle = 0.5;

/** The plan that the document amends: of the same year, by its name, or by its prefix and a name that is near. */
export function planAmendedBy(ledger: Ledger, draft: PlanDraft): Plan | null {
  const ofYear = ledger.plans.filter((plan) => plan.year === draft.year);
  const near = ofYear
    .map((plan) => ({ plan, score: likeness(plan.title, draft.title) }))
    .filter(({ plan, score }) => score >= (plan.prefix === draft.prefix ? samePrefixTitle : sameTitle))
    .sort((a, b) => b.score - a.score);
  return near[0]?.plan ?? null;
}

/** `unitOf` gives the roster's unit for a written name, or `null` for one that it does not have. */
export function diffPlan(ledger: Ledger, draft: PlanDraft, unitOf: (name: string) => UnitId | null): PlanDiff {
  const existing = planAmendedBy(ledger, draft);
  if (!existing) return { plan: draft, existing, added: draft.tasks, changed: [], same: [], retired: [] };
  const plan = existing.prefix === draft.prefix ? draft : withPrefix(draft, existing.prefix);
  const held = [...ledger.taskByKey.values()].filter(
    (task) => task.year === existing.year && task.prefix === existing.prefix,
  );
  const pairs = pairTasks(held, plan.tasks);
  const diff: PlanDiff = { plan, existing, added: [], changed: [], same: [], retired: [] };
  for (const next of plan.tasks) {
    const task = pairs.get(next);
    if (!task) diff.added.push(next);
    else {
      const changes = changesOf(task, next, unitOf);
      if (changes.length > 0 || task.retired) diff.changed.push({ task, draft: next, changes });
      else diff.same.push({ task, draft: next });
    }
  }
  const kept = new Set(pairs.values());
  diff.retired = held.filter((task) => !kept.has(task) && !task.retired);
  return diff;
}

export function isUnchanged({ existing, added, changed, retired }: PlanDiff): boolean {
  return existing !== null && added.length + changed.length + retired.length === 0;
}

/** The same plan under another prefix, in its codes and links too. */
export function withPrefix(plan: PlanDraft, prefix: string): PlanDraft {
  const renamed = (code: string) => `${prefix}${code.slice(plan.prefix.length)}`;
  const tasks = plan.tasks.map((task) => ({
    ...task,
    code: renamed(task.code),
    partOf: task.partOf === null ? null : renamed(task.partOf),
  }));
  return { ...plan, prefix, tasks };
}

const alike = 0.6;
const stillAlike = 0.35;
/** Beyond this a document was rewritten, and comparing everything with everything would take minutes. */
const mostCompared = 100_000;

/** Which task of the ledger each task of the document is: by code where the words are near, else by the words. */
function pairTasks(held: Task[], drafts: TaskDraft[]): Map<TaskDraft, Task> {
  const pairs = new Map<TaskDraft, Task>();
  const free = new Set(held);
  const take = (draft: TaskDraft, task: Task) => {
    pairs.set(draft, task);
    free.delete(task);
  };
  const byCode = new Map(held.map((task) => [task.code as string, task]));
  const near = (task: Task, draft: TaskDraft) =>
    task.annex === draft.annex
      ? Math.max(likeness(task.title, draft.title), likeness(wordsOf(task), wordsOf(draft)))
      : 0;
  for (const draft of drafts) {
    const task = byCode.get(draft.code);
    if (task && task.title === draft.title && task.annex === draft.annex) take(draft, task);
  }
  const left = () => drafts.filter((draft) => !pairs.has(draft));
  const byTitle = Map.groupBy([...free], (task) => `${task.annex} ${task.title}`);
  for (const draft of left()) {
    const [task, ...others] = byTitle.get(`${draft.annex} ${draft.title}`) ?? [];
    if (task && others.length === 0 && free.has(task)) take(draft, task);
  }
  for (const draft of left()) {
    const task = byCode.get(draft.code);
    if (task && free.has(task) && near(task, draft) >= alike) take(draft, task);
  }
  const comparable = left().length * free.size <= mostCompared;
  for (const draft of comparable ? left() : []) {
    const [best] = [...free]
      .map((task) => ({ task, score: near(task, draft) }))
      .filter(({ score }) => score >= alike)
      .sort((a, b) => b.score - a.score);
    if (best) take(draft, best.task);
  }
  for (const draft of left()) {
    const task = byCode.get(draft.code);
    if (task && free.has(task) && near(task, draft) >= stillAlike) take(draft, task);
  }
  return pairs;
}

const wordsOf = ({ title, text }: { title: string; text: string }) => `${title}\n${text}`;

function changesOf(task: Task, draft: TaskDraft, unitOf: (name: string) => UnitId | null): Change[] {
  const changes: Change[] = [];
  if (task.code !== draft.code) changes.push('code');
  if (task.title !== draft.title) changes.push('title');
  if (task.section.join('\n') !== draft.section.join('\n')) changes.push('section');
  if (task.text !== draft.text) changes.push('text');
  if (rolesText(task) !== draftRolesText(draft, unitOf)) changes.push('units');
  const limits = (list: Milestone[] | MilestoneDraft[]) => list.map(meaningOf).join('\n');
  if (limits(statedLimits(task)) !== limits(draft.milestones)) changes.push('limits');
  return changes;
}

function rolesText({ responsibility }: Task): string {
  const issued = responsibility.filter(({ setBy }) => setBy === null);
  return issued.map(({ role, unit, inherited, open }) => `${role} ${unit} ${inherited} ${open}`).join('\n');
}

function draftRolesText({ responsibility }: TaskDraft, unitOf: (name: string) => UnitId | null): string {
  return responsibility
    .flatMap(({ role, units, inherited, open }) =>
      units.map((name) => `${role} ${unitOf(name) ?? name} ${inherited} ${open}`),
    )
    .join('\n');
}

/** The document's own, without what an office set beside them. */
export function statedLimits({ milestones }: Task): Milestone[] {
  return milestones.filter(({ setBy }) => setBy === null);
}

/** What a limit promises, apart from its number and line. */
export function meaningOf({ phrase, what, kind, due, from, to, every, by }: Milestone | MilestoneDraft): string {
  return JSON.stringify([phrase, what, kind, due, from, to, every, by]);
}
