import type { ImportIssue, ResponsibilityDraft } from '../../domain/plan-draft.js';
import type { Role } from '../../domain/responsibility.js';
import { issue } from '../issues.js';
import { completeKnown, completeNames, isUnsure, type Level } from './complete-names.js';
import type { FoundClause } from './find-clauses.js';
import type { Run } from './runs.js';

export interface SharedRun extends Run {
  line: number;
}

/** Label lines one after another are one clause, until a role comes again. */
class Groups {
  #group = 0;
  #roles: Set<Role> | null = null;
  level: Level = { said: '' };

  of({ labelled, runs }: FoundClause): number {
    const roles = runs.map((run) => run.role);
    const goesOn = labelled && this.#roles !== null && !roles.some((role) => this.#roles?.has(role));
    if (!goesOn) {
      this.#group += 1;
      this.#roles = new Set();
      this.level = { said: '' };
    }
    for (const role of roles) this.#roles?.add(role);
    if (!labelled) this.#roles = null;
    return this.#group;
  }
}

/** The roles of an item's own clauses, then those said once for every item of the plan. */
export function responsibilityOf(
  clauses: FoundClause[],
  shared: SharedRun[],
  known: ReadonlySet<string>,
): ResponsibilityDraft[] {
  const entries: (ResponsibilityDraft & { undertakes: boolean })[] = [];
  const groups = new Groups();
  let group = 0;
  for (const clause of clauses.filter(({ runs }) => runs.length > 0)) {
    group = groups.of(clause);
    for (const run of clause.runs) {
      completeNames(run.names, groups.level);
      completeKnown(run.names, known);
      const undertakes = run.undertakes ?? false;
      entries.push({ ...entryOf({ ...run, line: clause.line }, group, false), undertakes });
    }
  }
  const led = new Set(
    entries.filter(({ role, undertakes }) => role === 'lead' && !undertakes).map((entry) => entry.group),
  );
  const own = entries.map(
    ({ undertakes, ...entry }): ResponsibilityDraft =>
      undertakes && led.has(entry.group) ? { ...entry, role: 'implement' } : entry,
  );
  return [...own, ...shared.map((run) => entryOf(run, group + 1, true))];
}

/** A row without unit cells may end its text with a clause, as items do. */
export function responsibilityInText(
  clauses: FoundClause[],
  known: ReadonlySet<string>,
  code: string,
): { responsibility: ResponsibilityDraft[]; leaders: string[]; issues: ImportIssue[] } {
  return {
    responsibility: responsibilityOf(clauses, [], known),
    leaders: clauses.flatMap((clause) => clause.leaders),
    issues: doubtClauses(code, clauses),
  };
}

function entryOf({ role, names, open, line }: SharedRun, group: number, inherited: boolean): ResponsibilityDraft {
  const units = names.map((name) => name.unit);
  return { role, units, written: names.map((name) => name.written), inherited, open, group, line };
}

/** What the clauses of one item say for all that follow it. */
export function sharedBy(clauses: FoundClause[]): SharedRun[] {
  return clauses.flatMap(({ inherited, line }) => inherited.map((run) => ({ ...run, line })));
}

export function doubtClauses(code: string, clauses: FoundClause[]): ImportIssue[] {
  return clauses.flatMap((clause) => {
    const { line, runs, inherited } = clause;
    const doubts = clause.doubts.map((doubt) => issue(doubt.code, { line, text: doubt.about }, doubt.about));
    const names = [...runs, ...inherited].flatMap((run) => run.names);
    const bare = names.filter(isUnsure).map(({ written }) => issue('unit-bare', { line, text: written }, written));
    const own = new Set(runs.flatMap((run) => run.names).map((name) => name.unit));
    const onlyForTheRest = inherited.flatMap((run) => run.names).some((name) => !own.has(name.unit));
    return [...doubts, ...bare, ...(onlyForTheRest ? [issue('inherited-first', clause, code)] : [])];
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
