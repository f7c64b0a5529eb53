import { z } from 'zod';

import { words } from '../src/chat/arguments.js';
import { defineCommand } from '../src/chat/command.js';
import { importedReply } from '../src/chat/import-reply.js';
import { lexiconOf } from '../src/chat/lexicon.js';
import { readAdjustments } from '../src/chat/read-adjustments.js';
import { confirmImport } from '../src/services/import/decide-import.js';

/** A second person brings a proposed document into the ledger. It is itself a confirmation, so it asks for none. */
export default defineCommand({
  name: 'import-confirm',
  aliases: ['确认导入'],
  args: z.object({ decision: words.optional() }),
  allow: ['administrator', 'supervisor'],
  help: {
    summary: '确认别人提交的导入，计划入账',
    usage: '[号数] [附表关联、前缀的更正]',
    examples: ['确认导入 1', '/import-confirm 1 气附-4 单列'],
  },

  async run({ args, ctx }) {
    const { number, adjust } = readAdjustments(args.decision, lexiconOf(ctx));
    return importedReply(ctx, await confirmImport(ctx, number, adjust));
  },
});
