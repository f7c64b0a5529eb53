import { type LimitContext, meansOf, readLimitCell, readLimits } from '../limits/read-limits.js';
import type { Row } from '../outline/outline.js';
import { doubtResponsibility } from '../responsibility/responsibility-of.js';
import { responsibilityOfCells } from '../responsibility/unit-cells.js';
import { readTargets } from '../targets/read-targets.js';
import type { Drafts } from './draft-items.js';
import { readPoints } from './points.js';
import { doubtQuantities } from './quantities.js';
import { shortenTitle } from './short-title.js';

export interface RowContext extends Omit<LimitContext, 'title'> {
  /** 气附 for an annex, 气 where the table is the plan. */
  prefix: string;
  annex: boolean;
  known: ReadonlySet<string>;
}

/** The rows of a task table. A limit that the text only repeats from the cell is not a second one. */
export function draftRows(rows: Row[], context: RowContext): Drafts {
  const drafts: Drafts = { tasks: [], issues: [] };
  const numbers = rows.map((row) => row.number);
  const numbered = !numbers.includes(null) && new Set(numbers).size === rows.length;

  rows.forEach((row, order) => {
    const number = numbered && row.number !== null ? row.number : order + 1;
    const code = `${context.prefix}-${number}`;
    const text = row.measure.text || row.title.text;
    const title = row.title.text || text;
    const about = { ...context, title };
    const cell = readLimitCell(row.limit, about);
    const stated = new Set(cell.milestones.map(meansOf));
    const written = readLimits([row.measure], about);
    const { responsibility, issues } = responsibilityOfCells(row.units, context.known);

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
      points: readPoints(row.measure.text),
      targets: readTargets([row.measure.text ? row.measure : row.title, row.limit], title),
      leaders: [],
      responsibility,
      milestones: [...cell.milestones, ...written.milestones.filter((milestone) => !stated.has(meansOf(milestone)))],
      line: row.line,
    });
    drafts.issues.push(
      ...doubtResponsibility(code, { line: row.line, text: title }, responsibility),
      ...issues,
      ...cell.issues,
      ...doubtQuantities([row.measure]),
    );
  });
  return drafts;
}
