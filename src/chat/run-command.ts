import { actorRoleNames, holds } from '../domain/person.js';
import { rights } from '../domain/rights.js';
import { BotError } from '../errors.js';
import type { SentenceWords } from '../language/sentence/sentence-words.js';
import type { Context } from '../services/context.js';
import type { Command } from './command.js';
import type { CommandSet } from './load-commands.js';
import { type Reply, reply } from './message.js';
import { type Reading, readArguments } from './read-arguments.js';
import type { Receipt } from './receipts.js';

/** What a message is read and answered with. */
export interface Talk {
  ctx: Context;
  commands: CommandSet;
  /** What sentences are read by. */
  sentences: SentenceWords;
  reading: Reading;
}

/** A command with what is typed after its name. */
export interface Typed {
  command: Command;
  rest: string;
}

/** How far the person has gone: a preview was confirmed, with what was kept for it. */
export interface Gone {
  confirmed: boolean;
  kept?: unknown;
  receipts?: Receipt[];
}

/** What is said where only words are missing; `null` where it is refused. */
export type Wordless = (typed: Typed) => Promise<Reply | null> | null;

/** What confirms. */
export const yes = ['是', '是的', '确认', '对', '好，确认', 'y', 'yes'];

/** Runs one command; what it refuses becomes a refusal, anything else goes up and rolls the message back. */
export async function runCommand(
  { ctx, commands, sentences, reading }: Talk,
  typed: Typed,
  gone: Gone,
  wordless: Wordless,
): Promise<Reply[]> {
  try {
    refuseUnlessAllowed(ctx, typed.command);
    const args = readArguments(typed.command, typed.rest, reading);
    return await typed.command.run({ args, ctx, ...gone, commands: commands.list, sentences });
  } catch (error) {
    if (!(error instanceof BotError)) throw error;
    const asked = error.code === 'incomplete' ? await wordless(typed) : null;
    return [asked ?? reply.refusal(error.say)];
  }
}

export function refuseUnlessAllowed(ctx: Context, command: Command): void {
  if (command.allow === 'member' || holds(ctx.actor, ...command.allow)) return;
  const roles = command.allow.map((role) => actorRoleNames[role]).join('、');
  const who =
    command.right === null ? `/${command.name}（${command.aliases[0]}）由${roles}用` : rights[command.right].who;
  throw new BotError('forbidden', `${who}。发“/help”看你能用的命令。`);
}
