import { z } from 'zod';

import { acceptEach, previewAcceptance } from '../src/chat/accept-reply.js';
import { taskCodes, unit, words } from '../src/chat/arguments.js';
import { defineCommand } from '../src/chat/command.js';
import { readAcceptance } from '../src/chat/read-acceptance.js';
import { rights } from '../src/domain/rights.js';

/** A supervisor closes what was reported done, of a task, of one limit or of one unit. */
export default defineCommand({
  name: 'accept',
  aliases: ['销号'],
  args: z.object({ tasks: taskCodes, unit: unit.optional(), note: words.optional() }),
  allow: rights.accept.roles,
  right: 'accept',
  writes: true,
  help: {
    summary: '核查后销号，可写核查方式',
    usage: '编号… [单位] [资料核查、现场核查]',
    examples: ['/accept 气-7 气附-3 资料核查', '/accept 气-5 县工科局', '/accept 气-5.1 现场核查'],
  },

  preview: ({ args, ctx }) => previewAcceptance(ctx, args.tasks, args.unit ?? null, readAcceptance(args.note)),

  run: ({ args, ctx }) => acceptEach(ctx, args.tasks, args.unit ?? null, readAcceptance(args.note)),
});
