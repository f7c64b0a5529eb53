import type { Role } from '../../domain/responsibility.js';
import { enclosed } from '../text/brackets.js';
import { cutAt } from '../text/clauses.js';
import { trimOf } from '../text/trim.js';
import { findPartialVerb, findRoleVerbs, type RoleVerb, withoutManner } from './role-verbs.js';
import { type Names, splitNames } from './split-names.js';
import { looksLikePerson, looksLikeUnit } from './unit-names.js';

export interface Run extends Names {
  role: Role;
  /** By the word 承办. */
  undertakes?: boolean | undefined;
}

export type Doubt =
  | 'clause-unread'
  | 'role-unsure'
  | 'role-unsaid'
  | 'role-partial'
  | 'inherited-exception'
  | 'inherited-same'
  | 'not-a-unit'
  | 'clause-unbracketed';

export interface ClauseDoubt {
  code: Doubt;
  about: string;
}

const stops = '、，,；;。.';
export const trimmed = (text: string) => trimOf(text, stops);

export const isList = (text: string) => splitNames(text).names.some((name) => looksLikeUnit(name.written));
export const isStrictList = (text: string) => {
  const { names } = splitNames(text);
  return names.length > 0 && names.every((name) => looksLikeUnit(name.written));
};
const endsWithUnit = (text: string) => isList(withoutManner(text));

/** Names that say their own role in brackets, 县住建局（牵头）, make runs of their own. */
export function runsByRole({ role, undertakes, names, open }: Run): Run[] {
  const roles = [...new Set([...names.flatMap((name) => name.role ?? []), role])];
  return roles.flatMap((one) => {
    const named = names.filter((name) => (name.role ?? role) === one);
    return named.length > 0 ? [{ role: one, undertakes, names: named, open: open && one === role }] : [];
  });
}

export interface RunsRead {
  runs: Run[];
  /** Segments that name nobody: 9月底前完成. */
  remainder: string[];
  doubts: ClauseDoubt[];
  /** Segments after the last verb. */
  waiting: string[];
}

/** A run of names ends at its role verb, not at a comma: commas inside it part one system of offices from another. */
export function readRuns(text: string): RunsRead {
  const read: RunsRead = { runs: [], remainder: [], doubts: [], waiting: [] };
  const closed = enclosed(text);
  let from = 0;
  for (const verb of findRoleVerbs(text, endsWithUnit)) {
    if (verb.start < from || closed.some((span) => span.start < verb.start && verb.start < span.end)) continue;
    addRun(read, withoutManner(text.slice(from, verb.start)), verb);
    if (verb.doubtful) read.doubts.push({ code: 'role-unsure', about: trimmed(text.slice(from, verb.end)) });
    from = verb.end;
  }
  read.waiting = takePartial(read, cutAt(text.slice(from), '，,；;'));
  return read;
}

/** 农村饮水由县水利局负责: a part of the work has a unit of its own. */
const partBy = /^([^、，,]{2,30}?)(?<![自理缘事])由(?!于)(.+)$/;

/** What stands before a verb: names, and perhaps segments that are none (9月底前完成，县水利局负责). */
function addRun(read: RunsRead, words: string, { role, undertakes }: RoleVerb): void {
  const segments = takePartial(read, cutAt(trimmed(words), '，,；;'));
  const last = segments.length - 1;
  const isName = (segment: string, order: number) =>
    order === last || isList(segment) || looksLikePerson(segment) || /等$/.test(segment);
  const [main = '', ...joint] = segments.filter(isName).join('，').split('会同');
  read.remainder.push(...segments.filter((segment, order) => !isName(segment, order)));
  const [, part, by] = partBy.exec(main) ?? [];
  const limited = part !== undefined && by !== undefined && !isList(part) && isList(by);
  if (limited) read.doubts.push({ code: 'role-partial', about: main });
  const names = splitNames(limited ? by : main);
  if (names.names.length > 0) read.runs.push({ role, undertakes, ...names });
  for (const list of joint) read.runs.push({ role: 'support', ...splitNames(list) });
}

/** Takes out what a unit answers for in part: 县司法局负责合法性审查. */
function takePartial(read: RunsRead, segments: { text: string }[]): string[] {
  return segments.flatMap(({ text }) => {
    const verb = findPartialVerb(text, isStrictList);
    if (!verb) return text;
    read.runs.push({ role: verb.role, ...splitNames(withoutManner(text.slice(0, verb.start))) });
    read.doubts.push({ code: 'role-partial', about: text });
    return [];
  });
}
