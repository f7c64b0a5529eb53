import { type DutyStatus, dutyStatusNames } from '../../domain/duty.js';
import { codeOf, taskOfKey, unitName, workOf } from '../../domain/ledger.js';
import { reportsFor } from '../../domain/person.js';
import { type RequestKind, requestKindNames } from '../../domain/request.js';
import { mayDo } from '../../domain/rights.js';
import type { Task } from '../../domain/task.js';
import { type DutyChange, recorderRole, type UpdateKind, updateKindNames } from '../../domain/update-chain.js';
import { BotError, saidBy } from '../../errors.js';
import { listDuties } from '../../store/duties.js';
import { findRequest, listWaitingRequests } from '../../store/requests.js';
import {
  lastUpdateOfPerson,
  listTakenBack,
  listUpdatesAfter,
  listUpdatesBySequence,
  listUpdatesOfPerson,
  type UpdateRow,
} from '../../store/updates.js';
import type { Context } from '../context.js';
import { requestUpdateKinds } from '../request/record-request.js';
import { outcomeText, subjectCode } from '../request/request-words.js';
import { takeBackRequest } from '../request/take-back.js';
import { getTask, type TaskRef } from '../task/get-task.js';
import { lockWork, recordUpdate } from '../update/record-update.js';
import { stillStanding } from '../update/still-standing.js';

const undoWithinMs = 24 * 3_600_000;

const reportKinds: readonly UpdateKind[] = ['done', 'progress', 'block', 'no-change'];
const closed: DutyStatus = 'closed';

/** The speaker's reports of the last 24 hours that have not been taken back, newest first. */
export async function undoableReports(ctx: Context): Promise<UpdateRow[]> {
  const { person } = ctx.actor;
  if (person === null) return [];
  const since = new Date(ctx.now.getTime() - undoWithinMs);
  const standing = stillStanding(await listUpdatesOfPerson(ctx.tx, ctx.workspace, person, since));
  const asked = standing.filter(({ kind }) => requestUpdateKinds.has(kind));
  const waiting = asked.length > 0 ? await listWaitingRequests(ctx.tx, ctx.workspace) : [];
  const waits = (update: UpdateRow) => waiting.some(({ number }) => number === update.details.request);
  const attached = await attachedToStanding(ctx, standing);
  return standing.filter(
    (update) =>
      reportKinds.includes(update.kind) || (asked.includes(update) && waits(update)) || attached.includes(update),
  );
}

/** What was attached to a report that has not been taken back, with which it went. */
async function attachedToStanding(ctx: Context, updates: UpdateRow[]): Promise<UpdateRow[]> {
  const attached = updates.filter(({ kind }) => kind === 'attach');
  const reports = attached.flatMap(({ details }) => details.report ?? []);
  const gone = new Set((await listTakenBack(ctx.tx, ctx.workspace, reports)).map(({ undoes }) => undoes));
  return attached.filter(({ details }) => !gone.has(details.report ?? 0));
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
  const reports = new Set(chosen.map(({ sequence }) => sequence));
  return [...new Set(chosen)].filter(({ details }) => details.report === undefined || !reports.has(details.report));
}

