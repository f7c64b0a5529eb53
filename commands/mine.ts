import { z } from 'zod';

import { page } from '../src/chat/arguments.js';
import { defineCommand } from '../src/chat/command.js';
import { joinReplies, type Reply, reply } from '../src/chat/message.js';
import { onlyTaskButtons } from '../src/chat/only-task.js';
import { noUnitYet } from '../src/chat/read-arguments.js';
import { workLine } from '../src/chat/work-line.js';
import { worklistReply } from '../src/chat/worklist-reply.js';
import { rolesIn, unitName } from '../src/domain/ledger.js';
import { holds, reportsFor } from '../src/domain/person.js';
import type { Role } from '../src/domain/responsibility.js';
import type { UnitId } from '../src/domain/unit.js';
import { BotError } from '../src/errors.js';
import type { Context } from '../src/services/context.js';
import { listWorkEntriesOfUnit, type WorkEntry } from '../src/services/task/list-works.js';
import { tasksInView } from '../src/services/task/tasks-in-view.js';

const pageSize = 15;
const farAway = '9999';

/** The speaker's unit's open work, what is due first on top; for a supervisor or leader what waits for them. */
export default defineCommand({
  name: 'mine',
  aliases: ['我的', '我的任务', '本单位任务'],
  args: z.object({ page: page.optional() }),
  allow: 'member',
  help: {
    summary: '本单位还没办结的任务，按到期先后；督查室和领导看等待处理的',
    usage: '[第n页]',
    examples: ['/mine', '我的'],
  },

  async run({ args, ctx }) {
    const waiting = holds(ctx.actor, 'supervisor', 'leader') ? await worklistReply(ctx) : null;
    const { unit } = ctx.actor;
    if (waiting && reportsFor(ctx.actor) === null) return waiting;
    if (unit === null) throw new BotError('forbidden', noUnitYet);
    const view = tasksInView(ctx, { unit });
    const entries = (await listWorkEntriesOfUnit(ctx, view, unit)).filter(({ state }) => isOpen(state.status));
    const own = await mineReply(ctx, unit, entries.sort(byDue), args.page ?? 1);
    return waiting ? joinReplies([waiting, own]) : own;
  },
});

const isOpen = (status: string) => status === 'unreported' || status === 'in-progress' || status === 'paused';

function byDue(a: WorkEntry, b: WorkEntry): number {
  const [first, second] = [a.state.due ?? farAway, b.state.due ?? farAway];
  return first < second ? -1 : first > second ? 1 : 0;
}

async function mineReply(ctx: Context, unit: UnitId, entries: WorkEntry[], page: number): Promise<Reply> {
  const name = unitName(ctx.ledger, unit);
  if (entries.length === 0) return reply.text(`${name}没有待办的任务。`);
  const roleOf = ({ work }: WorkEntry): Role | undefined =>
    [work.task, ...work.parts].flatMap((task) => rolesIn(ctx.ledger, task, unit)).find((entry) => !entry.inherited)
      ?.role;
  const count = (role: Role) => entries.filter((entry) => roleOf(entry) === role).length;
  const counts = [
    ['牵头', count('lead')],
    ['负责', count('implement')],
    ['配合', count('support')],
  ] as const;
  const words = counts.filter(([, number]) => number > 0).map(([role, number]) => `${role}${number}项`);
  const pages = Math.ceil(entries.length / pageSize);
  const shown = entries.slice((page - 1) * pageSize, page * pageSize);
  if (shown.length === 0) return reply.refusal(`${name}的待办任务只有${pages}页。`);
  const more = page < pages ? `看下一页发“/mine 第${page + 1}页”。` : '';
  return reply.card(`${name}待办${entries.length}项：${words.join('、')}`, {
    blocks: [
      { kind: 'items', items: shown.map((entry) => workLine(ctx, entry)) },
      { kind: 'note', text: `${more}报办结发“/done 编号 完成情况”，报进展发“/progress 编号 情况”。` },
    ],
    buttons: await onlyTaskButtons(
      ctx,
      entries.map(({ work }) => work.task),
    ),
  });
}
