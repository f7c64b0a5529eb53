import { decidingParties } from '../../domain/ledger.js';
import type { Task } from '../../domain/task.js';
import { listLiaisonsOf, type PersonRow } from '../../store/people.js';
import type { Context } from '../context.js';

const membersNamed = 3;

/** Liaisons of the units that decide the task; of a group noun with many members none, since all would be named. */
export async function liaisonsOfTask(ctx: Context, task: Task): Promise<PersonRow[]> {
  const units = decidingParties(ctx.ledger, task).flatMap((party) =>
    party.members.length > membersNamed ? [] : party.members,
  );
  return units.length > 0 ? listLiaisonsOf(ctx.tx, ctx.workspace, units) : [];
}
