import { z } from 'zod';

import { words } from '../src/chat/arguments.js';
import { defineCommand } from '../src/chat/command.js';
import { reply } from '../src/chat/message.js';
import { wallClock } from '../src/domain/local-date.js';
import { BotError } from '../src/errors.js';
import { codeIn } from '../src/services/group/bind-codes.js';
import { offerGroupCode } from '../src/services/group/offer-code.js';

/** An administrator gets a one-time code one to one and sends it in the group that is to be bound. */
export default defineCommand({
  name: 'bind',
  aliases: ['绑定'],
  args: z.object({ plans: words.optional() }),
  allow: ['administrator'],
  writes: true,
  help: {
    summary: '管理员取绑定码，到群里发，把群和计划绑在一起',
    usage: '[计划前缀…]',
    examples: ['/bind', '/bind 水 气'],
  },

  preview: async () => '取一个绑定工作群的绑定码',

  async run({ args, ctx }) {
    if (args.plans !== undefined && codeIn(`/bind ${args.plans}`) !== null) {
      throw new BotError('conflict', '这里已经绑定过了，绑定码没有用掉。发“/help”看能问什么。');
    }
    const prefixes = args.plans?.split(/[\s,，、]+/u).filter(Boolean) ?? [];
    const { code, expiresAt } = await offerGroupCode(ctx, prefixes.length > 0 ? prefixes : null);
    const { time } = wallClock(expiresAt, ctx.timeZone);
    return reply.text(
      `绑定码 ${code}，只能用一次，${time.slice(0, 5)}前有效。`,
      `把机器人拉进工作群，在群里@它发：/bind ${code}`,
    );
  },
});
