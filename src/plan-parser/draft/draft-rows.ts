import type { ImportIssue } from '../../domain/plan-draft.js';
import { issue } from '../issues.js';
import { type LimitContext, meansOf, readLimitCell, readLimits } from '../limits/read-limits.js';
import type { Row } from '../outline/outline.js';
import { applyLeadRules } from '../responsibility/apply-lead-rule.js';
import { findClauses } from '../responsibility/find-clauses.js';
import type { LeadRule } from '../responsibility/lead-rules.js';
import { splitPeople } from '../responsibility/leaders.js';
import { doubtResponsibility, responsibilityInText } from '../responsibility/responsibility-of.js';
import { responsibilityOfCells, withoutDitto } from '../responsibility/unit-cells.js';
import { readTargets } from '../targets/read-targets.js';
import type { Drafts } from './draft-items.js';
import { findGaps } from './number-items.js';
import { readPoints } from './points.js';
import { doubtQuantities } from './quantities.js';
import { shortenTitle } from './short-title.js';

export interface RowContext extends Omit<LimitContext, 'title'> {
  /** 气附 for an annex, 气 where the table is the plan. */
  prefix: string;
  annex: boolean;
  known: ReadonlySet<string>;
  rules: LeadRule[];
}

/** The printed number of each row, or its place where rows have none or tables number anew. */
function numberRows(rows: Row[]): { numbers: number[]; issues: ImportIssue[] } {
  const printed = rows.flatMap(({ number, line, title }) =>
    number === null ? [] : [{ number, line, text: `${number} ${title.text}` }],
  );
  const issues = findGaps(printed);
  const unique = new Set(printed.map(({ number }) => number)).size === rows.length;
  if (unique) return { numbers: printed.map(({ number }) => number), issues };
  const [first] = printed;
  if (first) issues.unshift(issue('numbers-restart', first));
  return { numbers: rows.map((_, order) => order + 1), issues };
}

/** The rows of a task table. A limit that the text only repeats from the cell is not a second one. */
export function draftRows(rows: Row[], context: RowContext): Drafts {
  const drafts: Drafts = { tasks: [], issues: [] };
  const { numbers, issues: doubts } = numberRows(rows);
  drafts.issues.push(...doubts);

  const rules = context.rules.filter((rule) => rule.reach !== 'on');

  const units = withoutDitto(rows.map((row) => row.units));
  rows.forEach((row, order) => {
    const number = numbers[order] ?? order + 1;
    const code = `${context.prefix}-${number}`;
    const text = row.measure.text || row.title.text;
    const title = row.title.text || text;
    const about = { ...context, title };
    const cell = readLimitCell(row.limit, about);
    const stated = new Set(cell.milestones.map(meansOf));
    const unitCells = units[order] ?? [];
    const measure = findClauses(row.measure);
    const written = readLimits([measure.rest], about);
    const further = written.milestones.filter((milestone) => !stated.has(meansOf(milestone)));
    const phrases = new Set(further.map(({ phrase }) => phrase));
    const cells =
      unitCells.length > 0 || measure.clauses.length === 0
        ? responsibilityOfCells(unitCells, context.known)
        : responsibilityInText(measure.clauses, context.known, code);
    const ruled = applyLeadRules(cells.responsibility, rules, { line: row.line, text: title });

    drafts.tasks.push({
      code,
      number,
      annex: context.annex,
      partOf: null,
      partOfReason: null,
      section: row.section,
      title,
      shortTitle: shortenTitle(title),
      text,
      points: readPoints(measure.rest.text),
      targets: readTargets([row.measure.text ? measure.rest : row.title, row.limit], title),
      leaders: [...splitPeople(row.leaders.text), ...cells.leaders],
      responsibility: ruled.responsibility,
      milestones: [...cell.milestones, ...further],
      line: row.line,
    });
    drafts.issues.push(
      ...doubtResponsibility(code, { line: row.line, text: title }, ruled.responsibility),
      ...cells.issues,
      ...ruled.issues,
      ...cell.issues,
      ...written.issues.filter((doubt) => phrases.has(doubt.text)),
      ...doubtQuantities([row.measure]),
    );
  });
  return drafts;
}
