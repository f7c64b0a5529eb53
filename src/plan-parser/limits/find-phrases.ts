import type { Span } from '../text/brackets.js';
import { candidatesIn, yearsOf } from './candidates.js';
import { type Meaning, undated } from './meaning.js';
import type { PhraseForm } from './phrase-form.js';
import { phraseForms } from './phrase-table.js';
import type { PlanCalendar } from './plan-calendar.js';
import { isPromise } from './promise.js';

export interface FoundPhrase extends Span {
  phrase: string;
  meaning: Meaning;
  /** The whole list, where several dates share a clause: 6月30日、9月30日前. */
  group: Span;
}

export interface Search {
  plan: PlanCalendar;
  /** In a cell or after 完成时限： every date is a limit. */
  inCell?: boolean;
  forms?: PhraseForm[];
}

const fullWidth = /[０-９]/g;
/** Full-width digits as plain ones; every position stays. */
const folded = (text: string) => text.replace(fullWidth, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0));

const bookTitle = /[《〈][^》〉]{0,200}[》〉]/g;

const spansOf = (sentence: string, pattern: RegExp): Span[] =>
  [...sentence.matchAll(pattern)].map(({ index, 0: title }) => ({ start: index, end: index + title.length }));

/** “年初建账、年底交账” is a saying. */
const saying = /[“"][^”"]{0,60}[”"]/g;

const longestBefore = 6;
const longestAfter = 40;

/** 年6月底前: a page that lost its digits; 第二年6月底前 counts from something else. */
const lacksYear = (before: string, { kind }: Meaning) => kind === 'date' && /年\s?$/.test(before);

/** The limits in a sentence. A date without a year takes the one written before it in the sentence, else the plan's. */
export function findPhrases(text: string, { plan, inCell = false, forms = phraseForms }: Search): FoundPhrase[] {
  const sentence = folded(text);
  const titles = spansOf(sentence, bookTitle);
  const sayings = inCell ? [] : spansOf(sentence, saying);
  const found: FoundPhrase[] = [];
  let years = yearsOf(plan);
  let from = 0;
  for (const candidate of candidatesIn(sentence, forms)) {
    const { start, end } = candidate;
    while (titles[0] && titles[0].end <= start) titles.shift();
    if (start < from || (titles[0] && titles[0].start < start)) continue;
    while (sayings[0] && sayings[0].end <= start) sayings.shift();
    if (candidate.bare && !candidate.dated && sayings[0] && sayings[0].start < start && end < sayings[0].end - 1)
      continue;
    const readings = candidate.read(years);
    const last = readings.at(-1);
    if (!last) continue;
    from = end;
    const before = sentence.slice(Math.max(0, start - longestBefore), start);
    const after = sentence.slice(end, end + longestAfter);
    if (!inCell && !isPromise({ ...candidate, meaning: last.meaning, before, after }, plan.issuedOn)) continue;
    years = candidate.yearsAfter(years, last.meaning);
    for (const { span, meaning } of readings) {
      const phrase = text.slice(span.start, span.end);
      found.push({ ...span, phrase, meaning: lacksYear(before, meaning) ? undated() : meaning, group: { start, end } });
    }
  }
  return withGroups(found, sentence);
}

const joint = /^\s{0,2}(?:、|和|及|与|以及)\s{0,2}$/;
const longestJoint = 6;

/** Dates with nothing but 、 or 和 between them stand together, though each has its own 前. */
function withGroups(found: FoundPhrase[], sentence: string): FoundPhrase[] {
  const groups: Span[] = [];
  return found
    .map((phrase) => {
      const last = groups.at(-1);
      const { start, end } = phrase.group;
      const gap = last && last.end <= start && start - last.end <= longestJoint ? sentence.slice(last.end, start) : '';
      const goesOn = last !== undefined && (last.end === end || joint.test(gap));
      if (goesOn) last.end = end;
      const group = goesOn ? last : { start, end };
      if (!goesOn) groups.push(group);
      return { ...phrase, group };
    })
    .map((phrase) => ({ ...phrase, group: { ...phrase.group } }));
}
