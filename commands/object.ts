import { z } from 'zod';

import { taskCodes, words } from '../src/chat/arguments.js';
import { defineCommand } from '../src/chat/command.js';
import { previewRelief, reliefReply } from '../src/chat/relief-reply.js';

/** A unit holds that a task is not its to do; the supervisor settles it, and nothing changes until then. */
export default defineCommand({
  name: 'object',
  aliases: ['职责异议', '异议'],
  args: z.object({ tasks: taskCodes, reason: words.optional() }),
  allow: 'member',
  writes: true,
  asks: { what: '职责异议的理由' },
  help: {
    summary: '对职责有异议，转督查室商定，商定前台账不变',
    verb: '提职责异议',
    usage: '编号 理由',
    examples: ['/object 气-5 锅炉不归本单位管'],
  },

  preview: ({ args, ctx }) => previewRelief(ctx, 'objection', args.tasks, args.reason ?? ''),

  run: ({ args, ctx }) => reliefReply(ctx, 'objection', args.tasks, args.reason ?? ''),
});
