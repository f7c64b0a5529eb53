import type { Row } from './notice.js';
import { membersOf } from './owing.js';
import { leadersFor } from './rights.js';
import { has, type Person, type RoleName, type World } from './world.js';

/** What the bot says unasked, by what it is about. */
export type Notice =
  | 'record'
  | 'return'
  | 'reopen'
  | 'pause'
  | 'resume'
  | 'withdraw'
  | 'request'
  | 'urging'
  | 'escalation'
  | 'round'
  | 'round-end'
  | 'assignment'
  | 'set'
  | 'join'
  | 'feedback'
  | 'digest';

/** One message to the group. */
export function tellGroup(world: World, notice: Notice): void {
  world.told.set(notice, (world.told.get(notice) ?? 0) + 1);
}

/** One message to each of these people, but not to the one who acts. */
export function tell(world: World, notice: Notice, people: Iterable<Person>, actor: Person | null): void {
  const others = new Set([...people].filter((person) => person !== actor));
  world.told.set(notice, (world.told.get(notice) ?? 0) + others.size);
}

export function liaisonsOf(world: World, units: Iterable<string>): Person[] {
  const wanted = new Set(units);
  return [...world.people.values()].filter(
    (person) => has(person, 'liaison') && person.unit !== null && wanted.has(person.unit),
  );
}

/** A unit's liaisons each get one message for each of these units. */
export function tellUnits(world: World, notice: Notice, units: Iterable<string>, actor: Person | null): void {
  for (const unit of new Set(units)) tell(world, notice, liaisonsOf(world, [unit]), actor);
}

export const peopleWith = (world: World, ...roles: RoleName[]): Person[] =>
  [...world.people.values()].filter((person) => has(person, ...roles));

export const tellSupervisors = (world: World, notice: Notice, actor: Person): void =>
  tell(world, notice, peopleWith(world, 'supervisor'), actor);

export const tellLeaders = (world: World, notice: Notice, row: Row): void =>
  tell(world, notice, leadersFor(world, row), null);

export const allMembers = (world: World, units: string[]): string[] => units.flatMap((unit) => membersOf(world, unit));
