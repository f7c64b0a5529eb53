import { taskOfKey } from '../../domain/ledger.js';
import type { LocalDate } from '../../domain/local-date.js';
import type { Task } from '../../domain/task.js';
import type { UnitId } from '../../domain/unit.js';
import type { Context } from '../context.js';
import { requireRight } from '../person/require-right.js';
import { takeInstruction } from '../request/instruct.js';
import { lockWork, recordUpdate } from '../update/record-update.js';

export interface SentInstruction {
  number: number;
  unit: UnitId | null;
  /** That it names. */
  tasks: Task[];
  /** As the leader wrote it. */
  words: string;
  /** The day that they name. */
  day: LocalDate | null;
}

/** A leader's instruction that a supervisor has checked goes out; it stands in the history of the tasks that it names. */
export async function sendInstruction(ctx: Context, number: number): Promise<SentInstruction> {
  const person = requireRight(ctx, 'urge');
  const { duties, unitId, words, newDue } = await takeInstruction(ctx, number);
  const tasks = new Set(
    duties.flatMap(({ year, task }): Task[] => {
      const found = taskOfKey(ctx.ledger, year, task);
      return found ? [found] : [];
    }),
  );
  const plain = { role: null, percent: null, changes: [], details: { request: number }, undoes: null };
  for (const task of tasks) {
    await lockWork(ctx, task);
    await recordUpdate(ctx, { ...plain, task, person, unit: unitId, kind: 'urge', note: words });
  }
  return { number, unit: unitId, tasks: [...tasks], words, day: newDue };
}
