import type { PersonId } from '../../domain/person.js';
import { mayDo, type Right, rights } from '../../domain/rights.js';
import { BotError } from '../../errors.js';
import type { Context } from '../context.js';

/** Who acts, when they may. Throws a refusal that names who does. */
export function requireRight(ctx: Context, right: Right): PersonId {
  const { person } = ctx.actor;
  if (person === null || !mayDo(ctx.actor, right)) {
    throw new BotError('forbidden', `${rights[right].who}。发“/help”看你能用的命令。`);
  }
  return person;
}
