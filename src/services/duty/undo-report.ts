import type { DutyStatus } from '../../domain/duty.js';
import { codeOf, taskOfKey, unitName, workOf } from '../../domain/ledger.js';
import { reportsFor } from '../../domain/person.js';
import type { Task } from '../../domain/task.js';
import type { DutyChange } from '../../domain/update-chain.js';
import { BotError } from '../../errors.js';
import { listDuties } from '../../store/duties.js';
import { lastUpdateOfPerson, listUpdatesAfter, listUpdatesOfPerson, type UpdateRow } from '../../store/updates.js';
import type { Context } from '../context.js';
import { getTask, type TaskRef } from '../task/get-task.js';
import { lockWork, recordUpdate } from '../update/record-update.js';

const undoWithinMs = 24 * 3_600_000;

/** The speaker's reports of the last 24 hours that have not been taken back, newest first. */
export async function undoableReports(ctx: Context): Promise<UpdateRow[]> {
  const { person } = ctx.actor;
  if (person === null) return [];
  const since = new Date(ctx.now.getTime() - undoWithinMs);
  const standing = stillStanding(await listUpdatesOfPerson(ctx.tx, ctx.workspace, person, since));
  return standing.filter(({ kind }) => kind === 'done' || kind === 'progress');
}

/** Without those that were taken back and what took them back. */
function stillStanding(updates: UpdateRow[]): UpdateRow[] {
  const undone = new Set(updates.map((update) => update.undoes));
  return updates.filter(({ kind, sequence }) => kind !== 'undo' && !undone.has(sequence));
}

/** What /undo takes back: all that the speaker's last message reported, or the last report on each of the tasks named. */
export async function reportsToUndo(ctx: Context, refs: TaskRef[]): Promise<UpdateRow[]> {
  const undoable = await undoableReports(ctx);
  const [last] = undoable;
  if (refs.length === 0 && !last) throw await nothingToUndo(ctx);
  const chosen =
    refs.length === 0
      ? undoable.filter(({ platform, messageId }) => platform === last?.platform && messageId === last.messageId)
      : refs.map((ref) => lastOn(ctx, undoable, ref));
  for (const update of chosen) refuseUnlessOfUnit(ctx, update);
  return [...new Set(chosen)];
}

function lastOn(ctx: Context, undoable: UpdateRow[], ref: TaskRef): UpdateRow {
  const task = getTask(ctx, ref);
  const touches = (update: UpdateRow) => {
    if (update.year !== task.year) return false;
    const changed = update.changes.filter((change) => change.task === task.key);
    if (ref.milestone !== null) return changed.some((change) => change.milestone === ref.milestone);
    return update.task === task.key || changed.length > 0;
  };
  const found = undoable.find(touches);
  if (!found) throw new BotError('not-found', `${task.code}没有你24小时内报送、还没撤销的内容。`);
  return found;
}

async function nothingToUndo(ctx: Context): Promise<BotError> {
  const { person } = ctx.actor;
  const last = person && (await lastUpdateOfPerson(ctx.tx, ctx.workspace, person));
  if (!last) return new BotError('not-found', '没有找到你报送过的内容，没有可撤销的。');
  if (last.kind === 'undo') return new BotError('conflict', '你24小时内报送的都已经撤销了，没有别的可撤销。');
  const code = codeOf(ctx.ledger, last.year, last.task);
  return new BotError(
    'conflict',
    `你最近一次报送（${code}）已超过24小时，不能撤销。情况有变发“/progress ${code} 情况”。`,
  );
}

/** The right is the unit's: who has moved to another leaves the reports of the first to its own liaison. */
function refuseUnlessOfUnit(ctx: Context, update: UpdateRow): void {
  const unit = reportsFor(ctx.actor);
  if (update.unitId === null || update.unitId === unit) return;
  const owner = unitName(ctx.ledger, update.unitId);
  const now = unit === null ? '不是联络员' : `是${unitName(ctx.ledger, unit)}联络员`;
  const code = codeOf(ctx.ledger, update.year, update.task);
  throw new BotError('forbidden', `${code}是为${owner}报的，你现在${now}，不能撤销。请${owner}联络员更正。`);
}

/** Takes these reports back, the newest first, before review. */
export async function undoReports(ctx: Context, updates: UpdateRow[]): Promise<void> {
  for (const update of [...updates].sort((a, b) => b.sequence - a.sequence)) await undoOne(ctx, update);
}

async function undoOne(ctx: Context, update: UpdateRow): Promise<void> {
  const task = taskOfKey(ctx.ledger, update.year, update.task);
  if (!task) throw new BotError('not-found', `任务 ${update.task} 已不在台账里，不能撤销。`);
  await lockWork(ctx, task);
  await refuseWhenMovedOn(ctx, task, update);
  await recordUpdate(ctx, {
    task,
    person: update.personId,
    unit: update.unitId,
    role: update.role,
    kind: 'undo',
    note: '',
    percent: null,
    changes: update.changes.map((change) => ({ ...change, before: change.after, after: change.before })),
    undoes: update.sequence,
  });
}

/** Somebody, for instance the review, has changed the status since, and that still stands. */
async function refuseWhenMovedOn(ctx: Context, task: Task, update: UpdateRow): Promise<void> {
  if (update.changes.length === 0) return;
  const work = workOf(ctx.ledger, task);
  const keys = [...new Set([task, work.task, ...work.parts].map((row) => row.key))];
  const later = await listUpdatesAfter(ctx.tx, ctx.workspace, update.year, keys, update.sequence);
  const changedLater = stillStanding(later).flatMap((one) => one.changes);
  const duties = await listDuties(ctx.tx, ctx.workspace, update.year, keys);
  for (const change of update.changes) {
    const duty = duties.find(({ unitId, ...row }) => isSameDuty(change, { ...row, unit: unitId }));
    const now: DutyStatus = duty?.status ?? 'unreported';
    if (now === change.after.status && !changedLater.some((other) => isSameDuty(change, other))) continue;
    throw new BotError('conflict', `${task.code}在你报送之后又有变动，不能撤销。发“/history ${task.code}”看经过。`);
  }
}

type DutyPlace = Pick<DutyChange, 'task' | 'milestone' | 'occurrence' | 'unit'>;

function isSameDuty(a: DutyPlace, b: DutyPlace): boolean {
  return a.task === b.task && a.milestone === b.milestone && a.occurrence === b.occurrence && a.unit === b.unit;
}
