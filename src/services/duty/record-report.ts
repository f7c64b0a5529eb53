import { type DutyBook, dutyKeyText, isReported, stateAfter } from '../../domain/duty.js';
import { decides, type Ledger, partsOf, rolesIn, unitName, unitNames, wholeOf, workOf } from '../../domain/ledger.js';
import { dutyKeyOf, type Limit, type Standing, standingOf } from '../../domain/limit.js';
import { actorRoleNames, holds, type PersonId, reportsFor, rolesApart } from '../../domain/person.js';
import { type ReportChoice, reportChoices } from '../../domain/report-choice.js';
import { roleNames } from '../../domain/responsibility.js';
import { milestoneCode, type Task } from '../../domain/task.js';
import type { UnitId } from '../../domain/unit.js';
import type { DutyChange } from '../../domain/update-chain.js';
import { BotError } from '../../errors.js';
import type { Context } from '../context.js';
import { getCurrentTask, type TaskRef } from '../task/get-task.js';
import { lockWork, recordUpdate } from '../update/record-update.js';
import { readDutyBook } from './duty-book.js';
import { undoableReports } from './undo-report.js';

export interface Report {
  kind: 'done' | 'progress';
  /** Word for word. */
  note: string;
  percent: number | null;
}

export type ReportOutcome =
  | {
      kind: 'recorded';
      task: Task;
      unit: UnitId;
      limits: Limit[];
      standings: Standing[];
      standing: boolean;
      partsDone: boolean;
    }
  /** A supporting unit's own part: kept and shown, deciding nothing. */
  | { kind: 'supporting'; task: Task; unit: UnitId; role: string }
  /** Said after the done report; the status stays. */
  | { kind: 'supplement'; task: Task }
  /** The person has to say which limit is meant; nothing is recorded. */
  | { kind: 'choose'; task: Task; choices: ReportChoice[] }
  /** Reported done before; nothing is recorded. */
  | { kind: 'already'; task: Task; unit: UnitId; reportedAt: Date | null; closed: boolean; undoable: boolean };

/** Records what the speaker's unit reports on a task. Throws a refusal that names who may. */
export async function recordReport(ctx: Context, ref: TaskRef, report: Report): Promise<ReportOutcome> {
  const task = getCurrentTask(ctx, ref);
  const { person, unit } = refuseUnlessReports(ctx, task);
  await lockWork(ctx, task);
  const rows = [task, ...partsOf(ctx.ledger, task)];
  const work = workOf(ctx.ledger, task);
  const inWork = [work.task, ...work.parts];
  const book = await readDutyBook(ctx, inWork);
  if (!rows.some((row) => decides(ctx.ledger, row, unit))) return recordSupport(ctx, task, person, unit, report);
  const choices = reportChoices(ctx.ledger, task, ref.milestone, unit, ctx.today, ctx.startOn, book);
  const [choice, ...others] = choices.open;
  if (!choice && report.kind === 'done') return alreadyReported(ctx, task, unit, choices.all, book);
  if (!choice) {
    await recordUpdate(ctx, { task, person, unit, role: 'lead', ...report, changes: [], undoes: null });
    return { kind: 'supplement', task };
  }
  if (others.length > 0) return { kind: 'choose', task, choices: choices.open };
  const changes = changesBy(choice, unit, report, book, ctx.settings.review);
  await recordUpdate(ctx, { task, person, unit, role: 'lead', ...report, changes, undoes: null });
  const after = await readDutyBook(ctx, inWork);
  return {
    kind: 'recorded',
    task,
    unit,
    limits: choice.limits,
    standings: choice.limits.map((limit) => standingOf(ctx.ledger, limit, after)),
    standing: choice.standing,
    partsDone: report.kind === 'done' && allPartsReported(ctx, task, unit, after),
  };
}

function changesBy(choice: ReportChoice, unit: UnitId, report: Report, book: DutyBook, review: boolean): DutyChange[] {
  const event = report.kind === 'done' && choice.standing ? 'standing-done' : report.kind;
  return choice.limits.flatMap((limit) => {
    const key = dutyKeyOf(limit, unit);
    const before = book.stateOf(key);
    const after = stateAfter(before, event, { review, percent: report.percent });
    return after === null ? [] : [{ ...key, before, after }];
  });
}

