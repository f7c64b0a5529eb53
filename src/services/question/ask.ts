import { z } from 'zod';

import { type Button, type Reply, reply } from '../../chat/message.js';
import { putQuestion, takeQuestion } from '../../store/pending-questions.js';
import type { Context } from '../context.js';

const answers = z.array(
  z.object({
    words: z.array(z.string()),
    /** Of an answer that is not one of a few words; stands for {} in `say`. */
    pattern: z.string().optional(),
    say: z.string(),
    /** What the answer goes on with and no message could hold. */
    kept: z.unknown().optional(),
  }),
);

/** What the person may answer, and the message that the answer stands for; it runs as if confirmed. */
export type Answers = z.infer<typeof answers>;

const tenMinutesMs = 600_000;

/** One question waits per person and chat, for ten minutes; a new one takes its place. */
export async function ask(ctx: Context, text: string, options: Answers, buttons: Button[] = []): Promise<Reply> {
  const { person } = ctx.actor;
  if (person !== null) {
    await putQuestion(ctx.tx, ctx.workspace, {
      personId: person,
      chatId: ctx.chat.id,
      kind: 'choice',
      payload: options,
      askedAt: ctx.now,
      expiresAt: new Date(ctx.now.getTime() + tenMinutesMs),
    });
  }
  return reply.question(text, buttons);
}

/** The answers that wait for this person here. They are taken: whatever is said next, they are not asked for again. */
export async function takeAnswers(ctx: Context): Promise<Answers> {
  const { person } = ctx.actor;
  const question = person && (await takeQuestion(ctx.tx, ctx.workspace, person, ctx.chat.id));
  if (!question || question.expiresAt <= ctx.now) return [];
  return answers.parse(question.payload);
}
