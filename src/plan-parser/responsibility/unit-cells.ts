import type { ImportIssue, ResponsibilityDraft } from '../../domain/plan-draft.js';
import type { Role } from '../../domain/responsibility.js';
import type { Passage } from '../blocks.js';
import { issue } from '../issues.js';
import { cutGlued } from './cut-glued.js';
import { splitNames } from './unit-names.js';

/** The unit cells of a table row, each a role of its own; names may stand in a cell with nothing between them. */
export function responsibilityOfCells(
  cells: (Passage & { role: Role })[],
  known: ReadonlySet<string>,
): { responsibility: ResponsibilityDraft[]; issues: ImportIssue[] } {
  const issues: ImportIssue[] = [];
  const responsibility = cells.map(({ role, text, line }) => {
    const { names, open } = splitNames(text);
    const units = names.flatMap((name) => {
      const parts = cutGlued(name, known);
      if (parts.length > 1) issues.push(issue('units-glued', { line, text: name }, parts.join('、')));
      return parts;
    });
    return { role, units, written: units, inherited: false, open, group: 1, line };
  });
  return { responsibility: responsibility.filter((entry) => entry.units.length > 0), issues };
}
