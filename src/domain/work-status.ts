import { longAgo, pastKind } from './due.js';
import { awaitsReport, type DutyBook, type DutyState, type DutyStatus } from './duty.js';
import { decides, type Ledger, type Work } from './ledger.js';
import { dutyKeyOf, isFor, isHeld, joinStatuses, type Limit, limitsDue, limitsOpenTo, standingOf } from './limit.js';
import { addDays, type LocalDate } from './local-date.js';
import { type Tally, tallyOf } from './tally.js';
import type { Task } from './task.js';
import type { UnitId } from './unit.js';

/** What /list and /status sort work by: the reports received, or a limit that has come without one. */
export type WorkStatus = DutyStatus | 'backfill' | 'overdue' | 'problem' | 'finished' | 'unfinished';

export const workStatusNames: Record<WorkStatus, string> = {
  unreported: '未报',
  'in-progress': '正在推进',
  reported: '已报办结（待核查）',
  closed: '已销号',
  paused: '暂缓',
  withdrawn: '调整取消',
  backfill: '待补报',
  overdue: '时限已到、未收到办结报告',
  problem: '已报困难',
  finished: '已报办结或已销号',
  unfinished: '待报办结',
};

export interface WorkState {
  status: DutyStatus;
  /** Somebody reported a problem, and nothing else since. */
  problem: boolean;
  backfill: boolean;
  overdue: boolean;
  /** The earliest day for which a report is missing, passed or to come; with none missing the last day there is. */
  due: LocalDate | null;
  /** The limit with that day. */
  limit: Limit | null;
  /** Others that were given another day and still miss a report. */
  moved: Limit[];
  /** 已申请延期，待批: asked in time for a limit that misses a report, and undecided. */
  asked: boolean;
  /** Of the limit that is due on that day, or of the work that has no day. */
  tally: Tally | null;
}

const daysAhead = 366 * 2;

/**
 * Where a piece of work stands: reported when every limit of the task and its annex rows is. For a `unit` that decides
 * it, its own reports count and nobody else's.
 */
export function stateOfWork(
  ledger: Ledger,
  work: Work,
  book: DutyBook,
  today: LocalDate,
  startOn: LocalDate,
  unit: UnitId | null = null,
): WorkState {
  const all = [work.task, ...work.parts];
  const decided = unit === null ? [] : all.filter((row) => decides(ledger, row, unit));
  const own = decided.length > 0 ? unit : null;
  const rows = own === null ? all : decided;
  const stateOf = (limit: Limit): Pick<DutyState, 'status' | 'problem'> => {
    if (own !== null) return book.stateOf(dutyKeyOf(limit, own));
    const { status, members } = standingOf(ledger, limit, book);
    return { status, problem: members.some(({ problem }) => problem) };
  };
  const concerns = (limit: Limit) => own === null || isFor(limit, own);
  const heldBy = (limit: Limit) =>
    own === null ? isHeld(standingOf(ledger, limit, book)) : book.askedFor(dutyKeyOf(limit, own)) !== undefined;
  const openTo = rows.flatMap((row) => limitsOpenTo(ledger, row, today, startOn)).filter(concerns);
  const states = openTo.map(stateOf);
  const daysOf = (some: Task[]) =>
    some
      .flatMap((row) => limitsDue(ledger, row, { from: longAgo, to: addDays(today, daysAhead) }, startOn))
      .filter(concerns)
      .flatMap((limit) =>
        limit.due === null ? [] : [{ limit, due: limit.due, open: awaitsReport(stateOf(limit).status) }],
      )
      .sort((a, b) => (a.due < b.due ? -1 : a.due > b.due ? 1 : 0));
  const ownDays = daysOf(rows);
  // A day written only in the annex holds for the task too.
  const days = ownDays.length > 0 ? ownDays : daysOf(all);
  const open = days.filter((day) => day.open);
  const held = open.filter(({ limit }) => heldBy(limit));
  const come = open.filter((day) => day.due < today && !held.includes(day));
  const past = new Set(come.map(({ due }) => pastKind(due, today, startOn)));
  const next = open[0] ?? days.at(-1);
  const counted = next?.limit ?? openTo[0];
  return {
    status: joinStatuses(states.map(({ status }) => status)),
    problem: states.some(({ problem }) => problem),
    backfill: past.has('backfill'),
    overdue: past.has('overdue'),
    due: next?.due ?? null,
    limit: next?.limit ?? null,
    moved: open.flatMap(({ limit }) => (limit !== next?.limit && limit.statedDue !== null ? [limit] : [])),
    asked: held.length > 0,
    tally: own === null && counted ? tallyOf(counted, standingOf(ledger, counted, book)) : null,
  };
}

export function hasStatus(state: WorkState, wanted: WorkStatus): boolean {
  switch (wanted) {
    case 'backfill':
      return state.backfill;
    case 'overdue':
      return state.overdue;
    case 'problem':
      return state.problem;
    case 'finished':
      return state.status === 'reported' || state.status === 'closed';
    case 'unfinished':
      return state.status === 'unreported' || state.status === 'in-progress';
    default:
      return state.status === wanted;
  }
}
