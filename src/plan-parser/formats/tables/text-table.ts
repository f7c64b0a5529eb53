import type { ImportIssue } from '../../../domain/plan-draft.js';
import type { Passage } from '../../blocks.js';
import { readHeader } from '../../table-columns.js';
import { joinCell } from './join-cell.js';

export interface TextTable {
  rows: Passage[][];
  /** Index of the first source line after the table. */
  next: number;
  /** What to check where its cells were told apart by what they hold, not by marks. */
  doubts: ImportIssue[];
}

const mostColumns = 30;

const isBlank = (line: string) => /^[^\t\S]*$/.test(line);
const startsCell = (line: string) => line.startsWith('\t');
const holdsCells = (line: string) => startsCell(line) || line.trim().includes('\t');

/** The number of a row stands without a tab in the first row of many tables. */
const isBareNumber = (line: string) => /^\s{0,4}\d{1,3}\s{0,4}$/.test(line);

/** Over a blank line, the next row begins with its number. */
function startsRowBelow(lines: string[], at: number): boolean {
  const below = isBlank(lines[at + 1] ?? '') ? (lines[at + 2] ?? '') : '';
  return startsCell(below) && isBareNumber(below.slice(1));
}

const isOneLine = (row: Passage[]) => row.length > 1 && row[0]?.line === row.at(-1)?.line;

/** Puts together rows that a stray blank line cut in two. */
function regroup(rows: Passage[][], width: number): Passage[][] {
  const whole: Passage[][] = [];
  for (const row of rows) {
    const last = whole.at(-1);
    if (last && last.length < width && last.length + row.length <= width) last.push(...row);
    else whole.push(row);
  }
  return whole;
}

/** Joins the lines of each cell as its column asks. */
function finish(rows: Passage[][]): Passage[][] {
  const headings = (rows[0] ?? []).map((cell) => joinCell(cell.text, null).replace(/\s/g, ''));
  const columns = readHeader(headings) ?? [];
  return rows.map((row, order) =>
    row.map(({ text, line }, at) => ({ text: joinCell(text, order === 0 ? null : (columns[at] ?? null)), line })),
  );
}

/**
 * A table as text: a tab before each cell, a blank line between rows. A cell broken over lines goes on without a tab,
 * sometimes after a blank line. Tables pasted from a sheet have one row to a line.
 */
export function readTextTable(lines: string[], first: number): TextTable | null {
  if (!holdsCells(lines[first] ?? '')) return null;
  const header: Passage[] = [];
  const rows = [header];
  let blanks = 0;
  let next = first;
  for (; next < lines.length; next += 1) {
    const line = lines[next] ?? '';
    if (isBlank(line)) {
      blanks += 1;
      continue;
    }
    const row = rows.at(-1) ?? header;
    const isNumber = blanks === 1 && isBareNumber(line) && startsCell(lines[next + 1] ?? '');
    if (holdsCells(line) || isNumber) {
      const cells = line.replace(/^\t/, '').split('\t');
      const passages = cells.map((text) => ({ text: text.trim(), line: next + 1 }));
      const startsRow = row.length > 0 && (blanks > 0 || cells.length > 1);
      if (startsRow && row === header && !readHeader(header.map((cell) => joinCell(cell.text, null)))) return null;
      if (startsRow) rows.push(passages);
      else row.push(...passages);
      if (header.length > mostColumns) return null;
    } else {
      const cell = row.at(-1);
      const broken = blanks === 0 && !isOneLine(row);
      const isInside = startsCell(lines[next + 1] ?? '') || startsRowBelow(lines, next);
      const goesOn = broken || row.length < header.length || isInside;
      if (!cell || blanks > 1 || !goesOn) break;
      if (cell.text === '') cell.line = next + 1;
      cell.text = cell.text === '' ? line.trim() : `${cell.text}\n${line.trim()}`;
    }
    blanks = 0;
  }
  if (rows.length === 1) return null;
  return { rows: finish(regroup(rows, header.length)), next: next - blanks, doubts: [] };
}
