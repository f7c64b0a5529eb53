import { findTask } from '../domain/ledger.js';
import { milestoneCode, type Task } from '../domain/task.js';
import type { Context } from '../services/context.js';
import type { TaskRef } from '../services/task/get-task.js';

/** Nothing, or the year without which another task would be meant here: 2023 of 2023临-3. */
export function yearToType({ ledger, plans }: Context, task: Task): string {
  return findTask(ledger, task.code, plans) === task ? '' : String(task.year);
}

type Place = Pick<TaskRef, 'milestone' | 'occurrence'>;

/** What somebody types here to mean this task, one limit of it, or one turn of that: 土-10.1#2023-Q3. */
export function codeToType(ctx: Context, task: Task, { milestone, occurrence }: Place = { milestone: null }): string {
  const turn = occurrence === undefined ? '' : `#${occurrence}`;
  return `${yearToType(ctx, task)}${milestoneCode(task.code, milestone ?? 0)}${turn}`;
}
