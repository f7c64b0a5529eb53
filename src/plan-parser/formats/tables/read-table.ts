import { type Column, readHeader } from '../../table-columns.js';
import { readNumber } from '../../text/chinese-number.js';
import type { Cell, Paragraph, Part } from '../part.js';
import { expandGrid, type Slot } from './expand-grid.js';
import { TableWriter } from './table-writer.js';

/** Titles, 填报单位 and 单位：万元 stand above the header, never in more rows than this. */
const rowsAboveHeader = 10;

const bare = (text: string) => text.replace(/\s/g, '');
const origins = (row: Slot[]) => row.filter((slot) => !slot.fromLeft && !slot.fromAbove && slot.cell.text !== '');
const isMerged = (row: Slot[]) => row.some((slot) => (slot.cell.across ?? 1) > 1 || (slot.cell.down ?? 1) > 1);

/** One text over the whole width, or alone at its beginning: a title, a group of rows, a note. */
function standsAcross(row: Slot[]): boolean {
  if (row.length < 2) return false;
  const [first, ...others] = row;
  if (!first || first.fromAbove || first.cell.text === '' || readNumber(first.cell.text) !== null) return false;
  return others.every((slot) => slot.cell === first.cell || slot.cell.text === '');
}

export interface Header {
  texts: string[];
  columns: (Column | null)[];
  /** Rows it takes: two where 责任单位 stands over 牵头 and 配合. */
  height: number;
}

/** What heads each column: all that stands over it, or the lowest alone, 牵头 below 责任单位. */
function headerTexts(rows: Slot[][], which: 'all' | 'lowest'): string[] {
  return (rows[0] ?? []).map((_, column) => {
    const cells = new Set(rows.flatMap((row) => row[column]?.cell ?? []));
    const texts = [...cells].map((cell) => bare(cell.text)).filter(Boolean);
    return which === 'all' ? texts.join('') : (texts.at(-1) ?? '');
  });
}

function headerAt(grid: Slot[][], at: number): Header | null {
  const first = grid[at];
  const second = grid[at + 1];
  if (!first || standsAcross(first)) return null;
  const heights = second && isMerged(first) && !standsAcross(second) ? [2, 1] : [1];
  for (const height of heights) {
    for (const which of ['lowest', 'all'] as const) {
      const texts = headerTexts(grid.slice(at, at + height), which);
      const columns = readHeader(texts);
      if (columns) return { texts, columns, height };
    }
  }
  return null;
}

function findHeader(grid: Slot[][]): { header: Header; at: number } | null {
  for (let at = 0; at < Math.min(grid.length, rowsAboveHeader); at += 1) {
    const header = headerAt(grid, at);
    if (header) return { header, at };
  }
  return null;
}

function paragraphOf(row: Slot[]): Paragraph {
  const texts = origins(row).map((slot) => slot.cell.text.split('\n').join(' '));
  return { kind: 'paragraph', text: texts.join(' '), place: row[0]?.cell.place ?? '' };
}

/** The lines of a table that has one column, which is none. */
const paragraphsOf = (grid: Slot[][]): Part[] =>
  grid
    .flatMap((row) => origins(row))
    .flatMap(({ cell }) => cell.text.split('\n').map((text): Part => ({ kind: 'paragraph', text, place: cell.place })));

/** A sheet may hold one table below another, each with a header that begins with 序号. */
function nextHeader(grid: Slot[][], at: number): Header | null {
  const first = grid[at]?.[0];
  return first && /^(?:序号|编号)$/.test(bare(first.cell.text)) ? headerAt(grid, at) : null;
}

/**
 * A table of any format as blocks of the document: what stands above the header or across the whole width becomes
 * paragraphs, header rows repeated on each page go, merged cells hold for every row they cover.
 */
export function readTable(rows: Cell[][], place: string): Part[] {
  const grid = expandGrid(rows);
  if (grid.every((row) => row.length === 1)) return paragraphsOf(grid);
  const found = findHeader(grid);
  if (!found) return new TableWriter(place).whole(grid);

  let { header } = found;
  const parts: Part[] = grid.slice(0, found.at).map(paragraphOf);
  const writer = new TableWriter(place);
  writer.begin(grid[found.at] ?? [], header);
  for (let at = found.at + header.height; at < grid.length; at += 1) {
    const row = grid[at] ?? [];
    const next = nextHeader(grid, at);
    if (repeats(grid, at, header)) {
      at += header.height - 1;
    } else if (next) {
      parts.push(...writer.end());
      header = next;
      writer.begin(row, header);
      at += header.height - 1;
    } else if (standsAcross(row)) {
      const across = paragraphOf(row);
      if (!writer.addAcross(across)) parts.push(...writer.end(), across);
    } else {
      writer.add(row);
    }
  }
  return [...parts, ...writer.end()];
}

function repeats(grid: Slot[][], at: number, header: Header): boolean {
  const texts = headerTexts(grid.slice(at, at + header.height), 'lowest');
  return texts.every((text, column) => text === header.texts[column]);
}
