import type { ImportIssue } from '../../domain/plan-draft.js';
import type { Role } from '../../domain/responsibility.js';
import type { Passage } from '../blocks.js';
import { issue } from '../issues.js';
import { type Column, readHeader } from '../table-columns.js';
import { readNumber } from '../text/chinese-number.js';
import type { Row } from './outline.js';

const roles: Role[] = ['lead', 'support', 'implement'];

/** Rows of a task table. A merged group cell holds for the rows below it. */
export function readRows(table: Passage[][], headings: string[]): { rows: Row[]; issues: ImportIssue[] } {
  const [header = [], ...body] = table;
  const columns = readHeader(header.map((cell) => cell.text));
  const at = { line: header[0]?.line ?? 1, text: header.map((cell) => cell.text).join(' ') };
  if (!columns) return { rows: [], issues: [issue('table-unread', at)] };

  const issues: ImportIssue[] = [];
  let group = '';
  const rows = body.map((cells): Row => {
    const line = cells.find((cell) => cell.text !== '')?.line ?? at.line;
    const cellOf = (column: Column) => cells[columns.indexOf(column)] ?? { text: '', line };
    if (cells.length !== columns.length) {
      const text = cells.map((cell) => cell.text).join(' ');
      issues.push(issue('row-width', { line, text }, `有${cells.length}格`));
    }
    group = cellOf('group').text || group;
    return {
      number: readNumber(cellOf('number').text),
      section: [...headings, group].filter(Boolean),
      title: cellOf('title'),
      measure: cellOf('measure'),
      limit: cellOf('limit'),
      units: roles.map((role) => ({ role, ...cellOf(role) })).filter((cell) => cell.text !== ''),
      line,
    };
  });
  return { rows: rows.filter((row) => row.title.text !== '' || row.measure.text !== ''), issues };
}
