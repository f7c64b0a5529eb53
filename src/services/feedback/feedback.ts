import type { PersonId } from '../../domain/person.js';
import type { UnitId } from '../../domain/unit.js';
import { BotError } from '../../errors.js';
import { insertFeedback, listRecentFeedback } from '../../store/feedback.js';
import { listPeople } from '../../store/people.js';
import type { Context } from '../context.js';
import { requireRight } from '../person/require-right.js';

const longest = 1000;
const dayMs = 24 * 3_600_000;
/** Within a day, so that nobody buries the rest. Whoever is not on the roster counts as one. */
const mostInADay = 10;
const read = 200;

/** Keeps what somebody thinks of all this, for the administrators alone. Returns its number. */
export async function giveFeedback(ctx: Context, words: string): Promise<number> {
  if ([...words].length > longest) throw new BotError('invalid', `意见最多${longest}字，请写短一些或分两次发。`);
  const { person } = ctx.actor;
  const since = ctx.now.getTime() - dayMs;
  const own = (await listRecentFeedback(ctx.tx, ctx.workspace, read)).filter(
    ({ personId, at }) => personId === person && at.getTime() > since,
  );
  if (own.length >= mostInADay) throw new BotError('conflict', `一天最多收${mostInADay}条意见，请明天再发。`);
  return insertFeedback(ctx.tx, ctx.workspace, { personId: person, words, at: ctx.now });
}

export interface Feedback {
  number: number;
  words: string;
  at: Date;
  /** Of whoever gave it; a name only where it was an administrator. */
  unit: UnitId | null;
  administrator: string | null;
}

/** The last ones, newest first, for administrators. */
export async function listFeedback(ctx: Context, limit: number): Promise<Feedback[]> {
  requireRight(ctx, 'read-feedback');
  const people = new Map((await listPeople(ctx.tx, ctx.workspace)).map((person) => [person.id, person]));
  const of = (id: PersonId | null) => (id === null ? undefined : people.get(id));
  return (await listRecentFeedback(ctx.tx, ctx.workspace, limit)).map(({ number, words, at, personId }) => {
    const person = of(personId);
    const administrator = person?.roles.includes('administrator') ? person.name : null;
    return { number, words, at, unit: person?.unitId ?? null, administrator };
  });
}
