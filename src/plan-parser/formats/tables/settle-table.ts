import { readHeader } from '../../table-columns.js';
import type { Cell, Part } from '../part.js';
import { readTable } from './read-table.js';

/** A cell with all that stands in it, tables included. */
export interface FullCell {
  parts: Part[];
  place: string;
  across?: number;
  down?: number;
}

const textOfPart = (part: Part): string =>
  part.kind === 'paragraph' ? part.text : part.rows.flatMap((row) => row.map((cell) => cell.text)).join('\n');

const textOf = (cell: FullCell) => cell.parts.map(textOfPart).join('\n').trim();

const manyParagraphs = 8;
const longText = 1500;

/** A page laid out with a table, not a table of data: one column, or a cell that holds a whole document. */
function isLayout(rows: FullCell[][]): boolean {
  if (rows.every((row) => row.length <= 1)) return true;
  if (rows.slice(0, 3).some((row) => readHeader(row.map((cell) => textOf(cell))))) return false;
  return rows.some((row) =>
    row.some(
      (cell) =>
        cell.parts.some((part) => part.kind === 'table') ||
        (cell.parts.length >= manyParagraphs && textOf(cell).length >= longText),
    ),
  );
}

export function settleTable(rows: FullCell[][], place: string): Part[] {
  if (isLayout(rows)) return rows.flat().flatMap((cell) => cell.parts);
  const cells = rows.map((row) =>
    row.map((cell): Cell => {
      const { across, down } = cell;
      return {
        text: textOf(cell),
        place: cell.place,
        ...(across === undefined ? {} : { across }),
        ...(down === undefined ? {} : { down }),
      };
    }),
  );
  return readTable(cells, place);
}
