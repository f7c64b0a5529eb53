import type { Passage } from '../../blocks.js';
import { issue } from '../../issues.js';
import { readNumbering } from '../../outline/numbering.js';
import { isPlanTitle } from '../../outline/titles.js';
import { type Column, readHeader } from '../../table-columns.js';
import { readNumber } from '../../text/chinese-number.js';
import { alignCells, type Piece } from './align-cells.js';
import { joinCell } from './join-cell.js';
import type { TextTable } from './text-table.js';

const mostColumns = 10;
const longestHeading = 12;
const longestCell = 600;
const mostLinesOfRow = 40;
/** （一）; what is numbered below it stands inside cells. */
const lowestHeading = 4;

const bare = (text: string) => text.replace(/\s/g, '');
const numberIn = (text: string) => readNumber(bare(text).replace(/[.．、]$/, ''));

/** What can be no part of a table: the title of the next plan, an annex, a note, prose. */
function endsTable(line: string): boolean {
  return (
    isHeading(line) || isPlanTitle(line.trim()) || /^\s*(?:附[件表]|注[：:])/.test(line) || line.length > longestCell
  );
}

function isHeading(line: string): boolean {
  const numbered = readNumbering(line.trim());
  return numbered !== null && numbered.level <= lowestHeading && numbered.rest !== '';
}

/** The next number, or one a little further: tables skip some. */
const follows = (number: number | null, last: number) => number !== null && number > last && number <= last + 3;

/** The lines of one row, or a heading that runs across. */
type RowLines = { pieces: Piece[] } | { heading: Passage };

interface Header {
  columns: (Column | null)[];
  cells: Passage[];
  next: number;
}

const aboutRow = (cells: Passage[]) => ({ line: cells[0]?.line ?? 1, text: cells.map((cell) => cell.text).join(' ') });

/** Puts rows together: merged cells hold for the rows below, lines of a cell become one. */
function tableOf(header: Header, lines: RowLines[], next: number): TextTable | null {
  const rows: Passage[][] = [];
  const doubts = [issue('rows-doubtful', aboutRow(header.cells))];
  let above: Passage[] = [];
  for (const row of lines) {
    if ('heading' in row) {
      rows.push(header.cells.map(() => row.heading));
      above = [];
      continue;
    }
    const found = alignCells(row.pieces, header.columns);
    if (!found) return null;
    if (found.isDoubtful) doubts.push(issue('row-doubtful', aboutRow(row.pieces)));
    found.rows.forEach((cells, order) => {
      above = cells.map((cell, at) => {
        const column = header.columns[at] ?? null;
        const inherits = cell.text === '' && (order > 0 || column === 'group');
        return (inherits && above[at]) || { text: joinCell(cell.text, column), line: cell.line };
      });
      rows.push(above);
    });
  }
  return rows.length > 0 ? { rows: [header.cells, ...rows], next, doubts } : null;
}

function headerOf(cells: Passage[], next: number): Header | null {
  const named = cells.map((cell) => ({ ...cell, text: bare(cell.text) }));
  const columns = readHeader(named.map((cell) => cell.text));
  return columns && columns.length >= 3 && columns[0] === 'number' ? { columns, cells: named, next } : null;
}

/** One cell to a line and no tabs: the headings one below another, then the numbers of the rows. */
export function readCellLines(lines: string[], first: number): TextTable | null {
  const header = headingLines(lines, first);
  if (!header) return null;
  const rows: RowLines[] = [];
  let last = 0;
  let next = header.next;
  let blanks = 0;
  for (; next < lines.length; next += 1) {
    const line = lines[next] ?? '';
    if (!line.trim()) {
      blanks += 1;
      if (blanks > 1) break;
      continue;
    }
    const number = numberIn(line);
    const passage = { text: line.trim(), line: next + 1 };
    const row = rows.at(-1);
    if (isHeading(line) && numberIn(lines[next + 1] ?? '') !== null) {
      rows.push({ heading: passage });
      if (numberIn(lines[next + 1] ?? '') === 1) last = 0;
    } else if (number !== null && follows(number, last)) {
      rows.push({ pieces: [passage] });
      last = number;
    } else if (repeatsHeader(lines, next, header)) {
      next += header.cells.length - 1;
    } else if (!row || 'heading' in row || row.pieces.length >= mostLinesOfRow || endsTable(line)) {
      break;
    } else {
      row.pieces.push(passage);
    }
    blanks = 0;
  }
  return rows.length > 1 ? tableOf(header, rows, next - blanks) : null;
}

