import { DocumentRefusal } from '../../document-refusal.js';
import { refuseManyLines } from '../bounds.js';
import { ListCounters } from '../lists/list-counters.js';
import type { DocumentParts, Part } from '../part.js';
import { CompoundFile } from './compound-file.js';
import { readLists } from './doc-lists.js';
import { readDocStyles, styleChain } from './doc-styles.js';
import { DocTable } from './doc-table.js';
import { openWordFile } from './file-information.js';
import { type Piece, readPieces } from './pieces.js';
import { type Properties, readParagraphStretches, readUnseenStretches, stretchAt } from './properties.js';

const codes = { inTable: 0x2416, rowEnd: 0x2417, level: 0x260a, list: 0x460b, alignment80: 0x2403, alignment: 0x2461 };
const ends = { paragraph: '\r', cell: '\x07', page: '\f' };
const field = { begin: '\x13', separate: '\x14', end: '\x15' };

/** Characters that stand for something else ([MS-DOC] 2.4.1); the rest of the controls mark pictures and notes. */
const meant: Record<string, string> = { '\t': ' ', '\v': '\n', '\x1e': '-', '\xa0': ' ' };

interface Paragraph {
  text: string;
  end: string;
  /** The byte of its end mark, which carries its properties. */
  byte: number;
}

/** Reads a .doc of Word 97 to 2003 with the numbers that Word generates and the cells of its tables. */
export function readDoc(bytes: Uint8Array): DocumentParts {
  const container = new CompoundFile(bytes);
  if (container.has('EncryptedPackage')) throw new DocumentRefusal('encrypted');
  if (container.has('Workbook') || container.has('Book')) throw new DocumentRefusal('unsupported', ' .xls 文件');
  if (!container.has('WordDocument')) throw new DocumentRefusal('unsupported', '这种旧版 Office 文件');

  const file = openWordFile(container);
  const pieces = readPieces(file);
  const unseen = readUnseenStretches(file);
  const { body, notes, headers } = file.characters;
  const stretches = readParagraphStretches(file);
  const styles = readDocStyles(file);
  const lists = readLists(file);
  const counters = new ListCounters();

  const parts: Part[] = [];
  let table: DocTable | null = null;
  let tables = 0;
  let count = 0;
  const endTable = () => {
    if (table) parts.push(...table.finish());
    table = null;
  };

  for (const paragraph of paragraphsIn(pieces, unseen, 0, body)) {
    const stretch = stretchAt(stretches, paragraph.byte);
    const chain = styleChain(styles, stretch?.style ?? 0);
    const own: Properties = stretch?.properties ?? new Map();
    const property = (code: number) =>
      own.get(code) ?? chain.map((style) => style.properties.get(code)).find((found) => found !== undefined);
    const isSet = (code: number) => property(code)?.getUint8(0) === 1;

    if (isSet(codes.rowEnd)) {
      table?.endRow(own);
      continue;
    }
    const inTable = isSet(codes.inTable) || paragraph.end === ends.cell;
    if (!inTable) endTable();
    const list = lists[property(codes.list)?.getInt16(0, true) ?? 0];
    const number = list ? counters.next(list, property(codes.level)?.getUint8(0) ?? 0) : '';
    const centred = (property(codes.alignment) ?? property(codes.alignment80))?.getUint8(0) === 1;
    const text = paragraph.text.trim() ? number + paragraph.text.trimStart() : '';
    const lines = chain[0]?.isTableOfContents ? [] : linesOf(text, centred && !inTable);
    count += inTable ? 0 : lines.length;
    const found = lines.map(
      (line, at): Part => ({ kind: 'paragraph', text: line, place: `第${count - lines.length + at + 1}段` }),
    );
    refuseManyLines(parts.length);
    if (inTable) {
      if (!table) tables += 1;
      table ??= new DocTable(tables);
      table.add(found);
      if (paragraph.end === ends.cell) table.endCell();
    } else {
      parts.push(...found);
    }
  }
  endTable();
  const start = body + notes;
  const margins = [...paragraphsIn(pieces, unseen, start, start + headers)].map((paragraph) => paragraph.text);
  return { parts, margins };
}

const linesOf = (text: string, centred: boolean) =>
  (centred ? [text.replaceAll('\n', '')] : text.split('\n')).map((line) => line.trim()).filter(Boolean);

/** Paragraphs and cells between two positions, without deleted and hidden text and the codes of fields. */
function* paragraphsIn(
  pieces: Piece[],
  unseen: { from: number; to: number }[],
  from: number,
  to: number,
): Generator<Paragraph> {
  let text = '';
  const fields: ('code' | 'result')[] = [];
  for (const piece of pieces) {
    for (let at = Math.max(0, from - piece.first); at < piece.text.length && piece.first + at < to; at += 1) {
      const char = piece.text.charAt(at);
      const byte = piece.byte + at * piece.width;
      if (char === field.begin) fields.push('code');
      else if (char === field.separate && fields.length > 0) fields[fields.length - 1] = 'result';
      else if (char === field.end) fields.pop();
      else if (char === ends.paragraph || char === ends.cell || char === ends.page) {
        yield { text, end: char, byte };
        text = '';
      } else if (!fields.includes('code') && !stretchAt(unseen, byte)) {
        text += meant[char] ?? (char < ' ' ? '' : char);
      }
    }
  }
  if (text) yield { text, end: ends.paragraph, byte: 0 };
}
