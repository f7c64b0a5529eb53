import { after, type Day } from './days.js';
import type { Row } from './notice.js';
import { wholeOf } from './owing.js';
import { peopleWith, tell } from './telling.js';
import { no, type Outcome, type Person, rowName, type Speaking, type World, yes } from './world.js';

/** What spares people: no reminders about a task for a while, and somewhere to complain. */

const longestMute = 366;

export function mute(world: World, { person, today }: Speaking, row: Row | null, until: Day): Outcome {
  if (!person.active) return no('rights');
  if (until < today || until > after(today, longestMute)) return no('day');
  if (row === null) return no('unknown');
  world.mutes.set(muteOf(world, person, row), until);
  return yes();
}

export function unmute(world: World, { person }: Speaking, row: Row | null): Outcome {
  if (!person.active) return no('rights');
  if (row === null) return no('unknown');
  return world.mutes.delete(muteOf(world, person, row)) ? yes() : no('stands');
}

/** The last day counts. */
export const isMuted = (world: World, person: Person, row: Row, day: Day): boolean =>
  day <= (world.mutes.get(muteOf(world, person, row)) ?? '');

const muteOf = (world: World, { name }: Person, row: Row) => `${name} ${rowName(wholeOf(world, row))}`;

const dayMs = 86_400_000;
const mostInADay = 10;

/** For the administrators alone. Whoever is not on the roster counts as one. */
export function giveFeedback(world: World, { person, at }: Speaking): Outcome {
  const by = person.active ? person.name : null;
  const recent = world.feedback.filter((one) => one.by === by && one.at > at - dayMs);
  if (recent.length >= mostInADay) return no('stands');
  world.feedback.push({ by, at });
  tell(world, 'feedback', peopleWith(world, 'administrator'), person);
  return yes(`意见${world.feedback.length}`);
}
