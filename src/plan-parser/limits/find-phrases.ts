import { enclosed, type Span } from '../text/brackets.js';
import type { Meaning } from './meaning.js';
import { phraseForms } from './phrase-table.js';

export interface FoundPhrase extends Span {
  phrase: string;
  meaning: Meaning;
}

/** Before or after a date that promises nothing: a base year, a start, a past fact, another body's day. */
const comparedWith = /(?:较|比|与|自|从|原|据|低于|高于|相对)$/;
const notPromised = /^(?:相比|以来|起(?!草)|印发|发布|公布|出台|召开)/;

/** 每月降尘量通报 describes the bulletin; 每季度调度 asks for something. */
const describes = /(?:根据|按照|依据|结合|对照|依照|[的对以])$/;
const asksFor =
  /^(?:末|首|至少|不少于|不低于|定期|集中|要|应|须|需|\d|[一二两三四五六七八九十]次|第|[对向由]|(?:开展|组织|召开|调度|报送|上报|报告|通报|检查|督查|巡查|排查|监测|抽查|抽检|更新|分析|研判|评估|总结|公布|公示|公开|培训|演练|清洗|维护|完成|进行|安排|听取|汇总|考核|清理|走访))/;

function isPromise(sentence: string, { start, end, meaning }: FoundPhrase): boolean {
  const earlier = sentence.slice(Math.max(0, start - 4), start);
  const later = sentence.slice(end, end + 12);
  if (meaning.kind === 'relative') return true;
  if (meaning.kind === 'recurrence') return !describes.test(earlier) && (later === '' || asksFor.test(later));
  return !comparedWith.test(earlier) && !notPromised.test(later);
}

/** The limits in a sentence. A bare month takes the year written before it in the sentence, else the plan's. */
export function findPhrases(sentence: string, planYear: number | null): FoundPhrase[] {
  const matches = phraseForms
    .flatMap((form) => [...sentence.matchAll(form.pattern)].map((match) => ({ form, match })))
    .toSorted((a, b) => a.match.index - b.match.index || b.match[0].length - a.match[0].length);
  const titles = enclosed(sentence).filter((span) => sentence.charAt(span.start) === '《');

  const found: FoundPhrase[] = [];
  let year = planYear;
  let from = 0;
  for (const { form, match } of matches) {
    const start = match.index;
    const end = start + match[0].length;
    while (titles[0] && titles[0].end <= start) titles.shift();
    if (start < from || (titles[0] && titles[0].start < start)) continue;
    const meaning = form.read(match.groups ?? {}, year);
    if (!meaning) continue;
    from = end;
    const phrase = { phrase: match[0], start, end, meaning };
    if (!isPromise(sentence, phrase)) continue;
    if (match.groups?.year !== undefined) year = Number(match.groups.year);
    found.push(phrase);
  }
  return found;
}
