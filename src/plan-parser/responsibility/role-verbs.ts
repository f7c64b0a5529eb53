import type { Role } from '../../domain/responsibility.js';

const verbs: Record<Role, string[]> = {
  lead: ['牵头', '牵头负责', '牵头落实', '牵头督导', '牵头组织实施', '承办'],
  support: ['配合', '配合落实', '负责配合', '负责配合落实', '参与', '协助', '协同', '协办'],
  implement: [
    '负责',
    '负责落实',
    '负责具体落实',
    '具体负责',
    '具体落实',
    '负责实施',
    '组织实施',
    '抓好落实',
    '落实',
    '主责',
  ],
};

const labels: Record<Role, string[]> = {
  lead: ['牵头单位', '牵头部门', '主办单位'],
  support: ['配合单位', '配合部门', '参与单位', '参加单位', '协办单位', '协办部门'],
  implement: ['责任单位', '责任部门', '落实单位', '实施单位', '主责单位'],
};

const roles = Object.keys(verbs) as Role[];
const longestFirst = (words: string[]) => words.toSorted((a, b) => b.length - a.length).join('|');
const roleIn = (table: Record<Role, string[]>, word: string) =>
  roles.find((role) => table[role].includes(word)) ?? null;

/** How the parties share the work; it stands between the names and the verb, and changes no role. */
const manner = /(?:按照?(?:各自)?职责(?:分工)?|按照?分工|分工|共同|分别|各自)+$/;

const verb = new RegExp(`(?:${longestFirst(roles.flatMap((role) => verbs[role]))})(?=[\\s，,、；;。和及与]|$)`, 'g');
const labelWords = longestFirst(roles.flatMap((role) => labels[role]));
const label = new RegExp(`^(${labelWords})\\s{0,3}[：:]`);
const labelInText = new RegExp(`(?:^|[。；;\\s])(?=(?:${labelWords})\\s{0,3}[：:])`);

/** The role verbs of a clause, each with the place where it and its manner begin. */
export function* findRoleVerbs(clause: string): Generator<{ role: Role; start: number; end: number }> {
  for (const match of clause.matchAll(verb)) {
    const role = roleIn(verbs, match[0]);
    if (role) yield { role, start: match.index, end: match.index + match[0].length };
  }
}

export function withoutManner(names: string): string {
  return names.replace(manner, '');
}

/** Where 责任单位：… begins in a paragraph, at its start or after a sentence; -1 where it does not. */
export function findLabel(text: string): number {
  const match = labelInText.exec(text);
  return match ? match.index + match[0].length : -1;
}

/** 责任单位：… */
export function readLabel(text: string): { role: Role; rest: string } | null {
  const match = label.exec(text);
  const role = match?.[1] === undefined ? null : roleIn(labels, match[1]);
  return match && role ? { role, rest: text.slice(match[0].length) } : null;
}
