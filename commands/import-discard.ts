import { z } from 'zod';

import { words } from '../src/chat/arguments.js';
import { defineCommand } from '../src/chat/command.js';
import { lexiconOf } from '../src/chat/lexicon.js';
import { reply } from '../src/chat/message.js';
import { readAdjustments } from '../src/chat/read-adjustments.js';
import { discardImport } from '../src/services/import/decide-import.js';

/** A proposed document is put aside; nothing of it comes into the ledger. */
export default defineCommand({
  name: 'import-discard',
  aliases: ['放弃导入'],
  args: z.object({ decision: words.optional() }),
  allow: ['administrator', 'supervisor'],
  help: { summary: '放弃等待确认的导入', usage: '[号数]', examples: ['放弃导入 1'] },

  async run({ args, ctx }) {
    const { number } = readAdjustments(args.decision, lexiconOf(ctx));
    const row = await discardImport(ctx, number);
    return reply.text(`已放弃第${row.number}号导入《${row.fileName}》，台账没有变化。`);
  },
});
