import { tasksOf } from '../../domain/due.js';
import { rolesIn, unitName } from '../../domain/ledger.js';
import type { Scope } from '../../domain/person.js';
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

/** Those of a schedule's scope; without one all. */
export function tasksInScope(ctx: Context, scope: Scope | undefined): Task[] {
  const tasks = tasksToRemind(ctx, {});
  if (!scope) return tasks;
  const { plans, units } = scope;
  const ofPlans = plans.length > 0 ? tasks.filter(({ prefix }) => plans.includes(prefix)) : tasks;
  if (units.length === 0) return ofPlans;
  const named = new Set(units.flatMap((unit) => tasksOf(ctx.ledger, ofPlans, unit)));
  return ofPlans.filter((task) => named.has(task));
}

/** 县住建局、“水”计划; empty for all. */
export function scopeName({ ledger }: Context, scope: Scope | undefined): string {
  if (!scope) return '';
  return [...scope.units.map((unit) => unitName(ledger, unit)), ...scope.plans.map((plan) => `“${plan}”计划`)].join(
    '、',
  );
}

const planKey = ({ year, prefix }: { year: number; prefix: string }) => `${year} ${prefix}`;
