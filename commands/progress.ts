import { z } from 'zod';

import { percent, taskCodes, words } from '../src/chat/arguments.js';
import { defineCommand } from '../src/chat/command.js';
import { reportOnEach } from '../src/chat/report-reply.js';
import { keepNote } from '../src/domain/note.js';
import { BotError } from '../src/errors.js';

/** A unit's liaison reports how far its part is. */
export default defineCommand({
  name: 'progress',
  aliases: ['进展', '报送', '报进展'],
  args: z.object({ tasks: taskCodes, percent: percent.optional(), note: words.optional() }),
  allow: 'member',
  writes: true,
  help: {
    summary: '报进展，可带百分比',
    usage: '编号… [n%] 情况',
   
    examples: ['/progress 水-5 60% 调节池主体完工，正在调试', '/progress 气-12 每天洒水4次'],
  },

  async run({ args, ctx }) {
    const [first] = args.tasks;
    if (args.note === undefined && args.percent === undefined) {
      throw new BotError('invalid', `请带一句进展情况，如：/progress ${first?.code} 做到哪一步了。`);
    }
    const note = args.note === undefined ? `${args.percent}%` : keepNote(args.note);
    return reportOnEach(ctx, args.tasks, { kind: 'progress', note, percent: args.percent ?? null });
  },
});
