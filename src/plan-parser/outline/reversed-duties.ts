import { splitNames } from '../responsibility/split-names.js';
import { looksLikeUnit } from '../responsibility/unit-names.js';
import { type Entry, headingOf } from './entries.js';
import type { UnitsNamed } from './units-named.js';

const mostOf = 0.7;
const longestHeading = 60;
/** 整治排污口20处 ends like an office. */
const counted = /\d/;

/** The number heads nothing but a list of units. */
export function headsUnits(entry: Entry): boolean {
  const heading = headingOf(entry).replace(/[：:].*$/s, '');
  if (heading.length > longestHeading) return false;
  const { names } = splitNames(heading);
  return names.length > 0 && names.every(({ written }) => looksLikeUnit(written) && !counted.test(written));
}

/** 部门职责 turned round: the number heads a list of units, the text after it says what they do and names nobody. */
export function isDutyList(entry: Entry, units: UnitsNamed): boolean {
  const { children } = entry;
  const reversed = children.filter((child) => child.children.length === 0 && headsUnits(child));
  return children.length > 1 && reversed.length >= mostOf * children.length && units.shareOfChildren(entry) < mostOf;
}
