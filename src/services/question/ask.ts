import { z } from 'zod';

import { type Button, type Reply, reply } from '../../chat/message.js';
import { findQuestion, putQuestion, takeQuestion } from '../../store/pending-questions.js';
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
const begun = z.object({ typed: z.string() });

/** What the person may answer, and the message that the answer stands for; it runs as if confirmed. */
export type Answers = z.infer<typeof answers>;

/** What waits for this person here: one of some answers, or the words that end a command: /done 气-7. */
export type Waiting = { kind: 'choice'; answers: Answers } | { kind: 'words'; typed: string };

const tenMinutesMs = 600_000;

/** One question waits per person and chat, for ten minutes; a new one takes its place. */
export async function ask(ctx: Context, text: string, options: Answers, buttons: Button[] = []): Promise<Reply> {
  await put(ctx, 'choice', options);
  return reply.question(text, buttons);
}

/** Without buttons, so that it can be quoted on every platform: of a card some tell nothing. */
export async function askForWords(ctx: Context, text: string, typed: string): Promise<Reply> {
  await put(ctx, 'words', { typed } satisfies z.infer<typeof begun>);
  return reply.question(text);
}

/** One to one there is one chat with each person, whatever it is called: not every platform names it with a click. */
export function chatOf({ chat, message: { platform, account } }: Context): string {
  return chat.private ? `one-to-one ${platform} ${account}` : chat.id;
}

async function put(ctx: Context, kind: Waiting['kind'], payload: unknown): Promise<void> {
  const { person } = ctx.actor;
  if (person === null) return;
  const expiresAt = new Date(ctx.now.getTime() + tenMinutesMs);
  const row = { personId: person, chatId: chatOf(ctx), kind, payload, askedAt: ctx.now, expiresAt };
  await putQuestion(ctx.tx, ctx.workspace, row);
}

/** The question that waits for this person here. It goes on waiting until it is closed. */
export async function waitingQuestion(ctx: Context): Promise<Waiting | null> {
  const { person } = ctx.actor;
  const question = person && (await findQuestion(ctx.tx, ctx.workspace, person, chatOf(ctx)));
  if (!question || question.expiresAt <= ctx.now) return null;
  return question.kind === 'words'
    ? { kind: 'words', ...begun.parse(question.payload) }
    : { kind: 'choice', answers: answers.parse(question.payload) };
}

/** False when nothing waited, or another message has closed it just before. */
export async function closeQuestion(ctx: Context): Promise<boolean> {
  const { person } = ctx.actor;
  return person !== null && (await takeQuestion(ctx.tx, ctx.workspace, person, chatOf(ctx))) !== null;
}
