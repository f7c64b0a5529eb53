import { documentMarking } from '../domain/secrecy.js';
import { DocumentRefusal } from '../plan-parser/document-refusal.js';
import { bounds } from '../plan-parser/formats/bounds.js';
import { officeKind } from '../plan-parser/formats/office-kind.js';
import { sniff } from '../plan-parser/formats/sniff.js';
import { expandGrid } from '../plan-parser/formats/tables/expand-grid.js';
import { decodeText } from '../plan-parser/formats/text.js';
import { readSheet } from '../plan-parser/formats/xlsx/read-sheet.js';
import { readWorkbook } from '../plan-parser/formats/xlsx/workbook.js';
import { Zip } from '../plan-parser/formats/zip.js';
import { readCsv } from './read-csv.js';
import { type RosterReading, readRoster, type TableRow } from './read-roster.js';

/** Reads an .xlsx or .csv that is a roster; `null` for any other file, which may be a plan. */
export async function readRosterFile(bytes: Uint8Array, fileName: string): Promise<RosterReading | null> {
  try {
    const container = sniff(bytes, fileName);
    if (container === 'zip') return await readWorkbookRoster(bytes);
    return container === 'txt' ? readTextRoster(bytes) : null;
  } catch (error) {
    // Whoever reads it as a plan says what is wrong with it.
    if (error instanceof DocumentRefusal) return null;
    throw error;
  }
}

async function readWorkbookRoster(bytes: Uint8Array): Promise<RosterReading | null> {
  const zip = await Zip.open(bytes);
  const { kind, main } = await officeKind(zip);
  if (kind !== 'xlsx') return null;
  const book = await readWorkbook(zip, main);
  for (const entry of book.sheets) {
    if (entry.hidden) continue;
    const { rows, margins } = await readSheet(zip, book, entry);
    const table = expandGrid(rows).map((slots): TableRow => {
      const own = slots.find(({ cell, fromAbove }) => !fromAbove && cell.text !== '') ?? slots[0];
      return { row: rowOf(own?.cell.place ?? ''), cells: slots.map(({ cell }) => cell.text) };
    });
    const reading = unmarked(table, margins);
    if (reading) return reading;
  }
  return null;
}

const rowOf = (place: string) => Number(/(\d+)$/u.exec(place)?.[1] ?? 0);

function readTextRoster(bytes: Uint8Array): RosterReading | null {
  const text = decodeText(bytes);
  if (text.length > bounds.characters) return null;
  return unmarked(
    readCsv(text.replace(/^\uFEFF/, '')).map(({ line, cells }) => ({ row: line, cells })),
    [],
  );
}

/** A marked file is refused whatever it holds. */
function unmarked(table: TableRow[], margins: string[]): RosterReading | null {
  const reading = readRoster(table);
  if (reading === null) return null;
  const cells = table.flatMap((row) => row.cells);
  const marking = documentMarking({ paragraphs: [], cells, head: cells, margins });
  if (marking === null) return reading;
  return { kind: 'refused', say: new DocumentRefusal('secret', marking).message };
}
