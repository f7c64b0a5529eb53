import { z } from 'zod';

import { words } from '../src/chat/arguments.js';
import { askReply } from '../src/chat/ask-reply.js';
import { defineCommand } from '../src/chat/command.js';

/** What the documents say: a figure, a time, a clause; or that they do not say it. */
export default defineCommand({
  name: 'ask',
  aliases: ['问', '问文件'],
  args: z.object({ question: words }),
  allow: 'member',
  help: {
    summary: '问文件里怎么写：指标、时间、条文；文件没有写的会说没有写',
    usage: '问题',
    examples: ['/ask 降尘量指标是多少', '/ask 秸秆综合利用率要达到多少', '/ask 黑臭水体'],
  },

  run: ({ args, ctx, sentences }) => askReply(ctx, args.question, sentences),
});
