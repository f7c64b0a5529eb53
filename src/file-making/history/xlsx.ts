import { type ColumnDef, writeXlsxStream } from 'hucre/xlsx';

import { escaped, textFormat } from '../xlsx.js';
import type { HistoryTable, Value } from './history-table.js';

/** Rows are written as they come; a sheet takes a million and is followed by another. */
export function historyXlsx({ columns, rows }: HistoryTable): AsyncIterable<Uint8Array> {
  const defined: ColumnDef[] = columns.map(({ heading, width }) => ({
    header: heading,
    width,
    // Of a column that is text a cell stays text when it is edited; numbers are not touched by it.
    style: { numFmt: textFormat, alignment: { vertical: 'top', wrapText: true } },
  }));
  return writeXlsxStream(fieldsOf(rows), { name: '督办历史', columns: defined, freezePane: { rows: 1 } });
}

async function* fieldsOf(rows: HistoryTable['rows']): AsyncGenerator<Value[]> {
  for await (const row of rows) yield row.map((value) => (typeof value === 'string' ? escaped(value) : value));
}
