import { firstWorkingDayAfter, lastWorkingDayUpTo } from '../../domain/calendar.js';
import type { DueWork } from '../../domain/due.js';
import { awaitsReport, type DutyBook } from '../../domain/duty.js';
import { decides, decidingParties, inDocumentOrder, membersOf, partsOf } from '../../domain/ledger.js';
import { dutyKeyOf, limitsOpenTo } from '../../domain/limit.js';
import { addDays, earlier, type LocalDate, wallClock } from '../../domain/local-date.js';
import { owedBy } from '../../domain/owed.js';
import type { PersonId } from '../../domain/person.js';
import type { Task } from '../../domain/task.js';
import type { UnitId } from '../../domain/unit.js';
import { nextWorkingMoment } from '../../domain/working-hours.js';
import { BotError } from '../../errors.js';
import { acknowledgeUrging, insertUrging, listUrgingsOfUnit, listUrgingsSince } from '../../store/urgings.js';
import type { Context } from '../context.js';
import { readDutyBook } from '../duty/duty-book.js';
import { requireRight } from '../person/require-right.js';
import { readAskedExtensions } from '../request/waiting-requests.js';
import { getCurrentTask, refuseClosedPlan, type TaskRef } from '../task/get-task.js';
import { tasksToRemind } from '../task/tasks-in-view.js';
import { lockWork, recordUpdate } from '../update/record-update.js';

/** Whom and what to remind. Without tasks it is what is owed by `until`. */
export interface UrgingQuestion {
  tasks: TaskRef[];
  units: UnitId[];
  until: LocalDate;
}

/** One notice for one unit, with everything it owes. */
export interface UnitUrging {
  unit: UnitId;
  works: Urged[];
  /** By when the unit is asked to report: the last working day up to the limit, or the next one. */
  by: LocalDate;
}

/** A task with the annex rows that go with it, and the day, `null` where there is none. */
export interface Urged {
  task: Task;
  parts: Task[];
  due: LocalDate | null;
}

export interface UrgingProposal {
  urgings: UnitUrging[];
  /** Reminded on that day already: one for each unit and working day. */
  resting: UnitId[];
  /** The working day on which they go out. */
  day: LocalDate;
}

/** What would be sent, unit by unit in the document's order. Throws when nobody owes anything. */
export async function proposeUrgings(ctx: Context, question: UrgingQuestion): Promise<UrgingProposal> {
  requireRight(ctx, 'urge');
  const { date: day } = wallClock(nextWorkingMoment(ctx.now, ctx.timeZone), ctx.timeZone);
  const found = question.tasks.length > 0 ? await ofTasks(ctx, question) : await ofUnits(ctx, question);
  if (found.length === 0) throw new BotError('not-found', nothingOwed(question));
  const sent = await listUrgingsSince(ctx.tx, ctx.workspace, day);
  const resting = new Set(sent.filter((urging) => urging.day === day).map((urging) => urging.unitId));
  return {
    day,
    urgings: found
      .filter(({ unit }) => !resting.has(unit))
      .map(({ unit, works }) => ({ unit, works, by: askedBy(works, day) })),
    resting: found.filter(({ unit }) => resting.has(unit)).map(({ unit }) => unit),
  };
}

/** Writes them down, each once a day for its unit. Returns those that another supervisor has not sent just before. */
export async function sendUrgings(
  ctx: Context,
  { urgings, day }: UrgingProposal,
  words: string,
): Promise<UnitUrging[]> {
  const sentBy = requireRight(ctx, 'urge');
  const sent: UnitUrging[] = [];
  for (const urging of urgings) {
    const { unit, works } = urging;
    const tasks = works.map(({ task, due }) => ({ year: task.year, key: task.key, due }));
    const row = {
      unitId: unit,
      day,
      kind: 'remind' as const,
      tasks,
      words,
      groupId: ctx.group,
      sentBy,
      sentAt: ctx.now,
    };
    if (!(await insertUrging(ctx.tx, ctx.workspace, row))) continue;
    for (const { task } of works) await recordUrging(ctx, task, unit, sentBy, words);
    sent.push(urging);
  }
  return sent;
}

const acknowledgedWithinDays = 7;

/** 收到 of a unit's liaison after a notice to it is 签收. It needs no answer, and a notice needs no 收到. */
export async function acknowledge(ctx: Context): Promise<void> {
  const { person, unit } = ctx.actor;
  if (person === null || unit === null || !ctx.actor.roles.includes('liaison')) return;
  const [last] = await listUrgingsOfUnit(ctx.tx, ctx.workspace, unit, 1);
  if (!last || last.day < addDays(ctx.today, -acknowledgedWithinDays)) return;
  await acknowledgeUrging(ctx.tx, ctx.workspace, { unitId: unit, day: last.day, by: person, at: ctx.now });
}

