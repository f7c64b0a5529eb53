import { withoutMarks } from '../full-width.js';

/** People's words in the markdown of a robot, in which `@` and an id ring. */
export const harmless = (text: string): string => harmlessLinks(withoutMarks(text, /[*`<|\\@]/gu));

/** In a text message nothing is markup, but a link that speaks for whoever taps it stays dead. */
export function harmlessLinks(text: string): string {
  return text.replace(/(dtmd|dingtalk):/giu, '$1：');
}
