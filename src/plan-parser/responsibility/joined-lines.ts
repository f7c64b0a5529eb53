import type { Passage } from '../blocks.js';
import { bracketsIn } from '../text/brackets.js';
import { findLabels } from './labels.js';
import { isStrictList } from './runs.js';

const longestTail = 300;
const openers = /[（(〔[［【〖]/;
const closers = /[）)〕\]］】〗]/;

/** 配合单位：县商务局、 goes on in the next line, and so does a label with nothing after it. */
function listGoesOn(above: string, below: string): boolean {
  const tail = above.slice(-longestTail);
  const last = findLabels(tail).at(-1);
  if (last?.kind.of !== 'units' || last.kind.bare) return false;
  const names = tail.slice(last.end).trim();
  if (findLabels(below).at(0)?.start === 0 || below.length > longestTail) return false;
  return (names === '' || /[、，,和及与]$/.test(names)) && isStrictList(below.replace(/[。；;]$/, ''));
}

/** A clause broken inside its brackets: （县水利局牵头，县财政 / 局配合）. */
function bracketGoesOn(above: string, below: string): boolean {
  const tail = above.slice(-longestTail);
  const { unclosed } = bracketsIn(tail);
  if (unclosed === null || !/[。．；;]\s*[（(〔[［【〖]|^\s*[（(〔[［【〖]/.test(tail)) return false;
  const close = below.slice(0, longestTail).search(closers);
  return close !== -1 && !openers.test(below.slice(0, close)) && !/[。]/.test(below.slice(0, close));
}

/** Puts together the lines of a clause that was broken over them; the joined passage keeps the first line. */
export function joinBrokenLines(passages: Passage[]): Passage[] {
  const joined: Passage[] = [];
  for (const passage of passages) {
    const last = joined.at(-1);
    if (last && (listGoesOn(last.text, passage.text) || bracketGoesOn(last.text, passage.text))) {
      const labelled = findLabels(passage.text.slice(0, longestTail)).at(0)?.start === 0;
      joined[joined.length - 1] = { ...last, text: last.text + (labelled ? '；' : '') + passage.text };
    } else {
      joined.push(passage);
    }
  }
  return joined;
}
