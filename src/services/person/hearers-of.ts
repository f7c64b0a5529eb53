import { isMuted } from '../../domain/mute.js';
import type { PersonId } from '../../domain/person.js';
import type { Task } from '../../domain/task.js';
import type { UnitId } from '../../domain/unit.js';
import { listLiaisonsOf } from '../../store/people.js';
import type { Context } from '../context.js';
import { mutesOf } from './mute-tasks.js';

/** Who is reminded of a unit's work. */
export interface Hearer {
  person: PersonId;
  /** Whether of this piece of work, too. */
  hears(work: Pick<Task, 'year' | 'key'>): boolean;
}

/** The unit's liaisons, each without what they have muted. */
export async function hearersOf(ctx: Context, unit: UnitId): Promise<Hearer[]> {
  const hearers: Hearer[] = [];
  for (const { id: person } of await listLiaisonsOf(ctx.tx, ctx.workspace, [unit])) {
    const mutes = await mutesOf(ctx, person);
    hearers.push({ person, hears: (work) => !isMuted(mutes, work, ctx.today) });
  }
  return hearers;
}
