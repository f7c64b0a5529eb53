import { findTask } from '../domain/ledger.js';
import { milestoneCode, type Task } from '../domain/task.js';
import type { Context } from '../services/context.js';

/** Nothing, or the year without which another task would be meant here: 2023 of 2023临-3. */
export function yearToType({ ledger, plans }: Context, task: Task): string {
  return findTask(ledger, task.code, plans) === task ? '' : String(task.year);
}

/** What somebody types here to mean this task, or one limit of it. */
export const codeToType = (ctx: Context, task: Task, milestone = 0) =>
  `${yearToType(ctx, task)}${milestoneCode(task.code, milestone)}`;
