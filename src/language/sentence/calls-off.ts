import type { SentenceWords } from './sentence-words.js';

const longest = 60;
const trailing = /[\s。.!！~]+$/u;

/** 不, 取消: nothing else is said. */
export const isNo = (text: string, { no }: Pick<SentenceWords, 'no'>): boolean =>
  no.longestAt(text, 0)?.end === text.length;

/** 不对不对 还差一台 先别报: at which end of the text it stands, `null` where it says nothing of the kind. */
export function callsOffAt(
  text: string,
  { no, callsOff, stops }: Pick<SentenceWords, 'no' | 'callsOff' | 'stops'>,
): 'start' | 'end' | null {
  const said = text.replace(trailing, '');
  if (said.length > longest || said.includes('\n')) return null;
  if (isNo(said, { no }) || callsOff.all(said).some(({ end }) => end === said.length)) return 'end';
  return callsOff.longestAt(said, 0) || stops.longestAt(said, 0) ? 'start' : null;
}
