import type { Role } from '../../domain/responsibility.js';

export interface RoleVerb {
  role: Role;
  start: number;
  end: number;
  /** The verb says less than its role: 督导, 统筹协调. */
  doubtful: boolean;
  /** 承办 leads beside 协办, and carries out beside 主办. */
  undertakes: boolean;
}

/** A phrase is made of these words; the first line that has one of them decides its role. */
const cores: { words: string[]; role: Role; doubtful?: true }[] = [
  { words: ['牵头', '主办', '承办'], role: 'lead' },
  { words: ['配合', '参与', '协助', '协同', '协办'], role: 'support' },
  { words: ['参加', '协作', '支持'], role: 'support' },
  { words: ['督导', '指导', '监督', '督办', '督查', '督促'], role: 'support', doubtful: true },
  { words: ['总负责', '抓总', '统筹'], role: 'lead', doubtful: true },
  { words: ['负责', '落实', '主责'], role: 'implement' },
  { words: ['实施', '承担', '执行'], role: 'implement' },
];

/** Words that stand inside names and running text too; they end a run only after a unit. */
const weak = new Set(['参加', '协作', '支持', '指导', '监督', '督办', '督查', '督促', '统筹', '实施', '承担', '执行']);

/** Words that a role verb takes along and that change no role. */
const company = [
  ...['具体', '组织', '推进', '推动', '抓好', '抓', '协调', '做好', '办理', '工作'],
  ...['共同', '分别', '分头', '联合', '积极', '主动', '密切', '全力', '认真', '并'],
];

const longestFirst = (words: string[]) => words.toSorted((a, b) => b.length - a.length).join('|');
const core = longestFirst(cores.flatMap(({ words }) => words));
const any = longestFirst([...cores.flatMap(({ words }) => words), ...company]);

/** Where a run of names ends: its verb is followed by a stop, a conjunction or nothing. */
const phrase = new RegExp(
  `(?:(?:作为|即为|为|是)(?:${core})(?:单位|部门)|(?:${any}){0,4}?(?:${core})(?:${any}){0,4})(?=[\\s，,、；;。.！和及与）)〕\\]］】]|$)`,
  'g',
);

/** How the parties share the work; it stands between the names and the verb, and changes no role. */
const manner =
  /(?:(?:按照|按|依照|依据|依|根据|结合|在)?(?:各自)?(?:工作)?(?:职责|职能|责任)(?:范围)?(?:内|任务)?(?:分工)?|按照?分工|分工|共同|分别|各自|结合(?:各自|本地|当地|自身|工作)?实际|因地制宜|[，,、\s])+$/;

const alternatives = cores.map(({ words, ...meaning }) => ({ words: new RegExp(words.join('|')), ...meaning }));

export function meaningOf(words: string): Omit<RoleVerb, 'start' | 'end'> | null {
  const found = alternatives.find((alternative) => alternative.words.test(words));
  if (!found) return null;
  const undertakes = words.includes('承办') && !/牵头|主办/.test(words);
  return { role: found.role, doubtful: found.doubtful ?? false, undertakes };
}

/** The role verbs of a clause. `isUnit` judges the words before a verb that is one only after a unit. */
export function findRoleVerbs(clause: string, isUnit: (before: string) => boolean): RoleVerb[] {
  return [...clause.matchAll(phrase)].flatMap((match) => {
    const meaning = meaningOf(match[0]);
    const end = match.index + match[0].length;
    if (!meaning || (isWeak(match[0]) && !isUnit(clause.slice(0, match.index)))) return [];
    return [{ ...meaning, start: match.index, end }];
  });
}

const strong = new RegExp(longestFirst(cores.flatMap(({ words }) => words.filter((word) => !weak.has(word)))));
const isWeak = (words: string) => !strong.test(words);

export function withoutManner(names: string): string {
  return names.replace(manner, '');
}

/** 县司法局负责合法性审查: a verb with an object says a part of the work. */
const partial = /(?:牵头|负责|配合|协助|参与|承办|承担|指导|督促)(?=[^，。；、])/g;
const longestObject = 40;

export function findPartialVerb(
  segment: string,
  isList: (names: string) => boolean,
): (RoleVerb & { object: string }) | null {
  for (const match of segment.matchAll(partial)) {
    const meaning = meaningOf(match[0]);
    const end = match.index + match[0].length;
    const object = segment.slice(end).trim();
    if (!meaning || object.length > longestObject || !isList(withoutManner(segment.slice(0, match.index)))) continue;
    return { ...meaning, start: match.index, end, object };
  }
  return null;
}
