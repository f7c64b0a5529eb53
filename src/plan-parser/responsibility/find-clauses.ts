import type { Passage } from '../blocks.js';
import { bracketsIn, type Span } from '../text/brackets.js';
import { cutAt } from '../text/clauses.js';
import { endOf } from '../text/trim.js';
import { findLabels } from './labels.js';
import { type Clause, readBareList, readClause, saysForTheRest } from './read-clause.js';
import { isStrictList } from './runs.js';
import { looksLikeUnit } from './unit-names.js';

export interface FoundClause extends Clause {
  text: string;
  line: number;
  /** Written as 牵头单位：… on a line of its own; such lines one after another are one clause. */
  labelled: boolean;
}

const sentenceEnd = '。．；;！!？?：:';
const openers = '（(〔[［【〖';
const closers = '）)〕]］】〗';
const longestClause = 600;
/** Where the units of a label without brackets end at the latest: the next number, an annex, a note. */
const nextPart =
  /\s?\d{1,3}\s{0,2}[．.、](?!\d)|[（(][一二三四五六七八九十]{1,3}[）)]|(?<=[\s。；局府委会办院司心处队])[一二三四五六七八九十]{1,3}、|附件(?:下载|[：:\d])|(?<=[\s。；])注[：:]/;

interface Candidate extends Span {
  inside: string;
  read: (inside: string) => Clause | null;
}

/** The last character before `at` that is no space; empty at the beginning. */
function charBefore(text: string, at: number): string {
  let before = at - 1;
  while (before >= 0 && /\s/.test(text.charAt(before))) before -= 1;
  return text.charAt(before);
}

const opensSentence = (text: string, at: number) => {
  const before = charBefore(text, at);
  return before === '' || sentenceEnd.includes(before) || closers.includes(before);
};
const closesSentence = (text: string, at: number) => /^(?:\s|[。；;，,！!.]|$)/.test(text.slice(at, at + 1));

/** A closer too many belongs to the clause before it: …，不再列出)] */
function withStrayClosers(text: string, end: number): number {
  let at = end;
  while (at < text.length && closers.includes(text.charAt(at))) at += 1;
  return at;
}

/** 县大数据局（县政务服务局）: a name for the name before it. */
function isAlias(text: string, start: number): boolean {
  const before = text.slice(Math.max(0, start - longestName), start);
  const name = before.slice(before.search(/[^。；;，,、：:]*$/));
  return looksLikeUnit(name) && !/\d/.test(name);
}
const longestName = 20;
/** 改造老街（县城关镇）: where, and not by whom. */
const places = /(?:^|[、，,])[^各、，,][^、，,]*(?:[镇乡村]|街道|社区|园区|开发区)(?:$|[、，,])/;

/** ①修路（县交通局）；②建校（县教育局）: each part of a list closes with its units. */
function partsClosedByUnits(text: string, pairs: Span[]): Set<number> {
  const closed = pairs.filter(({ start, end }) => {
    const inside = text.slice(start + 1, end - 1);
    const closes = /^\s{0,4}(?:[；;。]|$)/.test(text.slice(end, end + 5));
    return (
      closes &&
      inside.length <= longestClause &&
      !isAlias(text, start) &&
      !places.test(inside) &&
      readBareList(inside) !== null
    );
  });
  return new Set(closed.length > 1 ? closed.map(({ start }) => start) : []);
}

function inBrackets(text: string): Candidate[] {
  const { pairs, unclosed } = bracketsIn(text);
  const lastWord = endOf(text, '。');
  const parts = partsClosedByUnits(text, pairs);
  const found = pairs.flatMap(({ start, end: close }): Candidate[] => {
    const end = withStrayClosers(text, close);
    const [opens, closes] = [opensSentence(text, start), closesSentence(text, end)];
    if (!opens && !closes) return [];
    const inside = text.slice(start + 1, close - 1);
    const last = end >= lastWord && (opens || !(isAlias(text, start) || places.test(inside)));
    const bare = last || parts.has(start);
    const read = bare ? (inside: string) => readClause(inside) ?? readBareList(inside) : readClause;
    return [{ start, end, inside, read }];
  });
  const start = unclosed === null ? -1 : lastOpener(text, pairs.at(-1)?.end ?? 0, unclosed);
  if (start !== -1) found.push({ start, end: text.length, inside: text.slice(start + 1), read: readClause });
  return found;
}

/** The opener without a closer that is nearest to the end; an earlier one may be a slip in the text. */
function lastOpener(text: string, from: number, unclosed: number): number {
  for (let at = text.length - 1; at > Math.max(from, unclosed); at -= 1) {
    if (openers.includes(text.charAt(at)) && opensSentence(text, at)) return at;
  }
  return unclosed;
}

/** How far the units of a label without brackets reach: over further statements only while they are clauses too. */
function lengthOfLabelled(words: string): number {
  const next = nextPart.exec(words.slice(0, longestClause));
  const most = next && next.index > 0 ? next.index : words.length;
  let reach = 0;
  for (const { text, start, end } of cutAt(words.slice(0, Math.min(most, longestClause)), '。；;')) {
    if (start > 0 && reach > 0 && !continues(text)) break;
    reach = end;
  }
  return reach;
}

