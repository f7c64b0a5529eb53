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

function add(
  limits: Limits,
  phrase: string,
  what: string,
  meaning: Meaning,
  line: number,
  context: LimitContext,
): void {
  const { kind, due, from, to, every } = meaning;
  limits.milestones.push({ phrase, what, kind, due, from, to, every, line });
  limits.issues.push(...doubtsOf(meaning, { text: phrase, line }, context.issuedOn));
}

/** Limits in running text, each with the clause it governs. */
export function readLimits(passages: Passage[], context: LimitContext): Limits {
  const limits: Limits = { milestones: [], issues: [] };
  for (const { text, line } of passages) {
    for (const sentence of sentencesOf(text)) {
      const parts = takeApart(sentence);
      for (const found of findPhrases(sentence, context.year)) {
        const what = governedBy(parts, found, found.meaning.kind === 'window') || context.title;
        add(limits, found.phrase, what, found.meaning, line, context);
      }
    }
  }
  return limits;
}

const ongoingWords = /长期坚持|持续推进|常态化(?:推进|开展)?|立行立改|全年/g;

/** A cell of the 完成时限 column: the limit of its whole row. */
export function readLimitCell({ text, line }: Passage, context: LimitContext): Limits {
  const limits: Limits = { milestones: [], issues: [] };
  for (const found of findPhrases(text, context.year)) {
    add(limits, found.phrase, context.title, found.meaning, line, context);
  }
  for (const [phrase] of text.matchAll(ongoingWords)) add(limits, phrase, context.title, ongoing, line, context);
  if (limits.milestones.length === 0 && text !== '') limits.issues.push(issue('limit-unread', { text, line }));
  return limits;
}
