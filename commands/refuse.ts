import { z } from 'zod';

import { words } from '../src/chat/arguments.js';
import { defineCommand } from '../src/chat/command.js';
import { decisionReply } from '../src/chat/request-decision-reply.js';

/** Refuses a request; what it asked for stays as it is. */
export default defineCommand({
  name: 'refuse',
  aliases: [
    '不同意',
    '延期不同意',
    '延期 不同意',
    '职责异议不同意',
    '职责异议 不同意',
    '不涉及不同意',
    '不涉及 不同意',
  ],
  args: z.object({ decision: words.optional() }),
  allow: ['leader', 'supervisor'],
  writes: true,
  isAnswer: true,
  help: {
    verb: '不同意申请',
    summary: '不同意等待决定的申请，可写理由',
    usage: '[编号] [延期、不涉及、职责异议] [理由]',
    examples: ['/refuse 气附-6 延期 工期还够', '不同意 理由', '不同意 气-5 职责异议 文件写得明确'],
  },

  preview: async ({ args }) => `不同意 ${args.decision ?? ''}`.trim(),

  run: ({ args, ctx }) => decisionReply(ctx, false, args.decision),
});
