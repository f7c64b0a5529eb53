import type { HistoryFacts } from '../../domain/history-row.js';
import { faultsOf, type HistoryVerdict, wholeText } from '../../domain/history-verdict.js';
import type { Cell } from '../cell.js';
import type { Column } from '../table.js';
import { historyColumns } from './columns.js';

export type Value = string | number | null;

/** The history as rows below their headings; the last row says whether it verifies. */
export interface HistoryTable {
  columns: { heading: string; width: number }[];
  rows: AsyncIterable<Value[]>;
}

export function historyTable(facts: HistoryFacts, verify: () => Promise<HistoryVerdict>): HistoryTable {
  const columns = historyColumns(facts);
  async function* rows(): AsyncGenerator<Value[]> {
    for await (const row of facts.rows()) yield columns.map(({ value }) => plainValue(value(row)));
    yield verdictRow(columns, await verify());
  }
  return { columns, rows: rows() };
}

function verdictRow(columns: Column<never>[], verdict: HistoryVerdict): Value[] {
  const faults = faultsOf(verdict);
  const words = faults.length > 0 ? `核对不符：${faults.join('；')}` : `核对无误：${wholeText(verdict)}`;
  return columns.map(({ key }) => {
    if (key === 'kind') return '核对';
    return key === 'note' ? words : null;
  });
}

function plainValue(cell: Cell | null): Value {
  switch (cell?.kind) {
    case undefined:
      return null;
    case 'text':
      return cell.text;
    case 'number':
      return cell.value;
    case 'date':
      return cell.day;
  }
}
