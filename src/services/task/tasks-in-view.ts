import { tasksOf } from '../../domain/due.js';
import { unitName } from '../../domain/ledger.js';
import type { Task } from '../../domain/task.js';
import type { UnitId } from '../../domain/unit.js';
import type { Context } from '../context.js';

export interface TaskView {
  tasks: Task[];
  /** 县能源局水计划; empty when nothing narrows the view. */
  name: string;
  unit: UnitId | null;
}

/** The tasks of the group's current plans, of one unit or one plan where the person names it. */
export function tasksInView(ctx: Context, filter: { unit?: UnitId | undefined; plan?: string | undefined }): TaskView {
  const plans = ctx.plans.filter((plan) => filter.plan === undefined || plan.prefix === filter.plan);
  const meant = new Set(plans.map(planKey));
  const ofPlans = ctx.ledger.tasks.filter((task) => meant.has(planKey(task)));
  const unit = filter.unit ?? null;
  return {
    tasks: unit === null ? ofPlans : tasksOf(ctx.ledger, ofPlans, unit),
    name: `${unit === null ? '' : unitName(ctx.ledger, unit)}${filter.plan ? `“${filter.plan}”计划` : ''}`,
    unit,
  };
}

/** Without those of closed plans, about which nobody is reminded. */
export function tasksToRemind(ctx: Context, filter: { plan?: string | undefined }): Task[] {
  const closed = new Set(ctx.plans.filter(({ closedOn }) => closedOn !== null).map(planKey));
  return tasksInView(ctx, filter).tasks.filter((task) => !closed.has(planKey(task)));
}

const planKey = ({ year, prefix }: { year: number; prefix: string }) => `${year} ${prefix}`;
