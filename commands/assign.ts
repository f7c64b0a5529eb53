import { z } from 'zod';

import { dueRange, units, words } from '../src/chat/arguments.js';
import { assignedReply, assignmentFrom } from '../src/chat/assignment-reply.js';
import { defineCommand } from '../src/chat/command.js';
import { assignTask } from '../src/services/assignment/assign-task.js';

/** A supervisor assigns what stands in no plan: 临-1, reported on and closed like any other task. */
export default defineCommand({
  name: 'assign',
  aliases: ['交办'],
  args: z.object({ units, range: dueRange.optional(), words: words.optional() }),
  allow: ['supervisor'],
  right: 'assign',
  writes: true,
  asks: { what: '交办的内容' },
  help: {
    summary: '交办临时事项：单位（第一个牵头，其余配合）、时限、内容',
    verb: '交办',
    usage: '单位… [时限] 内容',
    examples: ['/assign 县水利局 10月15日 报送汛期值守情况', '/交办 县住建局、县水利局 明天 排查雨污混接'],
  },

  async preview({ args, ctx }) {
    const { words } = assignmentFrom(args);
    return `交办给${args.units.map((unit) => ctx.ledger.units.get(unit)?.name ?? unit).join('、')}：${words}`;
  },

  run: async ({ args, ctx }) => assignedReply(ctx, await assignTask(ctx, assignmentFrom(args))),
});
