import { z } from 'zod';

import { taskCodes, words } from '../src/chat/arguments.js';
import { defineCommand } from '../src/chat/command.js';
import { reportOnEach } from '../src/chat/report-reply.js';
import { keepNote } from '../src/domain/note.js';
import { BotError } from '../src/errors.js';

/** A unit's liaison reports its part done; the words are kept as they are. */
export default defineCommand({
  name: 'done',
  aliases: ['办结', '完成', '报办结'],
  args: z.object({ tasks: taskCodes, note: words.optional() }),
  allow: 'member',
  writes: true,
  help: {
    summary: '报办结（本单位的部分）',
    usage: '编号… 完成情况',
   
    examples: ['/done 水-7 五个建制镇污水处理设施已投运', '/done 气-5.1 7月底完成摸底'],
  },

  async run({ args, ctx }) {
    const [first] = args.tasks;
    if (args.note === undefined) {
      throw new BotError('invalid', `请带一句完成情况，如：/done ${first?.code} 什么做完了、做了多少。`);
    }
    return reportOnEach(ctx, args.tasks, { kind: 'done', note: keepNote(args.note), percent: null });
  },
});
