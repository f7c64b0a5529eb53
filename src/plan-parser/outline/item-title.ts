import { bracketsIn } from '../text/brackets.js';
import { clausesOf, sentencesOf } from '../text/clauses.js';

const longestTitle = 40;
const bareLimit = /^\D{0,4}\d[^，]{0,12}[前底内]$/;

/** Cuts an item into its title and the text after it. Where none is set off, the first clause names the item. */
export function splitTitle(paragraph: string): { title: string; body: string } {
  const stop = paragraph.indexOf('。');
  if (stop !== -1 && stop <= longestTitle && !paragraph.slice(0, stop).includes('，')) {
    return { title: paragraph.slice(0, stop).trim(), body: paragraph.slice(stop + 1).trim() };
  }
  const space = paragraph.search(/\s/);
  if (space !== -1 && space <= longestTitle) {
    return { title: paragraph.slice(0, space), body: paragraph.slice(space).trim() };
  }
  if (paragraph.length <= longestTitle && !/[，；（(]/.test(paragraph)) return { title: paragraph, body: '' };
  return { title: firstClause(paragraph).slice(0, longestTitle), body: paragraph };
}

/** The first clause that is more than a date, without the bracket at its end. */
function firstClause(paragraph: string): string {
  const [sentence = paragraph] = sentencesOf(paragraph);
  const clause = clausesOf(sentence).find(({ text }) => !bareLimit.test(text))?.text ?? sentence;
  const { pairs, unclosed } = bracketsIn(clause);
  const last = pairs.at(-1);
  const end = last?.end === clause.length ? last.start : (unclosed ?? clause.length);
  return clause.slice(0, end).trim() || clause;
}
