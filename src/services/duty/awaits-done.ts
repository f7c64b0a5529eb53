import { awaitsReport } from '../../domain/duty.js';
import { decides, isClosedPlan, partsOf } from '../../domain/ledger.js';
import { dutyKeyOf } from '../../domain/limit.js';
import { reportChoices } from '../../domain/report-choice.js';
import type { Task } from '../../domain/task.js';
import type { UnitId } from '../../domain/unit.js';
import type { Context } from '../context.js';
import { readDutyBook } from './duty-book.js';

/** Whether a done report of this unit is still awaited: it decides, and something that is ever closed is open. */
export async function awaitsDone(ctx: Context, task: Task, unit: UnitId): Promise<boolean> {
  const { ledger, today, startOn } = ctx;
  const rows = [task, ...partsOf(ledger, task)];
  if (task.retired || isClosedPlan(ledger, task) || !rows.some((row) => decides(ledger, row, unit))) return false;
  const book = await readDutyBook(ctx, rows);
  const { open } = reportChoices(ledger, task, null, unit, today, startOn, book);
  return open.some(
    ({ limits, standing }) => !standing && limits.some((limit) => awaitsReport(book.statusOf(dutyKeyOf(limit, unit)))),
  );
}
