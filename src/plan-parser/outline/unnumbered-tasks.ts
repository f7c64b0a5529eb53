import type { Passage } from '../blocks.js';
import { findClauses } from '../responsibility/find-clauses.js';
import { type Entry, headingOf } from './entries.js';
import { sectionLevel } from './numbering.js';

const leastTasks = 2;
/** A line of nothing but units says who does what stands above. */
const leastText = 6;

function isTask(passage: Passage): boolean {
  const { clauses, rest } = findClauses(passage);
  return clauses.length > 0 && rest.text.replace(/[。\s]/g, '').length >= leastText;
}

/**
 * The tasks of a section that numbers none: each of its paragraphs that names units is one, with those that follow it
 * and name nobody. What stands before the first belongs to the section.
 */
export function unnumberedTasks(entry: Entry): { before: Passage[]; tasks: Passage[][] } | null {
  const { level, rest, own, children } = entry;
  if (level > sectionLevel || children.length > 0 || own.length < leastTasks || headingOf(entry) !== rest) return null;
  const first = own.findIndex(isTask);
  if (first === -1) return null;
  const tasks: Passage[][] = [];
  for (const passage of own.slice(first)) {
    if (isTask(passage)) tasks.push([passage]);
    else tasks.at(-1)?.push(passage);
  }
  return tasks.length >= leastTasks ? { before: own.slice(0, first), tasks } : null;
}
