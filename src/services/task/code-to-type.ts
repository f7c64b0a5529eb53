import { findTask, taskOfKey } from '../../domain/ledger.js';
import { milestoneCode, type Task } from '../../domain/task.js';
import type { Context } from '../context.js';

/** Nothing, or the year without which another task, or none, would be meant here: 2023 of 2023临-3. */
export function yearToType({ ledger, plans }: Context, task: Task): string {
  const meant = findTask(ledger, task.code, plans);
  // What has just been added is in no ledger yet, and its code is new.
  const isMeant = meant ? meant.year === task.year : taskOfKey(ledger, task.year, task.key) === undefined;
  return isMeant ? '' : String(task.year);
}

/** What somebody types here to mean this task, or one limit of it. */
export const codeToType = (ctx: Context, task: Task, milestone = 0) =>
  `${yearToType(ctx, task)}${milestoneCode(task.code, milestone)}`;
