import { longAgo, pastKind } from './due.js';
import { awaitsReport, type DutyBook, type DutyStatus } from './duty.js';
import { decides, type Ledger, type Work } from './ledger.js';
import { dutyKeyOf, isFor, joinStatuses, type Limit, limitsDue, limitsOpenTo, standingOf } from './limit.js';
import { addDays, type LocalDate } from './local-date.js';
import { type Tally, tallyOf } from './tally.js';
import type { Task } from './task.js';
import type { UnitId } from './unit.js';

/** What /list and /status sort work by: the reports received, or a limit that has come without one. */
export type WorkStatus = DutyStatus | 'backfill' | 'overdue';

export const workStatusNames: Record<WorkStatus, string> = {
  unreported: '未报',
  'in-progress': '正在推进',
  reported: '已报办结（待核查）',
  closed: '已销号',
  paused: '暂缓',
  withdrawn: '调整取消',
  backfill: '待补报',
  overdue: '时限已到、未收到办结报告',
};

export interface WorkState {
  status: DutyStatus;
  backfill: boolean;
  overdue: boolean;
  /** The earliest day for which a report is missing, passed or to come; with none missing the last day there is. */
  due: LocalDate | null;
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
  const statusOf = (limit: Limit) =>
    own === null ? standingOf(ledger, limit, book).status : book.statusOf(dutyKeyOf(limit, own));
  const concerns = (limit: Limit) => own === null || isFor(limit, own);
  const openTo = rows.flatMap((row) => limitsOpenTo(ledger, row, today, startOn)).filter(concerns);
  const daysOf = (some: Task[]) =>
    some
      .flatMap((row) => limitsDue(ledger, row, { from: longAgo, to: addDays(today, daysAhead) }, startOn))
      .filter(concerns)
      .flatMap((limit) => (limit.due === null ? [] : [{ limit, due: limit.due, open: awaitsReport(statusOf(limit)) }]))
      .sort((a, b) => (a.due < b.due ? -1 : a.due > b.due ? 1 : 0));
  const ownDays = daysOf(rows);
  // A day written only in the annex holds for the task too.
  const days = ownDays.length > 0 ? ownDays : daysOf(all);
  const open = days.filter((day) => day.open);
  const past = new Set(open.filter(({ due }) => due < today).map(({ due }) => pastKind(due, today, startOn)));
  const next = open[0] ?? days.at(-1);
  const counted = next?.limit ?? openTo[0];
  return {
    status: joinStatuses(openTo.map(statusOf)),
    backfill: past.has('backfill'),
    overdue: past.has('overdue'),
    due: next?.due ?? null,
    tally: own === null && counted ? tallyOf(counted, standingOf(ledger, counted, book)) : null,
  };
}

export function hasStatus(state: WorkState, wanted: WorkStatus): boolean {
  switch (wanted) {
    case 'backfill':
      return state.backfill;
    case 'overdue':
      return state.overdue;
    default:
      return state.status === wanted;
  }
}