function lengthOfPeople(words: string): number {
  const stop = words.search(/[。；;]/);
  return stop === -1 ? words.length : stop;
}

const continues = (statement: string) =>
  readBareList(statement) !== null || isPure(readClause(statement)) || saysForTheRest(statement);

/** Nothing but units and their roles. */
function isPure(clause: Clause | null): clause is Clause {
  return clause !== null && clause.remainder.length === 0 && clause.leaders.length === 0 && clause.doubts.length === 0;
}

/** A last sentence may be a clause without brackets: 县住建局牵头，县公安局配合。 */
function lastSentences(text: string): Candidate[] {
  const sentences = cutAt(text, '。');
  let first = sentences.length;
  while (first > 0 && isBareClause(sentences[first - 1]?.text ?? '')) first -= 1;
  const [start, end] = [sentences[first]?.start, sentences.at(-1)?.end];
  if (start === undefined || end === undefined) return [];
  const read = (inside: string) => {
    const clause = readClause(inside);
    clause?.doubts.push({ code: 'clause-unbracketed', about: inside });
    return clause;
  };
  return [{ start, end, inside: text.slice(start, end).replace(/[）)〕\]］】〗]+$/, ''), read }];
}

const longestSentence = 200;
const leveled = /^(?:由)?[省市县区州旗盟各]/;

const roleAtEnd = /(?:牵头|负责|配合|落实|参与|协办|主办|不再列出|下同)[）)〕\]］】〗]*$/;

function isBareClause(sentence: string): boolean {
  if (sentence.length > longestSentence || !roleAtEnd.test(sentence)) return false;
  if (saysForTheRest(sentence)) return true;
  return leveled.test(sentence) && isPure(readClause(sentence.replace(/[）)〕\]］】〗]+$/, '')));
}

/** Labels of units and people, with those that follow at once; 完成时限 and its like end the stretch. */
function afterLabels(text: string): Candidate[] {
  const found: Candidate[] = [];
  const labels = findLabels(text);
  labels.forEach(({ kind, start, end, doubtful }, order) => {
    if (kind.of === 'else') return;
    const stop = labels[order + 1]?.start ?? text.length;
    const words = text.slice(end, stop);
    const unsure = doubtful || (kind.of === 'units' && kind.bare);
    if (unsure && !isStrictList(words.slice(0, longestClause).split(/[。；]/)[0] ?? '')) return;
    const length = kind.of === 'people' ? lengthOfPeople(words) : lengthOfLabelled(words);
    const reach = /^[。；;，,、\s]*$/.test(words.slice(length)) ? stop : end + length;
    const last = found.at(-1);
    if (last && last.end === start) {
      last.end = reach;
      last.inside = text.slice(last.start, reach);
    } else {
      found.push({ start, end: reach, inside: text.slice(start, reach), read: readClause });
    }
  });
  return found;
}

/**
 * Takes the responsibility clauses out of a paragraph. In brackets a clause opens or closes a sentence, has a role verb
 * or a label, and names at least one unit; its closing bracket may be missing. 责任单位：… without brackets reaches to
 * the next label or number, or to the end of the paragraph.
 */
export function findClauses({ text, line }: Passage): { clauses: FoundClause[]; rest: Passage } {
  const clauses: FoundClause[] = [];
  let rest = '';
  let from = 0;
  const labelled = afterLabels(text);
  const bracketed = inBrackets(text).filter(outside(labelled));
  const candidates = [...bracketed, ...labelled, ...lastSentences(text)].toSorted((a, b) => a.start - b.start);
  for (const { start, end, inside, read } of candidates) {
    if (start < from || end - start > longestClause) continue;
    const clause = read(inside);
    if (!clause) continue;
    clauses.push({
      ...clause,
      text: inside,
      line,
      labelled: start === 0 && labelled.length > 0 && labelled[0]?.start === 0,
    });
    rest += `${text.slice(from, start)}。${clause.remainder.map(asSentence).join('')}`;
    from = end;
  }
  return { clauses, rest: { text: rest + text.slice(from), line } };
}

/** 持续推进 among the units is said of the time, as in a cell. */
const lasting = /^(?:并?(?:长期|持续|常态化?)(?:坚持|推进|实施|开展|抓好)?)$/;
const asSentence = (words: string) => `${lasting.test(words) ? '完成时限：' : ''}${words}。`;

/** …的问题，由国土资源局会同农业局等部门负责落实。 A last resort for a task that names nobody otherwise. */
export function findInSentence({ text, line }: Passage): FoundClause[] {
  const last = cutAt(cutAt(text, '。').at(-1)?.text ?? '', '，,；;').at(-1)?.text ?? '';
  const words = /^(?:统一|具体)?由(.+)$/.exec(last)?.[1] ?? '';
  const clause = words.length <= longestSentence && roleAtEnd.test(words) ? readClause(words) : null;
  if (!isPure(clause) || !/^[省市县区州旗盟各]/.test(words)) return [];
  const doubts: Clause['doubts'] = [{ code: 'clause-unbracketed', about: last }];
  return [{ ...clause, doubts, text: last, line, labelled: false }];
}

const outside = (labelled: Candidate[]) => (bracket: Candidate) =>
  !labelled.some(({ start, end }) => start <= bracket.start && bracket.start < end);
