import type { Button } from '../../chat/message.js';
import type { Task } from '../../domain/task.js';
import type { UnitId } from '../../domain/unit.js';
import type { Context } from '../context.js';
import { awaitsDone } from '../duty/awaits-done.js';
import { codeToType } from './code-to-type.js';

/** 查看 and 办结 on what is said about one task to a unit's people; in a group anybody may press, and is told what they may. */
export async function taskButtons(ctx: Context, task: Task, unit: UnitId | null): Promise<Button[]> {
  return [{ label: '查看', send: `/task ${codeToType(ctx, task)}` }, ...(await doneButton(ctx, task, unit))];
}

/** 办结 alone, while a done report of the unit is awaited. */
export async function doneButton(ctx: Context, task: Task, unit: UnitId | null): Promise<Button[]> {
  const isAwaited = unit !== null && (await awaitsDone(ctx, task, unit));
  return isAwaited ? [{ label: '办结', send: `/done ${codeToType(ctx, task)}` }] : [];
}
