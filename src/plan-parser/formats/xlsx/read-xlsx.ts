import { DocumentRefusal } from '../../document-refusal.js';
import type { DocumentParts, Doubt, Part } from '../part.js';
import { readTable } from '../tables/read-table.js';
import type { Zip } from '../zip.js';
import { readSheet } from './read-sheet.js';
import { readWorkbook } from './workbook.js';

/** Names that a sheet has before anybody names it. */
const unnamed = /^(?:Sheet|工作表|表)\s?\d{0,3}$/i;

/** Reads the sheets of a workbook in their order; what is hidden is read too, and said to be. */
export async function readXlsx(zip: Zip, main: string): Promise<DocumentParts> {
  if (!zip.has(main)) throw new DocumentRefusal('corrupt');
  const book = await readWorkbook(zip, main);
  const parts: Part[] = [];
  const margins: string[] = [];
  for (const entry of book.sheets) {
    const sheet = await readSheet(zip, book, entry);
    margins.push(...sheet.margins);
    const found = readTable(sheet.rows, entry.name);
    const [first, ...rest] = found;
    if (!first) continue;
    const doubts: Doubt[] = [];
    if (entry.hidden) doubts.push({ code: 'sheet-hidden', detail: entry.name });
    if (sheet.hidesRows) doubts.push({ code: 'rows-hidden', detail: entry.name });
    if (sheet.hidesColumns) doubts.push({ code: 'columns-hidden', detail: entry.name });
    const named = book.sheets.length > 1 && !unnamed.test(entry.name) && first.kind === 'table';
    if (named) parts.push({ kind: 'paragraph', text: entry.name, place: `${entry.name}!A1` });
    parts.push({ ...first, doubts }, ...rest);
  }
  return { parts, margins };
}
