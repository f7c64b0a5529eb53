import { type DutyBook, isReported } from './duty.js';
import { decides, type Ledger, partsOf } from './ledger.js';
import { dutyKeyOf, isFor, kindOf, type Limit, limitsOpenTo, nothingReported } from './limit.js';
import type { LocalDate } from './local-date.js';
import { isStanding } from './standing-work.js';
import type { Task } from './task.js';
import type { UnitId } from './unit.js';

/** The limits that one report meets together: a task's own and those of its annex rows with the same day in the document. */
export interface ReportChoice {
  limits: Limit[];
  standing: boolean;
}

export interface ReportChoices {
  /** Not yet reported done by this unit. One is recorded at once, of several the person names one. */
  open: ReportChoice[];
  /** All of them, the reported ones included. Empty when the unit decides nothing here. */
  all: ReportChoice[];
}

/**
 * What a unit's report on a task can mean. A report on a task counts for its annex rows; a day written only in the
 * annex holds for the task too, so that the task itself goes with it when there is just one such day.
 */
export function reportChoices(
  ledger: Ledger,
  task: Task,
  milestone: number | null,
  unit: UnitId,
  today: LocalDate,
  startOn: LocalDate,
  book: DutyBook,
): ReportChoices {
  const rows = [task, ...partsOf(ledger, task)].filter((row) => decides(ledger, row, unit));
  const limits = rows.flatMap((row) => limitsOpenTo(ledger, row, today, startOn)).filter((limit) => isFor(limit, unit));
  const all = mergeUndated(groupLimits(limits)).filter(
    (choice) => milestone === null || choice.limits.some((limit) => isNamed(limit, task, milestone)),
  );
  const stillOpen = all.filter(
    (choice) => choice.standing || choice.limits.some((limit) => !isReported(book.statusOf(dutyKeyOf(limit, unit)))),
  );
  const closing = stillOpen.filter((choice) => !choice.standing);
  return { all, open: closing.length > 0 || all.some((choice) => !choice.standing) ? closing : stillOpen };
}

/** Whether whatever the unit reports on it is about lasting work, which no report closes. */
export function isOnlyStanding(
  ledger: Ledger,
  task: Task,
  unit: UnitId,
  today: LocalDate,
  startOn: LocalDate,
): boolean {
  const { all } = reportChoices(ledger, task, null, unit, today, startOn, nothingReported);
  return all.length > 0 && all.every(({ standing }) => standing);
}

/** Whether the person means this one of several: by the name of its period, or by words that begin with what people call it. */
export function namedBy({ limits }: ReportChoice, { occurrence }: { occurrence?: string }, note: string): boolean {
  const periods = limits.flatMap(({ period }) => period ?? []);
  return occurrence === undefined
    ? periods.some(({ label }) => note.startsWith(label))
    : periods.some(({ name }) => name === occurrence);
}

function isNamed(limit: Limit, task: Task, milestone: number): boolean {
  return limit.task === task && limit.milestone?.number === milestone;
}

function groupLimits(limits: Limit[]): ReportChoice[] {
  const groups = new Map<string, ReportChoice>();
  for (const limit of limits) {
    const standing = isStanding(limit);
    const key = groupKey(limit, standing);
    const group = groups.get(key) ?? { limits: [], standing };
    group.limits.push(limit);
    groups.set(key, group);
  }
  return [...groups.values()];
}

function groupKey(limit: Limit, standing: boolean): string {
  if (standing) return 'standing';
  switch (kindOf(limit)) {
    case 'date':
      return `date ${limit.statedDue ?? limit.due}`;
    case 'task':
      return 'task';
    case 'window':
    case 'recurrence':
    case 'relative':
    case 'ongoing':
      return `${limit.task.key} ${limit.milestone?.number} ${limit.period?.name ?? ''}`;
  }
}

function mergeUndated(groups: ReportChoice[]): ReportChoice[] {
  const undated = groups.find((group) => !group.standing && group.limits.every((limit) => kindOf(limit) === 'task'));
  const dated = groups.filter((group) => group !== undated && !group.standing);
  const [only] = dated;
  if (!undated || !only || dated.length > 1) return groups;
  return groups
    .filter((group) => group !== undated)
    .map((group) => (group === only ? { ...only, limits: [...undated.limits, ...only.limits] } : group));
}
