import { writeCsvStream } from 'hucre/csv';

import { looksLikeFormula } from '../cell.js';
import type { HistoryTable, Value } from './history-table.js';

/** With the mark by which Excel knows UTF-8. */
export function historyCsv({ columns, rows }: HistoryTable): AsyncIterable<Uint8Array> {
  return writeCsvStream(fieldsOf(rows), { headers: columns.map(({ heading }) => heading), bom: true });
}

async function* fieldsOf(rows: HistoryTable['rows']): AsyncGenerator<Value[]> {
  for await (const row of rows)
    yield row.map((value) => (typeof value === 'string' && looksLikeFormula(value) ? `'${value}` : value));
}
