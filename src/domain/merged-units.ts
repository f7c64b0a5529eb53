import type { Responsibility, Role } from './responsibility.js';
import type { Task } from './task.js';
import type { Unit, UnitId } from './unit.js';

/** For each unit that was merged into another, who has its work now (机构改革). */
export type Heirs = ReadonlyMap<UnitId, UnitId>;

/** Follows units that were merged one after the other. */
export function heirsOf(units: readonly Pick<Unit, 'id' | 'mergedInto'>[]): Heirs {
  const into = new Map(units.flatMap(({ id, mergedInto }) => (mergedInto === null ? [] : [[id, mergedInto] as const])));
  const heirs = new Map<UnitId, UnitId>();
  for (const id of into.keys()) {
    const seen = new Set([id]);
    let heir = into.get(id);
    while (heir !== undefined && into.has(heir) && !seen.has(heir)) {
      seen.add(heir);
      heir = into.get(heir);
    }
    if (heir !== undefined && !seen.has(heir)) heirs.set(id, heir);
  }
  return heirs;
}

const byStrength: Role[] = ['lead', 'implement', 'support'];

/** The task as it is owed now: what a merged unit had is its heir's, once in each clause and in the stronger role. */
export function withHeirs(task: Task, heirs: Heirs): Task {
  if (heirs.size === 0) return task;
  const touched = new Set<UnitId>();
  const mapped = task.responsibility.map((entry): Responsibility => {
    const heir = heirs.get(entry.unit);
    if (heir === undefined) return entry;
    touched.add(heir);
    return { ...entry, unit: heir };
  });
  const strength = (entry: Responsibility) =>
    byStrength.indexOf(entry.role) + (entry.inherited ? byStrength.length : 0);
  const isStronger = (one: Responsibility, other: Responsibility, at: number, otherAt: number) =>
    strength(one) < strength(other) || (strength(one) === strength(other) && at < otherAt);
  const responsibility = mapped.filter(
    (entry, at) =>
      !touched.has(entry.unit) ||
      !mapped.some(
        (other, otherAt) =>
          otherAt !== at &&
          other.unit === entry.unit &&
          other.group === entry.group &&
          isStronger(other, entry, otherAt, at),
      ),
  );
  const assembler = task.assembler === null ? null : (heirs.get(task.assembler) ?? task.assembler);
  return { ...task, responsibility, assembler };
}

/** A merged unit keeps its name for what was said of it; what people call it means its heir. */
export function unitsWithHeirs(units: readonly Unit[], heirs: Heirs): Unit[] {
  if (heirs.size === 0) return [...units];
  const merged = units.filter(({ id }) => heirs.has(id));
  return units.map((unit) => {
    if (heirs.has(unit.id)) return { ...unit, aliases: [], members: [] };
    const taken = merged.filter(({ id }) => heirs.get(id) === unit.id);
    const aliases = [...unit.aliases, ...taken.flatMap((one) => [one.name, ...one.aliases])];
    const members = [...new Set(unit.members.map((member) => heirs.get(member) ?? member))];
    return { ...unit, aliases: [...new Set(aliases)], members };
  });
}
