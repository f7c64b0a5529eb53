import { dutyStatusNames } from '../domain/duty.js';
import type { Work } from '../domain/ledger.js';
import { dayName } from '../domain/local-date.js';
import { taskName } from '../domain/task.js';
import type { Context } from '../services/context.js';
import type { WorkEntry } from '../services/task/list-works.js';

/** 水-7 完善城镇生活污水处理设施及管网建设｜10月31日｜正在推进 1/4 */
export function workLine(ctx: Context, { work, state }: WorkEntry): string {
  const when = state.due ? dayName(state.due, ctx.today) : undatedLimit(work);
  const tally = state.tally ? ` ${state.tally.given}/${state.tally.of}` : '';
  const status = `${dutyStatusNames[state.status]}${tally}${state.problem ? '，已报困难' : ''}${state.backfill ? '，有待补报' : ''}`;
  const parts = work.parts.length > 0 ? `（含${work.parts.map((part) => part.code).join('、')}）` : '';
  return `${taskName(work.task)}${parts}｜${when}｜${status}`;
}

/** 长期坚持 has no day, and yet the document wrote it. */
function undatedLimit({ task, parts }: Work): string {
  return [task, ...parts].flatMap((row) => row.milestones)[0]?.phrase ?? '未写时限';
}
