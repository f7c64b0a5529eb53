import { z } from 'zod';

import { plan, unit } from '../src/chat/arguments.js';
import { defineCommand } from '../src/chat/command.js';
import { joinReplies } from '../src/chat/message.js';
import { missingReply } from '../src/chat/round-reply.js';
import { silentReply } from '../src/chat/silent-reply.js';
import { membersOf } from '../src/domain/ledger.js';
import { openRoundsStanding } from '../src/services/round/rounds.js';
import { tasksInView } from '../src/services/task/tasks-in-view.js';

/** 还差谁: in the rounds that are open, else who has reported nothing yet. */
export default defineCommand({
  name: 'missing',
  aliases: ['还差谁', '还有谁没报', '谁没报', '未报'],
  args: z.object({ unit: unit.optional(), plan: plan.optional() }),
  allow: 'member',
  help: {
    summary: '调度还差谁；没有调度时看哪些单位还没报过',
    usage: '[单位] [计划]',
    examples: ['/missing', '/missing 水'],
  },

  async run({ args, ctx }) {
    const members = args.unit === undefined ? null : new Set(membersOf(ctx.ledger, args.unit));
    const open = await openRoundsStanding(ctx);
    if (open.length === 0) return silentReply(ctx, tasksInView(ctx, args));
    return joinReplies(open.map((standing) => missingReply(ctx, standing, (one) => members?.has(one) ?? true)));
  },
});
