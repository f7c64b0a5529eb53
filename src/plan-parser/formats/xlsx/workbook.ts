import { DocumentRefusal } from '../../document-refusal.js';
import { bounds } from '../bounds.js';
import { readRelations, readXml } from '../xml.js';
import type { Zip } from '../zip.js';
import { type CellFormat, formatOf } from './cell-text.js';

export interface SheetEntry {
  name: string;
  part: string;
  hidden: boolean;
}

export interface Workbook {
  sheets: SheetEntry[];
  /** Texts that cells name by number. */
  strings: string[];
  /** What cells of style n show. */
  formats: CellFormat[];
  from1904: boolean;
}

/** Names without the prefix that some programs put before every element. */
export const localName = (name: string) => name.slice(name.indexOf(':') + 1);

/** Excel writes characters that XML cannot hold as _x000D_. */
export const unescapeText = (text: string) =>
  text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));

export async function readWorkbook(zip: Zip, main: string): Promise<Workbook> {
  const relations = await readRelations(zip, main);
  const part = (type: string) => [...relations.values()].find((relation) => relation.type === type)?.target;
  const sheets: SheetEntry[] = [];
  let from1904 = false;
  await readXml(zip, main, {
    open(name, attributes) {
      if (localName(name) === 'workbookPr') from1904 = ['1', 'true'].includes(attributes.date1904 ?? '');
      if (localName(name) !== 'sheet') return;
      const id = Object.entries(attributes).find(([key]) => key !== 'sheetId' && localName(key) === 'id')?.[1];
      const relation = relations.get(id ?? '');
      if (relation?.type !== 'worksheet') return;
      const hidden = attributes.state === 'hidden' || attributes.state === 'veryHidden';
      sheets.push({ name: attributes.name ?? '', part: relation.target, hidden });
    },
    close() {},
  });
  return {
    sheets,
    strings: await readStrings(zip, part('sharedStrings')),
    formats: await readFormats(zip, part('styles')),
    from1904,
  };
}

async function readStrings(zip: Zip, part: string | undefined): Promise<string[]> {
  const strings: string[] = [];
  if (part === undefined) return strings;
  let text = '';
  let inText = false;
  let inReading = 0;
  await readXml(zip, part, {
    open(name) {
      const local = localName(name);
      if (local === 'si') text = '';
      else if (local === 'rPh') inReading += 1;
      else if (local === 't') inText = inReading === 0;
    },
    close(name) {
      const local = localName(name);
      if (local === 't') inText = false;
      else if (local === 'rPh') inReading -= 1;
      else if (local === 'si') strings.push(unescapeText(text));
      if (strings.length > bounds.cellsInTable) throw new DocumentRefusal('too-large', '单元格过多');
    },
    text(piece) {
      if (inText) text += piece;
    },
  });
  return strings;
}

async function readFormats(zip: Zip, part: string | undefined): Promise<CellFormat[]> {
  const codes = new Map<number, string>();
  const ids: number[] = [];
  if (part === undefined) return [];
  let inCells = false;
  await readXml(zip, part, {
    open(name, { numFmtId, formatCode }) {
      const local = localName(name);
      if (local === 'numFmt') codes.set(Number(numFmtId), formatCode ?? '');
      else if (local === 'cellXfs') inCells = true;
      else if (local === 'xf' && inCells) ids.push(Number(numFmtId ?? 0));
    },
    close(name) {
      if (localName(name) === 'cellXfs') inCells = false;
    },
  });
  return ids.map((id) => formatOf(id, codes));
}
