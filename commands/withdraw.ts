import { z } from 'zod';

import { taskCodes, unit, words } from '../src/chat/arguments.js';
import { defineCommand } from '../src/chat/command.js';
import { decideOnEach, previewDecisions } from '../src/chat/decision-reply.js';
import { rights } from '../src/domain/rights.js';

/** The leader in charge withdraws a task; its history stays. */
export default defineCommand({
  name: 'withdraw',
  aliases: ['调整取消'],
  args: z.object({ tasks: taskCodes, unit: unit.optional(), reason: words.optional() }),
  allow: rights.withdraw.roles,
  right: 'withdraw',
  writes: true,
  asks: { what: '调整取消的原因' },
  help: {
    summary: '调整取消分管的任务，写明原因',
    usage: '编号 [单位] 原因',
    examples: ['/withdraw 水-7 项目并入上级统一实施'],
  },

  preview: ({ args, ctx }) => previewDecisions(ctx, 'withdraw', args),

  run: ({ args, ctx }) => decideOnEach(ctx, 'withdraw', args),
});
