import { cutAt } from '../text/clauses.js';
import { completeNames, type Level } from './complete-names.js';
import { findLabels, type Label } from './labels.js';
import { readLeadRule } from './lead-rules.js';
import { splitPeople } from './leaders.js';
import { type ClauseDoubt, type Doubt, isList, type Run, readRuns, runsByRole, trimmed } from './runs.js';
import { type Name, splitNames } from './split-names.js';
import { looksLikePerson, looksLikeUnit } from './unit-names.js';

export interface Clause {
  runs: Run[];
  /** What holds for everything that follows in the plan: 以下均需…负责落实，不再列出. */
  inherited: Run[];
  leaders: string[];
  /** What stands among the responsibilities and is something else: 9月底前完成. */
  remainder: string[];
  doubts: ClauseDoubt[];
}

const inheritance =
  /^(?:(?:上述及)?以下|下列|其余|其他)(?:各|所有|全部|的)?[项条类]?(?:重点|具体|主要)?(?:任务|工作|措施|事项|内容|项目|条目|目标|部分)*(?:均|都|皆|一律)(?:需要|需|须|应由|应|由|请)?|^具体(?:任务|工作)(?:均|都)?涉及/;
/** 以下均需…负责落实，不再列出. */
export const saysForTheRest = (statement: string) => inheritance.test(statement) && readClause(statement) !== null;

const closing = /^(?:以下|下列|其余)?[^，]{0,6}(?:不再.{0,8}|下同|同上|略)$/;
const same = /下同$/;
const exception = /(?:无|没有|不具备|不涉及|除|未设|不含)[^，]{0,24}(?:的|外)$/;
const condition = /^(?:无|没有|未|不)[^，]{0,8}牵头/;

/** The segment with which 列第一位者为牵头单位 begins, its condition (无牵头单位的) included. */
function startOfRule(segments: string[]): number {
  const ruled = segments.findLastIndex((_, at) => readLeadRule(segments.slice(at).join('，')) !== null);
  if (ruled === -1) return segments.length;
  return condition.test(segments[ruled - 1] ?? '') ? ruled - 1 : ruled;
}

/** Reads the statements of one clause; each method adds what it finds. */
class ClauseReader {
  readonly clause: Clause = { runs: [], inherited: [], leaders: [], remainder: [], doubts: [] };
  /** Names that still wait for a verb: 市发改委、市财政局；各区政府负责. */
  #waiting: string[] = [];
  /** The role of the label that is open. */
  #open: Pick<Run, 'role' | 'undertakes'> | null = null;

  read(text: string): void {
    const labels = findLabels(text);
    this.#readStatements(text.slice(0, labels[0]?.start ?? text.length), null);
    labels.forEach((label, order) => {
      const stop = labels[order + 1]?.start ?? text.length;
      const words = trimmed(text.slice(label.end, stop));
      this.#readLabelled(label, words, text.slice(label.start, stop));
    });
    this.#settle();
  }

