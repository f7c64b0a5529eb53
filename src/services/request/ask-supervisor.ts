import { spanOfLimits } from '../../domain/due.js';
import { type DutyBook, type DutyKey, dutyKeyText, stateAfter } from '../../domain/duty.js';
import { decides, partsOf, rolesIn, unitName } from '../../domain/ledger.js';
import { dutyKeyOf, isFor, limitsDue, limitsOpenTo } from '../../domain/limit.js';
import { tellsSomething } from '../../domain/note.js';
import { type PersonId, reportsFor } from '../../domain/person.js';
import type { Task } from '../../domain/task.js';
import type { UnitId } from '../../domain/unit.js';
import { BotError } from '../../errors.js';
import type { RequestRow } from '../../store/requests.js';
import type { Context } from '../context.js';
import { readDutyBook } from '../duty/duty-book.js';
import { whoMayReport } from '../duty/record-report.js';
import { requireRight } from '../person/require-right.js';
import { getCurrentTask, refuseClosedPlan, type TaskRef } from '../task/get-task.js';
import { lockWork } from '../update/record-update.js';
import { recordRequest } from './record-request.js';
import { tellSupervisors } from './request-notices.js';

/** 职责异议 and 不涉及: what a unit asks the supervisor to decide about its own duties. */
export type ReliefKind = 'objection' | 'exemption';

/** What a granted one does to a duty. */
export const reliefEvents = { objection: 'withdraw', exemption: 'exempt' } as const;

export interface Relief {
  kind: ReliefKind;
  task: Task;
  person: PersonId;
  unit: UnitId;
  /** Of the unit; empty where it only supports. */
  duties: DutyKey[];
}

/** Asks for it; nothing changes before the decision. */
export async function askSupervisor(
  ctx: Context,
  kind: ReliefKind,
  ref: TaskRef,
  reason: string,
): Promise<Relief & { request: RequestRow; replaced: RequestRow[] }> {
  const task = getCurrentTask(ctx, ref);
  requireRight(ctx, 'request');
  await lockWork(ctx, task);
  const relief = await planRelief(ctx, kind, ref, reason);
  const { person, unit, duties } = relief;
  const role = rolesIn(ctx.ledger, task, unit)[0]?.role ?? null;
  const keys = new Set(duties.map(dutyKeyText));
  const { request, replaced } = await recordRequest(
    ctx,
    { task, person, role, kind, duties, unitId: unit, words: reason, statedDue: null, newDue: null, inTime: true },
    (waiting) =>
      waiting.duties.some((key) => keys.has(dutyKeyText(key))) ||
      (duties.length + waiting.duties.length === 0 && waiting.year === task.year && waiting.task === task.key),
  );
  await tellSupervisors(ctx, request);
  return { ...relief, request, replaced };
}

/** What would be asked for. Throws a refusal where it can't be. */
export async function planRelief(ctx: Context, kind: ReliefKind, ref: TaskRef, reason: string): Promise<Relief> {
  const task = getCurrentTask(ctx, ref);
  refuseClosedPlan(ctx, task);
  const person = requireRight(ctx, 'request');
  const unit = refuseUnlessNamed(ctx, task);
  if (!tellsSomething(reason)) {
    const example = kind === 'objection' ? `/object ${task.code} 这项归哪家管` : `/na ${task.code} 为什么不涉及`;
    throw new BotError('incomplete', `请写一句理由，如：${example}。`);
  }
  const rows = [task, ...partsOf(ctx.ledger, task)].filter((row) => decides(ctx.ledger, row, unit));
  const keys = rows.flatMap((row) => keysOf(ctx, row, ref.milestone, unit));
  const book = await readDutyBook(ctx, rows);
  const duties = keys.filter((key) => isOpenTo(book, key, kind));
  if (keys.length > 0 && duties.length === 0) {
    throw new BotError(
      'conflict',
      `${task.code}${unitName(ctx.ledger, unit)}已经没有待报的。发“/task ${task.code}”看情况。`,
    );
  }
  return { kind, task, person, unit, duties };
}

const isOpenTo = (book: DutyBook, key: DutyKey, kind: ReliefKind) =>
  stateAfter(book.stateOf(key), reliefEvents[kind], { review: true }) !== null;

/** The duties of the unit on one row, those of the plan's further occurrences too. */
function keysOf(ctx: Context, row: Task, milestone: number | null, unit: UnitId): DutyKey[] {
  const { ledger, today, startOn } = ctx;
  const ofPlan = ledger.tasks.filter(({ year, prefix }) => year === row.year && prefix === row.prefix);
  const limits = [
    ...limitsOpenTo(ledger, row, today, startOn),
    ...limitsDue(ledger, row, spanOfLimits(ofPlan, today), startOn),
  ].filter((limit) => isFor(limit, unit) && (milestone === null || limit.milestone?.number === milestone));
  return [...new Map(limits.map((limit) => dutyKeyOf(limit, unit)).map((key) => [dutyKeyText(key), key])).values()];
}

/** Any unit that the document names for the task, itself or as one of a group noun. */
function refuseUnlessNamed(ctx: Context, task: Task): UnitId {
  const unit = reportsFor(ctx.actor);
  const rows = [task, ...partsOf(ctx.ledger, task)];
  if (unit !== null && rows.some((row) => rolesIn(ctx.ledger, row, unit).length > 0)) return unit;
  const name = unit === null ? '' : unitName(ctx.ledger, unit);
  throw new BotError('forbidden', `${whoMayReport(ctx.ledger, task)}，没有${name}，不用申报。发“/mine”看本单位任务。`);
}
