import { readXlsx } from 'hucre/xlsx';

import { readDocument } from '../../src/plan-parser/read-document.js';

const rowsAbove = 3;

/** A workbook as the library that wrote it reads it: the title, and each row by the names of its columns. */
export async function openTable(bytes: Uint8Array) {
  const { sheets } = await readXlsx(bytes, { readStyles: true });
  const [sheet, ...others] = sheets;
  if (!sheet || others.length > 0) throw new Error('one sheet was expected');
  const headings = (sheet.rows[rowsAbove - 1] ?? []).map(String);
  const rows = sheet.rows
    .slice(rowsAbove)
    .map((row) => Object.fromEntries(headings.map((heading, column) => [heading, row[column] ?? null])));
  return { sheet, headings, rows, title: sheet.rows[0]?.[0], note: sheet.rows[1]?.[0] };
}

/** The same as our own reader of documents finds it: an independent one, which is how the file comes back. */
export async function importTable(bytes: Uint8Array, name: string) {
  const { draft, text } = await readDocument(bytes, name);
  const [plan, ...others] = draft.plans;
  if (!plan || others.length > 0) throw new Error(`one plan was expected: ${draft.plans.map(({ title }) => title)}`);
  return { plan, issues: draft.issues, text };
}
