import type { ImportIssue, ResponsibilityDraft } from '../../domain/plan-draft.js';
import { issue } from '../issues.js';
import type { FoundClause } from './find-clauses.js';
import type { Run } from './read-clause.js';

export interface SharedRun extends Run {
  line: number;
}

/** The roles of an item's own clauses, then those said once for every item of the plan. */
export function responsibilityOf(clauses: FoundClause[], shared: SharedRun[]): ResponsibilityDraft[] {
  const entries: ResponsibilityDraft[] = [];
  let group = 0;
  let afterLabel = false;
  for (const { runs, line, labelled } of clauses.filter((clause) => clause.runs.length > 0)) {
    if (!labelled || !afterLabel) group += 1;
    afterLabel = labelled;
    entries.push(...runs.map((run) => entryOf({ ...run, line }, group, false)));
  }
  return [...entries, ...shared.map((run) => entryOf(run, group + 1, true))];
}

function entryOf({ role, names, open, line }: SharedRun, group: number, inherited: boolean): ResponsibilityDraft {
  return { role, units: names, written: names, inherited, open, group, line };
}

/** What the clauses of one item say for all that follow it. */
export function sharedBy(clauses: FoundClause[]): SharedRun[] {
  return clauses.flatMap(({ inherited, line }) => inherited.map((run) => ({ ...run, line })));
}

export function doubtClauses(code: string, clauses: FoundClause[]): ImportIssue[] {
  return clauses.flatMap((clause) => {
    const doubts = clause.unread.map((name) => issue('clause-unread', clause, name));
    const own = new Set(clause.runs.flatMap((run) => run.names));
    const namedOnlyForTheRest = clause.inherited.flatMap((run) => run.names).some((name) => !own.has(name));
    return namedOnlyForTheRest ? [...doubts, issue('inherited-first', clause, code)] : doubts;
  });
}

export function doubtResponsibility(
  code: string,
  at: { line: number; text: string },
  responsibility: ResponsibilityDraft[],
): ImportIssue[] {
  const own = responsibility.filter((entry) => !entry.inherited);
  if (own.length === 0) return [issue('no-responsibility', at, code)];
  return own.some((entry) => entry.role === 'lead') ? [] : [issue('no-lead', at, code)];
}
