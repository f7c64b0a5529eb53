import type { Cell } from './cell.js';

/** One column of a table of `Row`s. */
export interface Column<Row> {
  key: string;
  heading: string;
  /** In half-width characters. */
  width: number;
  align?: 'center' | 'left';
  value(row: Row): Cell | null;
}

/** A table under its title, as one sheet of a workbook. */
export interface Table {
  sheet: string;
  title: string;
  /** What stands below the title: of when it is, and what it is not. */
  note: string;
  headings: { heading: string; width: number; align: 'center' | 'left' }[];
  rows: (Cell | null)[][];
  /** Of which it is, for the properties of the file. */
  moment: Date;
}

export function tableOf<Row>(
  columns: readonly Column<Row>[],
  rows: Row[],
  { sheet, title, note, moment }: Pick<Table, 'sheet' | 'title' | 'note' | 'moment'>,
): Table {
  return {
    sheet,
    title,
    note,
    moment,
    headings: columns.map(({ heading, width, align = 'left' }) => ({ heading, width, align })),
    rows: rows.map((row) => columns.map((column) => column.value(row))),
  };
}
