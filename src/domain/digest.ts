import { compare, type DueList, type DueWork, groupByWork, listDue, listPast, type PastLimit } from './due.js';
import type { DutyBook } from './duty.js';
import { type Ledger, partsOf } from './ledger.js';
import { awaitedOf, kindOf, type Limit, type LimitKind, limitsDue, type Standing, standingOf } from './limit.js';
import { addDays, type DateRange, type LocalDate } from './local-date.js';
import type { Task } from './task.js';
import type { UnitId } from './unit.js';

export interface DueEntry {
  work: DueWork;
  standings: Standing[];
  /** Units from which a done report is still missing. */
  missing: UnitId[];
  /** Those of them that have not asked for an extension in time. */
  awaited: UnitId[];
}

/** What a group's digest says for the days it covers; words are chosen elsewhere. */
export interface DigestContent {
  today: LocalDate;
  covers: DateRange;
  /** Falls due from today on, within the days covered. */
  due: DueEntry[];
  /** The day has come and no done report has been received. */
  arrived: DueEntry[];
  /** The day has come and an extension asked in time is undecided. */
  held: DueEntry[];
  /** Occurrences of recurring limits, due or come without a report. */
  occurrences: PastLimit[];
  /** Windows that end within the days covered, or have ended without a report. */
  windows: PastLimit[];
  /** Limits before the start date, in no overdue figure. */
  backfill: PastLimit[];
  /** The next day with something due after the days covered, at most a year ahead. */
  next: DueEntry[];
  rows: number;
  /** Rows for which the document states no limit. */
  undated: number;
}

export interface DigestQuestion {
  ledger: Ledger;
  tasks: Task[];
  book: DutyBook;
  today: LocalDate;
  startOn: LocalDate;
  covers: DateRange;
}

export function composeDigest({ ledger, tasks, book, today, startOn, covers }: DigestQuestion): DigestContent {
  const coming = listDue(ledger, tasks, { from: today, to: covers.to }, startOn);
  const past = listPast(ledger, tasks, book, today, startOn);
  const come = [...past.waiting, ...past.overdue].sort((a, b) => compare(a.limit.due ?? '', b.limit.due ?? ''));
  const stand = (limits: Limit[]): PastLimit[] =>
    limits.map((limit) => ({ limit, standing: standingOf(ledger, limit, book) }));
  const comeOf = (kind: LimitKind) => come.filter(({ limit }) => kindOf(limit) === kind);
  const heldOf = (kind: LimitKind) => past.held.filter(({ limit }) => kindOf(limit) === kind);
  const entry = (work: DueWork): DueEntry => {
    const standings = work.limits.map((limit) => standingOf(ledger, limit, book));
    const unitsIn = (of: (standing: Standing) => UnitId[]) => [...new Set(standings.flatMap(of))];
    return { work, standings, missing: unitsIn(({ missing }) => missing), awaited: unitsIn(awaitedOf) };
  };
  return {
    today,
    covers,
    due: coming.dated.map(entry),
    arrived: groupByWork(
      ledger,
      comeOf('date').map(({ limit }) => limit),
    ).map((work) => entry({ ...work, limits: limitsOfDay(ledger, work, startOn) })),
    held: groupByWork(
      ledger,
      heldOf('date').map(({ limit }) => limit),
    ).map(entry),
    occurrences: [...comeOf('recurrence'), ...heldOf('recurrence'), ...stand(coming.occurrences)],
    windows: [...comeOf('window'), ...heldOf('window'), ...stand(coming.windows)],
    backfill: past.backfill,
    next: nextBatch(ledger, tasks, covers.to, startOn).map(entry),
    rows: tasks.length,
    undated: tasks.filter((task) => task.milestones.length === 0).length,
  };
}

/** With those reported already, so that the rest is not taken for the whole. */
function limitsOfDay(ledger: Ledger, { task, due }: DueWork, startOn: LocalDate): Limit[] {
  return [task, ...partsOf(ledger, task)]
    .flatMap((row) => limitsDue(ledger, row, { from: due, to: due }, startOn))
    .filter((limit) => kindOf(limit) === 'date');
}

function nextBatch(ledger: Ledger, tasks: Task[], after: LocalDate, startOn: LocalDate): DueWork[] {
  const ahead: DueList = listDue(ledger, tasks, { from: addDays(after, 1), to: addDays(after, 366) }, startOn);
  const [first] = ahead.dated;
  return ahead.dated.filter((work) => work.due === first?.due);
}
