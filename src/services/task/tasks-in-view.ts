import { tasksOf } from '../../domain/due.js';
import { unitName } from '../../domain/ledger.js';
import type { Task } from '../../domain/task.js';
import type { UnitId } from '../../domain/unit.js';
import type { Context } from '../context.js';
import { currentYear } from '../duty/duty-book.js';

export interface TaskView {
  year: number;
  tasks: Task[];
  /** 县能源局水计划; empty when nothing narrows the view. */
  name: string;
  unit: UnitId | null;
}

/** The tasks of the group's current plans, of one unit or one plan where the person names it. */
export function tasksInView(ctx: Context, filter: { unit?: UnitId | undefined; plan?: string | undefined }): TaskView {
  const year = currentYear(ctx);
  const ofPlan = ctx.ledger.tasks.filter(
    (task) => task.year === year && (filter.plan === undefined || task.prefix === filter.plan),
  );
  const unit = filter.unit ?? null;
  return {
    year,
    tasks: unit === null ? ofPlan : tasksOf(ctx.ledger, ofPlan, unit),
    name: `${unit === null ? '' : unitName(ctx.ledger, unit)}${filter.plan ? `“${filter.plan}”计划` : ''}`,
    unit,
  };
}
