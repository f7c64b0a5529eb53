import { type Ledger, taskOfKey, unitName } from '../../domain/ledger.js';
import { reportsFor } from '../../domain/person.js';
import type { WorkKey } from '../../domain/round.js';
import type { Task } from '../../domain/task.js';
import type { UnitId } from '../../domain/unit.js';
import { BotError } from '../../errors.js';
import type { Context } from '../context.js';
import { requireRight } from '../person/require-right.js';
import { getCurrentTask, type TaskRef } from '../task/get-task.js';
import { lockWork, recordUpdate } from '../update/record-update.js';
import { openRoundsStanding } from './rounds.js';

export interface NoChange {
  unit: UnitId;
  tasks: Task[];
  /** Of the rounds that it answers. */
  rounds: string[];
}

/** 无变化: what a round still asks of the speaker's unit is answered at once, or only for the tasks that are named. */
export async function recordNoChange(ctx: Context, refs: TaskRef[]): Promise<NoChange> {
  const person = requireRight(ctx, 'report');
  const unit = reportsFor(ctx.actor);
  if (unit === null) throw new BotError('forbidden', '无变化由责任单位的联络员来报。');
  const named = new Set(refs.map((ref) => getCurrentTask(ctx, ref)));
  const open = (await openRoundsStanding(ctx)).filter(({ round }) => round.owed.some((owed) => owed.unit === unit));
  if (open.length === 0) {
    throw new BotError('conflict', '现在没有要你单位报的调度，不用报“无变化”。有进展随时发“/progress 编号 情况”。');
  }
  const left = open.flatMap(({ round, left }) =>
    left.filter((owed) => owed.unit === unit).flatMap(({ tasks }) => tasks.map((task) => ({ task, round }))),
  );
  const tasks = [
    ...tasksOf(
      ctx.ledger,
      left.map(({ task }) => task),
    ),
  ].filter((task) => named.size === 0 || named.has(task));
  if (tasks.length === 0) {
    throw new BotError(
      'conflict',
      `${open.map(({ round }) => round.name).join('、')}${unitName(ctx.ledger, unit)}已报齐，不用再报。`,
    );
  }
  for (const task of tasks) {
    await lockWork(ctx, task);
    const number = left.find((one) => one.task.key === task.key && one.task.year === task.year)?.round.number;
    await recordUpdate(ctx, {
      task,
      person,
      unit,
      role: 'lead',
      kind: 'no-change',
      note: '',
      percent: null,
      changes: [],
      details: number === undefined ? {} : { round: number },
      undoes: null,
    });
  }
  return { unit, tasks, rounds: open.map(({ round }) => round.name) };
}

function tasksOf(ledger: Ledger, keys: WorkKey[]): Set<Task> {
  return new Set(keys.flatMap(({ year, key }) => taskOfKey(ledger, year, key) ?? []));
}
