import { z } from 'zod';

import { taskCodes, words } from '../src/chat/arguments.js';
import { defineCommand } from '../src/chat/command.js';
import { previewReport, reportOnEach } from '../src/chat/report-reply.js';
import { keepNote } from '../src/domain/note.js';
import type { Report } from '../src/services/duty/record-report.js';

/** A unit's liaison reports its part done; the words are kept as they are. */
export default defineCommand({
  name: 'done',
  aliases: ['办结', '完成', '报办结'],
  args: z.object({ tasks: taskCodes, note: words.optional() }),
  allow: 'member',
  writes: true,
  help: {
    summary: '报办结（本单位的部分）',
    verb: '报办结',
    usage: '编号… 完成情况',
    examples: ['/done 水-7 五个建制镇污水处理设施已投运', '/done 气-5.1 7月底完成摸底'],
  },

  preview: async ({ args, ctx }) => previewReport(ctx, args.tasks, reportFrom(args.note)),

  run: ({ args, ctx }) => reportOnEach(ctx, args.tasks, reportFrom(args.note)),
});

function reportFrom(note = ''): Report {
  return { kind: 'done', note: keepNote(note), percent: null };
}
