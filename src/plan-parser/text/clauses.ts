import { enclosed, type Span } from './brackets.js';

export interface Piece extends Span {
  text: string;
}

/** Cuts at the separators that stand outside brackets and quotes; empty pieces are left out. */
export function cutAt(text: string, separators: string): Piece[] {
  const pieces: Piece[] = [];
  const add = (start: number, end: number) => {
    const raw = text.slice(start, end);
    const piece = raw.trim();
    const lead = raw.length - raw.trimStart().length;
    if (piece) pieces.push({ text: piece, start: start + lead, end: start + lead + piece.length });
  };
  let start = 0;
  let at = 0;
  for (const stop of [...enclosed(text), { start: text.length, end: text.length }]) {
    for (; at < stop.start; at += 1) {
      if (!separators.includes(text.charAt(at))) continue;
      add(start, at);
      start = at + 1;
    }
    at = stop.end;
  }
  add(start, text.length);
  return pieces;
}

/** No one writes a longer sentence; a longer one is a damaged text, and is taken in stretches. */
const longestSentence = 2000;

export function sentencesOf(text: string): string[] {
  return cutAt(text, '。！？\n').flatMap((piece) => {
    if (piece.text.length <= longestSentence) return piece.text;
    const stretches = Math.ceil(piece.text.length / longestSentence);
    return Array.from({ length: stretches }, (_, at) =>
      piece.text.slice(at * longestSentence, (at + 1) * longestSentence),
    );
  });
}

export const clausesOf = (text: string) => cutAt(text, '，,；;：');
