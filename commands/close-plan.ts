import { z } from 'zod';

import { words } from '../src/chat/arguments.js';
import { closedReply, closingPreview, closingText, readClosing } from '../src/chat/closing-reply.js';
import { defineCommand } from '../src/chat/command.js';
import { rights } from '../src/domain/rights.js';
import { closeYear, proposeClosing } from '../src/services/plan/close-plan.js';

/** 年终收尾: a plan's year is over; what was not reported done goes on in the next plan by a link. */
export default defineCommand({
  name: 'close-plan',
  aliases: ['年终收尾', '收尾'],
  args: z.object({ words }),
  allow: rights['close-plan'].roles,
  right: 'close-plan',
  writes: true,
  help: {
    verb: '给计划收尾',
    summary: '一年的计划收尾：没有报办结的结转到下一年的计划，先预览再收尾',
    usage: '计划 年份 [编号→编号…]',
    examples: ['/close-plan 水 2023', '/close-plan 水 2023 水-7→水-5 水-9→不结转'],
  },

  async preview({ args, ctx }) {
    const asked = readClosing(ctx, args.words);
    return closingText(await proposeClosing(ctx, asked, asked.corrections));
  },

  async run({ args, ctx, confirmed }) {
    const asked = readClosing(ctx, args.words);
    const closing = await proposeClosing(ctx, asked, asked.corrections);
    if (!confirmed || asked.previewed) return closingPreview(ctx, closing, asked.corrections);
    await closeYear(ctx, closing);
    return closedReply(closing);
  },
});
