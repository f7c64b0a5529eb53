import { z } from 'zod';

import { words } from '../src/chat/arguments.js';
import { defineCommand } from '../src/chat/command.js';
import { previewTakeBack, takeBackReply } from '../src/chat/take-back-reply.js';

/** Takes back a request of one's unit while it waits; /undo does it within a day. */
export default defineCommand({
  name: 'take-back',
  aliases: ['撤回申请', '撤回延期', '撤回职责异议', '撤回异议', '撤回不涉及', '撤回批示'],
  args: z.object({ request: words.optional() }),
  allow: ['liaison', 'leader'],
  writes: true,
  help: {
    verb: '撤回申请',
    summary: '撤回还没有定的延期、职责异议、不涉及或批示',
    usage: '[编号或号数]',
    examples: ['撤回延期 气附-6', '/take-back 第1号'],
  },

  preview: ({ args, ctx }) => previewTakeBack(ctx, args.request),

  run: ({ args, ctx }) => takeBackReply(ctx, args.request),
});
