import { awaitsReport, type DutyBook, type DutyKey, stateAfter } from '../../domain/duty.js';
import { type Work, wholeOf, workOf } from '../../domain/ledger.js';
import { actorRoleNames, holds, type PersonId } from '../../domain/person.js';
import { hasInCharge, mayDo } from '../../domain/rights.js';
import { isStanding } from '../../domain/standing-work.js';
import { milestoneCode, type Task } from '../../domain/task.js';
import type { UnitId } from '../../domain/unit.js';
import { recorderRole } from '../../domain/update-chain.js';
import { BotError } from '../../errors.js';
import { listUpdatesBySequence, type UpdateRow } from '../../store/updates.js';
import type { Context } from '../context.js';
import { requireRight } from '../person/require-right.js';
import { getCurrentTask, type TaskRef } from '../task/get-task.js';
import { lockWork, recordUpdate } from '../update/record-update.js';
import { readDutyBook } from './duty-book.js';
import { changeTo, dutiesNamed, dutiesOfWork, type NamedDuty, whereTheyStand } from './named-duties.js';

/** A duty that was reported done, with the report. */
export interface ReportedDuty extends NamedDuty {
  report: UpdateRow;
}

/** Reported done, and not to be closed by this person. */
export interface HeldDuty extends ReportedDuty {
  why: string;
}

/** What a code means to whoever accepts: what may be closed, and what another has to close. */
export interface ToAccept {
  task: Task;
  ready: ReportedDuty[];
  held: HeldDuty[];
}

export interface Accepted extends ToAccept {
  work: Work;
  /** What is still open of the work after it. */
  left: NamedDuty[];
}

export interface Acceptance {
  note: string;
  verified: string | null;
}

/** Closes what has been reported done and this person may close. Throws a refusal that says what is missing. */
export async function acceptReports(
  ctx: Context,
  ref: TaskRef,
  unit: UnitId | null,
  { note, verified }: Acceptance,
): Promise<Accepted> {
  const person = requireRight(ctx, 'accept');
  const task = getCurrentTask(ctx, ref);
  await lockWork(ctx, task);
  const { ready, held } = await reportsToAccept(ctx, ref, unit);
  const changes = ready.flatMap((duty) => {
    const after = stateAfter(duty.state, 'accept', ctx.settings);
    return after === null ? [] : [changeTo(duty, after)];
  });
  const details = verified === null ? {} : { verified };
  const words = { note, percent: null, details, undoes: null };
  await recordUpdate(ctx, { ...words, task, person, unit: null, role: null, kind: 'accept', changes });
  const work = workOf(ctx.ledger, task);
  const book = await readDutyBook(ctx, [work.task, ...work.parts]);
  const left = dutiesOfWork(ctx, work, book).filter(
    ({ limit, state: { status } }) => !isStanding(limit) && status !== 'closed' && status !== 'withdrawn',
  );
  return { task, ready, held, work, left };
}

/** The same without closing anything. */
export async function reportsToAccept(ctx: Context, ref: TaskRef, unit: UnitId | null): Promise<ToAccept> {
  const person = requireRight(ctx, 'accept');
  const task = getCurrentTask(ctx, ref);
  const work = workOf(ctx.ledger, task);
  const book = await readDutyBook(ctx, [work.task, ...work.parts]);
  const named = dutiesNamed(ctx, task, ref, unit, book);
  const reported = named.filter(({ state }) => state.status === 'reported');
  if (reported.length === 0) throw nothingToAccept(ctx, task, ref, named);
  const sequences = reported.flatMap(({ key }) => sequencesOf(ctx, key, book));
  const reports = await listUpdatesBySequence(ctx.tx, ctx.workspace, [...new Set(sequences)]);
  const bySequence = new Map(reports.map((report) => [report.sequence, report]));
  const ready: ReportedDuty[] = [];
  const held: HeldDuty[] = [];
  for (const duty of reported) {
    const found = sequencesOf(ctx, duty.key, book).flatMap((sequence) => bySequence.get(sequence) ?? []);
    const report = found.find(({ kind }) => kind !== 'amend') ?? found[0];
    if (!report) throw new Error(`the report on ${duty.key.year} ${duty.key.task} is not in the history`);
    const why = whyHeld(ctx, person, duty, report);
    if (why === null) ready.push({ ...duty, report });
    else held.push({ ...duty, report, why });
  }
  if (ready.length === 0)
    throw new BotError('forbidden', `${task.code}${[...new Set(held.map(({ why }) => why))].join('；')}。`);
  return { task, ready, held };
}

/** The last word on a duty, and behind it those of the units that were merged into this one: a merger is no report. */
function sequencesOf({ ledger }: Context, key: DutyKey, book: DutyBook): number[] {
  const merged = [...ledger.heirs].flatMap(([from, heir]) => (heir === key.unit ? [from] : []));
  const earlier = merged.flatMap((unit) => book.get({ ...key, unit })?.sequence ?? []).sort((a, b) => b - a);
  const own = book.get(key);
  return own ? [own.sequence, ...earlier] : earlier;
}

/**
 * Neither the person nor the unit that reported closes. What a supervisor entered for a unit is closed by another one, or by
 * the leader in charge; what a unit reported itself, by the supervisors.
 */
function whyHeld({ actor, ledger }: Context, person: PersonId, duty: NamedDuty, report: UpdateRow): string | null {
  const entered = report.role === recorderRole;
  if (report.personId === person)
    return entered ? '是你代录的，请另一位督查员或分管领导销号' : '是你报的，请别的督查员销号';
  if (actor.unit === duty.unit) return '是你单位报的，请单位以外的督查员销号';
  if (holds(actor, 'supervisor')) return null;
  if (!entered) return `是联络员报的，由${actorRoleNames.supervisor}核查销号`;
  const { task } = duty.limit;
  return [task, wholeOf(ledger, task)].some((one) => hasInCharge(actor, ledger, one))
    ? null
    : '不在你分管的范围，请另一位督查员或分管领导销号';
}

function nothingToAccept(ctx: Context, task: Task, ref: TaskRef, named: NamedDuty[]): BotError {
  const code = milestoneCode(task.code, ref.milestone ?? 0);
  const open = named.filter(({ state }) => awaitsReport(state.status));
  const stand = whereTheyStand(ctx, task, named);
  if (!ctx.settings.review) {
    return new BotError('conflict', `没有开核查：报办结就是销号，不用再发销号。${code}：${stand}。`);
  }
  if (open.length === 0) {
    return new BotError('conflict', `${code}没有待核查的办结报告：${stand}。经过发“/history ${task.code}”。`);
  }
  const closes = open.some(({ limit }) => !isStanding(limit));
  const entered = mayDo(ctx.actor, 'record') ? `电话、纸质报来的，先发“/record 单位 ${code} 办结 情况”代录。` : '';
  const how = closes ? entered : '这是长期坚持的工作，按期报情况，不销号。';
  return new BotError('conflict', `${code}还没有收到办结报告：${stand}。${how}`);
}
