import { originalOf } from '../fold.js';
import { findUnits } from '../units.js';
import { normalise } from './normalise.js';
import type { Knowledge } from './sentence.js';
import type { SentenceWords } from './sentence-words.js';

const between = /^[\s,，、:：。.]+/u;
const ending = /[\s。.！!~吧啊哈呀]+$/u;
const fewest = 2;

/** 嗯 那个 让环保局28号之前报一下情况吧: what is asked of a unit, from its name on; `null` where nothing is. */
export function readOrder(line: string, { lexicon, words }: Knowledge, kept: ReadonlySet<string>): string | null {
  const folded = normalise(line, kept, words);
  const start = afterHesitation(folded.text, words);
  const order = words.reports.orders.longestAt(folded.text, start);
  if (!order) return null;
  const unit = findUnits(folded.text, lexicon.units).find((one) => one.start === order.end);
  if (!unit) return null;
  const end = folded.text.replace(ending, '').length;
  if (end - unit.end < fewest) return null;
  const name = originalOf(line, folded, unit.start, unit.end).trim();
  return `${name} ${originalOf(line, folded, unit.end, end).trim()}`;
}

function afterHesitation(text: string, { meanings, particles, reports }: SentenceWords): number {
  for (let at = 0; ; ) {
    at += between.exec(text.slice(at))?.[0].length ?? 0;
    if (reports.orders.longestAt(text, at)) return at;
    const polite = meanings.longestAt(text, at);
    const found = polite?.values.includes('polite') ? polite : particles.longestAt(text, at);
    if (!found || found.end === at) return at;
    at = found.end;
  }
}
