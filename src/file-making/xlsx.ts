import { type CellStyle, colToLetter, type Cell as SheetCell, type WriteSheet, writeXlsx } from 'hucre/xlsx';

import { type Cell, looksLikeFormula } from './cell.js';
import type { Table } from './table.js';

const thin = { style: 'thin', color: { rgb: '7F7F7F' } } as const;
const border = { top: thin, right: thin, bottom: thin, left: thin };
const body = { name: '宋体', size: 10 };
const wrapped = { vertical: 'center', wrapText: true } as const;

const styles = {
  title: { font: { name: '宋体', size: 16, bold: true }, alignment: { ...wrapped, horizontal: 'center' } },
  note: { font: body, alignment: { ...wrapped, horizontal: 'left' } },
  heading: {
    font: { ...body, bold: true },
    fill: { type: 'pattern', pattern: 'solid', fgColor: { rgb: 'EDEDED' } },
    border,
    alignment: { ...wrapped, horizontal: 'center' },
  },
  left: { font: body, border, alignment: { ...wrapped, horizontal: 'left' } },
  center: { font: body, border, alignment: { ...wrapped, horizontal: 'center' } },
} satisfies Record<string, CellStyle>;

/** Edited, such a cell stays text. */
export const textFormat = '@';
const dayFormat = 'yyyy"年"m"月"d"日"';
/** Title, note, headings. */
const rowsAbove = 3;
const titleHeight = 30;
const headingHeight = 30;

/** One sheet, ready to read and to print: headings frozen, filtered and repeated on each page of A4 landscape. */
export async function writeTable(table: Table): Promise<Uint8Array> {
  const last = table.headings.length - 1;
  const cells = new Map<string, Partial<SheetCell>>();
  const put = (row: number, column: number, cell: Cell | null, style: CellStyle) =>
    cells.set(`${row},${column}`, sheetCell(cell, style));
  const text = (words: string): Cell => ({ kind: 'text', text: words });
  put(0, 0, text(table.title), styles.title);
  put(1, 0, text(table.note), styles.note);
  for (const [column, { heading }] of table.headings.entries()) put(2, column, text(heading), styles.heading);
  for (const [index, row] of table.rows.entries()) {
    for (const [column, cell] of row.entries()) {
      put(rowsAbove + index, column, cell, styles[table.headings[column]?.align ?? 'left']);
    }
  }
  const bottom = rowsAbove + table.rows.length;
  const sheet: WriteSheet = {
    name: table.sheet,
    rows: [],
    cells,
    columns: table.headings.map(({ width }) => ({ width })),
    rowDefs: new Map([
      [0, { height: titleHeight }],
      [
        1,
        { height: heightOf([{ words: table.note, width: table.headings.reduce((sum, { width }) => sum + width, 0) }]) },
      ],
      [2, { height: headingHeight }],
      ...table.rows.map((row, index) => [rowsAbove + index, { height: rowHeight(table, row) }] as const),
    ]),
    merges: [0, 1].map((row) => ({ startRow: row, startCol: 0, endRow: row, endCol: last })),
    freezePane: { rows: rowsAbove },
    autoFilter: { range: `A3:${colToLetter(last)}${bottom}` },
    pageSetup: {
      paperSize: 'a4',
      orientation: 'landscape',
      fitToPage: true,
      fitToWidth: 1,
      fitToHeight: 0,
      printTitlesRow: '$3:$3',
      horizontalCentered: true,
      margins: { top: 0.5, bottom: 0.6, left: 0.4, right: 0.4, header: 0.3, footer: 0.3 },
    },
    headerFooter: { oddFooter: '&C第&P页，共&N页' },
  };
  const properties = { title: table.title, creator: '督办', created: table.moment, modified: table.moment };
  return writeXlsx({ sheets: [sheet], defaultFont: body, properties });
}

function sheetCell(cell: Cell | null, style: CellStyle): Partial<SheetCell> {
  switch (cell?.kind) {
    case undefined:
      return { value: null, type: 'empty', style };
    case 'text': {
      const format = looksLikeFormula(cell.text) ? { numFmt: textFormat } : {};
      return { value: escaped(cell.text), type: 'string', style: { ...style, ...format } };
    }
    case 'number':
      return { value: cell.value, type: 'number', style };
    case 'date':
      return { value: new Date(`${cell.day}T00:00:00Z`), type: 'date', style: { ...style, numFmt: dayFormat } };
  }
}

/** Programs read _x000D_ as the character of that number. */
export const escaped = (text: string) => text.replace(/_(?=x[0-9A-Fa-f]{4}_)/gu, '_x005F_');

const lineHeight = 14;
const padding = 5;
/** The highest that a row can be. */
const mostHeight = 409;

/** Half-width characters: what is not Latin takes two. */
const widthOf = (text: string) => [...text].reduce((sum, one) => sum + (one > '\u2E7F' ? 2 : 1), 0);

const linesOf = (text: string, width: number) =>
  text.split('\n').reduce((sum, line) => sum + Math.max(1, Math.ceil(widthOf(line) / (width - 1))), 0);

/** Programs do not agree on whether they make room for what is wrapped, so it is said. */
function heightOf(texts: { words: string; width: number }[]): number {
  const lines = Math.max(1, ...texts.map(({ words, width }) => linesOf(words, width)));
  return Math.min(lines * lineHeight + padding, mostHeight);
}

function rowHeight({ headings }: Table, row: (Cell | null)[]): number {
  const texts = row.flatMap((cell, column) => {
    const { width } = headings[column] ?? { width: 0 };
    return cell?.kind === 'text' ? [{ words: cell.text, width }] : [];
  });
  return heightOf(texts);
}
