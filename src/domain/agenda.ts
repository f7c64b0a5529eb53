import { lastWorkingDayUpTo } from './calendar.js';
import { groupByWork, spanOfLimits } from './due.js';
import { awaitsReport, type DutyBook, dutyKeyText, dutyStatusNames, isHalted } from './duty.js';
import { decides, type Ledger } from './ledger.js';
import { dutyKeyOf, isFor, type Limit, limitName, limitsDue } from './limit.js';
import { addMonths, dayName, type LocalDate, later } from './local-date.js';
import type { Task } from './task.js';
import type { UnitId } from './unit.js';
import { dueText } from './wording.js';

/** A day on which a unit owes a report, as a calendar shows it. */
export interface AgendaEntry {
  /** Stays the same while the limit does, whatever becomes of its day. */
  name: string;
  day: LocalDate;
  title: string;
  lines: string[];
}

export interface AgendaQuestion {
  ledger: Ledger;
  tasks: Task[];
  book: DutyBook;
  startOn: LocalDate;
  today: LocalDate;
}

/** What a unit decides on and owes from the start date on, one entry for each piece of work and day. */
export function agendaOf({ ledger, tasks, book, startOn, today }: AgendaQuestion, unit: UnitId): AgendaEntry[] {
  const own = tasks.filter((task) => task.milestones.length > 0 && decides(ledger, task, unit));
  const range = { from: startOn, to: later(spanOfLimits(own, today).to, addMonths(today, 12)) };
  const statusOf = (limit: Limit) => book.statusOf(dutyKeyOf(limit, unit));
  const limits = own
    .flatMap((task) => limitsDue(ledger, task, range, startOn))
    .filter((limit) => isFor(limit, unit) && !isHalted(statusOf(limit)));
  return groupByWork(ledger, limits).flatMap(({ due, limits: some }) => {
    const [first, ...others] = some;
    if (!first) return [];
    const open = some.some((limit) => awaitsReport(statusOf(limit)));
    const states = some.map((limit) => `${limitName(ledger, limit)} ${dutyStatusNames[statusOf(limit)]}`);
    const stated = first.statedDue ? `，文件时限${dayName(first.statedDue, due)}，已同意延期` : '';
    return [
      {
        name: dutyKeyText(dutyKeyOf(first, unit)),
        day: due,
        title: `${limitName(ledger, first)} ${first.task.shortTitle}${open ? '' : '（已报）'}`,
        lines: [
          `时限：${first.milestone?.phrase ?? ''}，${dueText(due, lastWorkingDayUpTo(due))}${stated}`,
          ...(others.length > 0 ? [`同日：${others.map((limit) => limitName(ledger, limit)).join('、')}`] : []),
          `台账：${states.join('；')}`,
          '以台账收到的报告为准。',
        ],
      },
    ];
  });
}
