import { z } from 'zod';

import { newDay, period, taskCodes, words } from '../src/chat/arguments.js';
import { defineCommand } from '../src/chat/command.js';
import { extensionReply, previewExtension, type TypedExtension } from '../src/chat/extension-reply.js';
import { waitingReply } from '../src/chat/waiting-reply.js';
import { BotError } from '../src/errors.js';

/** A unit asks for another day before its limit; the leader in charge decides. Alone it lists what waits. */
export default defineCommand({
  name: 'extend',
  aliases: ['延期', '申请延期'],
  args: z.object({
    tasks: taskCodes.optional(),
    period: period.optional(),
    newDay: newDay.optional(),
    reason: words.optional(),
  }),
  allow: 'member',
  writes: ({ tasks, newDay, reason }) => tasks !== undefined || newDay !== undefined || reason !== undefined,
  asks: { what: '延到哪一天和原因' },
  help: {
    summary: '申请延期（时限前提出，写新日期和原因）；不带编号列出等待决定的',
    verb: '申请延期',
    usage: '编号 日期 原因',
    examples: ['/extend 气附-6 10月15日 设备没到货', '/extend 土-10 三季度 延期到10月20日 数据没汇总完', '/extend'],
  },

  async preview({ args, ctx }) {
    return previewExtension(ctx, args.tasks ?? refuseWithoutCode(), typedFrom(args));
  },

  async run({ args, ctx }) {
    const { tasks, newDay, reason } = args;
    if (tasks === undefined && newDay === undefined && reason === undefined) return waitingReply(ctx, 'extension');
    return extensionReply(ctx, tasks ?? refuseWithoutCode(), typedFrom(args));
  },
});

function refuseWithoutCode(): never {
  throw new BotError('invalid', '请写任务编号，如：/extend 气附-6 10月15日 设备没到货。');
}

type Args = {
  period?: string | undefined;
  newDay?: TypedExtension['newDay'] | undefined;
  reason?: string | undefined;
};

function typedFrom({ period, newDay, reason = '' }: Args): TypedExtension {
  const plain = reason.replace(/^(?:原因|理由)(?:是|为)?[\s:：,，]*/u, '');
  return { period: period ?? null, newDay: newDay ?? null, reason: plain };
}
