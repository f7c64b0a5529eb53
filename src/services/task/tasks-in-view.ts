import { tasksOf } from '../../domain/due.js';
import { rolesIn, unitName } from '../../domain/ledger.js';
import type { Role } from '../../domain/responsibility.js';
import type { Task } from '../../domain/task.js';
import type { UnitId } from '../../domain/unit.js';
import type { Context } from '../context.js';

export interface TaskView {
  tasks: Task[];
  /** 县能源局水计划; empty when nothing narrows the view. */
  name: string;
  unit: UnitId | null;
  /** In which the unit stands, where that narrows the view. */
  role: Role | null;
}

interface Filter {
  unit?: UnitId | undefined;
  plan?: string | undefined;
  role?: Role | undefined;
}

/** The tasks of the group's current plans, of one unit or one plan where the person names it. */
export function tasksInView(ctx: Context, filter: Filter): TaskView {
  const plans = ctx.plans.filter((plan) => filter.plan === undefined || plan.prefix === filter.plan);
  const meant = new Set(plans.map(planKey));
  const ofPlans = ctx.ledger.tasks.filter((task) => meant.has(planKey(task)));
  const unit = filter.unit ?? null;
  const role = unit === null ? null : (filter.role ?? null);
  const ofUnit = unit === null ? ofPlans : tasksOf(ctx.ledger, ofPlans, unit);
  return {
    tasks: unit === null || role === null ? ofUnit : ofUnit.filter((task) => standsAs(ctx, task, unit, role)),
    name: `${unit === null ? '' : unitName(ctx.ledger, unit)}${filter.plan ? `“${filter.plan}”计划` : ''}`,
    unit,
    role,
  };
}

/** 负责 takes in those who lead. */
function standsAs({ ledger }: Context, task: Task, unit: UnitId, role: Role): boolean {
  const wanted: Role[] = role === 'implement' ? ['lead', 'implement'] : [role];
  return rolesIn(ledger, task, unit).some((entry) => !entry.inherited && wanted.includes(entry.role));
}

/** Without those of closed plans, about which nobody is reminded. */
export function tasksToRemind(ctx: Context, filter: { plan?: string | undefined }): Task[] {
  const closed = new Set(ctx.plans.filter(({ closedOn }) => closedOn !== null).map(planKey));
  return tasksInView(ctx, filter).tasks.filter((task) => !closed.has(planKey(task)));
}

const planKey = ({ year, prefix }: { year: number; prefix: string }) => `${year} ${prefix}`;
