import { holds, type Person, type PersonId } from '../../domain/person.js';
import type { Right } from '../../domain/rights.js';
import { BotError } from '../../errors.js';
import { listPeople } from '../../store/people.js';
import { lockWorkspace } from '../../store/workspaces.js';
import type { Context } from '../context.js';
import { requireRight } from './require-right.js';
import { type RosterWriter, writerOf } from './write-roster.js';

export interface LockedRoster {
  people: Person[];
  writer: RosterWriter;
  /** Throws a refusal unless the actor has this right, too. */
  require(right: Right): void;
}

/**
 * The roster, which nobody else changes until the transaction ends, for somebody who has the right by this very roster: of
 * two who take it from each other at once the second has it no longer.
 */
export async function lockRoster(ctx: Context, right: Right): Promise<LockedRoster> {
  await lockWorkspace(ctx.tx, ctx.workspace);
  const people = await listPeople(ctx.tx, ctx.workspace);
  const { actor } = ctx;
  const atServer = actor.person === null && holds(actor, 'administrator');
  const found = people.find(({ id, active }) => active && id === actor.person);
  const now = { ...ctx, actor: { ...actor, person: found?.id ?? null, roles: found?.roles ?? [] } };
  const require = (asked: Right) => {
    if (!atServer) requireRight(now, asked);
  };
  require(right);
  return { people, writer: writerOf(ctx), require };
}

export function personIn({ people }: LockedRoster, id: PersonId): Person {
  const found = people.find((person) => person.id === id);
  if (!found) throw new BotError('not-found', '名单里已经没有这个人。发“/people”看名单。');
  return found;
}
