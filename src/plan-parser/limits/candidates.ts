import { partsOf } from '../../domain/local-date.js';
import type { Span } from '../text/brackets.js';
import type { Meaning } from './meaning.js';
import type { Groups, PhraseForm } from './phrase-form.js';
import type { PlanCalendar, SentenceYears } from './plan-calendar.js';
import { findSharedDates } from './shared-dates.js';

export interface Reading {
  span: Span;
  meaning: Meaning;
}

/** Words that may be a limit, or several dates that share one 前. */
export interface Candidate extends Span {
  bare: boolean;
  /** A year or a part of one, after which the action must stand at once. */
  atOnce: boolean;
  /** The year stands in the words. */
  dated: boolean;
  read(years: SentenceYears): Reading[];
  /** The years for the dates after it in the sentence. */
  yearsAfter(years: SentenceYears, last: Meaning): SentenceYears;
}

const inDigits = ({ year, lastYear }: Groups) => (year ?? lastYear) !== undefined;
const inWords = ({ word, next }: Groups) => (word ?? next) !== undefined;

function yearsAfter(groups: Groups, years: SentenceYears, { due, to }: Meaning): SentenceYears {
  const end = due ?? to;
  if (end === null || !(inDigits(groups) || inWords(groups))) return years;
  const { year } = partsOf(end);
  return { ...years, written: year, digits: inDigits(groups) ? year : years.digits };
}

function singles(sentence: string, { pattern, bare = false, read }: PhraseForm): Candidate[] {
  return [...sentence.matchAll(pattern)].map((match): Candidate => {
    const groups = match.groups ?? {};
    const span = { start: match.index, end: match.index + match[0].length };
    return {
      ...span,
      bare,
      atOnce: groups.year !== undefined && groups.month === undefined,
      dated: groups.year !== undefined,
      read: (years) => {
        const meaning = read(groups, years);
        return meaning === null ? [] : [{ span, meaning }];
      },
      yearsAfter: (years, last) => yearsAfter(groups, years, last),
    };
  });
}

/** From left to right, of those that begin at one place the longest first. */
export function candidatesIn(sentence: string, forms: PhraseForm[]): Candidate[] {
  const all = [...findSharedDates(sentence), ...forms.flatMap((form) => singles(sentence, form))];
  return all.toSorted((a, b) => a.start - b.start || b.end - a.end);
}

export const yearsOf = (plan: PlanCalendar): SentenceYears => ({ written: null, digits: null, plan });
