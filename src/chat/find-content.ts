import type { ContentIndex, ContentMatch } from '../domain/content-index.js';
import type { Task } from '../domain/task.js';
import type { SentenceWords } from '../language/sentence/sentence-words.js';

const mostVariants = 4;

/** What is looked for, and the same with a word that documents write for one that people say. */
export function variantsOf(content: readonly string[], { synonyms }: Pick<SentenceWords, 'synonyms'>): string[][] {
  const text = content.join(' ');
  const others = synonyms.flatMap(([one, other]) => {
    if (text.includes(one) && !text.includes(other)) return [text.replace(one, other)];
    return text.includes(other) && !text.includes(one) ? [text.replace(other, one)] : [];
  });
  return [text, ...others].slice(0, mostVariants).map((variant) => variant.split(' '));
}

/** The clauses that hold most of what is asked in one of its variants, best first; each task once. */
export function findContent(
  index: ContentIndex,
  content: readonly string[],
  words: Pick<SentenceWords, 'synonyms'>,
  how: { share: number; among?: (task: Task) => boolean },
): ContentMatch[] {
  const best = new Map<Task, ContentMatch>();
  for (const variant of variantsOf(content, words)) {
    for (const match of index.find(variant, how)) {
      const known = best.get(match.task);
      if (!known || match.score > known.score) best.set(match.task, match);
    }
  }
  return [...best.values()].sort((a, b) => b.score - a.score || a.task.position - b.task.position);
}

/** The words of a search with their variants. */
export const variantsTyped = (typed: string, words: Pick<SentenceWords, 'synonyms'>): string[] =>
  variantsOf(typed.toLowerCase().split(/\s+/u), words).map((variant) => variant.join(' '));

const longestLookedAt = 20;

/** The longest runs of two and more characters of what is looked for that a clause holds, longest first. */
export function nearestWords(
  index: ContentIndex,
  content: readonly string[],
  among: (task: Task) => boolean,
): string[] {
  const holds = (piece: string) => index.find([piece], { share: 1, among }).length > 0;
  const pieces: string[] = [];
  for (const word of content.map((one) => one.slice(0, longestLookedAt))) {
    for (let start = 0; start + 2 <= word.length; ) {
      let end = start + 1;
      while (end < word.length && holds(word.slice(start, end + 1))) end += 1;
      if (end - start >= 2) pieces.push(word.slice(start, end));
      start = Math.max(end, start + 1);
    }
  }
  return [...new Set(pieces)].sort((a, b) => b.length - a.length);
}
