import { listPast } from './due.js';
import type { DutyBook, DutyStatus } from './duty.js';
import type { Ledger, Work } from './ledger.js';
import { joinStatuses, limitsOpenTo, standingOf } from './limit.js';
import type { LocalDate } from './local-date.js';

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
}

/** A piece of work is reported when every limit of the task and its annex rows is. */
export function stateOfWork(
  ledger: Ledger,
  work: Work,
  book: DutyBook,
  today: LocalDate,
  startOn: LocalDate,
): WorkState {
  const rows = [work.task, ...work.parts];
  const statuses = rows.flatMap((row) =>
    limitsOpenTo(ledger, row, today, startOn).map((limit) => standingOf(ledger, limit, book).status),
  );
  const past = listPast(ledger, rows, book, today, startOn);
  return {
    status: joinStatuses(statuses),
    backfill: past.backfill.length > 0,
    overdue: past.overdue.length > 0,
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
