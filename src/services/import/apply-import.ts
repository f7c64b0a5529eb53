import { randomUUID } from 'node:crypto';

import type { PersonId } from '../../domain/person.js';
import {
  type ChangedTask,
  changeNames,
  isUnchanged,
  meaningOf,
  type PlanDiff,
  statedLimits,
} from '../../domain/plan-diff.js';
import type { TaskDraft } from '../../domain/plan-draft.js';
import { type Task, type TaskKey, taskKey } from '../../domain/task.js';
import { type UnitId, unitId } from '../../domain/unit.js';
import { insertDocument } from '../../store/documents.js';
import { clearTask, retireTask, updatePlan, updateTask } from '../../store/ledger.js';
import { insertUnits } from '../../store/units.js';
import { raiseLedgerVersion } from '../../store/workspaces.js';
import type { Context } from '../context.js';
import {
  type KeyedTask,
  planRow,
  taskPosition,
  taskRow,
  type Writing,
  writeNewPlan,
  writeTaskParts,
  writeTasks,
} from '../plan/write-plans.js';
import { recordUpdate } from '../update/record-update.js';
import { unitFinder } from './match-units.js';
import { importerOf, type Preview, type ReadFile } from './propose-import.js';

/** Writes what a previewed document adds and changes. Reports, reviews and history of every task stay. */
export async function applyImport(ctx: Context, file: ReadFile, preview: Preview): Promise<void> {
  const { tx, workspace, ledger } = ctx;
  const person = importerOf(ctx);
  const documentId = randomUUID();
  const [first] = preview.draft.plans;
  await insertDocument(tx, workspace, {
    id: documentId,
    title: first?.title ?? file.fileName,
    number: null,
    issuer: null,
    issuedOn: first?.issuedOn ?? null,
    fileName: file.fileName,
    sha256: file.sha256,
    text: file.text,
    importedAt: ctx.now,
    importedBy: person,
  });
  const unitOf = await withNewUnits(ctx, preview);
  const writing: Writing = { tx, workspace, documentId, unitOf, decision: { decidedBy: person, decidedAt: ctx.now } };
  let last = Math.max(0, ...ledger.plans.map((plan) => plan.position));
  for (const diff of preview.diffs) {
    if (diff.existing === null) {
      last += 1;
      await writeNewPlan(writing, diff.plan, last);
    } else if (!isUnchanged(diff)) await amendPlan(ctx, writing, diff, diff.existing.position, person);
  }
  await raiseLedgerVersion(tx, workspace);
}

async function withNewUnits(ctx: Context, { newUnits }: Preview): Promise<(name: string) => UnitId | null> {
  const last = Math.max(0, ...[...ctx.ledger.units.values()].map((unit) => unit.position));
  const rows = newUnits.map(({ name }, index) => ({
    id: unitId.parse(randomUUID()),
    name,
    position: last + index + 1,
  }));
  await insertUnits(ctx.tx, ctx.workspace, rows);
  const added = new Map(rows.map((row) => [row.name, row.id]));
  const find = unitFinder(ctx.ledger);
  return (name) => find(name) ?? added.get(name) ?? null;
}

async function amendPlan(
  ctx: Context,
  writing: Writing,
  diff: PlanDiff,
  planPosition: number,
  person: PersonId,
): Promise<void> {
  const { tx, workspace } = ctx;
  const { plan } = diff;
  await updatePlan(tx, workspace, planRow(plan, writing.documentId));
  const order = new Map(plan.tasks.map((draft, index) => [draft, taskPosition(planPosition, index)]));
  const keyed = (key: TaskKey, draft: TaskDraft, numbers?: number[]): KeyedTask => ({
    key,
    draft,
    position: order.get(draft) ?? 0,
    ...(numbers ? { numbers } : {}),
  });

  const taken = new Set(
    [...ctx.ledger.taskByKey.values()].filter(({ year }) => year === plan.year).map(({ key }) => key),
  );
  const added = diff.added.map((draft) => keyed(freeKey(draft.code, taken), draft));
  const kept = [...diff.changed, ...diff.same].map(({ task, draft }) => keyed(task.key, draft, numbersOf(task, draft)));
  const byCode = new Map([...added, ...kept].map(({ key, draft }) => [draft.code, key]));

  await writeTasks(writing, plan, added);
  for (const task of kept) {
    await updateTask(tx, workspace, taskRow(plan, task));
    await clearTask(tx, workspace, plan.year, task.key);
  }
  await writeTaskParts(writing, plan, [...added, ...kept], (code) => byCode.get(code) ?? taskKey.parse(code));

  for (const changed of diff.changed) await note(ctx, person, changed.task, amendment(changed));
  for (const task of diff.retired) {
    await retireTask(tx, workspace, task.year, task.key);
    await note(ctx, person, task, '修订后的文件没有这一项，标为已调整，不再要求报送');
  }
}

/** A code that another task had before is free as a code, but not as a key. */
function freeKey(code: string, taken: Set<TaskKey>): TaskKey {
  let key = taskKey.parse(code);
  for (let turn = 2; taken.has(key); turn += 1) key = taskKey.parse(`${code}~${turn}`);
  taken.add(key);
  return key;
}

/** A limit that means what one did before keeps its number, to which reports refer; others get numbers not used yet. */
function numbersOf(task: Task, { milestones }: TaskDraft): number[] {
  const free = statedLimits(task);
  let last = Math.max(0, ...free.map((milestone) => milestone.number));
  const same = milestones.map((draft) => {
    const at = free.findIndex((milestone) => meaningOf(milestone) === meaningOf(draft));
    return at === -1 ? null : (free.splice(at, 1)[0]?.number ?? null);
  });
  const near = milestones.map((draft, index) => {
    if (same[index] !== null) return same[index];
    const at = free.findIndex((milestone) => milestone.kind === draft.kind && milestone.what === draft.what);
    return at === -1 ? null : (free.splice(at, 1)[0]?.number ?? null);
  });
  return near.map((number) => number ?? ++last);
}

function amendment({ task, draft, changes }: ChangedTask): string {
  if (task.retired) return '修订后的文件又有这一项，恢复';
  const what = changes.map((change) => changeNames[change]).join('、');
  const code = task.code === draft.code ? '' : `（${task.code}改为${draft.code}）`;
  return `文件修订：${what}有变${code}`;
}

async function note(ctx: Context, person: PersonId, task: Task, words: string): Promise<void> {
  const nothing = { unit: null, role: null, percent: null, changes: [], undoes: null };
  await recordUpdate(ctx, { ...nothing, task, person, kind: 'amend', note: words });
}
