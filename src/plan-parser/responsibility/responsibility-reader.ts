import type { ImportIssue, ResponsibilityDraft } from '../../domain/plan-draft.js';
import type { Passage } from '../blocks.js';
import { issue } from '../issues.js';
import { applyLeadRules } from './apply-lead-rule.js';
import { type FoundClause, findClauses, findInSentence } from './find-clauses.js';
import { joinBrokenLines } from './joined-lines.js';
import type { LeadRule } from './lead-rules.js';
import { leaderOfHeading } from './leaders.js';
import { doubtClauses, doubtResponsibility, responsibilityOf, type SharedRun, sharedBy } from './responsibility-of.js';

/** What of an item tells who does it. */
export interface Assigned {
  title: string;
  section: string[];
  body: Passage[];
  /** What the heading above says of units; holds for items that name none. */
  parent: Passage[];
  line: number;
}

export interface Assignment {
  responsibility: ResponsibilityDraft[];
  leaders: string[];
  /** The body without its clauses. */
  prose: Passage[];
  issues: ImportIssue[];
}

const clausesIn = (passages: Passage[]) => joinBrokenLines(passages).flatMap((passage) => findClauses(passage).clauses);

/** Reads the items of one plan in their order. What one says for all that follow (以下均需…) begins with the next. */
export class ResponsibilityReader {
  readonly #rules: LeadRule[];
  readonly #known: ReadonlySet<string>;
  #shared: SharedRun[] = [];

  constructor(rules: LeadRule[], known: ReadonlySet<string>) {
    this.#rules = rules;
    this.#known = known;
  }

  read(item: Assigned, code: string): Assignment {
    const at = { line: item.line, text: item.title };
    const passages = joinBrokenLines(item.body).map(findClauses);
    const own = [...this.#inTitle(item), ...passages.flatMap((passage) => passage.clauses)];
    const { clauses, issues } = this.#withParent(item, own);
    const entries = responsibilityOf(clauses, this.#shared, this.#known);
    const ruled = applyLeadRules(entries, this.#rulesFor(item), at);
    const inherited = sharedBy(own);
    if (inherited.length > 0) this.#shared = inherited;
    return {
      responsibility: ruled.responsibility,
      leaders: this.#leadersOf(item, clauses),
      prose: passages.map((passage) => passage.rest),
      issues: [
        ...doubtResponsibility(code, at, ruled.responsibility),
        ...doubtClauses(code, own),
        ...issues,
        ...ruled.issues,
      ],
    };
  }

  /** A title that the body does not repeat may end with a clause: 规范施工（县住建局牵头）。 */
  #inTitle({ title, body, line }: Assigned): FoundClause[] {
    return body[0]?.text.includes(title) ? [] : findClauses({ text: title, line }).clauses;
  }

  /** A task that names nobody goes by its heading, else by what its last sentences say. */
  #withParent(item: Assigned, own: FoundClause[]): { clauses: FoundClause[]; issues: ImportIssue[] } {
    if (own.some((clause) => clause.runs.length > 0)) return { clauses: own, issues: [] };
    const heading = item.section.at(-1) ?? '';
    const inParent = clausesIn(item.parent);
    const above = inParent.length > 0 ? inParent : findClauses({ text: heading, line: item.line }).clauses;
    const clauses = above.filter((clause) => clause.runs.length > 0);
    const at = { line: item.line, text: item.title };
    if (clauses.length > 0) {
      return { clauses: [...clauses, ...own], issues: [issue('parent-clause', at, clauses[0]?.text ?? '')] };
    }
    const said = item.body.flatMap(findInSentence);
    return { clauses: [...said, ...own], issues: doubtClauses('', said) };
  }

  #leadersOf({ section }: Assigned, clauses: FoundClause[]): string[] {
    const named = clauses.flatMap((clause) => clause.leaders);
    if (named.length > 0) return [...new Set(named)];
    const heading = section.map(leaderOfHeading).filter((name) => name !== null);
    return heading.slice(-1);
  }

  #rulesFor({ line, body }: Assigned): LeadRule[] {
    const last = body.at(-1)?.line ?? line;
    return this.#rules.filter(({ reach, line: from }) => reach === 'all' || (reach === 'on' && from <= last));
  }
}
