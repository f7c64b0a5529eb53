import { hasInCharge } from '../../domain/rights.js';
import type { Task } from '../../domain/task.js';
import { listPeople, type PersonRow } from '../../store/people.js';
import type { Context } from '../context.js';

/** Who decides for a task (分管领导): who has it in charge, else who has everything, else every leader. */
export async function leadersOf(ctx: Context, task: Task): Promise<PersonRow[]> {
  const people = await listPeople(ctx.tx, ctx.workspace);
  const leaders = people.filter(({ active, roles }) => active && roles.includes('leader'));
  const inCharge = leaders.filter((leader) => leader.scope !== null && hasInCharge(leader, ctx.ledger, task));
  if (inCharge.length > 0) return inCharge;
  const overall = leaders.filter((leader) => leader.scope === null);
  return overall.length > 0 ? overall : leaders;
}
