import { z } from 'zod';

import { taskCodes, unit, words } from '../src/chat/arguments.js';
import { defineCommand } from '../src/chat/command.js';
import { decideOnEach, previewDecisions } from '../src/chat/decision-reply.js';
import { rights } from '../src/domain/rights.js';

/** A supervisor sends back what was reported done, with the reason; the unit hears it one to one. */
export default defineCommand({
  name: 'return',
  aliases: ['退回', '退办'],
  args: z.object({ tasks: taskCodes, unit: unit.optional(), reason: words.optional() }),
  allow: rights.return.roles,
  right: 'return',
  writes: true,
  asks: { what: '退回的原因' },
  help: {
    summary: '退回所报的办结，写明原因',
    usage: '编号 [单位] 原因',
    examples: ['/return 水-7 缺风陵渡镇管网验收材料', '/return 气-5 县工科局 缺摸底台账'],
  },

  preview: ({ args, ctx }) => previewDecisions(ctx, 'return', args),

  run: ({ args, ctx }) => decideOnEach(ctx, 'return', args),
});
