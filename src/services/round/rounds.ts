import { firstWorkingDayAfter, isWorkingDay, lastWorkingDayUpTo } from '../../domain/calendar.js';
import { membersOf, partsOf as partsOfTask, taskOfKey, unitName } from '../../domain/ledger.js';
import { addDays, dayName, type LocalDate, momentOf, partsOf, startOfMonth } from '../../domain/local-date.js';
import { holds } from '../../domain/person.js';
import { isTownship, type Owed, openWorkByUnit, owedNow, stillOwed, type WorkKey } from '../../domain/round.js';
import type { Task } from '../../domain/task.js';
import type { UnitId } from '../../domain/unit.js';
import { closeOfDay } from '../../domain/working-hours.js';
import { BotError } from '../../errors.js';
import { insertRound, listOpenRounds, listRoundsSince, type RoundRow, setRoundLastDay } from '../../store/rounds.js';
import { listUpdatesSince } from '../../store/updates.js';
import type { Context } from '../context.js';
import { readDutyBook } from '../duty/duty-book.js';
import { requireRight } from '../person/require-right.js';
import { tasksToRemind } from '../task/tasks-in-view.js';
import { stillStanding } from '../update/still-standing.js';

export interface RoundQuestion {
  /** `null` is the next working day. */
  lastDay: LocalDate | null;
  plan: string | undefined;
  /** Whom to ask; without any the deciding units other than townships. */
  units: UnitId[];
  townships: boolean;
}

export interface RoundProposal {
  name: string;
  lastDay: LocalDate;
  countsFrom: Date;
  owed: Owed[];
  /** What is left to report after what came since the last round. */
  left: Owed[];
  townships: boolean;
}

/** What a round would ask of whom. Throws when its last day is too near or nobody owes anything. */
export async function proposeRound(ctx: Context, question: RoundQuestion): Promise<RoundProposal> {
  requireRight(ctx, 'round');
  const lastDay = lastDayOf(ctx, question.lastDay);
  const tasks = tasksInScope(ctx, question.plan);
  const book = await readDutyBook(ctx, tasks);
  const asked = new Set(question.units.flatMap((unit) => membersOf(ctx.ledger, unit)));
  const isAsked = (unit: UnitId) =>
    asked.size > 0 ? asked.has(unit) : question.townships || !isTownship(unitName(ctx.ledger, unit));
  const owed = openWorkByUnit(ctx.ledger, tasks, book, ctx.today, ctx.startOn).filter(({ unit }) => isAsked(unit));
  if (owed.length === 0) throw new BotError('not-found', '没有要调度的单位：所问的单位没有在办的牵头任务。');
  const earlier = await listRoundsSince(ctx.tx, ctx.workspace, addDays(ctx.today, -366));
  const countsFrom = countingStart(ctx, earlier);
  const received = stillStanding(await listUpdatesSince(ctx.tx, ctx.workspace, countsFrom));
  return {
    name: nameOf(ctx, earlier),
    lastDay,
    countsFrom,
    owed,
    left: stillOwed(ctx.ledger, owed, received),
    townships: question.townships || asked.size > 0,
  };
}

/** Returns its number. */
export async function openRound(ctx: Context, { name, lastDay, countsFrom, owed }: RoundProposal): Promise<number> {
  const openedBy = requireRight(ctx, 'round');
  const row = { name, groupId: ctx.group, openedBy, openedAt: ctx.now, countsFrom, lastDay, owed };
  return insertRound(ctx.tx, ctx.workspace, row);
}

export async function latestOpenRound(ctx: Context): Promise<RoundRow | null> {
  return (await listOpenRounds(ctx.tx, ctx.workspace)).at(-1) ?? null;
}

/** Another last day for a round that is open. */
export async function putOffRound(ctx: Context, round: RoundRow, to: LocalDate): Promise<LocalDate> {
  requireRight(ctx, 'round');
  const lastDay = lastDayOf(ctx, to);
  await setRoundLastDay(ctx.tx, ctx.workspace, round.number, lastDay);
  return lastDay;
}

export interface RoundStanding {
  round: RoundRow;
  left: Owed[];
}

/** The rounds that are open, with what is still owed in each. */
export async function openRoundsStanding(ctx: Context): Promise<RoundStanding[]> {
  const rounds = await listOpenRounds(ctx.tx, ctx.workspace);
  return Promise.all(rounds.map((round) => standingOfRound(ctx, round)));
}

export async function standingOfRound(ctx: Context, round: RoundRow): Promise<RoundStanding> {
  const received = stillStanding(await listUpdatesSince(ctx.tx, ctx.workspace, round.countsFrom));
  const owed = owedNow(ctx.ledger, round.owed);
  return { round: { ...round, owed }, left: await stillOpen(ctx, stillOwed(ctx.ledger, owed, received)) };
}

/** What was closed, paused or withdrawn since asks for nothing any more. */
async function stillOpen(ctx: Context, left: Owed[]): Promise<Owed[]> {
  const tasks = left.flatMap((owed) => owed.tasks.flatMap(({ year, key }) => taskOfKey(ctx.ledger, year, key) ?? []));
  const rows = [...new Set(tasks)].flatMap((task) => [task, ...partsOfTask(ctx.ledger, task)]);
  const book = await readDutyBook(ctx, rows);
  const open = new Map(
    openWorkByUnit(ctx.ledger, rows, book, ctx.today, ctx.startOn).map((owed) => [owed.unit, owed.tasks]),
  );
  const isOpen = (unit: UnitId, key: WorkKey) =>
    open.get(unit)?.some((one) => one.year === key.year && one.key === key.key) ?? false;
  return left
    .map(({ unit, tasks }) => ({ unit, tasks: tasks.filter((task) => isOpen(unit, task)) }))
    .filter((owed) => owed.tasks.length > 0);
}

/** A coordinator's rounds are about their own plans. */
function tasksInScope(ctx: Context, plan: string | undefined): Task[] {
  const { scope } = ctx.actor;
  const plans = holds(ctx.actor, 'supervisor') ? null : (scope?.plans ?? null);
  if (plan !== undefined && plans !== null && !plans.includes(plan)) {
    throw new BotError('forbidden', `“${plan}”计划不是你调度的计划，请督查室开。`);
  }
  return tasksToRemind(ctx, { plan }).filter((task) => plans === null || plans.includes(task.prefix));
}

/** At least one full working day away, so that nobody is asked for an instant reply. */
function lastDayOf(ctx: Context, given: LocalDate | null): LocalDate {
  const soonest = firstWorkingDayAfter(ctx.today);
  const day = given === null ? soonest : isWorkingDay(given) ? given : lastWorkingDayUpTo(given);
  if (day >= soonest) return day;
  throw new BotError('invalid', `截止日至少要留一个工作日，最早是${dayName(soonest, ctx.today)}。请另定一天。`);
}

/** What came since the last round counts; without one, what came this month. */
function countingStart(ctx: Context, [last]: RoundRow[]): Date {
  if (!last) return momentOf(startOfMonth(ctx.today), '00:00', ctx.timeZone);
  return last.closedAt ?? momentOf(last.lastDay, closeOfDay, ctx.timeZone);
}

function nameOf(ctx: Context, earlier: RoundRow[]): string {
  const { month, year } = partsOf(ctx.today);
  const name = `${month}月调度`;
  const inMonth = earlier.filter((round) => round.name.startsWith(name) && round.lastDay.startsWith(`${year}`)).length;
  return inMonth === 0 ? name : `${name}（第${inMonth + 1}次）`;
}