interface Owing {
  unit: UnitId;
  works: Urged[];
}

async function ofUnits(ctx: Context, { units, until }: UrgingQuestion): Promise<Owing[]> {
  const tasks = tasksToRemind(ctx, {});
  const book = await readDutyBook(ctx, tasks, await readAskedExtensions(ctx));
  const asked = units.length > 0 ? units.flatMap((unit) => membersOf(ctx.ledger, unit)) : inOrder(ctx, tasks);
  return asked
    .map((unit) => ({ unit, works: owedWorks(ctx, tasks, book, unit, until) }))
    .filter(({ works }) => works.length > 0);
}

function owedWorks(ctx: Context, tasks: Task[], book: DutyBook, unit: UnitId, until: LocalDate): Urged[] {
  return owedBy(ctx.ledger, tasks, book, unit, { until, today: ctx.today, startOn: ctx.startOn }).map(urgedFrom);
}

const urgedFrom = ({ task, rows, due }: DueWork): Urged => ({ task, parts: rows.filter((row) => row !== task), due });

/** Tasks that are named are asked about whether they have a day or not, of whoever has not reported done. */
async function ofTasks(ctx: Context, { tasks: refs, units }: UrgingQuestion): Promise<Owing[]> {
  const tasks = refs.map((ref) => getCurrentTask(ctx, ref));
  for (const task of tasks) refuseClosedPlan(ctx, task);
  const rows = tasks.flatMap((task) => [task, ...partsOf(ctx.ledger, task)]);
  const book = await readDutyBook(ctx, rows, await readAskedExtensions(ctx));
  const far = addDays(ctx.today, 366);
  const meant = new Set(units.flatMap((unit) => membersOf(ctx.ledger, unit)));
  return inOrder(ctx, rows)
    .filter((unit) => meant.size === 0 || meant.has(unit))
    .map((unit) => {
      const works = tasks.flatMap((task): Urged[] => {
        const own = [task, ...partsOf(ctx.ledger, task)];
        const [dated] = owedBy(ctx.ledger, own, book, unit, { until: far, today: ctx.today, startOn: ctx.startOn });
        if (dated) return [{ ...urgedFrom(dated), task, parts: dated.rows.filter((row) => row !== task) }];
        return undatedStillOpen(ctx, task, book, unit) ? [{ task, parts: [], due: null }] : [];
      });
      return { unit, works };
    })
    .filter(({ works }) => works.length > 0);
}

function undatedStillOpen(ctx: Context, task: Task, book: DutyBook, unit: UnitId): boolean {
  if (!decides(ctx.ledger, task, unit)) return false;
  const limits = limitsOpenTo(ctx.ledger, task, ctx.today, ctx.startOn);
  const awaited = limits.some((limit) => awaitsReport(book.statusOf(dutyKeyOf(limit, unit))));
  return awaited && limits.every(({ due }) => due === null);
}

/** Deciding units of these tasks, in the document's order. */
function inOrder(ctx: Context, tasks: Task[]): UnitId[] {
  const units = new Set(tasks.flatMap((task) => decidingParties(ctx.ledger, task).flatMap((party) => party.members)));
  return [...units].sort(inDocumentOrder(ctx.ledger));
}

function askedBy(works: Urged[], day: LocalDate): LocalDate {
  const days = works.flatMap(({ due }) => (due === null ? [] : [lastWorkingDayUpTo(due)]));
  const first = days.length > 0 ? days.reduce(earlier) : null;
  return first !== null && first >= day ? first : firstWorkingDayAfter(day);
}

function nothingOwed({ tasks, units }: UrgingQuestion): string {
  if (tasks.length > 0) return '这几项没有待报的单位，不用提示。';
  const whose = units.length > 0 ? '这些单位' : '各单位';
  return `${whose}没有到期待报的事项，不用提示。要提示没有日期的，写编号，如：/urge 水-7`;
}

async function recordUrging(ctx: Context, task: Task, unit: UnitId, person: PersonId, note: string): Promise<void> {
  await lockWork(ctx, task);
  const plain = { role: null, percent: null, changes: [], undoes: null };
  await recordUpdate(ctx, { ...plain, task, person, unit, kind: 'urge', note });
}
