import { timingSafeEqual } from 'node:crypto';

import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import { z } from 'zod';

import type { Bot } from './bot.js';
import { plainText } from './chat/message.js';
import { BotError } from './errors.js';

const question = z.object({
  text: z.string().max(20_000),
  user: z.string().max(100).nullish(),
  private: z.boolean().default(false),
});

/** Where the shell of this machine asks a running server, by the token that the server leaves beside its ledger. */
export function consoleRoutes({ bot, token }: { bot: Bot; token: string }): Hono<{ Bindings: HttpBindings }> {
  const app = new Hono<{ Bindings: HttpBindings }>();
  app.post('/console/ask', async (c) => {
    if (!isOfThisMachine(c.env) || !isToken(c.req.header('authorization'), token)) {
      return c.json({ error: '没有这个地址。' }, 404);
    }
    const body = question.safeParse(await c.req.json().catch(() => null));
    if (!body.success) return c.json({ error: '要写问的话，如：duban ask "/due 本周"' }, 400);
    const { text, user = null, private: isPrivate } = body.data;
    try {
      const replies = await bot.ask({ text, user, private: isPrivate });
      return c.json({ replies: replies.map((one) => ({ text: plainText(one), kind: one.kind })) });
    } catch (error) {
      if (error instanceof BotError) return c.json({ error: error.say }, 400);
      throw error;
    }
  });
  return app;
}

/** A program on this machine comes from the address that it speaks to. */
function isOfThisMachine({ incoming }: HttpBindings): boolean {
  const { remoteAddress, localAddress } = incoming.socket;
  return remoteAddress !== undefined && remoteAddress === localAddress;
}

function isToken(header: string | undefined, token: string): boolean {
  const [given, expected] = [Buffer.from(header ?? ''), Buffer.from(`Bearer ${token}`)];
  return given.length === expected.length && timingSafeEqual(given, expected);
}
