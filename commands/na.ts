import { z } from 'zod';

import { taskCodes, words } from '../src/chat/arguments.js';
import { defineCommand } from '../src/chat/command.js';
import { previewRelief, reliefReply } from '../src/chat/relief-reply.js';

/** A unit declares that its part of a task or of one limit does not arise; the supervisor confirms. */
export default defineCommand({
  name: 'na',
  aliases: ['不涉及', '申报不涉及'],
  args: z.object({ tasks: taskCodes, reason: words.optional() }),
  allow: 'member',
  writes: true,
  asks: { what: '不涉及的理由' },
  help: {
    summary: '申报本单位不涉及，督查室确认后不再列入待报',
    verb: '申报不涉及',
    usage: '编号 理由',
    examples: ['/na 气-17.1 本单位只管加油站，没有活性炭更换任务'],
  },

  preview: ({ args, ctx }) => previewRelief(ctx, 'exemption', args.tasks, args.reason ?? ''),

  run: ({ args, ctx }) => reliefReply(ctx, 'exemption', args.tasks, args.reason ?? ''),
});
