import { stateAfter } from '../../domain/duty.js';
import { decidingParties, partsOf } from '../../domain/ledger.js';
import { dutyKeyOf, isFor, limitsOpenTo } from '../../domain/limit.js';
import { holds } from '../../domain/person.js';
import { isStanding } from '../../domain/standing-work.js';
import type { Task } from '../../domain/task.js';
import { type DutyChange, recorderRole } from '../../domain/update-chain.js';
import { BotError } from '../../errors.js';
import type { Context } from '../context.js';
import { getCurrentTask, refuseClosedPlan, type TaskRef } from '../task/get-task.js';
import { lockWork, recordUpdate } from '../update/record-update.js';
import { readDutyBook } from './duty-book.js';

export interface Settled {
  task: Task;
  /** How many duties were recorded; 0 when all had been reported before, or the work is never closed. */
  duties: number;
}

/**
 * The supervisor says what was done before the ledger began: recorded as reported for every unit that owes it, to be closed
 * by somebody else like any report that a supervisor enters.
 */
export async function settleBeforeStart(ctx: Context, ref: TaskRef): Promise<Settled> {
  const { person } = ctx.actor;
  if (person === null || !holds(ctx.actor, 'supervisor')) {
    throw new BotError('forbidden', '启用前的办结情况由督查室登记。联络员补报发“/done 编号 情况”。');
  }
  const task = getCurrentTask(ctx, ref);
  refuseClosedPlan(ctx, task);
  await lockWork(ctx, task);
  const rows = [task, ...partsOf(ctx.ledger, task)];
  const book = await readDutyBook(ctx, rows);
  const changes = rows.flatMap((row): DutyChange[] => {
    const limits = limitsOpenTo(ctx.ledger, row, ctx.today, ctx.startOn).filter(
      (limit) =>
        !isStanding(limit) &&
        limit.period === null &&
        (ref.milestone === null || limit.milestone?.number === ref.milestone),
    );
    const units = decidingParties(ctx.ledger, row).flatMap((party) => party.members);
    return limits.flatMap((limit) =>
      units
        .filter((unit) => isFor(limit, unit))
        .flatMap((unit) => {
          const key = dutyKeyOf(limit, unit);
          const before = book.stateOf(key);
          const after = stateAfter(before, 'done', ctx.settings);
          return after === null ? [] : [{ ...key, before, after }];
        }),
    );
  });
  if (changes.length > 0) {
    const words = { note: '启用前已办结', percent: null, undoes: null };
    await recordUpdate(ctx, { ...words, task, person, unit: null, role: recorderRole, kind: 'done', changes });
  }
  return { task, duties: changes.length };
}
