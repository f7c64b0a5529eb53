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

interface By {
  task: Task;
  person: PersonId;
  role: string;
}

/** Nothing new on these tasks, as the unit's liaison says: a row in the history of each, which changes no status. */
export async function reportNoChange(ctx: Context, unit: UnitId, tasks: readonly Task[], details: UpdateDetails) {
  const by = tasks.map((task) => ({ task, ...liaisonOn(ctx, task, unit) }));
  await writeNoChange(ctx, unit, by, details);
}

/**
 * The same, entered for a unit by whoever may record, of which its liaison is told. Refuses all where one is refused. Returns
 * whether nobody could be told.
 */
export async function recordNoChange(
  ctx: Context,
  unit: UnitId,
  tasks: readonly Task[],
  details: UpdateDetails = {},
): Promise<{ withoutLiaison: boolean }> {
  const by = tasks.map((task) => {
    const { person } = refuseUnlessRecords(ctx, task, unit, 'no-change');
    return { task, person, role: recorderRole };
  });
  const sequences = await writeNoChange(ctx, unit, by, details);
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

async function writeNoChange(ctx: Context, unit: UnitId, by: By[], details: UpdateDetails): Promise<number[]> {
  const words = { note: '', percent: null, changes: [], details, undoes: null };
  const sequences: number[] = [];
  for (const { task, person, role } of by) {
    await lockWork(ctx, task);
    sequences.push(await recordUpdate(ctx, { ...words, kind: 'no-change', task, person, unit, role }));
  }
  return sequences;
}

function liaisonOn(ctx: Context, task: Task, unit: UnitId): { person: PersonId; role: string } {
  const { person } = ctx.actor;
  const rows = [task, ...partsOf(ctx.ledger, task)];
  const [first] = rows.flatMap((row) => rolesIn(ctx.ledger, row, unit));
  if (person === null || reportsFor(ctx.actor) !== unit || !first) {
    throw new BotError('forbidden', `${whoMayReport(ctx.ledger, task)}，${unitName(ctx.ledger, unit)}不用报。`);
  }
  refuseClosedPlan(ctx, task);
  return { person, role: first.role };
}
