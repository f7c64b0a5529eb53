import { z } from 'zod';

import { taskCodes, words } from '../src/chat/arguments.js';
import { defineCommand } from '../src/chat/command.js';
import { previewReport, readReport, reportOnEach } from '../src/chat/report-reply.js';
import { keepNote } from '../src/domain/note.js';

/** A unit's liaison reports its part done; the words are kept as they are. */
export default defineCommand({
  name: 'done',
  aliases: ['办结', '完成', '报办结'],
  args: z.object({ tasks: taskCodes, note: words.optional() }),
  allow: 'member',
  writes: true,
  asks: { what: '办结情况', unlike: /还没|还差|还剩|尚未|未完|没(?:有|能)?(?:完成|办)|办不完|做不完|完不成/u },
  help: {
    summary: '报办结（本单位的部分），末尾可写“已审签”“未审签”',
    verb: '报办结',
    usage: '编号… 完成情况 [已审签]',
    examples: ['/done 水-7 五个建制镇污水处理设施已投运', '/done 气-5.1 7月底完成摸底 已审签'],
  },

  preview: async ({ args, ctx }) => previewReport(ctx, args.tasks, readReport('done', keepNote(args.note ?? ''))),

  withYes: ({ args, ctx }) => {
    if (readReport('done', args.note ?? '').details.signedOff !== undefined) return null;
    const hint = ctx.settings.signOff
      ? '报办结要写明单位负责人已审签，请回“确认 已审签”。'
      : '单位负责人已审签的，回“确认 已审签”。';
    return { words: ['已审签', '未审签'], hint };
  },

  run: ({ args, ctx, receipts }) =>
    reportOnEach(ctx, args.tasks, readReport('done', keepNote(args.note ?? '')), receipts),
});
