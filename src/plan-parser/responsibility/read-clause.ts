import type { Role } from '../../domain/responsibility.js';
import { enclosed } from '../text/brackets.js';
import { cutAt } from '../text/clauses.js';
import { findRoleVerbs, readLabel, withoutManner } from './role-verbs.js';
import { looksLikeUnit, type Names, splitNames } from './unit-names.js';

export interface Run extends Names {
  role: Role;
}

export interface Clause {
  runs: Run[];
  /** What holds for everything that follows in the plan: 以下均需…负责落实，不再列出. */
  inherited: Run[];
  /** Units that no role verb follows. */
  unread: string[];
}

const inheritance = /^(?:以下|其余|其他)[^，。]{0,10}?[均都皆](?:需要|需|须|由|请)?/;
const edges = /^[、，,；;\s]+|[、，,；;\s]+$/g;

/** A run of names ends at its role verb, not at a comma: commas inside it part one system of offices from another. */
function readRuns(text: string): { runs: Run[]; rest: string } {
  const runs: Run[] = [];
  const closed = enclosed(text);
  let from = 0;
  for (const verb of findRoleVerbs(text)) {
    if (closed.some((span) => span.start < verb.start && verb.start < span.end)) continue;
    const names = splitNames(withoutManner(text.slice(from, verb.start)).replace(edges, ''));
    if (names.names.length > 0) runs.push({ role: verb.role, ...names });
    from = verb.end;
  }
  return { runs, rest: text.slice(from).replace(edges, '') };
}

function addStatement(clause: Clause, statement: string): void {
  const shared = inheritance.exec(statement);
  if (shared) {
    clause.inherited.push(...readRuns(statement.slice(shared[0].length)).runs);
    return;
  }
  const labelled = readLabel(statement);
  if (labelled) {
    clause.runs.push({ role: labelled.role, ...splitNames(labelled.rest) });
    return;
  }
  const { runs, rest } = readRuns(statement);
  clause.runs.push(...runs);
  if (runs.length > 0 && looksLikeUnit(rest)) clause.unread.push(rest);
}

/** The inside of a responsibility clause, or `null` when the words are something else in brackets. */
export function readClause(text: string): Clause | null {
  const clause: Clause = { runs: [], inherited: [], unread: [] };
  for (const statement of cutAt(text, '。；;')) addStatement(clause, statement.text);
  const named = [...clause.runs, ...clause.inherited].some((run) => run.names.some(looksLikeUnit));
  return named ? clause : null;
}
