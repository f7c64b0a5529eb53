import { Converter } from 'opencc-js/t2cn';

import { type Folded, foldWithMap } from '../fold.js';
import type { SentenceWords } from './sentence-words.js';

const convert = Converter({ from: 't', to: 'cn' });
const simplified = new Map<string, string>();
const han = /\p{Script=Han}/u;

/** 隊 → 队; a character that documents and units of the ledger use stays (磑 in the name of a town). */
function simple(char: string, kept: ReadonlySet<string>): string {
  if (char < '\u3400' || kept.has(char)) return char;
  const known = simplified.get(char);
  if (known !== undefined) return known;
  const folded = han.test(char) ? convert(char) : char;
  const simple = folded.length === char.length ? folded : char;
  simplified.set(char, simple);
  return simple;
}

/** The characters of these texts that folding to simplified ones would change. */
export function charactersKept(texts: Iterable<string>): Set<string> {
  const kept = new Set<string>();
  const seen = new Set<string>();
  const none = new Set<string>();
  for (const text of texts) {
    for (const char of text) {
      if (seen.has(char)) continue;
      seen.add(char);
      if (simple(char, none) !== char) kept.add(char);
    }
  }
  return kept;
}

/** 谁 牵 头: single characters with a space between each. */
const spacedOut = /(?<![^\s])\p{Script=Han}(?: \p{Script=Han}){2,}(?![^\s?？。!！])/gu;

/** What was typed, folded, in lower case and simplified characters, with words that dictation mistook put right. */
export function normalise(text: string, kept: ReadonlySet<string>, { sounds }: Pick<SentenceWords, 'sounds'>): Folded {
  const folded = foldWithMap(text);
  let plain = [...folded.text]
    .map((char) => simple(char, kept))
    .join('')
    .toLowerCase();
  if (plain.length !== folded.text.length) plain = folded.text;
  for (const [typed, meant] of Object.entries(sounds.words)) {
    if (typed.length === meant.length && plain.includes(typed)) plain = plain.replaceAll(typed, meant);
  }
  return withoutGaps({ text: plain, origin: folded.origin });
}

function withoutGaps(folded: Folded): Folded {
  const gaps = new Set<number>();
  for (const found of folded.text.matchAll(spacedOut)) {
    for (let at = found.index; at < found.index + found[0].length; at += 1) if (folded.text[at] === ' ') gaps.add(at);
  }
  if (gaps.size === 0) return folded;
  const stays = (_: unknown, at: number) => !gaps.has(at);
  return { text: folded.text.split('').filter(stays).join(''), origin: folded.origin.filter(stays) };
}
