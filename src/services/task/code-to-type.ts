import { findTask, taskOfKey } from '../../domain/ledger.js';
import { milestoneCode, type Task } from '../../domain/task.js';
import type { Context } from '../context.js';
import type { TaskRef } from './get-task.js';

/** Nothing, or the year without which another task, or none, would be meant here: 2023 of 2023临-3. */
export function yearToType({ ledger, plans }: Context, task: Task): string {
  const meant = findTask(ledger, task.code, plans);
  // What has just been added is in no ledger yet, and its code is new.
  const isMeant = meant ? meant.year === task.year : taskOfKey(ledger, task.year, task.key) === undefined;
  return isMeant ? '' : String(task.year);
}

type Place = Pick<TaskRef, 'milestone' | 'occurrence'>;

/** What somebody types here to mean this task, one limit of it, or one turn of that: 土-10.1#2023-Q3. */
export function codeToType(ctx: Context, task: Task, { milestone, occurrence }: Place = { milestone: null }): string {
  const turn = occurrence === undefined ? '' : `#${occurrence}`;
  return `${yearToType(ctx, task)}${milestoneCode(task.code, milestone ?? 0)}${turn}`;
}
