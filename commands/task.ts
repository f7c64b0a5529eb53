import { z } from 'zod';

import { answerEach } from '../src/chat/answer-each.js';
import { taskCodes } from '../src/chat/arguments.js';
import { defineCommand } from '../src/chat/command.js';
import { taskReply } from '../src/chat/task-card.js';

/** Everything the ledger knows of one task, with the words of the document. */
export default defineCommand({
  name: 'task',
  aliases: ['任务', '详情', '原文'],
  args: z.object({ tasks: taskCodes }),
  allow: 'member',
  help: { summary: '任务原文、责任、时限和报送情况', usage: '编号', examples: ['/task 水-7', '/task 气附-3'] },

  run: ({ args, ctx }) => answerEach(args.tasks, (ref) => taskReply(ctx, ref)),
});
