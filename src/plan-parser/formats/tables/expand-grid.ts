import { DocumentRefusal } from '../../document-refusal.js';
import { bounds } from '../bounds.js';
import type { Cell } from '../part.js';

/** One place of the grid: the cell that covers it, and whether the cell began above or to the left. */
export interface Slot {
  cell: Cell;
  fromAbove: boolean;
  fromLeft: boolean;
}

export const emptySlot = (place: string): Slot => ({ cell: { text: '', place }, fromAbove: false, fromLeft: false });

/** Lays merged cells out on a grid, every row as wide as the widest. Rows and columns that hold nothing are left out. */
export function expandGrid(rows: Cell[][]): Slot[][] {
  const grid: Slot[][] = rows.map(() => []);
  let slots = 0;
  rows.forEach((cells, top) => {
    let left = 0;
    for (const cell of cells) {
      while (grid[top]?.[left]) left += 1;
      const right = Math.min(left + Math.max(1, cell.across ?? 1), bounds.columnsInTable);
      const bottom = Math.min(top + Math.max(1, cell.down ?? 1), rows.length);
      for (let row = top; row < bottom; row += 1) {
        const line = grid[row] ?? [];
        for (let column = left; column < right; column += 1) {
          line[column] ??= { cell, fromAbove: row > top, fromLeft: column > left };
          slots += 1;
        }
      }
      if (slots > bounds.cellsInTable) throw new DocumentRefusal('too-large', '表格的单元格过多');
      left = right;
    }
  });
  return trimmed(grid);
}

const holdsText = (slot: Slot | undefined) => slot !== undefined && slot.cell.text !== '';

function trimmed(grid: Slot[][]): Slot[][] {
  const width = grid.reduce((most, row) => Math.max(most, row.length), 0);
  const place = grid[0]?.[0]?.cell.place ?? '';
  const full = grid.map((row) => Array.from({ length: width }, (_, column) => row[column] ?? emptySlot(place)));
  const startsText = (slot: Slot) => holdsText(slot) && !slot.fromLeft;
  const columns = Array.from({ length: width }, (_, column) => column).filter((column) =>
    full.some((row) => row[column] && startsText(row[column])),
  );
  return full
    .filter((row) => row.some((slot) => holdsText(slot)))
    .map((row) => columns.flatMap((column) => row[column] ?? []));
}
