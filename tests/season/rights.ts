import type { Row } from './notice.js';
import { partsOf, rolesIn, wholeOf } from './owing.js';
import { type Entry, has, type Person, reportsFor, rowNamed, type World } from './world.js';

/** Whether a leader or coordinator has the row in charge: its plan, or a unit that it names. */
export function inCharge(world: World, { scope }: Person, row: Row): boolean {
  if (scope === null) return true;
  return scope.plans.includes(row.plan) || scope.units.some((unit) => rolesIn(world, row, unit).length > 0);
}

/** Who decides for a row: who has it in charge, else who has everything, else every leader. */
export function leadersFor(world: World, row: Row): Person[] {
  const leaders = [...world.people.values()].filter((person) => has(person, 'leader'));
  const own = leaders.filter((person) => person.scope !== null && inCharge(world, person, row));
  if (own.length > 0) return own;
  const overall = leaders.filter(({ scope }) => scope === null);
  return overall.length > 0 ? overall : leaders;
}

/** Whether the row or one of its annex rows names the unit at all. */
export const isNamed = (world: World, row: Row, unit: string) =>
  [row, ...partsOf(world, row)].some((one) => rolesIn(world, one, unit).length > 0);

export const inChargeOfWork = (world: World, person: Person, row: Row) =>
  [row, wholeOf(world, row)].some((one) => inCharge(world, person, one));

/** Who is a member or a liaison writes for the own unit alone, on what names it, and changes nobody else's part. */
export function mayHaveWritten(world: World, person: Person, { row, unit, changes }: Entry): boolean {
  if (has(person, 'supervisor', 'coordinator', 'leader')) return true;
  const own = reportsFor(person);
  if (own === null || unit !== own || !isNamed(world, rowNamed(world, row), own)) return false;
  return changes.every((change) => change.unit === own);
}