  #readLabelled({ kind }: Label, words: string, whole: string): void {
    this.#open = null;
    if (kind.of === 'else') {
      this.clause.remainder.push(trimmed(whole));
    } else if (kind.of === 'people') {
      const stop = words.search(/[。；;]/);
      this.#readPeople(stop === -1 ? words : words.slice(0, stop));
      if (stop !== -1) this.#readStatements(words.slice(stop), null);
    } else {
      if (kind.doubtful) this.#doubt('role-unsure', trimmed(whole));
      this.#readStatements(words, { role: kind.role, undertakes: kind.undertakes });
    }
  }

  #readPeople(words: string): void {
    const people = splitPeople(words);
    this.clause.leaders.push(...people.filter((name) => looksLikePerson(name) || !looksLikeUnit(name)));
    const units = people.filter((name) => !looksLikePerson(name) && looksLikeUnit(name));
    if (units.length > 0) this.#addRun({ role: 'implement', ...splitNames(units.join('、')) });
  }

  #readStatements(text: string, label: Pick<Run, 'role' | 'undertakes'> | null): void {
    this.#open = label;
    for (const statement of cutAt(text, '。；;')) this.#readStatement(statement.text);
  }

  #readStatement(statement: string): void {
    const segments = cutAt(statement, '，,').map((piece) => piece.text);
    const shared = segments.findIndex((segment) => inheritance.test(segment));
    const own = shared === -1 ? segments : segments.slice(0, shared);
    const ruled = startOfRule(own);
    this.#readRuns(own.slice(0, ruled).filter((segment) => !closing.test(segment)));
    if (shared !== -1) this.#readInheritance(segments.slice(shared));
    else if (ruled === own.length && segments.length > 1 && same.test(statement)) this.#shareLast(statement);
  }

  /** 各镇人民政府负责，下同. */
  #shareLast(statement: string): void {
    const last = this.clause.runs.at(-1);
    if (!last || this.clause.inherited.length > 0) return;
    this.clause.inherited.push({ ...last, names: last.names.map((name) => ({ ...name })) });
    this.#doubt('inherited-same', statement);
  }

  #readInheritance(segments: string[]): void {
    const kept: string[] = [];
    for (const segment of segments) {
      if (exception.test(segment)) {
        this.#doubt('inherited-exception', segments.slice(segments.indexOf(segment)).join('，'));
        break;
      }
      if (closing.test(segment)) break;
      kept.push(segment);
    }
    const text = kept.join('，').replace(inheritance, '').replace(/^涉及/, '');
    const { runs, waiting } = readRuns(text);
    const named = waiting.filter(isList);
    if (named.length > 0) {
      runs.push({ role: 'implement', ...splitNames(named.join('，')) });
      this.#doubt('role-unsure', kept.join('，'));
    }
    this.clause.inherited.push(...runs);
  }

  #readRuns(segments: string[]): void {
    if (segments.length === 0) return;
    const joined = [...this.#waiting, ...segments].join('，');
    const { runs, waiting, remainder, doubts } = readRuns(joined);
    this.#waiting = [];
    for (const run of runs) this.#addRun(run);
    this.clause.doubts.push(...doubts);
    this.clause.remainder.push(...remainder);
    const names = waiting.filter(isList);
    this.clause.remainder.push(...waiting.filter((words) => !isList(words)));
    if (this.#open !== null && names.length > 0) this.#addRun({ ...this.#open, ...splitNames(names.join('，')) });
    else this.#waiting = names;
  }

  #settle(): void {
    for (const words of this.#waiting) this.#doubt('clause-unread', words);
  }

  #addRun({ role, undertakes, names, open }: Run): void {
    const people = names.filter((name) => looksLikePerson(name.written));
    this.clause.leaders.push(...people.map((name) => name.written));
    const units = names.filter((name) => !people.includes(name));
    this.clause.runs.push(...runsByRole({ role, undertakes, names: units, open }));
    for (const { written } of units) if (!looksLikeUnit(written)) this.#doubt('not-a-unit', written);
  }

  #doubt(code: Doubt, about: string): void {
    this.clause.doubts.push({ code, about });
  }
}

function complete(clause: Clause, level: Level): void {
  for (const run of [...clause.runs, ...clause.inherited]) completeNames(run.names, level);
}

/** The inside of a responsibility clause, or `null` when the words are something else in brackets. */
export function readClause(text: string): Clause | null {
  const reader = new ClauseReader();
  reader.read(text);
  const { clause } = reader;
  const runs = [...clause.runs, ...clause.inherited];
  const named = runs.some(({ names }) => names.some(isUnit)) || (runs.length > 0 && others.test(text));
  if (!named && clause.leaders.length === 0) return null;
  complete(clause, { said: '' });
  return clause;
}

const isUnit = (name: Name) => looksLikeUnit(name.written);
/** 农业农村、水利等部门 are offices without the last word of their names. */
const others = /等[^，、。；]{0,12}(?:部门|单位)/;

/** Nothing but units, each with its level: （省人民政府督查室、省森林草原防灭火指挥部办公室）. */
export function readBareList(text: string): Clause | null {
  const { names, open } = splitNames(text);
  const certain = names.every(isUnit) && names.some(({ written }) => /^[省市县区州旗盟各]/.test(written));
  if (names.length === 0 || !certain) return null;
  const runs = runsByRole({ role: 'implement', names, open });
  const clause: Clause = { runs, inherited: [], leaders: [], remainder: [], doubts: [] };
  complete(clause, { said: '' });
  if (names.some((name) => name.role === null)) clause.doubts.push({ code: 'role-unsaid', about: text });
  return clause;
}
