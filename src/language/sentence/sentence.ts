import type { LocalDate } from '../../domain/local-date.js';
import type { Lexicon } from '../lexicon.js';
import type { UnitMention } from '../units.js';
import { blank, type Entities, findEntities, isBare, Unread } from './entities.js';
import type { Part, SentenceWords } from './sentence-words.js';
import type { Match } from './word-tree.js';

/** What a sentence is read with. */
export interface Knowledge {
  lexicon: Lexicon;
  words: SentenceWords;
  today: LocalDate;
}

/** A sentence taken apart: what it names, what its words mean, and what is left. */
export interface Sentence extends Entities {
  text: string;
  meanings: ReadonlySet<string>;
  parts: ReadonlySet<Part>;
  /** The units in the words of the roster; one that may be several as it was typed. */
  unitNames: string[];
  /** Words that nothing explains, in order. */
  content: string[];
  /** The content stands in a document word for word. */
  quoting?: true;
}

const mark = /[\s，,。.;；:：?？!！、“”"'（）()《》…~\-/]/u;

/** Takes apart a normalised text. */
export function readSentenceParts(text: string, { lexicon, words, today }: Knowledge): Sentence {
  const unread = new Unread(text);
  const entities = findEntities(unread, lexicon, words, today);
  const meanings = new Set<string>();
  const cover = coverWords(unread, words, meanings);
  let content = contentOf(cover, words);
  const { kept, dropped } = sortUnits(entities.units, cover, words);
  if (dropped.length > 0) {
    const original = new Unread(cover);
    original.text = restore(cover, text, dropped);
    content = contentOf(original.text, words);
  }
  if (entities.range?.overdue) meanings.add('overdue');
  const parts = new Set<Part>();
  if (entities.codes.length > 0) parts.add('codes');
  if (kept.length > 0) parts.add('unit');
  if (meanings.has('own')) parts.add('own');
  if (entities.range && !entities.range.overdue) parts.add('range');
  if (entities.plan) parts.add('plan');
  if (content.length > 0) parts.add('content');
  const nameOf = (unit: UnitMention) => (unit.kind === 'unit' ? lexicon.units.names.get(unit.id) : null) ?? unit.text;
  return { ...entities, units: kept, unitNames: kept.map(nameOf), text, meanings, parts, content };
}

/** What may stand before the words of a document in a question about them. */
const before = new Set(['polite', 'who', 'duty', 'lead', 'support', 'where']);

/**
 * The same where the document's own words hold some that mean something (企业诉求办结率是多少): only what stands before and
 * after them is taken for a question. Right only where a document has what is left word for word.
 */
export function readQuoting(text: string, { words }: Knowledge): Sentence {
  const meanings = new Set<string>();
  let start = 0;
  for (let found = asksAt(text, start, words); found; found = asksAt(text, start, words)) {
    for (const meaning of found.values) meanings.add(meaning);
    start = found.end;
  }
  let end = text.replace(/[\s?？。!！]+$/u, '').length;
  for (let found = endsAt(text, start, end, words); found; found = endsAt(text, start, end, words)) {
    for (const meaning of found.values) meanings.add(meaning);
    end = found.start;
  }
  const content = contentOf(text.slice(start, end), words);
  const parts = new Set<Part>(content.length > 0 ? ['content'] : []);
  const none = { codes: [], heard: null, units: [], unitNames: [], range: null, plan: null, item: null };
  return { ...none, text, meanings, parts, content, quoting: true };
}

function asksAt(text: string, at: number, { meanings }: SentenceWords): Match<string> | null {
  const found = meanings.longestAt(text, at);
  return found?.values.some((meaning) => before.has(meaning)) ? found : null;
}

const longestWord = 14;

/** The longest word that ends there, a particle included. */
function endsAt(
  text: string,
  start: number,
  end: number,
  { meanings, particles }: SentenceWords,
): Match<string> | null {
  for (let from = Math.max(start, end - longestWord); from < end; from += 1) {
    const found = meanings.longestAt(text, from, end);
    if (found?.end === end) return found;
  }
  const particle = particles.longestAt(text, end - 1, end);
  return particle && end - 1 > start ? { ...particle, values: [] } : null;
}

/** Blanks every word that means something and notes what; the longest word at each place. */
function coverWords(unread: Unread, words: SentenceWords, meanings: Set<string>): string {
  for (const { start, end, values } of words.meanings.all(unread.text)) {
    for (const meaning of values) meanings.add(meaning);
    unread.take({ start, end });
  }
  return unread.text;
}

/** The one in PM2.5. */
const point = /(?<=\d)\.(?=\d)/gu;

/** What is left between marks and read words, without the particles at its edges. */
function contentOf(text: string, words: SentenceWords): string[] {
  const spans: string[] = [];
  let span = '';
  const points = new Set([...text.matchAll(point)].map(({ index }) => index));
  for (const [at, char] of `${text} `.split('').entries()) {
    if (char === blank || (mark.test(char) && !points.has(at))) {
      const bare = withoutParticles(span, words);
      if (bare !== '') spans.push(bare);
      span = '';
    } else span += char;
  }
  return spans;
}

function withoutParticles(span: string, { particles, leading }: SentenceWords): string {
  let start = 0;
  let end = span.length;
  for (let found = leading.longestAt(span, start, end); found; found = leading.longestAt(span, start, end)) {
    start = found.end;
  }
  for (let taken = true; taken && end > start; ) {
    taken = false;
    for (let from = Math.max(start, end - 4); from < end; from += 1) {
      if (particles.longestAt(span, from, end)?.end !== end) continue;
      end = from;
      taken = true;
      break;
    }
  }
  return span.slice(start, end);
}

/** A short form like 能源 is a unit only where no unread word touches it: 新能源 is none. */
function sortUnits(
  units: readonly UnitMention[],
  cover: string,
  { leading }: SentenceWords,
): { kept: UnitMention[]; dropped: UnitMention[] } {
  const touched = (at: number) => {
    const char = cover.charAt(at);
    return char !== '' && char !== blank && !mark.test(char) && leading.longestAt(char, 0) === null;
  };
  const loose = (unit: UnitMention) => isBare(unit) && (touched(unit.start - 1) || touched(unit.end));
  return { kept: units.filter((unit) => !loose(unit)), dropped: units.filter(loose) };
}

function restore(cover: string, text: string, spans: readonly { start: number; end: number }[]): string {
  let restored = cover;
  for (const { start, end } of spans)
    restored = restored.slice(0, start) + text.slice(start, end) + restored.slice(end);
  return restored;
}
