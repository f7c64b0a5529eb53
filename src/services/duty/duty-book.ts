import { DutyBook } from '../../domain/duty.js';
import type { TaskKey } from '../../domain/task.js';
import { listDuties } from '../../store/duties.js';
import type { Context } from '../context.js';

/** The reports received on the plans of a year, or on these tasks of it. */
export async function readDutyBook(ctx: Context, year: number, tasks?: TaskKey[]): Promise<DutyBook> {
  const rows = await listDuties(ctx.tx, ctx.workspace, year, tasks);
  return new DutyBook(rows.map(({ unitId, ...row }) => ({ ...row, unit: unitId })));
}

/** The year of the plans that the group means when nobody types one. */
export function currentYear(ctx: Pick<Context, 'ledger'>): number {
  return Math.max(0, ...ctx.ledger.plans.map((plan) => plan.year));
}