async function recordSupport(
  ctx: Context,
  task: Task,
  person: PersonId,
  unit: UnitId,
  report: Report,
): Promise<ReportOutcome> {
  const role = rolesIn(ctx.ledger, task, unit)[0]?.role ?? 'support';
  await recordUpdate(ctx, { task, person, unit, role, ...report, changes: [], undoes: null });
  return { kind: 'supporting', task, unit, role: roleNames[role] };
}

async function alreadyReported(
  ctx: Context,
  task: Task,
  unit: UnitId,
  choices: ReportChoice[],
  book: DutyBook,
): Promise<ReportOutcome> {
  const keys = choices.flatMap((choice) => choice.limits.map((limit) => dutyKeyOf(limit, unit)));
  const duties = keys.map((key) => book.get(key));
  const [last] = duties.filter((duty) => duty !== undefined).sort((a, b) => b.sequence - a.sequence);
  const closed = last?.status === 'closed';
  const texts = new Set(keys.map(dutyKeyText));
  const undoable = (await undoableReports(ctx)).some((update) =>
    update.changes.some((change) => texts.has(dutyKeyText(change)) && isReported(change.after.status)),
  );
  return { kind: 'already', task, unit, reportedAt: last?.changedAt ?? null, closed, undoable: undoable && !closed };
}

/** A report on the last annex row of a task leaves the task itself: the person is asked whether that is done too. */
function allPartsReported(ctx: Context, task: Task, unit: UnitId, book: DutyBook): boolean {
  const whole = wholeOf(ctx.ledger, task);
  if (whole === task || !decides(ctx.ledger, whole, unit)) return false;
  const choices = reportChoices(ctx.ledger, whole, null, unit, ctx.today, ctx.startOn, book).all;
  const dated = choices.filter((choice) => choice.limits.some((limit) => limit.task === task));
  return dated.some((choice) => {
    const reported = (limit: Limit) => isReported(book.statusOf(dutyKeyOf(limit, unit)));
    const parts = choice.limits.filter((limit) => limit.task !== whole);
    const own = choice.limits.filter((limit) => limit.task === whole);
    return parts.every(reported) && own.length > 0 && !own.every(reported);
  });
}

/** Only a liaison reports, and only for a unit that the task names. */
export function refuseUnlessReports(ctx: Context, task: Task): { person: PersonId; unit: UnitId } {
  const unit = reportsFor(ctx.actor);
  const who = whoMayReport(ctx.ledger, task);
  const { person } = ctx.actor;
  if (person === null || unit === null) {
    throw new BotError('forbidden', `报送由责任单位的联络员来报。${who}。${insteadOf(ctx)}`);
  }
  const rows = [task, ...partsOf(ctx.ledger, task)];
  if (!rows.some((row) => rolesIn(ctx.ledger, row, unit).length > 0)) {
    throw new BotError('forbidden', `${who}，${unitName(ctx.ledger, unit)}不能代报。发“/mine”看本单位任务。`);
  }
  return { person, unit };
}

/** What somebody who does not report can do about it. */
function insteadOf(ctx: Context): string {
  if (holds(ctx.actor, 'supervisor')) return '督查室代录这一版还没有。';
  const apart = rolesApart.find((role) => holds(ctx.actor, role));
  if (apart) return `${actorRoleNames[apart]}不报送。`;
  return '要当联络员，发“/join 单位名”。';
}

export function whoMayReport(ledger: Ledger, task: Task): string {
  const leads = task.responsibility.filter((entry) => entry.role === 'lead').map((entry) => entry.unit);
  if (leads.length > 0) return `${task.code}牵头是${unitNames(ledger, new Set(leads))}`;
  const implementers = task.responsibility.filter((entry) => entry.role === 'implement' && !entry.inherited);
  return `${task.code}没有写牵头，责任单位是${unitNames(ledger, new Set(implementers.map((entry) => entry.unit)))}`;
}

export function choiceCode(choice: ReportChoice): string {
  const [first] = choice.limits.filter((limit) => limit.milestone !== null);
  return first?.milestone
    ? milestoneCode(first.task.code, first.milestone.number)
    : (choice.limits[0]?.task.code ?? '');
}
