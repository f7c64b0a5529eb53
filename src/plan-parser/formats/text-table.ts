import type { Passage } from '../blocks.js';
import { readHeader } from '../table-columns.js';

export interface TextTable {
  rows: Passage[][];
  /** Index of the first source line after the table. */
  next: number;
}

const mostColumns = 30;

const isBlank = (line: string) => /^[^\t\S]*$/.test(line);
const startsCell = (line: string) => line.startsWith('\t');
const holdsCells = (line: string) => startsCell(line) || line.trim().includes('\t');

const isOneLine = (row: Passage[]) => row.length > 1 && row[0]?.line === row.at(-1)?.line;

function joined(above: string, below: string): string {
  const paragraphs = /[。；！？]$/.test(above) && below !== '';
  return paragraphs ? `${above}\n${below}` : above + below;
}

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
    if (holdsCells(line)) {
      const cells = line.replace(/^\t/, '').split('\t');
      const passages = cells.map((text) => ({ text: text.trim(), line: next + 1 }));
      const startsRow = row.length > 0 && (blanks > 0 || cells.length > 1);
      if (startsRow && row === header && !readHeader(header.map((cell) => cell.text))) return null;
      if (startsRow) rows.push(passages);
      else row.push(...passages);
      if (header.length > mostColumns) return null;
    } else {
      const cell = row.at(-1);
      const broken = blanks === 0 && !isOneLine(row);
      const goesOn = broken || row.length < header.length || startsCell(lines[next + 1] ?? '');
      if (!cell || blanks > 1 || !goesOn) break;
      if (cell.text === '') cell.line = next + 1;
      cell.text = joined(cell.text, line.trim());
    }
    blanks = 0;
  }
  if (rows.length === 1) return null;
  return { rows: regroup(rows, header.length), next: next - blanks };
}
