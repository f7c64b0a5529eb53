import { z } from 'zod';

import { plan, unit } from '../src/chat/arguments.js';
import { defineCommand } from '../src/chat/command.js';
import { type Reply, reply } from '../src/chat/message.js';
import { countText, decides, type Ledger, membersOf } from '../src/domain/ledger.js';
import { dayName, wallClock } from '../src/domain/local-date.js';
import type { Unit } from '../src/domain/unit.js';
import type { Context } from '../src/services/context.js';
import { countViewRows, listWorkEntries, type WorkEntry } from '../src/services/task/list-works.js';
import { type TaskView, tasksInView } from '../src/services/task/tasks-in-view.js';

/** Counts by status; units in the document's order, never ranked. */
export default defineCommand({
  name: 'status',
  aliases: ['进度', '完成情况', '办理情况'],
  args: z.object({ unit: unit.optional(), plan: plan.optional() }),
  allow: 'member',
  help: {
    summary: '各状态的项数，可按单位或计划查',
    usage: '[单位] [计划]',
    examples: ['/status', '/status 县住建局', '/status 水'],
  },

  async run({ args, ctx }) {
    const view = tasksInView(ctx, args);
    const entries = await listWorkEntries(ctx, view);
    return statusReply(ctx, view, entries, args.unit === undefined);
  },
});

function statusReply(ctx: Context, view: TaskView, entries: WorkEntry[], withUnits: boolean): Reply {
  const { date, time } = wallClock(ctx.now, ctx.timeZone);
  const when = `截至${dayName(date, ctx.today)}${time.slice(0, 5)}`;
  const title = `${when}，${view.name}共${countText(entries.length, countViewRows(entries, view))}：${counts(entries)}`;
  if (!withUnits) return reply.text(title, note(entries));
  const rows = [...ctx.ledger.units.values()].flatMap((unit) => {
    const own = entries.filter(({ work }) => decidesAny(ctx.ledger, unit, work));
    return own.length > 0 ? [[unit.name, `${own.length}项`, counts(own)]] : [];
  });
  return reply.table(title, ['单位（按文件顺序）', '牵头或负责', '报送'], rows, note(entries));
}

/** A member of a group noun stands under the group. */
function decidesAny(ledger: Ledger, unit: Unit, work: WorkEntry['work']): boolean {
  if ((ledger.groupsOfUnit.get(unit.id) ?? []).length > 0) return false;
  return [work.task, ...work.parts].some((task) =>
    membersOf(ledger, unit.id).every((member) => decides(ledger, task, member)),
  );
}

function counts(entries: WorkEntry[]): string {
  const of = (status: string) => entries.filter(({ state }) => state.status === status).length;
  const parts = [
    ['已销号', of('closed')],
    ['已报办结', of('reported')],
    ['正在推进', of('in-progress')],
    ['暂缓', of('paused')],
    ['调整取消', of('withdrawn')],
    ['未报', of('unreported')],
  ] as const;
  return parts
    .filter(([, count]) => count > 0)
    .map(([name, count]) => `${name}${count}`)
    .join('，');
}

function note(entries: WorkEntry[]): string {
  const overdue = entries.filter(({ state }) => state.overdue).length;
  const backfill = entries.filter(({ state }) => state.backfill).length;
  const problems = entries.filter(({ state }) => state.problem).length;
  const asked = entries.filter(({ state }) => state.asked).length;
  const parts = [
    problems > 0 ? `已报困难${problems}项` : '',
    overdue > 0 ? `时限已到、未收到办结报告${overdue}项` : '',
    asked > 0 ? `已申请延期、待批${asked}项` : '',
    backfill > 0 ? `待补报${backfill}项（不计超期）` : '',
  ].filter(Boolean);
  return `${parts.length > 0 ? `其中${parts.join('，')}。` : ''}以上是台账收到的报告，不代表实际进度。`;
}
