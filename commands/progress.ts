import { z } from 'zod';

import { percent, taskCodes, words } from '../src/chat/arguments.js';
import { defineCommand } from '../src/chat/command.js';
import { previewReport, readReport, reportOnEach } from '../src/chat/report-reply.js';
import { keepNote } from '../src/domain/note.js';
import type { Report } from '../src/services/duty/take-report.js';

/** A unit's liaison reports how far its part is. */
export default defineCommand({
  name: 'progress',
  aliases: ['进展', '报送', '报进展'],
  args: z.object({ tasks: taskCodes, percent: percent.optional(), note: words.optional() }),
  allow: 'member',
  writes: true,
  asks: { what: '进展情况' },
  help: {
    verb: '报进展',
    summary: '报进展，可带百分比',
    usage: '编号… [n%] 情况',
    examples: ['/progress 水-5 60% 调节池主体完工，正在调试', '/progress 气-12 每天洒水4次'],
  },

  preview: async ({ args, ctx }) => previewReport(ctx, args.tasks, reportFrom(args.note, args.percent)),

  run: ({ args, ctx, receipts }) => reportOnEach(ctx, args.tasks, reportFrom(args.note, args.percent), receipts),
});

function reportFrom(note = '', percent: number | null = null): Report {
  return readReport('progress', note === '' && percent !== null ? `${percent}%` : keepNote(note), percent);
}
