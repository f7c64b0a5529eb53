import { z } from 'zod';

import { taskCodes } from '../src/chat/arguments.js';
import { defineCommand } from '../src/chat/command.js';
import { reply } from '../src/chat/message.js';
import { unmuteTasks } from '../src/services/person/mute-tasks.js';

/** Ends what /mute began. */
export default defineCommand({
  name: 'unmute',
  aliases: ['取消免打扰'],
  args: z.object({ tasks: taskCodes }),
  allow: 'member',
  writes: true,
  help: {
    verb: '取消免打扰',
    summary: '恢复对我的单独提醒',
    usage: '编号',
    examples: ['/unmute 水-7', '取消免打扰 水-7'],
  },

  preview: async ({ args }) => `取消免打扰：${args.tasks.map(({ code }) => code).join('、')}`,

  async run({ args, ctx }) {
    const tasks = await unmuteTasks(ctx, args.tasks);
    if (tasks.length === 0) return reply.refusal('这几项没有设免打扰。发“/mute”看设了哪些。');
    return reply.text(`已恢复提醒：${tasks.map(({ code }) => code).join('、')}。`);
  },
});
