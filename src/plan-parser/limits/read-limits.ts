import type { LocalDate } from '../../domain/local-date.js';
import type { ImportIssue, MilestoneDraft } from '../../domain/plan-draft.js';
import type { Passage } from '../blocks.js';
import { issue } from '../issues.js';
import type { Span } from '../text/brackets.js';
import { clausesOf, sentencesOf } from '../text/clauses.js';
import { type FoundPhrase, findPhrases } from './find-phrases.js';
import { governedBy, type Sentence, shareOf, takeApart } from './governed.js';
import { phrasesInCell } from './limit-cell.js';
import { cutLabels } from './limit-label.js';
import { type Meaning, ongoing } from './meaning.js';
import type { PlanCalendar } from './plan-calendar.js';

export interface LimitContext {
  calendar: PlanCalendar;
  /** What a limit governs whose sentence says nothing else. */
  title: string;
}

export interface Limits {
  milestones: MilestoneDraft[];
  issues: ImportIssue[];
}

export function doubtsOf(
  { doubts, due, to }: Meaning,
  at: { text: string; line: number },
  issuedOn: LocalDate | null,
): ImportIssue[] {
  const end = due ?? to;
  const found = doubts.map((code) => issue(code, at, end ?? ''));
  if (end !== null && issuedOn !== null && end < issuedOn) found.push(issue('limit-before-issue', at, end));
  return found;
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

/** 清退到位并长期坚持: in running text these two words at the end of a clause promise something, 持续推进 does not. */
const lasting = /长期坚持(?:下去)?$/;
const andLasting = /[，,]?[并且]长期坚持(?:下去)?$/;

function readSentence(sentence: string, line: number, { calendar, title }: LimitContext): Reading[] {
  const parts = takeApart(sentence);
  const found = findPhrases(sentence, { plan: calendar });
  const whats = whatsOf(found, parts);
  const readings = found.map(({ phrase, meaning }, at) => {
    const governed = whats[at] ?? '';
    const what = governed.replace(andLasting, '');
    const saysNothing = what === '' || (what !== governed && completion.test(what));
    return { phrase, what: saysNothing ? title : what, meaning, line };
  });
  for (const clause of clausesOf(sentence)) {
    const [phrase] = lasting.exec(clause.text) ?? [];
    if (phrase === undefined) continue;
    const start = clause.text === phrase ? 0 : clause.start;
    const words = sentence.slice(start, clause.end - phrase.length).replace(/[并且，,；;、]{1,4}$/, '');
    const what = found.some((one) => words === `${one.phrase}完成`) ? title : words || title;
    readings.push({ phrase: '长期坚持', what, meaning: ongoing, line });
  }
  return readings;
}

/** The words that each limit governs; where 分别 shares values out among dates, each with its own. */
function whatsOf(found: FoundPhrase[], parts: Sentence): string[] {
  const groups: Span[] = [];
  const counts: number[] = [];
  const places = found.map(({ group }) => {
    if (groups.at(-1)?.start !== group.start) {
      groups.push(group);
      counts.push(0);
    }
    const at = groups.length - 1;
    const order = counts[at] ?? 0;
    counts[at] = order + 1;
    return { at, order };
  });
  return found.map(({ meaning }, index) => {
    const { at, order } = places[index] ?? { at: 0, order: 0 };
    return shareOf(governedBy(parts, meaning.kind, groups, at), order, counts[at] ?? 1);
  });
}

/** Limits in running text, each with the clause it governs. What stands after 完成时限： is read as a cell is. */
export function readLimits(passages: Passage[], context: LimitContext): Limits {
  const { issuedOn } = context.calendar;
  const limits: Limits = { milestones: [], issues: [] };
  const add = (more: Limits) => {
    limits.milestones.push(...more.milestones);
    limits.issues.push(...more.issues);
  };
  const labelled: Limits = { milestones: [], issues: [] };
  for (const passage of passages) {
    for (const { text, line, isLimit } of cutLabels(passage)) {
      if (isLimit) {
        const cell = readLimitCell({ text, line }, context);
        labelled.milestones.push(...cell.milestones);
        labelled.issues.push(...cell.issues);
      } else {
        add(
          limitsOf(
            sentencesOf(text).flatMap((sentence) => readSentence(sentence, line, context)),
            issuedOn,
          ),
        );
      }
    }
  }
  const stated = new Set(labelled.milestones.map(meansOf));
  limits.milestones = limits.milestones.filter((milestone) => !stated.has(meansOf(milestone)));
  add(labelled);
  return limits;
}

/** Two limits with one meaning are the same day, window or recurrence, whatever words they are written in. */
export const meansOf = ({ kind, due, from, to, every, by }: MilestoneDraft) =>
  JSON.stringify([kind, due, from, to, every, by]);

const nothingStated = /^[\s—–\-－/／无\\.、]*$/;
const undecided = /待定|另行|另定|适时|视情|暂无/;
/** Words in a cell that add nothing to the date. */
const completion =
  /^(?:之前)?(?:前|内|全部|全面|基本|按期)?(?:完成|办结|到位|落实|落实到位|实施|推进|整改到位|完成整改|完成任务)?$/;

/** A cell of the 完成时限 column: the limit of its whole row, or of what the cell names (5月底前动工). */
export function readLimitCell(cell: Passage, { calendar, title }: LimitContext): Limits {
  const { text, line } = cell;
  const found = phrasesInCell(cell, calendar);
  const parts = takeApart(text);
  const whats = whatsOf(found, parts);
  const readings = found.map((one, at): Reading => {
    const named = whats[at] ?? '';
    const namesAnother = found.some((other) => other !== one && named.includes(other.phrase));
    const what = completion.test(named) || namesAnother ? title : `${title}：${named}`;
    return { phrase: one.phrase, what, meaning: one.meaning, line };
  });
  const limits = limitsOf(readings, calendar.issuedOn);
  if (readings.length === 0 && !nothingStated.test(text)) {
    limits.issues.push(issue(undecided.test(text) ? 'limit-undecided' : 'limit-unread', { text, line }, text));
  }
  return limits;
}
