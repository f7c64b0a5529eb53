import { kindOfLabel } from '../responsibility/labels.js';
import { splitNames } from '../responsibility/split-names.js';
import { looksLikeUnit } from '../responsibility/unit-names.js';
import { type Entry, headingOf } from './entries.js';
import { splitTitle } from './item-title.js';
import type { Item } from './outline.js';
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

const byUnit = /^([^：:。；]{2,40})[：:]/;

/** 县林业局：负责监测… below a heading, line by line: what each unit does, and no tasks. */
export function listsDutiesByUnit({ own, children }: Entry): boolean {
  if (children.length > 0 || own.length < 2) return false;
  const named = own.filter(({ text }) => {
    const unit = byUnit.exec(text.slice(0, longestHeading))?.[1];
    const names = unit === undefined ? [] : splitNames(unit).names;
    return names.length > 0 && names.every(({ written }) => looksLikeUnit(written) && !isLabel(written));
  });
  return named.length > 1 && named.length >= mostOf * own.length;
}

/** 责任单位： opens a list of units and is none. */
const isLabel = (name: string) => kindOfLabel(name) !== null;

/** 部门职责 turned round: the number heads a list of units, the text after it says what they do and names nobody. */
export function isDutyList(entry: Entry, units: UnitsNamed): boolean {
  const { children } = entry;
  const reversed = children.filter((child) => child.children.length === 0 && headsUnits(child));
  return children.length > 1 && reversed.length >= mostOf * children.length && units.shareOfChildren(entry) < mostOf;
}

const duty = /^([^：:。]{2,60})[：:。]\s*(.*)$/s;

/** Where a plan holds nothing else, each unit's duty is its task. */
export function dutiesOf({ own, children }: Entry, section: string[], after: number): Item[] {
  const duties = [
    ...children.map((child) => ({ text: child.rest, line: child.line, more: child.own })),
    ...(children.length === 0 ? own.map((passage) => ({ ...passage, more: [] })) : []),
  ];
  return duties.map(({ text, line, more }, order): Item => {
    const match = duty.exec(text);
    const { title, body } = splitTitle(match?.[2] || text);
    return {
      number: after + order + 1,
      mark: '',
      ordinary: true,
      section,
      title,
      body: [...(body ? [{ text: body, line }] : []), ...more],
      parent: match ? [{ text: `责任单位：${match[1]}`, line }] : [],
      line,
    };
  });
}
