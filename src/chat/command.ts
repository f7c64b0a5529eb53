import type { z } from 'zod';

import type { ActorRole } from '../domain/person.js';
import type { Context } from '../services/context.js';
import type { Reply } from './message.js';

/** `member` is anybody in a bound group; otherwise the actor must hold one of the roles. */
export type Allow = 'member' | readonly ActorRole[];

export interface CommandHelp {
  summary: string;
  /** The words after the name, for /help and for completion: [时间] [单位] [计划]. */
  usage: string;
  /** What a preview calls it before it is confirmed: 报办结. */
  verb?: string;
  /** Each parses; the first stands in refusals as the pattern to follow. */
  examples: [string, ...string[]];
}

export interface Run<Args> {
  args: Args;
  ctx: Context;
  /** All commands there are, for /help. */
  commands: readonly Command[];
}

export interface CommandSpec<Shape extends z.ZodRawShape> {
  name: string;
  aliases: string[];
  /** Keys are read in order from the words typed; what each reads is said by its schema (chat/arguments.ts). */
  args: z.ZodObject<Shape>;
  allow: Allow;
  /** A command that writes runs at once only after a slash; otherwise it is confirmed first. */
  writes?: boolean;
  help: CommandHelp;
  run(input: Run<z.infer<z.ZodObject<Shape>>>): Promise<Reply>;
}

/** A command with its argument types folded away, as dispatch sees it. */
export interface Command {
  name: string;
  aliases: string[];
  args: z.ZodObject;
  allow: Allow;
  writes: boolean;
  help: CommandHelp;
  run(input: Run<Record<string, unknown>>): Promise<Reply>;
}

export function defineCommand<Shape extends z.ZodRawShape>(spec: CommandSpec<Shape>): Command {
  return {
    ...spec,
    writes: spec.writes ?? false,
    // The arguments reach run only through spec.args.parse, so the cast gives back what zod checked.
    run: ({ args, ...run }) => spec.run({ ...run, args: args as z.infer<z.ZodObject<Shape>> }),
  };
}
