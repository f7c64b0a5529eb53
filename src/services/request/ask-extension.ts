import { awaitsReport, type DutyBook, dutyKeyText } from '../../domain/duty.js';
import { isAskedInTime, newDayProblem } from '../../domain/extension.js';
import { decides, partsOf, unitName, workOf } from '../../domain/ledger.js';
import { dutyKeyOf, type Limit } from '../../domain/limit.js';
import { earlier, type LocalDate, later } from '../../domain/local-date.js';
import { tellsSomething } from '../../domain/note.js';
import { type PersonId, reportsFor } from '../../domain/person.js';
import { type ReportChoice, reportChoices } from '../../domain/report-choice.js';
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
import { readAskedExtensions } from './waiting-requests.js';

export interface ExtensionWish {
  /** 三季度, where the occurrence is named. */
  period: string | null;
  /** The new day, by the one that holds now: 延期15天 is counted from it. */
  dayFrom: ((due: LocalDate) => LocalDate) | null;
  reason: string;
}

export interface ExtensionPlan {
  kind: 'ready';
  task: Task;
  person: PersonId;
  unit: UnitId;
  /** Those that the unit has not reported done. */
  limits: Limit[];
  due: LocalDate;
  newDue: LocalDate;
  inTime: boolean;
}

export type ExtensionAnswer =
  | (ExtensionPlan & { request: RequestRow; replaced: RequestRow[] })
  /** The person has to say which limit is meant; nothing is recorded. */
  | { kind: 'choose'; task: Task; choices: ReportChoice[] };

/** Asks for another day for what the speaker's unit owes; nothing changes before the decision. */
export async function askExtension(ctx: Context, ref: TaskRef, wish: ExtensionWish): Promise<ExtensionAnswer> {
  const task = getCurrentTask(ctx, ref);
  requireRight(ctx, 'request');
  await lockWork(ctx, task);
  const plan = await planExtension(ctx, ref, wish);
  if (plan.kind === 'choose') return plan;
  const { person, unit, limits, due, newDue, inTime } = plan;
  const duties = limits.map((limit) => dutyKeyOf(limit, unit));
  const keys = new Set(duties.map(dutyKeyText));
  const { request, replaced } = await recordRequest(
    ctx,
    {
      ...{ task, person, role: null, kind: 'extension', duties, unitId: unit },
      ...{ words: wish.reason, statedDue: due, newDue, inTime },
    },
    (waiting) => waiting.duties.some((key) => keys.has(dutyKeyText(key))),
  );
  await tellSupervisors(ctx, request);
  return { ...plan, request, replaced };
}

/** What would be asked for. Throws a refusal where it can't be. */
export async function planExtension(
  ctx: Context,
  ref: TaskRef,
  wish: ExtensionWish,
): Promise<ExtensionPlan | Extract<ExtensionAnswer, { kind: 'choose' }>> {
  const task = getCurrentTask(ctx, ref);
  refuseClosedPlan(ctx, task);
  const person = requireRight(ctx, 'request');
  const unit = refuseUnlessDecides(ctx, task);
  const work = workOf(ctx.ledger, task);
  const book = await readDutyBook(ctx, [work.task, ...work.parts], await readAskedExtensions(ctx));
  const choices = choicesToExtend(ctx, task, ref.milestone, unit, book);
  if (wish.dayFrom === null) {
    const kind = tellsSomething(wish.reason) ? 'invalid' : 'incomplete';
    throw new BotError(kind, `请写延到哪一天和原因，如：/extend ${task.code} 10月15日 原因。`);
  }
  const named = choices.filter(({ limits }) => wish.period === null || limits.some((one) => isOf(one, wish.period)));
  const [choice, ...others] = named;
  if (!choice)
    throw new BotError('not-found', `${task.code}没有${wish.period}这一期待报的。发“/due ${task.code}”看时限。`);
  if (others.length > 0) return { kind: 'choose', task, choices: named };
  const { limits, due, latest, stated } = daysOf(choice);
  const newDue = wish.dayFrom(latest);
  const problem = newDayProblem(newDue, { due: latest, stated, today: ctx.today });
  if (problem) throw new BotError('invalid', `${task.code}没有登记：${problem}。请换一个日期再发。`);
  if (!tellsSomething(wish.reason)) {
    throw new BotError('invalid', `请写延期的原因，如：/extend ${task.code} 10月15日 设备没到货。`);
  }
  // Who changes what was asked for in time, and waits, has asked in time.
  const held = limits.every((limit) => book.askedFor(dutyKeyOf(limit, unit)) !== undefined);
  const inTime = held || isAskedInTime(due, ctx.now, ctx.timeZone);
  return { kind: 'ready', task, person, unit, limits, due, newDue, inTime };
}

const isOf = ({ period }: Limit, label: string | null) => period?.label === label;

/** The earliest day that holds now is the one to keep; the new one has to be later than all of them. */
function daysOf({ limits }: ReportChoice): { limits: Limit[]; due: LocalDate; latest: LocalDate; stated: LocalDate } {
  const dated = limits.flatMap((limit) => (limit.due === null ? [] : [{ limit, due: limit.due }]));
  const days = dated.map(({ due }) => due);
  const stated = dated.map(({ limit, due }) => limit.statedDue ?? due);
  return {
    limits: dated.map(({ limit }) => limit),
    due: days.reduce(earlier),
    latest: days.reduce(later),
    stated: stated.reduce(earlier),
  };
}

/** Only those who decide a task owe its limits. */
function refuseUnlessDecides(ctx: Context, task: Task): UnitId {
  const unit = reportsFor(ctx.actor);
  const rows = [task, ...partsOf(ctx.ledger, task)];
  if (unit !== null && rows.some((row) => decides(ctx.ledger, row, unit))) return unit;
  const name = unit === null ? '' : unitName(ctx.ledger, unit);
  throw new BotError(
    'forbidden',
    `${whoMayReport(ctx.ledger, task)}，延期由责任单位申请，${name}不能代提。发“/mine”看本单位任务。`,
  );
}

/** What the unit still owes by a day. Throws where there is nothing. */
function choicesToExtend(
  ctx: Context,
  task: Task,
  milestone: number | null,
  unit: UnitId,
  book: DutyBook,
): ReportChoice[] {
  const { all } = reportChoices(ctx.ledger, task, milestone, unit, ctx.today, ctx.startOn, book);
  const dated = all.filter(({ limits }) => limits.some(({ due }) => due !== null));
  if (dated.length === 0) {
    throw new BotError('invalid', `${task.code}没有到期的时限，不用申请延期。有情况发“/progress ${task.code} 情况”。`);
  }
  const statusOf = (limit: Limit) => book.statusOf(dutyKeyOf(limit, unit));
  const owed = (limit: Limit) => limit.due !== null && awaitsReport(statusOf(limit));
  const open = dated
    .map((choice) => ({ ...choice, limits: choice.limits.filter(owed) }))
    .filter(({ limits }) => limits.length > 0);
  if (open.length > 0) return open;
  const paused = dated.some(({ limits }) => limits.some((limit) => statusOf(limit) === 'paused'));
  const name = unitName(ctx.ledger, unit);
  throw new BotError(
    'conflict',
    paused
      ? `${task.code}${name}已暂缓，恢复以后再申请延期。发“/task ${task.code}”看情况。`
      : `${task.code}${name}已报办结，不用申请延期。发“/task ${task.code}”看情况。`,
  );
}
