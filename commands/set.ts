import { z } from 'zod';

import { taskCodes, words } from '../src/chat/arguments.js';
import { defineCommand } from '../src/chat/command.js';
import { previewSetting, settingReply } from '../src/chat/setting-reply.js';

/** What the office sets beside the words of the document, which stay. */
export default defineCommand({
  name: 'set',
  aliases: ['调整'],
  args: z.object({ tasks: taskCodes, setting: words.optional() }),
  allow: ['supervisor'],
  writes: true,
  help: {
    summary: '督查室定时限、汇总、牵头、配合、简称或更正，文件原文不变',
    usage: '编号 时限、汇总、牵头、配合、简称或更正 内容',
    examples: ['/set 水-7 时限 10月31日', '/set 水-2 汇总 县水利局', '/set 气-5.1 简称 锅炉摸底', '/set 水-7 时限 无'],
  },

  preview: async ({ args, ctx }) => previewSetting(ctx, args.tasks, args.setting),

  run: ({ args, ctx }) => settingReply(ctx, args.tasks, args.setting),
});
