import { z } from 'zod';

import { taskCodes } from '../src/chat/arguments.js';
import { attachEach, previewAttach } from '../src/chat/attach-reply.js';
import { defineCommand } from '../src/chat/command.js';

/** Says where what the speaker has sent belongs; mostly that is known without a word. */
export default defineCommand({
  name: 'attach',
  aliases: ['附到', '附材料', '补材料'],
  args: z.object({ tasks: taskCodes }),
  allow: 'member',
  writes: true,
  help: {
    summary: '把刚发来的图片、文件附到我在这一项上最近的报送',
    usage: '编号…',
    examples: ['/attach 水-7', '附到 水-7'],
  },

  preview: ({ args, ctx }) => previewAttach(ctx, args.tasks),

  run: ({ args, ctx }) => attachEach(ctx, args.tasks),
});
