import { type DutyBook, type DutyStatus, dutyKeyText, isHalted, isReported, stateAfter } from '../../domain/duty.js';
import { decides, partsOf, rolesIn, wholeOf, workOf } from '../../domain/ledger.js';
import { dutyKeyOf, type Limit, type Standing, standingOf, wholeLimit } from '../../domain/limit.js';
import type { PersonId } from '../../domain/person.js';
import { namedBy, type ReportChoice, reportChoices } from '../../domain/report-choice.js';
import { roleNames } from '../../domain/responsibility.js';
import { milestoneCode, type Task } from '../../domain/task.js';
import type { UnitId } from '../../domain/unit.js';
import { type DutyChange, recorderRole, type UpdateDetails } from '../../domain/update-chain.js';
import type { Context } from '../context.js';
import type { TaskRef } from '../task/get-task.js';
import { lockWork, recordUpdate } from '../update/record-update.js';
import { readDutyBook } from './duty-book.js';
import { undoableReports } from './undo-report.js';

export interface Report {
  kind: 'done' | 'progress' | 'block';
  /** Word for word. */
  note: string;
  percent: number | null;
  details: UpdateDetails;
}

/** The unit that reports, and whoever says so: its liaison, or somebody who enters for it what came otherwise (代录). */
export interface Reporter {
  person: PersonId;
  unit: UnitId;
  recorder: boolean;
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
      sequence: number;
    }
  /** A supporting unit's own part: kept and shown, deciding nothing. */
  | { kind: 'supporting'; task: Task; unit: UnitId; role: string; sequence: number }
  /** Said after the done report; the status stays. */
  | { kind: 'supplement'; task: Task; unit: UnitId; sequence: number }
  /** What is paused or withdrawn stays so. */
  | { kind: 'halted'; task: Task; unit: UnitId; status: DutyStatus; sequence: number }
  /** The person has to say which limit is meant; nothing is recorded. */
  | { kind: 'choose'; task: Task; choices: ReportChoice[] }
  /** The workspace wants the word that the unit's head has signed it off; nothing is recorded. */
  | { kind: 'sign-off'; task: Task }
  /** Reported done before; nothing is recorded. */
  | {
      kind: 'already';
      task: Task;
      unit: UnitId;
      reportedAt: Date | null;
      closed: boolean;
      /** It owes no report any more (不涉及, 调整取消). */
      withdrawn: boolean;
      undoable: boolean;
    };

/** Takes down what is reported for a unit on a task that names it. Whether this person may is checked before. */
export async function takeReport(
  ctx: Context,
  task: Task,
  ref: TaskRef,
  by: Reporter,
  report: Report,
): Promise<ReportOutcome> {
  const { ledger, today, startOn, settings } = ctx;
  const { unit } = by;
  await lockWork(ctx, task);
  const rows = [task, ...partsOf(ledger, task)];
  const work = workOf(ledger, task);
  const inWork = [work.task, ...work.parts];
  const book = await readDutyBook(ctx, inWork);
  if (!rows.some((row) => decides(ledger, row, unit))) return takeSupport(ctx, task, by, report);
  const choices = reportChoices(ledger, task, ref.milestone, unit, today, startOn, book);
  const named = choices.open.filter((choice) => namedBy(choice, ref, report.note));
  const moved = (named.length > 0 ? named : choices.open).filter(
    (choice) => changesBy(choice, unit, report, book, settings.review).length > 0,
  );
  const [choice, ...others] = moved;
  if (!choice) return takeUnmoved(ctx, task, by, report, choices.all, book);
  if (others.length > 0) return { kind: 'choose', task, choices: moved };
  const closing = report.kind === 'done' && !choice.standing;
  if (closing && settings.signOff && report.details.signedOff !== true) return { kind: 'sign-off', task };
  const changes = changesBy(choice, unit, report, book, settings.review);
  const sequence = await write(ctx, task, by, report, changes);
  const after = await readDutyBook(ctx, inWork);
  const changed = new Set(changes.map(dutyKeyText));
  const limits = choice.limits.filter((limit) => changed.has(dutyKeyText(dutyKeyOf(limit, unit))));
  return {
    kind: 'recorded',
    task,
    unit,
    limits,
    standings: limits.map((limit) => standingOf(ledger, wholeLimit(limit), after)),
    standing: choice.standing,
    partsDone: report.kind === 'done' && allPartsReported(ctx, task, unit, after),
    sequence,
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

function write(
  ctx: Context,
  task: Task,
  { person, unit, recorder }: Reporter,
  report: Report,
  changes: DutyChange[],
  role = 'lead',
): Promise<number> {
  return recordUpdate(ctx, {
    ...report,
    task,
    person,
    unit,
    role: recorder ? recorderRole : role,
    changes,
    undoes: null,
  });
}

async function takeSupport(ctx: Context, task: Task, by: Reporter, report: Report): Promise<ReportOutcome> {
  const role = rolesIn(ctx.ledger, task, by.unit)[0]?.role ?? 'support';
  const sequence = await write(ctx, task, by, report, [], role);
  return { kind: 'supporting', task, unit: by.unit, role: roleNames[role], sequence };
}

/** The report changes no status: what is halted keeps it, what was reported done is not reported twice. */
async function takeUnmoved(
  ctx: Context,
  task: Task,
  by: Reporter,
  report: Report,
  choices: ReportChoice[],
  book: DutyBook,
): Promise<ReportOutcome> {
  const { unit } = by;
  const statuses = choices.flatMap(({ limits }) => limits.map((limit) => book.statusOf(dutyKeyOf(limit, unit))));
  const status = statuses.find(isHalted);
  if (status === undefined && report.kind === 'done') return alreadyReported(ctx, task, unit, choices, book);
  const sequence = await write(ctx, task, by, report, []);
  return status === undefined
    ? { kind: 'supplement', task, unit, sequence }
    : { kind: 'halted', task, unit, status, sequence };
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
  const withdrawn = last?.status === 'withdrawn';
  const reportedAt = last?.changedAt ?? null;
  return { kind: 'already', task, unit, reportedAt, closed, withdrawn, undoable: undoable && !closed && !withdrawn };
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

/** 气-5.1, where the choice has a limit. */
export function choiceCode(choice: ReportChoice): string {
  const [first] = choice.limits.filter((limit) => limit.milestone !== null);
  return first?.milestone
    ? milestoneCode(first.task.code, first.milestone.number)
    : (choice.limits[0]?.task.code ?? '');
}

/** 土-10.1#2023-Q3: what names this choice and no other. */
export function choiceRef(choice: ReportChoice): string {
  const period = choice.limits.find((limit) => limit.milestone !== null)?.period;
  return period ? `${choiceCode(choice)}#${period.name}` : choiceCode(choice);
}
