import { z } from 'zod';

import { adviceReply } from '../src/chat/advice-reply.js';
import { words } from '../src/chat/arguments.js';
import { defineCommand } from '../src/chat/command.js';

/** A supervisor's opinion on an extension; with it the leader in charge is asked. */
export default defineCommand({
  name: 'advise',
  aliases: ['建议', '延期建议', '延期 建议', '延期,建议'],
  args: z.object({ opinion: words.optional() }),
  allow: ['supervisor'],
  writes: true,
  isAnswer: true,
  help: {
    verb: '对延期提意见',
    summary: '对延期申请提意见，报分管领导',
    usage: '编号 同意或不同意 理由',
    examples: ['/advise 气附-6 同意', '气附-6延期 建议同意', '气附-6延期 建议不同意 工期还够'],
  },

  preview: async ({ args }) => `提意见：${args.opinion ?? ''}`,

  run: ({ args, ctx }) => adviceReply(ctx, args.opinion),
});
