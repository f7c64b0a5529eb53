import { wholeOf } from '../domain/ledger.js';
import { reportsFor } from '../domain/person.js';
import type { Task } from '../domain/task.js';
import type { Context } from '../services/context.js';
import { taskButtons } from '../services/task/task-buttons.js';
import type { Button } from './message.js';

/** What the speaker may press under a list that holds one piece of work; nothing under a longer one. */
export async function onlyTaskButtons(ctx: Context, tasks: readonly Task[]): Promise<Button[]> {
  const [only, ...others] = new Set(tasks.map((task) => wholeOf(ctx.ledger, task)));
  return only && others.length === 0 ? taskButtons(ctx, only, reportsFor(ctx.actor)) : [];
}
