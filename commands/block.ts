import { z } from 'zod';

import { taskCodes, words } from '../src/chat/arguments.js';
import { defineCommand } from '../src/chat/command.js';
import { previewReport, readReport, reportOnEach } from '../src/chat/report-reply.js';
import { keepNote } from '../src/domain/note.js';

/** A unit's liaison reports a problem; it shows as 已报困难 until anything else is reported. */
export default defineCommand({
  name: 'block',
  aliases: ['受阻', '困难', '报困难', '有困难', '遇到困难'],
  args: z.object({ tasks: taskCodes, note: words.optional() }),
  allow: 'member',
  writes: true,
  asks: { what: '困难和原因' },
  help: {
    verb: '报困难',
    summary: '报困难，写明原因',
    usage: '编号… 原因',
    examples: ['/block 水-7 风陵渡镇管网征地没有谈妥，请县自然资源局协调'],
  },

  preview: async ({ args, ctx }) => previewReport(ctx, args.tasks, readReport('block', keepNote(args.note ?? ''))),

  run: ({ args, ctx, receipts }) =>
    reportOnEach(ctx, args.tasks, readReport('block', keepNote(args.note ?? '')), receipts),
});
