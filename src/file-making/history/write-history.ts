import type { HistoryFacts } from '../../domain/history-row.js';
import type { HistoryVerdict } from '../../domain/history-verdict.js';
import { historyCsv } from './csv.js';
import { historyTable } from './history-table.js';
import { historyLines } from './lines.js';
import { historyXlsx } from './xlsx.js';

/** By the ending of the file. */
export const historyFormats = ['xlsx', 'csv', 'jsonl'] as const;
export type HistoryFormat = (typeof historyFormats)[number];

/** The file part by part, as fast as it is taken; `verify` is asked once, after the last row. */
export function writeHistory(
  facts: HistoryFacts,
  format: HistoryFormat,
  verify: () => Promise<HistoryVerdict>,
): AsyncIterable<Uint8Array> {
  switch (format) {
    case 'xlsx':
      return historyXlsx(historyTable(facts, verify));
    case 'csv':
      return historyCsv(historyTable(facts, verify));
    case 'jsonl':
      return historyLines(facts, verify);
  }
}
