import { splitNames } from '../responsibility/split-names.js';
import { looksLikeUnit } from '../responsibility/unit-names.js';
import { type Entry, headingOf } from './entries.js';

const mostOf = 0.7;
const longestHeading = 60;

/** The number heads nothing but a list of units. */
export function headsUnits(entry: Entry): boolean {
  const heading = headingOf(entry).replace(/[：:].*$/s, '');
  if (heading.length > longestHeading) return false;
  const { names } = splitNames(heading);
  return names.length > 0 && names.every(({ written }) => looksLikeUnit(written));
}

/** 部门职责 turned round: the number heads a list of units, the text after it says what they do. */
export function isDutyList({ children }: Entry): boolean {
  const reversed = children.filter((child) => child.children.length === 0 && headsUnits(child));
  return children.length > 1 && reversed.length >= mostOf * children.length;
}
