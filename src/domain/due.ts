import { firstWorkingDayAfter } from './calendar.js';
import type { DutyBook } from './duty.js';
import { type Ledger, wholeOf } from './ledger.js';
import { isHeld, kindOf, type Limit, limitsDue, type Standing, standingOf } from './limit.js';
import { type DateRange, dayOf, type LocalDate, later, localDate, partsOf } from './local-date.js';
import type { Task } from './task.js';
import type { UnitId } from './unit.js';

/** A piece of work that falls due on one day, with every ledger row that the day concerns. */
export interface DueWork {
  task: Task;
  due: LocalDate;
  /** The task itself first; annex rows with the same day after it. A day written only in the annex holds for the task too. */
  rows: Task[];
  limits: Limit[];
}

export interface DueList {
  dated: DueWork[];
  windows: Limit[];
  occurrences: Limit[];
}

/** What falls due within the range, by day and in document order. */
export function listDue(ledger: Ledger, tasks: Task[], range: DateRange, startOn: LocalDate): DueList {
  const dated = tasks.filter((task) => task.milestones.length > 0);
  const limits = dated.flatMap((task) => limitsDue(ledger, task, range, startOn));
  return {
    dated: groupByWork(
      ledger,
      limits.filter((limit) => kindOf(limit) === 'date'),
    ),
    windows: limits.filter((limit) => kindOf(limit) === 'window'),
    occurrences: limits.filter((limit) => kindOf(limit) === 'recurrence'),
  };
}

/** What a done report is still awaited for. */
export function onlyAwaited(ledger: Ledger, { dated, windows, occurrences }: DueList, book: DutyBook): DueList {
  const isAwaited = (limit: Limit) => ['unreported', 'in-progress'].includes(standingOf(ledger, limit, book).status);
  return {
    dated: groupByWork(ledger, dated.flatMap(({ limits }) => limits).filter(isAwaited)),
    windows: windows.filter(isAwaited),
    occurrences: occurrences.filter(isAwaited),
  };
}

/** The year of the plans, and on to the last day that they name. */
export function spanOfLimits(tasks: Task[], today: LocalDate): DateRange {
  const days = tasks.flatMap((task) => task.milestones.flatMap(({ due, to }) => due ?? to ?? []));
  const { year } = partsOf(today);
  const first = Math.min(year, ...tasks.map((task) => task.year));
  return { from: dayOf(first, 1, 1), to: days.reduce(later, dayOf(year, 12, 31)) };
}

/** The rows whose reports the list tells. */
export function tasksDue({ dated, windows, occurrences }: DueList): Task[] {
  const limits = [...dated.flatMap((work) => work.limits), ...windows, ...occurrences];
  return [...new Set(limits.map((limit) => limit.task))];
}

export function groupByWork(ledger: Ledger, limits: Limit[]): DueWork[] {
  const works = new Map<string, DueWork>();
  for (const limit of limits) {
    if (limit.due === null) continue;
    const task = wholeOf(ledger, limit.task);
    const key = `${limit.due} ${task.year} ${task.key}`;
    const work = works.get(key) ?? { task, due: limit.due, rows: [task], limits: [] };
    work.limits.push(limit);
    if (!work.rows.includes(limit.task)) work.rows.push(limit.task);
    works.set(key, work);
  }
  return [...works.values()].sort((a, b) => compare(a.due, b.due) || a.task.position - b.task.position);
}

export const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

export function countRows(works: DueWork[]): number {
  return works.reduce((sum, work) => sum + work.rows.length, 0);
}

export interface PastLimit {
  limit: Limit;
  standing: Standing;
}

/** Limits whose day has come and for which a done report is still missing. */
export interface PastLimits {
  /** 待补报: before the workspace's start date; in no overdue figure. */
  backfill: PastLimit[];
  /** 待报: the day has passed, and the first working day after it has not. */
  waiting: PastLimit[];
  /** 时限已到、未收到办结报告. */
  overdue: PastLimit[];
  /** 已申请延期，待批: in no overdue figure while it is undecided. */
  held: PastLimit[];
}

export const longAgo = localDate.parse('1900-01-01');

export function listPast(
  ledger: Ledger,
  tasks: Task[],
  book: DutyBook,
  today: LocalDate,
  startOn: LocalDate,
): PastLimits {
  const past: PastLimits = { backfill: [], waiting: [], overdue: [], held: [] };
  for (const task of tasks) {
    for (const limit of limitsDue(ledger, task, { from: longAgo, to: today }, startOn)) {
      const standing = standingOf(ledger, limit, book);
      if (limit.due === null || limit.due >= today || standing.missing.length === 0) continue;
      const kind = isHeld(standing) ? 'held' : pastKind(limit.due, today, startOn);
      past[kind].push({ limit, standing });
    }
  }
  return past;
}

/** What a passed day without a done report is. */
export function pastKind(due: LocalDate, today: LocalDate, startOn: LocalDate): 'backfill' | 'waiting' | 'overdue' {
  if (due < startOn) return 'backfill';
  return today <= firstWorkingDayAfter(due) ? 'waiting' : 'overdue';
}

/** Tasks that name the unit, as one of a group noun too; inherited mentions owe no report and are left out. */
export function tasksOf(ledger: Ledger, tasks: Task[], unit: UnitId): Task[] {
  const names = new Set([unit, ...(ledger.groupsOfUnit.get(unit) ?? [])]);
  return tasks.filter((task) => task.responsibility.some((entry) => !entry.inherited && names.has(entry.unit)));
}
