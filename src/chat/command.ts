import type { z } from 'zod';

import type { ActorRole } from '../domain/person.js';
import type { Right } from '../domain/rights.js';
import type { SentenceWords } from '../language/sentence/sentence-words.js';
import type { Context } from '../services/context.js';
import type { Reply } from './message.js';
import type { Receipt } from './receipts.js';

/** `member` is anybody in a bound group; otherwise the actor must hold one of the roles. */
export type Allow = 'member' | readonly ActorRole[];

export interface CommandHelp {
  summary: string;
  /** The words after the name, for /help and for completion: [时间] [单位] [计划]. */
  usage: string;
  /** What it lets a person do, where a list of rights names it: 报办结. */
  verb?: string;
  /** Each parses; the first stands in refusals as the pattern to follow. */
  examples: [string, ...string[]];
}

export interface Run<Args> {
  args: Args;
  ctx: Context;
  /** The person has seen a preview and said yes. */
  confirmed: boolean;
  /** What the preview kept for then. */
  kept?: unknown;
  /** Where a report leaves what is said of it, so that several of one message are answered together. */
  receipts?: Receipt[];
  /** All commands there are, for /help. */
  commands: readonly Command[];
  /** What sentences are read by. */
  sentences: SentenceWords;
}

export interface CommandSpec<Shape extends z.ZodRawShape> {
  name: string;
  aliases: string[];
  /** Keys are read in order from the words typed; what each reads is said by its schema (chat/arguments.ts). */
  args: z.ZodObject<Shape>;
  allow: Allow;
  /**
   * What writes runs at once only after a slash; otherwise it is confirmed first. A function tells by the arguments where
   * the same command also answers.
   */
  writes?: true | ((args: z.infer<z.ZodObject<Shape>>) => boolean);
  /** It answers what the bot asked (同意), so it is not confirmed once more; only a question is never taken for it. */
  isAnswer?: true;
  /** What would be written, in one line, before it is confirmed. Refuses what `run` would refuse. */
  preview?(input: Run<z.infer<z.ZodObject<Shape>>>): Promise<string>;
  /** What a yes may add to the words of the report, and how the person is told; `null` where it is said already. */
  withYes?(input: Run<z.infer<z.ZodObject<Shape>>>): YesWith | null;
  /** Whoever leaves the words out that it needs is asked for them, and the next message is taken for them. */
  asks?: AskedFor;
  /** Whose refusal somebody hears who holds none of the roles. */
  right?: Right;
  help: CommandHelp;
  /** Several where some are files. */
  run(input: Run<z.infer<z.ZodObject<Shape>>>): Promise<Reply | Reply[]>;
}

/** 确认 已审签: the confirmation with one of `words`, which then ends what was typed. */
export interface YesWith {
  words: string[];
  hint: string;
}

export interface AskedFor {
  /** What the words are to tell: 办结情况. */
  what: string;
  /** Words that hardly mean it: they are shown before they are written. */
  unlike?: RegExp;
}

/** A command with its argument types folded away, as dispatch sees it. */
export interface Command {
  name: string;
  aliases: string[];
  args: z.ZodObject;
  allow: Allow;
  writes: true | false | ((args: Record<string, unknown>) => boolean);
  right: Right | null;
  isAnswer: boolean;
  asks: AskedFor | null;
  help: CommandHelp;
  withYes(input: Run<Record<string, unknown>>): YesWith | null;
  preview(input: Run<Record<string, unknown>>): Promise<string>;
  run(input: Run<Record<string, unknown>>): Promise<Reply[]>;
}

export function defineCommand<Shape extends z.ZodRawShape>(spec: CommandSpec<Shape>): Command {
  // The arguments reach a command only through spec.args.parse, so the casts give back what zod checked.
  type Args = z.infer<z.ZodObject<Shape>>;
  const { writes = false, isAnswer = false, asks = null, right = null, preview, withYes } = spec;
  return {
    ...spec,
    isAnswer,
    asks,
    right,
    writes: typeof writes === 'function' ? (args) => writes(args as Args) : writes,
    preview: async ({ args, ...run }) => (preview ? preview({ ...run, args: args as Args }) : spec.help.summary),
    withYes: ({ args, ...run }) => withYes?.({ ...run, args: args as Args }) ?? null,
    run: async ({ args, ...run }) => [await spec.run({ ...run, args: args as Args })].flat(),
  };
}

/** Whether to offer it to somebody with these roles: reports are open to everybody, and taken from liaisons only. */
export function isOpenTo(command: Command, roles: readonly ActorRole[]): boolean {
  if (command.allow !== 'member') return command.allow.some((role) => roles.includes(role));
  return command.writes !== true || command.name === 'join' || roles.includes('liaison');
}
