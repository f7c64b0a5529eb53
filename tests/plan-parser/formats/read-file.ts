import { DocumentRefusal, type RefusalCode } from '../../../src/plan-parser/document-refusal.js';
import { type DocumentReading, readDocument } from '../../../src/plan-parser/read-document.js';

/** The lines of a document; cells of a table have a tab before them. */
export async function linesOf(bytes: Uint8Array, name = ''): Promise<string[]> {
  return (await readDocument(bytes, name)).text.split('\n');
}

/** The table rows of a document, from its lines. */
export async function rowsOf(bytes: Uint8Array): Promise<string[][]> {
  const text = (await linesOf(bytes)).join('\n');
  return text
    .split('\n\n')
    .map((row) => [...row.matchAll(/^\t(.*(?:\n[^\t].*)*)/gm)].map(([, cell = '']) => cell))
    .filter((row) => row.length > 0);
}

export const issueCodesOf = ({ draft }: DocumentReading) => draft.issues.map((issue) => issue.code);

export async function refusalOf(bytes: Uint8Array, name = ''): Promise<RefusalCode | 'read'> {
  try {
    await readDocument(bytes, name);
    return 'read';
  } catch (error) {
    if (error instanceof DocumentRefusal) return error.code;
    throw error;
  }
}
