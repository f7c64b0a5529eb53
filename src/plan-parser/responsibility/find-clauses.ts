import type { Passage } from '../blocks.js';
import { bracketsIn, type Span } from '../text/brackets.js';
import { type Clause, readClause } from './read-clause.js';
import { findLabel } from './role-verbs.js';

export interface FoundClause extends Clause {
  text: string;
  line: number;
  /** Written as 牵头单位：… on a line of its own; such lines one after another are one clause. */
  labelled: boolean;
}

const sentenceEnd = /^\s*(?:[。；;，]|$)/;
const longestClause = 600;

function candidates(text: string): (Span & { inside: string })[] {
  const { pairs, unclosed } = bracketsIn(text);
  const found = pairs.map(({ start, end }) => ({ start, end, inside: text.slice(start + 1, end - 1) }));
  if (unclosed !== null) found.push({ start: unclosed, end: text.length, inside: text.slice(unclosed + 1) });
  const label = findLabel(text);
  if (label === -1 || pairs.some((pair) => pair.start < label && label < pair.end)) return found;
  const before = found.filter((candidate) => candidate.end <= label);
  return [...before, { start: label, end: text.length, inside: text.slice(label) }];
}

/**
 * Takes the responsibility clauses out of a paragraph. A clause stands at the end of a sentence, has a role verb or a
 * label, and names at least one unit; its closing bracket may be missing at the end of the paragraph. 责任单位：… without
 * brackets reaches to the end of the paragraph.
 */
export function findClauses({ text, line }: Passage): { clauses: FoundClause[]; rest: Passage } {
  const clauses: FoundClause[] = [];
  let rest = '';
  let from = 0;
  for (const { start, end, inside } of candidates(text)) {
    if (start < from || end - start > longestClause || !sentenceEnd.test(text.slice(end, end + 8))) continue;
    const clause = readClause(inside);
    if (!clause) continue;
    clauses.push({ ...clause, text: inside, line, labelled: inside === text });
    rest += `${text.slice(from, start)}。`;
    from = end;
  }
  return { clauses, rest: { text: rest + text.slice(from), line } };
}
