import { unitName } from '../../domain/ledger.js';
import { reportsFor } from '../../domain/person.js';
import type { Task } from '../../domain/task.js';
import type { UnitId } from '../../domain/unit.js';
import { BotError } from '../../errors.js';
import type { Context } from '../context.js';
import { requireRight } from '../person/require-right.js';
import { getCurrentTask, refuseClosedPlan, type TaskRef } from '../task/get-task.js';
import { owedInRounds } from './owed-in-round.js';
import { reportNoChange } from './record-no-change.js';

export interface NoChange {
  unit: UnitId;
  tasks: Task[];
  /** Of the rounds that it answers. */
  rounds: string[];
}

/** 无变化: what the rounds still ask of the speaker's unit is answered at once, or only for the tasks that are named. */
export async function answerRounds(ctx: Context, refs: TaskRef[]): Promise<NoChange> {
  requireRight(ctx, 'report');
  const unit = reportsFor(ctx.actor);
  if (unit === null) throw new BotError('forbidden', '无变化由责任单位的联络员来报。');
  const named = new Set(refs.map((ref) => getCurrentTask(ctx, ref)));
  for (const task of named) refuseClosedPlan(ctx, task);
  const open = await owedInRounds(ctx, unit);
  if (open.length === 0) {
    throw new BotError('conflict', '现在没有要你单位报的调度，不用报“无变化”。有进展随时发“/progress 编号 情况”。');
  }
  const names = open.map(({ round }) => round.name);
  const answered = new Set<Task>();
  for (const { round, tasks } of open) {
    const some = tasks.filter((task) => !answered.has(task) && (named.size === 0 || named.has(task)));
    await reportNoChange(ctx, unit, some, { round: round.number });
    for (const task of some) answered.add(task);
  }
  if (answered.size === 0) {
    throw new BotError('conflict', `${names.join('、')}${unitName(ctx.ledger, unit)}已报齐，不用再报。`);
  }
  return { unit, tasks: [...answered], rounds: names };
}
