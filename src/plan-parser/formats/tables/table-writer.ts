import type { Column } from '../../table-columns.js';
import type { Cell, Paragraph, Part, TableCell } from '../part.js';
import type { Slot } from './expand-grid.js';
import { joinCell } from './join-cell.js';

interface Heading {
  texts: string[];
  columns: (Column | null)[];
}

/** A longer text that runs across a table is a paragraph. */
const longestHeading = 60;

/**
 * Writes the rows of a table one after another: a merged cell once, repeated in the rows below it; a heading that runs
 * across in every cell of its row.
 */
export class TableWriter {
  readonly #place: string;
  #columns: (Column | null)[] = [];
  #rows: TableCell[][] = [];
  #written = new Map<Cell, TableCell>();

  constructor(place: string) {
    this.#place = place;
  }

  begin(slots: Slot[], { texts, columns }: Heading): void {
    this.#rows = [slots.map(({ cell }, column) => ({ text: texts[column] ?? '', place: cell.place }))];
    this.#columns = columns;
    this.#written = new Map();
  }

  /** Takes a heading or a note that runs across; `false` where it is a paragraph. */
  addAcross({ text, place }: Paragraph): boolean {
    if (text.length > longestHeading) return false;
    const first = { text, place };
    this.#rows.push(this.#columns.map((_, at) => (at === 0 ? first : { text, place, repeats: first })));
    return true;
  }

  add(slots: Slot[]): void {
    this.#rows.push(this.#cells(slots));
  }

  /** The table so far; what follows goes on under the same header. */
  end(): Part[] {
    const rows = this.#rows;
    this.#rows = rows.slice(0, 1);
    return rows.length > 1 ? [{ kind: 'table', rows, place: this.#place }] : [];
  }

  /** All rows, where no header was found. */
  whole(grid: Slot[][]): Part[] {
    const rows = grid.map((row) => this.#cells(row));
    return rows.length > 0 ? [{ kind: 'table', rows, place: this.#place }] : [];
  }

  #cells(slots: Slot[]): TableCell[] {
    return slots.map(({ cell, fromAbove, fromLeft }, at) => {
      if (fromLeft) return { text: '', place: cell.place };
      const above = fromAbove ? this.#written.get(cell) : undefined;
      if (above) return { text: above.text, place: cell.place, repeats: above };
      const written = { text: joinCell(cell.text, this.#columns[at] ?? null), place: cell.place };
      this.#written.set(cell, written);
      return written;
    });
  }
}
