import { distance } from 'fastest-levenshtein';

const longestWord = 40;

/** How many slips a word of this length may have: none in one character, one up to five, then one in three. */
function slipsAllowed(length: number): number {
  return length < 2 ? 0 : Math.max(1, Math.floor(length / 3));
}

function slipsBetween(a: string, b: string): number {
  const slips = distance(a, b);
  const swapped = slips === 2 && a.length === b.length && [...a].sort().join() === [...b].sort().join();
  return swapped ? 1 : slips;
}

/** The word that was probably meant: deu → due, 完成青况 → 完成情况. Null when none is near; the first of equals. */
export function nearest(word: string, words: Iterable<string>): string | null {
  const typed = word.replace(/^\//, '').toLowerCase();
  if (typed.length > longestWord) return null;
  let best: { word: string; score: number } | null = null;
  for (const candidate of words) {
    const meant = candidate.toLowerCase();
    const slips = slipsBetween(typed, meant);
    const sameStart = typed[0] === meant[0];
    if (slips > slipsAllowed(Math.min(typed.length, meant.length))) continue;
    // Half of a two-character word is too little to go by unless it is the first half.
    if (meant.length <= 2 && slips > 0 && !sameStart) continue;
    const score = slips + (sameStart ? 0 : 0.5);
    if (best === null || score < best.score) best = { word: candidate, score };
  }
  return best?.word ?? null;
}
