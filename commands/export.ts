import { z } from 'zod';

import { plan, unit } from '../src/chat/arguments.js';
import { defineCommand } from '../src/chat/command.js';
import { ledgerFileReply } from '../src/chat/file-reply.js';
import { offerLedger } from '../src/services/export/offer-ledger.js';

/** The ledger as one table, so that nobody has to fill in another. */
export default defineCommand({
  name: 'export',
  aliases: ['导出', '导出台账', '下载台账'],
  args: z.object({ unit: unit.optional(), plan: plan.optional() }),
  allow: 'member',
  help: {
    summary: '导出台账，是一份 .xlsx 表格，可只要一个单位或一个计划',
    usage: '[单位] [计划]',
    examples: ['/export', '/export 县住建局', '导出 水'],
  },

  async run({ args, ctx }) {
    return ledgerFileReply(ctx, await offerLedger(ctx, args));
  },
});