/** The headings once more, at the top of the next page. */
const repeatsHeader = (lines: string[], at: number, { cells }: Header) =>
  cells.every((cell, column) => bare(lines[at + column] ?? '') === cell.text);

function headingLines(lines: string[], first: number): Header | null {
  const line = lines[first] ?? '';
  if (line.includes('\t') || !/^(?:序号|编号)$/.test(bare(line))) return null;
  const cells: Passage[] = [];
  for (let at = first; at < lines.length && cells.length <= mostColumns; at += 1) {
    const text = bare(lines[at] ?? '');
    if (text === '') continue;
    if (numberIn(text) !== null || isHeading(text)) return headerOf(cells, at);
    if (text.length > longestHeading) return null;
    cells.push({ text, line: at + 1 });
  }
  return null;
}

/** 12月底前市数据局: a limit and a unit that lost the blank between them. */
const gluedLimit = /^((?:\d{4}年)?\d{1,2}月(?:\d{1,2}日|底)?前|年底前|长期坚持|持续推进)([省市县区州旗各].{2,})$/;

function piecesOf(line: string, at: number, oneColumn: number): Piece[] {
  return [...line.matchAll(/(\s*)(\S+)/g)].flatMap(([, blanks = '', text = '']) => {
    const gap = blanks.length < oneColumn ? 0 : Math.max(1, Math.round(blanks.length / oneColumn));
    const [, limit, unit] = gluedLimit.exec(text) ?? [];
    const parts = limit !== undefined && unit !== undefined ? [limit, unit] : [text];
    return parts.map((part, order) => ({ text: part, line: at + 1, gap: order === 0 ? gap : 1 }));
  });
}

/** Blank lines and a page number before the next row, and the headings once more. */
const betweenPages = /^(?:[-—–\s]*\d{1,4}[-—–\s]*)?$/;
const mostBetweenPages = 6;

function nextRowAt(lines: string[], from: number, header: string): number {
  let at = from;
  while (at < from + mostBetweenPages && (betweenPages.test(lines[at] ?? '') || bare(lines[at] ?? '') === header))
    at += 1;
  return at;
}

/** One row to a line, blanks between the cells; several blanks where a merged cell is left out. */
export function readSpacedRows(lines: string[], first: number): TextTable | null {
  const line = lines[first] ?? '';
  if (line.includes('\t') || !/^\s*(?:序|编)\s?号\s/.test(line)) return null;
  const wide = headerOf(cellsBetween(line, /\s{2,}/, first), first + 1);
  const header = wide ?? headerOf(cellsBetween(closedUp(line), /\s+/, first), first + 1);
  if (!header) return null;
  const widths = [...line.trim().matchAll(/\s+/g)].map(([blanks]) => blanks.length);
  const oneColumn = wide ? Math.min(...widths.filter((width) => width > 1)) : 1;
  const rows: RowLines[] = [];
  let last = 0;
  let next = header.next;
  for (;;) {
    const at = nextRowAt(lines, next, bare(line));
    const pieces = piecesOf(lines[at] ?? '', at, oneColumn);
    const [number, ...rest] = pieces;
    const found = number ? numberIn(number.text) : null;
    if (!follows(found, last) || rest.length === 0) break;
    rows.push({ pieces });
    last = found ?? last;
    next = at + 1;
  }
  return rows.length > 1 ? tableOf(header, rows, next) : null;
}

/** 具 体 举 措 among headings that one blank parts. */
const closedUp = (line: string) => line.replace(/(?<!\S)(?:\S\s){1,8}\S(?!\S)/gu, (word) => bare(word));

const cellsBetween = (line: string, blanks: RegExp, at: number) =>
  line
    .trim()
    .split(blanks)
    .map((text) => ({ text, line: at + 1 }));

/** A header run together, or pieces of it: the table below it has lost its cells. */
export function isGluedHeader(line: string): boolean {
  const head = bare(line).slice(0, 80);
  return /^(?:序号|编号).{0,50}(?:牵头|责任|主责|配合|落实|承办)(?:单位|部门)/.test(head);
}
