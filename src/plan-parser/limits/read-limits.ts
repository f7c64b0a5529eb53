import type { LocalDate } from '../../domain/local-date.js';
import type { ImportIssue, MilestoneDraft } from '../../domain/plan-draft.js';
import type { Passage } from '../blocks.js';
import { issue } from '../issues.js';
import { sentencesOf } from '../text/clauses.js';
import { findPhrases } from './find-phrases.js';
import { governedBy, takeApart } from './governed.js';
import { type Meaning, ongoing } from './meaning.js';

export interface LimitContext {
  year: number | null;
  issuedOn: LocalDate | null;
  /** What a limit governs whose sentence says nothing else. */
  title: string;
}

export interface Limits {
  milestones: MilestoneDraft[];
  issues: ImportIssue[];
}

export function doubtsOf(
  meaning: Meaning,
  at: { text: string; line: number },
  issuedOn: LocalDate | null,
): ImportIssue[] {
  const doubts = meaning.doubt ? [issue(meaning.doubt, at, meaning.due ?? '')] : [];
  if (meaning.due && issuedOn && meaning.due < issuedOn) doubts.push(issue('limit-before-issue', at, meaning.due));
  return doubts;
}

interface Reading {
  phrase: string;
  what: string;
  meaning: Meaning;
  line: number;
}

function limitsOf(readings: Reading[], issuedOn: LocalDate | null): Limits {
  return {
    milestones: readings.map(({ phrase, what, meaning: { kind, due, from, to, every, by }, line }) => ({
      phrase,
      what,
      kind,
      due,
      from,
      to,
      every,
      by,
      line,
    })),
    issues: readings.flatMap(({ phrase, meaning, line }) => doubtsOf(meaning, { text: phrase, line }, issuedOn)),
  };
}

/** Limits in running text, each with the clause it governs. */
export function readLimits(passages: Passage[], { year, issuedOn, title }: LimitContext): Limits {
  const readings = passages.flatMap(({ text, line }) =>
    sentencesOf(text).flatMap((sentence) => {
      const parts = takeApart(sentence);
      return findPhrases(sentence, year).map((found): Reading => {
        const what = governedBy(parts, found, found.meaning.kind === 'window') || title;
        return { phrase: found.phrase, what, meaning: found.meaning, line };
      });
    }),
  );
  return limitsOf(readings, issuedOn);
}

const ongoingWords = /长期坚持|持续推进|常态化(?:推进|开展)?|立行立改|全年/g;
/** 2024年12月 in the column of limits means its end. */
const bareEnd = /(?<=\d[年月])$/;

/** A cell of the 完成时限 column: the limit of its whole row. */
export function readLimitCell({ text, line }: Passage, { year, issuedOn, title }: LimitContext): Limits {
  const dated = findPhrases(text.replace(bareEnd, '底'), year);
  const readings: Reading[] = [
    ...dated.map(({ start, end, meaning }) => ({ phrase: text.slice(start, end), what: title, meaning, line })),
    ...[...text.matchAll(ongoingWords)].map(([phrase]) => ({ phrase, what: title, meaning: ongoing, line })),
  ];
  const limits = limitsOf(readings, issuedOn);
  if (readings.length === 0 && text !== '') limits.issues.push(issue('limit-unread', { text, line }));
  return limits;
}
