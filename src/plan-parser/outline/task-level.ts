import { type Entry, headingOf } from './entries.js';
import { itemLevel, sectionLevel } from './numbering.js';
import { sectionKind } from './section-kinds.js';
import type { UnitsNamed } from './units-named.js';

/** Among tasks a title such as 加强组织领导 is a task's; as a section of its own it is none. */
export const mayFrame = ({ level, parent }: Entry) =>
  level <= sectionLevel || (level < itemLevel && parent?.level === 0);

const deepest = 7;
/** Units named in fewer than one number of ten say nothing of how the plan is built. */
const leastNamed = 0.1;
const ordinaryLevels = [itemLevel, itemLevel - 1, sectionLevel];

/**
 * The level at which a plan numbers its tasks: where most units are named, or, where none are, the level with the most
 * numbers. Sections that say how the plan is run do not count.
 */
export function taskLevelOf(root: Entry, units: UnitsNamed): number {
  const named = new Array<number>(deepest + 1).fill(0);
  const all = new Array<number>(deepest + 1).fill(0);
  const add = (counts: number[], level: number, by: number) => {
    counts[level] = (counts[level] ?? 0) + by;
  };

  const count = (entry: Entry): void => {
    if (mayFrame(entry) && sectionKind(headingOf(entry))) return;
    const afterList = units.belowList(entry);
    const heads = entry.level <= sectionLevel && entry.children.some((child) => child.level <= itemLevel);
    if (!heads) add(all, entry.level, 1);
    if ((units.in(entry) && !units.isDefault(entry)) || afterList) add(named, entry.level, 1);
    for (const child of entry.children) count(child);
    if (afterList) add(named, entry.children.at(-1)?.level ?? 0, -1);
  };
  for (const section of root.children) count(section);

  const deepestOfMost = (counts: number[], levels: number[]) => {
    const most = Math.max(...levels.map((level) => counts[level] ?? 0));
    return most > 0 ? levels.find((level) => counts[level] === most) : undefined;
  };
  const anyLevel = named.map((_, level) => level).filter((level) => level >= sectionLevel);
  const enough = Math.max(...named) >= leastNamed * Math.max(...ordinaryLevels.map((level) => all[level] ?? 0));
  const byUnits = enough ? deepestOfMost(named, anyLevel.toReversed()) : undefined;
  const bracketed = all.slice(sectionLevel + 1, itemLevel + 1).every((count) => count === 0);
  const levels = bracketed ? [itemLevel + 1, ...ordinaryLevels] : ordinaryLevels;
  return byUnits ?? deepestOfMost(all, levels) ?? itemLevel;
}
