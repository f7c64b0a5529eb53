import { workOf } from '../../domain/ledger.js';
import type { Task } from '../../domain/task.js';
import { findPerson } from '../../store/people.js';
import { listUpdates, type UpdateRow } from '../../store/updates.js';
import type { Context } from '../context.js';

export interface HistoryEntry {
  update: UpdateRow;
  personName: string;
}

/** What was reported on a task, newest first; for a task with annex rows theirs too, for a row what was reported on the task. */
export async function updatesOfWork(ctx: Context, task: Task, limit: number): Promise<HistoryEntry[]> {
  const work = workOf(ctx.ledger, task);
  const keys = task === work.task ? [task.key, ...work.parts.map((part) => part.key)] : [task.key, work.task.key];
  const updates = await listUpdates(ctx.tx, ctx.workspace, task.year, keys, limit);
  const names = new Map<string, string>();
  for (const { personId } of updates) {
    if (names.has(personId)) continue;
    names.set(personId, (await findPerson(ctx.tx, ctx.workspace, personId))?.name ?? '（已不在名单）');
  }
  return updates.map((update) => ({ update, personName: names.get(update.personId) ?? '' }));
}
