import { z } from 'zod';

import { words } from '../src/chat/arguments.js';
import { defineCommand } from '../src/chat/command.js';
import { contentOf } from '../src/chat/content-of.js';
import { variantsTyped } from '../src/chat/find-content.js';
import { foundReply, notFoundReply } from '../src/chat/search-reply.js';
import { searchTasks } from '../src/services/task/search-tasks.js';

/** Full text of the tasks, with the clause that holds the words. */
export default defineCommand({
  name: 'search',
  aliases: ['搜索', '查找', '是哪项任务', '是哪项', '查'],
  args: z.object({ words }),
  allow: 'member',
  help: { summary: '在任务原文里搜索', usage: '关键词', examples: ['/search 秸秆', '/search 污水 管网'] },

  async run({ args, ctx, sentences }) {
    const { index } = contentOf(ctx, sentences);
    const found = searchTasks(ctx, index, variantsTyped(args.words, sentences));
    if (found.length === 0) return notFoundReply(ctx, args.words, index);
    return foundReply(ctx, args.words, found, { withUnits: false });
  },
});
