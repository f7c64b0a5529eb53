import { type AskedExtensions, DutyBook } from '../../domain/duty.js';
import type { Task } from '../../domain/task.js';
import { listDuties } from '../../store/duties.js';
import type { Context } from '../context.js';

/** Beyond so many tasks of a year it is cheaper to read all of them. */
const readOneByOne = 256;

/** The reports received on these tasks; `asked` stands beside them. */
export async function readDutyBook(ctx: Context, tasks: readonly Task[], asked?: AskedExtensions): Promise<DutyBook> {
  const duties = [];
  for (const [year, ofYear] of Map.groupBy(tasks, (task) => task.year)) {
    const keys = ofYear.length > readOneByOne ? undefined : ofYear.map((task) => task.key);
    duties.push(...(await listDuties(ctx.tx, ctx.workspace, year, keys)));
  }
  return new DutyBook(
    duties.map(({ unitId, ...row }) => ({ ...row, unit: unitId })),
    asked,
  );
}
