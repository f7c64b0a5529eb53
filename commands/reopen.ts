import { z } from 'zod';

import { taskCodes, unit, words } from '../src/chat/arguments.js';
import { defineCommand } from '../src/chat/command.js';
import { decideOnEach, previewDecisions } from '../src/chat/decision-reply.js';
import { rights } from '../src/domain/rights.js';

/** A supervisor opens again what was closed, with the reason. */
export default defineCommand({
  name: 'reopen',
  aliases: ['重开'],
  args: z.object({ tasks: taskCodes, unit: unit.optional(), reason: words.optional() }),
  allow: rights.reopen.roles,
  right: 'reopen',
  writes: true,
  asks: { what: '重开的原因' },
  help: {
    summary: '重开已销号的任务，写明原因',
    usage: '编号 [单位] 原因',
    examples: ['/reopen 气-7 现场核查的情况与所报不一致'],
  },

  preview: ({ args, ctx }) => previewDecisions(ctx, 'reopen', args),

  run: ({ args, ctx }) => decideOnEach(ctx, 'reopen', args),
});
