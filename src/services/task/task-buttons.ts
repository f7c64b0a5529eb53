import type { Button } from '../../chat/message.js';
import { findTask } from '../../domain/ledger.js';
import { type Task, yearCode } from '../../domain/task.js';
import type { UnitId } from '../../domain/unit.js';
import type { Context } from '../context.js';
import { awaitsDone } from '../duty/awaits-done.js';

/** 查看 and 办结 on what is said about one task to a unit's people; in a group anybody may press, and is told what they may. */
export async function taskButtons(ctx: Context, task: Task, unit: UnitId | null): Promise<Button[]> {
  return [{ label: '查看', send: `/task ${typedCode(ctx, task)}` }, ...(await doneButton(ctx, task, unit))];
}

/** 办结 alone, while a done report of the unit is awaited. */
export async function doneButton(ctx: Context, task: Task, unit: UnitId | null): Promise<Button[]> {
  const isAwaited = unit !== null && (await awaitsDone(ctx, task, unit));
  return isAwaited ? [{ label: '办结', send: `/done ${typedCode(ctx, task)}` }] : [];
}

/** With its year where the code alone means another task. */
function typedCode({ ledger, plans }: Context, task: Task): string {
  const meant = findTask(ledger, task.code, plans);
  return meant === undefined || meant.year === task.year ? task.code : yearCode(task);
}
