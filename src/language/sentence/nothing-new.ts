import { readCodes } from '../codes.js';
import type { Knowledge } from './sentence.js';

const marks = /[\s，,、。.；;：:！!]+/u;
const ending = /^(?:办结|完成|销号|报办结)?了?$/u;
const fewest = 2;

/** 散乱污我们镇没有 办结: of what somebody says, without a code, that there is none; `null` where nothing is said so. */
export function readNothingNew(text: string, { lexicon, words }: Knowledge): string | null {
  const [none, ...others] = words.reports.none.all(text);
  if (!none || others.length > 0 || readCodes(text, lexicon.plans).length > 0) return null;
  const before = text.slice(0, none.start).split(marks).filter(Boolean);
  const after = text.slice(none.end).split(marks).filter(Boolean);
  const about = [...before, ...after.filter((word) => !ending.test(word))].join('');
  return about.length >= fewest ? about : null;
}