function lastOn(ctx: Context, undoable: UpdateRow[], ref: TaskRef): UpdateRow {
  const task = getTask(ctx, ref);
  const touches = (update: UpdateRow) => {
    if (update.year !== task.year || update.kind === 'attach') return false;
    const changed = update.changes.filter((change) => change.task === task.key);
    const { milestone } = ref;
    if (milestone !== null) {
      const asked = update.task === task.key && update.details.milestone === milestone;
      return asked || changed.some((change) => change.milestone === milestone);
    }
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
  if (last.details.about && requestUpdateKinds.has(last.kind)) return nothingAskedToUndo(ctx, last, last.details.about);
  if (!reportKinds.includes(last.kind)) {
    const name = last.kind === 'advise' ? '意见' : updateKindNames[last.kind];
    return new BotError('conflict', `${code}的${name}不能撤销。${insteadOfUndo(last.kind, code)}`);
  }
  return new BotError(
    'conflict',
    `你最近一次报送（${code}）已超过24小时，不能撤销。情况有变发“/progress ${code} 情况”。`,
  );
}

/** How a decision is put right. */
function insteadOfUndo(kind: UpdateKind, code: string): string {
  switch (kind) {
    case 'accept':
      return `要更正发“/reopen ${code} 原因”。`;
    case 'pause':
    case 'withdraw':
      return `要恢复发“/resume ${code}”。`;
    case 'advise':
      return '再提一次，按新的意见报领导。';
    default:
      return `发“/history ${code}”看经过。`;
  }
}

async function nothingAskedToUndo(ctx: Context, { details }: UpdateRow, kind: RequestKind): Promise<BotError> {
  const request = await findRequest(ctx.tx, ctx.workspace, details.request ?? 0);
  if (!request) return new BotError('not-found', '没有找到可以撤销的内容。发“/mine”看本单位任务。');
  const name = `${subjectCode(ctx.ledger, request)} ${requestKindNames[kind]}`;
  if (request.state === 'waiting') return new BotError('conflict', `超过24小时的申请发“撤回申请 ${name}”撤回。`);
  return new BotError('conflict', `${name}：${await outcomeText(ctx, request)}，不能撤销。`);
}

/** The right is the unit's: who has moved to another leaves the reports of the first to its own liaison. */
function refuseUnlessOfUnit(ctx: Context, update: UpdateRow): void {
  const unit = reportsFor(ctx.actor);
  if (update.unitId === null || update.unitId === unit) return;
  if (update.role === recorderRole && mayDo(ctx.actor, 'record')) return;
  const owner = unitName(ctx.ledger, update.unitId);
  const now = unit === null ? '不是联络员' : `是${unitName(ctx.ledger, unit)}联络员`;
  const code = codeOf(ctx.ledger, update.year, update.task);
  throw new BotError('forbidden', `${code}是为${owner}报的，你现在${now}，不能撤销。请${owner}联络员更正。`);
}

export interface Undone {
  undone: UpdateRow[];
  /** Why the others stay. */
  refusals: string[];
}

/** Takes these reports back, the newest first, before review. What cannot be taken back stays and says why. */
export async function undoReports(ctx: Context, updates: UpdateRow[]): Promise<Undone> {
  const undone: UpdateRow[] = [];
  const refusals: string[] = [];
  const requests = new Set<number>();
  for (const update of [...updates].sort((a, b) => b.sequence - a.sequence)) {
    if (requestUpdateKinds.has(update.kind)) {
      const { request = 0 } = update.details;
      // An instruction stands in the history of each task that it names.
      if (requests.has(request)) continue;
      requests.add(request);
      const why = await takeBackAsked(ctx, request);
      if (why === null) undone.push(update);
      else refusals.push(why);
      continue;
    }
    const task = taskOfKey(ctx.ledger, update.year, update.task);
    if (!task) throw new BotError('not-found', `任务 ${update.task} 已不在台账里，不能撤销。`);
    await lockWork(ctx, task);
    const why = await whyItStays(ctx, task, update);
    if (why === null) {
      await takeBack(ctx, task, update);
      undone.push(update);
    } else refusals.push(why);
  }
  if (undone.length === 0) throw new BotError('conflict', [...new Set(refusals)].join('\n'));
  return { undone, refusals };
}

/** Why it stays, `null` when it was taken back. */
async function takeBackAsked(ctx: Context, number: number): Promise<string | null> {
  const request = await findRequest(ctx.tx, ctx.workspace, number);
  if (!request) return '这件申请已不在台账里，不能撤回。发“/extend”看等待决定的。';
  try {
    await takeBackRequest(ctx, request);
    return null;
  } catch (error) {
    return saidBy(error);
  }
}

async function takeBack(ctx: Context, task: Task, update: UpdateRow): Promise<void> {
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

/** Somebody, for instance the review, has changed the status since, and that still stands; or it was taken back meanwhile. */
async function whyItStays(ctx: Context, task: Task, update: UpdateRow): Promise<string | null> {
  const work = workOf(ctx.ledger, task);
  const keys = [...new Set([task, work.task, ...work.parts].map((row) => row.key))];
  const later = await listUpdatesAfter(ctx.tx, ctx.workspace, update.year, keys, update.sequence);
  if (later.some(({ undoes }) => undoes === update.sequence)) return `${task.code}的这条已经撤销过了。`;
  if (update.kind === 'attach') return whyItStaysAttached(ctx, task, update);
  const changedLater = stillStanding(later).flatMap((one) => one.changes);
  const duties = await listDuties(ctx.tx, ctx.workspace, update.year, keys);
  for (const change of update.changes) {
    const duty = duties.find(({ unitId, ...row }) => isSameDuty(change, { ...row, unit: unitId }));
    const now: DutyStatus = duty?.status ?? 'unreported';
    if (now === change.after.status && !changedLater.some((other) => isSameDuty(change, other))) continue;
    return whyMovedOn(task, now);
  }
  return null;
}

/** What a report was reviewed by stays with it. */
async function whyItStaysAttached(ctx: Context, task: Task, { details }: UpdateRow): Promise<string | null> {
  const [report] = await listUpdatesBySequence(ctx.tx, ctx.workspace, [details.report ?? 0]);
  const changes = report?.changes ?? [];
  const keys = [...new Set(changes.map((change) => change.task))];
  const duties = await listDuties(ctx.tx, ctx.workspace, task.year, keys);
  const isClosed = changes.some((change) =>
    duties.some(({ unitId, ...row }) => row.status === closed && isSameDuty(change, { ...row, unit: unitId })),
  );
  return isClosed ? `${task.code}已销号，附的材料不能撤销。要更正请督查室重开：/reopen ${task.code} 原因` : null;
}

function whyMovedOn({ code }: Task, now: DutyStatus): string {
  switch (now) {
    case 'closed':
      return `${code}已销号，不能撤销。要更正请督查室重开：/reopen ${code} 原因`;
    case 'paused':
    case 'withdrawn':
      return `${code}现在是${dutyStatusNames[now]}，不能撤销。要更正发“/progress ${code} 情况”。`;
    case 'unreported':
    case 'in-progress':
    case 'reported':
      return `${code}在你报送之后又有变动，不能撤销。发“/history ${code}”看经过，更正发“/progress ${code} 情况”。`;
  }
}

type DutyPlace = Pick<DutyChange, 'task' | 'milestone' | 'occurrence' | 'unit'>;

function isSameDuty(a: DutyPlace, b: DutyPlace): boolean {
  return a.task === b.task && a.milestone === b.milestone && a.occurrence === b.occurrence && a.unit === b.unit;
}
