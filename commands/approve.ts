import { z } from 'zod';

import { words } from '../src/chat/arguments.js';
import { defineCommand } from '../src/chat/command.js';
import { decisionReply } from '../src/chat/request-decision-reply.js';

/** Grants a request: an extension by the leader in charge, an objection or exemption by a supervisor. */
export default defineCommand({
  name: 'approve',
  aliases: ['同意', '延期同意', '延期 同意', '职责异议同意', '职责异议 同意', '不涉及同意', '不涉及 同意'],
  args: z.object({ decision: words.optional() }),
  allow: ['leader', 'supervisor'],
  writes: true,
  isAnswer: true,
  help: {
    verb: '同意申请',
    summary: '同意等待决定的申请，可改日期、写意见',
    usage: '[编号] [延期、不涉及、职责异议] [到某日] [意见]',
    examples: ['/approve 气附-6 延期', '同意，要抓紧', '同意 气附-6 延期到10月10日', '同意 气-17 不涉及'],
  },

  preview: async ({ args }) => `同意 ${args.decision ?? ''}`.trim(),

  run: ({ args, ctx }) => decisionReply(ctx, true, args.decision),
});
