import { z } from 'zod';

import { taskCodes } from '../src/chat/arguments.js';
import { defineCommand } from '../src/chat/command.js';
import { joinReplies, type Reply } from '../src/chat/message.js';
import { taskReply } from '../src/chat/task-card.js';

/** Everything the ledger knows of one task, with the words of the document. */
export default defineCommand({
  name: 'task',
  aliases: ['任务', '详情', '原文'],
  args: z.object({ tasks: taskCodes }),
  allow: 'member',
  help: { summary: '任务原文、责任、时限和报送情况', usage: '编号', examples: ['/task 水-7', '/task 气附-3'] },

  async run({ args, ctx }) {
    const replies: Reply[] = [];
    for (const ref of args.tasks) replies.push(await taskReply(ctx, ref));
    return joinReplies(replies);
  },
});
