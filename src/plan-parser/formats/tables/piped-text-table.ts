import type { ImportIssue } from '../../../domain/plan-draft.js';
import type { Passage } from '../../blocks.js';
import { issue } from '../../issues.js';
import { looksLikeUnit } from '../../responsibility/unit-names.js';
import { type Column, readHeader } from '../../table-columns.js';
import { alignCells } from './align-cells.js';
import type { TextTable } from './text-table.js';

const bar = /[|｜]/;
const rule = /^[|｜:\-—+\s]+$/;
/** 索引号： opens what a page says of itself. */
const label = /[：:]$/;
const fewestColumns = 3;
const longestLine = 20_000;

/** 1 | 修路 | 县交通局 |, with or without a bar at both ends. */
function cellsOf(line: string): string[] | null {
  const text = line.trim();
  if (text.length > longestLine || !bar.test(text)) return null;
  const cells = text.split(bar).map((cell) => cell.trim());
  if (cells[0] === '') cells.shift();
  if (cells.at(-1) === '') cells.pop();
  return cells;
}

const units: (Column | null)[] = ['lead', 'support', 'implement'];
/** Whether the cells of units hold some. */
const fits = (cells: string[], columns: (Column | null)[]) =>
  cells.every((cell, at) => cell === '' || !units.includes(columns[at] ?? null) || looksLikeUnit(cell));

/** The cells of a row that a merged cell above left short, each in its column. */
function placed(cells: string[], columns: (Column | null)[], line: number): { rows: Passage[][]; isDoubtful: boolean } {
  const passages = (texts: string[]) => [texts.map((text) => ({ text, line }))];
  if (cells.length === columns.length) {
    const shifted = ['', ...cells.slice(0, -1)];
    const isShort = cells.at(-1) === '' && !fits(cells, columns) && fits(shifted, columns);
    return { rows: passages(isShort ? shifted : cells), isDoubtful: isShort };
  }
  const pieces = cells.filter((text) => text !== '').map((text) => ({ text, line }));
  const aligned = cells.length < columns.length ? alignCells(pieces, columns) : null;
  return aligned ? { ...aligned, isDoubtful: true } : { rows: passages(cells), isDoubtful: true };
}

/** A table as text with bars between its cells, one row to a line. */
export function readPipedTable(lines: string[], first: number): TextTable | null {
  const header = cellsOf(lines[first] ?? '');
  const columns = header && header.length >= fewestColumns ? readHeader(header) : null;
  if (!header || !columns) return null;
  const rows: Passage[][] = [header.map((text) => ({ text, line: first + 1 }))];
  const doubts: ImportIssue[] = [];
  let next = first + 1;
  for (let at = next; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    if (line.trim() === '') continue;
    const cells = cellsOf(line);
    if (!cells || label.test(cells[0] ?? '')) break;
    next = at + 1;
    if (rule.test(line)) continue;
    const { rows: found, isDoubtful } = placed(cells, columns, at + 1);
    rows.push(...found);
    if (isDoubtful) doubts.push(issue('row-doubtful', { line: at + 1, text: line.slice(0, 30) }));
  }
  return rows.length > 1 ? { rows, next, doubts } : null;
}
