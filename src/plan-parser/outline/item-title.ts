import { bracketsIn, enclosed } from '../text/brackets.js';
import { clausesOf, sentencesOf } from '../text/clauses.js';

const longestTitle = 40;
const longestHalf = 12;
const shortestTitle = 4;
/** A label that runs into the text names no task. */
const label = /^(?:(?:主要|工作|重点|具体)?(?:任务|措施|目标|内容|要求)|治理指标)[：:]\s*/;
const enumerator = /^(?:[（(]\s?(?:1|１|一)\s?[）)]|①|一是)\s*/;
const bareLimit = /^\D{0,4}\d[^，]{0,12}[前底内]$/;

/** 提高认识，压实责任 is a title where text follows; a longer sentence with a comma is the text itself. */
function isTitle(words: string, text: string): boolean {
  const [first = '', second, more] = words.split('，');
  if (/[；;]/.test(words)) return false;
  if (second === undefined) return true;
  const even = more === undefined && Math.abs(first.length - second.length) <= 2 && first.length <= longestHalf;
  return even && !bareLimit.test(first) && !/^\s*(?:$|[（(〔[【])/.test(text);
}

/** Where a title ends at a space: 压实防火责任 健全省、市…. Not inside a name, nor right after a word. */
function spaceAfterTitle(paragraph: string): number {
  const head = paragraph.slice(0, longestTitle + 1);
  const names = enclosed(paragraph.slice(0, 2 * longestTitle));
  const isInName = (at: number) => names.some(({ start, end }) => start < at && at < end);
  const space = [...head.matchAll(/\s+/g)].find(({ index }) => !isInName(index));
  if (!space || space.index < shortestTitle || /[，；。]/.test(head.slice(0, space.index))) return -1;
  return space.index;
}

/** Pages put spaces between characters for looks. */
const strayed = /(?<=\p{Script=Han})\s+(?=\p{Script=Han})/gu;

/** A scan may have a plain dot for 。 */
const sentenceEnd = /。|(?<=\p{Script=Han})[.．](?=\p{Script=Han}|$)/u;

/** Cuts an item into its title and the text after it. Where none is set off, the first clause names the item. */
export function splitTitle(paragraph: string): { title: string; body: string } {
  const stop = paragraph.search(sentenceEnd);
  if (stop !== -1 && stop <= longestTitle && isTitle(paragraph.slice(0, stop), paragraph.slice(stop + 1))) {
    const title = paragraph.slice(0, stop).trim().replace(strayed, '');
    return { title, body: paragraph.slice(stop + 1).trim() };
  }
  const space = spaceAfterTitle(paragraph);
  if (space !== -1) return { title: paragraph.slice(0, space), body: paragraph.slice(space).trim() };
  if (paragraph.length <= longestTitle && !/[，；（(]/.test(paragraph)) return { title: paragraph, body: '' };
  return {
    title: firstClause(paragraph.replace(label, '').replace(enumerator, '')).slice(0, longestTitle),
    body: paragraph,
  };
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
