import { dutyStatusNames } from '../domain/duty.js';
import { agreementText } from '../domain/extension-words.js';
import type { Work } from '../domain/ledger.js';
import { type Limit, limitCode } from '../domain/limit.js';
import { dayName, type LocalDate } from '../domain/local-date.js';
import { taskName } from '../domain/task.js';
import type { Context } from '../services/context.js';
import type { WorkEntry } from '../services/task/list-works.js';

/** 水-7 完善城镇生活污水处理设施及管网建设｜10月31日｜正在推进 1/4 */
export function workLine(ctx: Context, { work, state }: WorkEntry): string {
  const when = state.due ? dayText(ctx, work, state.due, state) : undatedLimit(work);
  const tally = state.tally ? ` ${state.tally.given}/${state.tally.of}` : '';
  const marks = [
    state.problem ? '，已报困难' : '',
    state.backfill ? '，有待补报' : '',
    state.asked ? '，已申请延期，待批' : '',
  ].join('');
  const status = `${dutyStatusNames[state.status]}${tally}${marks}`;
  const parts = work.parts.length > 0 ? `（含${work.parts.map((part) => part.code).join('、')}）` : '';
  return `${taskName(work.task)}${parts}｜${when}｜${status}`;
}

/** 9月30日；气附-6延至10月15日（原9月30日，县领导9月26日同意） */
function dayText(ctx: Context, { task }: Work, due: LocalDate, { limit, moved }: WorkEntry['state']): string {
  const agreed = (some: Limit) => agreementText(ctx.ledger, some, ctx)?.replace('原时限', '原') ?? '';
  const own = `${dayName(due, ctx.today)}${limit?.statedDue ? `（${agreed(limit)}）` : ''}`;
  // The whole goes with the annex rows that are named.
  const elsewhen = moved.filter((one) => one.due !== due);
  const others = elsewhen.filter((one) => one.task !== task || elsewhen.every((other) => other.task === task));
  const texts = others.map((one) => {
    const code = limitCode(ctx.ledger, one.task, one.milestone?.number ?? 0);
    const day = one.due ? dayName(one.due, ctx.today) : '';
    return `${code}${one.period?.label ?? ''}延至${day}（${agreed(one)}）`;
  });
  return [own, ...texts].join('；');
}

/** 长期坚持 has no day, and yet the document wrote it. */
function undatedLimit({ task, parts }: Work): string {
  return [task, ...parts].flatMap((row) => row.milestones)[0]?.phrase ?? '未写时限';
}
