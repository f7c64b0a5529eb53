import { z } from 'zod';

import { taskCodes, unit, words } from '../src/chat/arguments.js';
import { defineCommand } from '../src/chat/command.js';
import { decideOnEach, previewDecisions } from '../src/chat/decision-reply.js';
import { rights } from '../src/domain/rights.js';

/** The leader in charge pauses a task; no report is owed until it is resumed. */
export default defineCommand({
  name: 'pause',
  aliases: ['暂缓'],
  args: z.object({ tasks: taskCodes, unit: unit.optional(), reason: words.optional() }),
  allow: rights.pause.roles,
  right: 'pause',
  writes: true,
  asks: { what: '暂缓的原因' },
  help: {
    summary: '暂缓分管的任务，写明原因',
    usage: '编号 [单位] 原因',
    examples: ['/pause 水-7 上级调整建设时序'],
  },

  preview: ({ args, ctx }) => previewDecisions(ctx, 'pause', args),

  run: ({ args, ctx }) => decideOnEach(ctx, 'pause', args),
});
