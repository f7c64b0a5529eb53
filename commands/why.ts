import { z } from 'zod';

import { answerEach } from '../src/chat/answer-each.js';
import { taskCodes } from '../src/chat/arguments.js';
import { defineCommand } from '../src/chat/command.js';
import { whyReply } from '../src/chat/why-reply.js';
import { getCurrentTask } from '../src/services/task/get-task.js';

/** Why a task has its light: nothing is decided behind anybody's back. */
export default defineCommand({
  name: 'why',
  aliases: ['为什么', '为啥', '亮灯'],
  args: z.object({ tasks: taskCodes }),
  allow: 'member',
  help: { summary: '这一项为什么是这个灯：规则、日期、怎么算的', usage: '编号', examples: ['/why 气-3'] },

  run: ({ args, ctx }) => answerEach(args.tasks, (ref) => whyReply(ctx, getCurrentTask(ctx, ref))),
});
