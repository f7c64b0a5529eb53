import { carriedTo, findTask, isClosedPlan } from '../../domain/ledger.js';
import { milestoneCode, type Task, yearCode } from '../../domain/task.js';
import { BotError } from '../../errors.js';
import type { Context } from '../context.js';

export interface TaskRef {
  /** `null` means the group's current plans. */
  year: number | null;
  code: string;
  /** 1 for 气-5.1. */
  milestone: number | null;
  /** The name of a period, where one turn of a recurrence is meant. */
  occurrence?: string;
}

/** Throws a refusal that names what there is: 水计划的任务编号到水-12。 */
export function getTask(ctx: Context, ref: TaskRef): Task {
  const task = findTask(ctx.ledger, ref.code, ref.year ?? ctx.plans);
  if (!task) throw new BotError('not-found', `没有找到任务 ${ref.code}。${whatThereIs(ctx, ref)}`);
  if (ref.milestone !== null && !task.milestones.some((milestone) => milestone.number === ref.milestone)) {
    const numbers = task.milestones.map((milestone) => milestone.number).filter((number) => number > 0);
    const have =
      numbers.length > 0
        ? `${task.code}有${numbers.length}个时限，编号到 ${milestoneCode(task.code, Math.max(...numbers))}。`
        : `${task.code}没有写时限。`;
    throw new BotError('not-found', `没有找到时限 ${milestoneCode(task.code, ref.milestone)}。${have}`);
  }
  return task;
}

/** For whoever would write about a task. Throws when the amended document no longer has it. */
export function getCurrentTask(ctx: Context, ref: TaskRef): Task {
  const task = getTask(ctx, ref);
  if (task.retired) throw new BotError('conflict', `${task.code}${retiredText}。`);
  return task;
}

/** For whoever would report on a task or ask for a report. Throws, with the new code, when its plan is closed. */
export function refuseClosedPlan({ ledger }: Context, task: Task): void {
  if (!isClosedPlan(ledger, task)) return;
  const next = carriedTo(ledger, task);
  const now = next ? `已结转为${yearCode(next)}，请报“/progress ${yearCode(next)} 情况”` : '没有结转到后来的计划';
  throw new BotError('conflict', `${task.year}年“${task.prefix}”计划已经收尾，${task.code}不再报送，${now}。`);
}

/** 已调整, as it stands after a code. */
export const retiredText = '已调整：修订后的文件没有这一项，不再要求报送';

function whatThereIs(ctx: Context, ref: TaskRef): string {
  const years = new Set(ctx.ledger.plans.map((plan) => plan.year));
  if (ref.year !== null && !years.has(ref.year))
    return `台账里是${[...years].join('、')}年的计划，没有${ref.year}年的。`;
  const elsewhere = ref.year === null ? ctx.ledger.tasks.findLast(({ code }) => code === ref.code) : undefined;
  if (elsewhere) {
    const typed = `写上年份，如“/task ${yearCode(elsewhere)}”`;
    return ctx.plans.some(({ prefix }) => prefix === elsewhere.prefix)
      ? `要看${elsewhere.year}年的，${typed}。`
      : `本群没有绑定“${elsewhere.prefix}”计划，要看${typed}，或单聊发给我。`;
  }
  const [family = ''] = ref.code.split('-');
  const codes = ctx.ledger.tasks.map((task) => task.code).filter((code) => code.startsWith(`${family}-`));
  const last = codes.at(-1);
  if (last) return `${family}的编号到 ${last}。`;
  const prefixes = ctx.ledger.plans.map((plan) => plan.prefix).join('、');
  return `现有计划的编号开头是：${prefixes}。`;
}
