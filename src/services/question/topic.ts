import { z } from 'zod';

import { findTopic, putTopic } from '../../store/topics.js';
import type { Context } from '../context.js';
import { chatOf } from './ask.js';

const maybe = z.string().nullable();
const topic = z.object({
  request: z.object({
    command: z.string(),
    codes: z.array(z.string()),
    range: maybe,
    unit: maybe,
    plan: maybe,
    role: maybe,
    status: maybe,
    words: z.string(),
  }),
  shown: z.array(z.string()),
});

const kept = z.object({ asked: topic.nullable() });

/** What was asked, and the codes of the answer. */
export type AskedTopic = z.infer<typeof topic>;

/** Five minutes. */
export const topicMs = 300_000;

/** What the speaker asked here last, as long as 「那配合单位呢」 may be about it. */
export async function topicOf(ctx: Context): Promise<AskedTopic | null> {
  const row = await findTopic(ctx.tx, ctx.workspace, chatOf(ctx), ctx.message.sender);
  if (!row || ctx.now.getTime() - row.at.getTime() > topicMs) return null;
  return kept.parse(row.topic).asked;
}

/** `null` when what was said last is nothing that one goes on asking about. */
export async function rememberTopic(ctx: Context, asked: AskedTopic | null): Promise<void> {
  const { message, now } = ctx;
  await putTopic(ctx.tx, ctx.workspace, { chatId: chatOf(ctx), sender: message.sender, topic: { asked }, at: now });
}
