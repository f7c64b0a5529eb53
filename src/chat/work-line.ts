import { dutyStatusNames } from '../domain/duty.js';
import { dayName } from '../domain/local-date.js';
import { nextDue } from '../domain/next-due.js';
import { taskName } from '../domain/task.js';
import type { Context } from '../services/context.js';
import type { WorkEntry } from '../services/task/list-works.js';

/** 水-7 完善城镇生活污水处理设施及管网建设｜10月31日｜未报 */
export function workLine(ctx: Context, { work, state }: WorkEntry): string {
  const next = nextDue(ctx.ledger, work, ctx.today, ctx.startOn);
  const when = next ? dayName(next, ctx.today) : '未写时限';
  const status = state.backfill ? `${dutyStatusNames[state.status]}，有待补报` : dutyStatusNames[state.status];
  const parts = work.parts.length > 0 ? `（含${work.parts.map((part) => part.code).join('、')}）` : '';
  return `${taskName(work.task)}${parts}｜${when}｜${status}`;
}
