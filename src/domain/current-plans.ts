import type { LocalDate } from './local-date.js';
import { partsOf } from './local-date.js';
import type { Plan } from './plan.js';

/**
 * The plans that are meant when nobody types a year: of each prefix the newest that has begun, else the next to come. A
 * closed one gives way to any that comes after it.
 * `bound` are the prefixes that a group is bound to, `null` for all; what was
 * assigned by hand is meant everywhere.
 */
export function currentPlans(plans: readonly Plan[], bound: readonly string[] | null, today: LocalDate): Plan[] {
  const { year } = partsOf(today);
  const chosen = new Map<string, Plan>();
  for (const plan of plans) {
    if (bound !== null && plan.kind === 'document' && !bound.includes(plan.prefix)) continue;
    const other = chosen.get(plan.prefix);
    if (!other || isMeantBefore(plan, other, year)) chosen.set(plan.prefix, plan);
  }
  return plans.filter((plan) => chosen.get(plan.prefix) === plan);
}

function isMeantBefore(plan: Plan, other: Plan, year: number): boolean {
  if (other.closedOn !== null && plan.year > other.year) return true;
  if (plan.closedOn !== null && other.year > plan.year) return false;
  const [begun, otherBegun] = [plan.year <= year, other.year <= year];
  if (begun !== otherBegun) return begun;
  return begun ? plan.year > other.year : plan.year < other.year;
}
