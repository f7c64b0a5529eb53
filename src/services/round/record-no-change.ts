import { reply } from '../../chat/message.js';
import { partsOf, rolesIn, unitName } from '../../domain/ledger.js';
import { type PersonId, reportsFor } from '../../domain/person.js';
import type { Task } from '../../domain/task.js';
import type { UnitId } from '../../domain/unit.js';
import { recorderRole, type UpdateDetails } from '../../domain/update-chain.js';
import { BotError } from '../../errors.js';
import type { Context } from '../context.js';
import { refuseUnlessRecords } from '../duty/record-for-unit.js';
import { whoMayReport } from '../duty/record-report.js';
import { tellUnits } from '../notice/tell-units.js';
import { refuseClosedPlan } from '../task/get-task.js';
import { lockWork, recordUpdate } from '../update/record-update.js';

/**
 * Nothing new on these tasks of a unit: a row in the history of each, which changes no status. Said by its liaison, or entered
 * for it by whoever may record, of which the liaison is told. Refuses all where one is refused. Returns whether nobody could
 * be told.
 */
export async function recordNoChange(
  ctx: Context,
  unit: UnitId,
  tasks: readonly Task[],
  details: UpdateDetails = {},
): Promise<{ withoutLiaison: boolean }> {
  const by = tasks.map((task) => ({ task, ...reporterOn(ctx, task, unit) }));
  const words = { note: '', percent: null, changes: [], details, undoes: null };
  const sequences: number[] = [];
  for (const { task, person, role } of by) {
    await lockWork(ctx, task);
    sequences.push(await recordUpdate(ctx, { ...words, kind: 'no-change', task, person, unit, role }));
  }
  if (!by.some(({ role }) => role === recorderRole)) return { withoutLiaison: false };
  const codes = tasks.map(({ code }) => code).join('、');
  const without = await tellUnits(ctx, [unit], () => ({
    key: `record ${sequences[0]} ${unit}`,
    kind: 'record',
    said: reply.text(
      `${ctx.actor.name}代录：${unitName(ctx.ledger, unit)}无变化，${codes}。`,
      `和实际有出入的，发“/progress 编号 情况”说明，或请${ctx.actor.name}更正。`,
    ),
  }));
  return { withoutLiaison: without.length > 0 };
}

function reporterOn(ctx: Context, task: Task, unit: UnitId): { person: PersonId; role: string } {
  const { person } = ctx.actor;
  if (person === null || reportsFor(ctx.actor) !== unit) {
    return { person: refuseUnlessRecords(ctx, task, unit, 'no-change').person, role: recorderRole };
  }
  refuseClosedPlan(ctx, task);
  const rows = [task, ...partsOf(ctx.ledger, task)];
  const [first] = rows.flatMap((row) => rolesIn(ctx.ledger, row, unit));
  if (first) return { person, role: first.role };
  throw new BotError('forbidden', `${whoMayReport(ctx.ledger, task)}，${unitName(ctx.ledger, unit)}不用报。`);
}
