import { z } from 'zod';

import { taskCodes, unit, words } from '../src/chat/arguments.js';
import { defineCommand } from '../src/chat/command.js';
import { decideOnEach, previewDecisions } from '../src/chat/decision-reply.js';
import { rights } from '../src/domain/rights.js';

/** The leader in charge takes back a pause or a withdrawal. */
export default defineCommand({
  name: 'resume',
  aliases: ['恢复'],
  args: z.object({ tasks: taskCodes, unit: unit.optional(), reason: words.optional() }),
  allow: rights.resume.roles,
  right: 'resume',
  writes: true,
  help: {
    summary: '恢复暂缓或调整取消的任务',
    usage: '编号 [单位] [原因]',
    examples: ['/resume 水-7'],
  },

  preview: ({ args, ctx }) => previewDecisions(ctx, 'resume', args),

  run: ({ args, ctx }) => decideOnEach(ctx, 'resume', args),
});
