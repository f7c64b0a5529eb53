import { z } from 'zod';

import { words } from '../src/chat/arguments.js';
import { defineCommand } from '../src/chat/command.js';
import { instructionReply, previewInstruction } from '../src/chat/instruction-reply.js';

/** A leader's instruction to a unit: a draft that the supervisors check and send. */
export default defineCommand({
  name: 'instruct',
  aliases: ['批示'],
  args: z.object({ instruction: words.optional() }),
  allow: ['leader'],
  writes: true,
  asks: { what: '批示的内容' },
  help: {
    summary: '对一个单位作批示，转督查室核后发出',
    usage: '单位 内容',
    examples: ['/instruct 县水利局 28日前报水-10进展'],
  },

  preview: async ({ args, ctx }) => previewInstruction(ctx, args.instruction),

  run: ({ args, ctx }) => instructionReply(ctx, args.instruction),
});
