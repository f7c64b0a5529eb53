import { DocumentRefusal } from '../../document-refusal.js';
import { bounds } from '../bounds.js';
import type { Cell } from '../part.js';
import { type Attributes, readXml, type XmlHandler } from '../xml.js';
import type { Zip } from '../zip.js';
import { writeCell } from './cell-text.js';
import { localName, type SheetEntry, unescapeText, type Workbook } from './workbook.js';

export interface Sheet {
  rows: Cell[][];
  /** Words of the printed header and footer. */
  margins: string[];
  hidesRows: boolean;
  hidesColumns: boolean;
}

interface Area {
  top: number;
  left: number;
  bottom: number;
  right: number;
}

/** B7 → row 7, column 2. */
function addressOf(reference: string): { row: number; column: number } | null {
  const [, letters, digits] = /^\$?([A-Z]{1,3})\$?(\d{1,7})$/.exec(reference) ?? [];
  if (letters === undefined || digits === undefined) return null;
  const column = [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);
  return { row: Number(digits), column };
}

function lettersOf(column: number): string {
  let letters = '';
  for (let rest = column; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters;
  }
  return letters;
}

/** &L, &"宋体,常规"&12 and the like in printed headers. */
const printCodes = /&"[^"]{0,100}"|&K[0-9A-F]{6}|&\d{1,3}|&[A-Za-z]/g;

class SheetReader implements XmlHandler {
  readonly #book: Workbook;
  /** Cells that hold text, by row and column. */
  readonly cells = new Map<number, Map<number, string>>();
  readonly merged: Area[] = [];
  readonly margins: string[] = [];
  hidesRows = false;
  hidesColumns = false;
  #count = 0;
  #row = 0;
  #column = 0;
  #type = '';
  #style = 0;
  #text = '';
  #takes = false;
  /** Inside the reading of a word, which is shown above it. */
  #inReading = false;

  constructor(book: Workbook) {
    this.#book = book;
  }

  open(name: string, attributes: Attributes): void {
    switch (localName(name)) {
      case 'col':
        this.hidesColumns ||= isHidden(attributes);
        return;
      case 'row':
        this.#row = Number(attributes.r ?? this.#row + 1);
        this.#column = 0;
        this.hidesRows ||= isHidden(attributes);
        return;
      case 'c':
        this.#openCell(attributes);
        return;
      case 'v':
      case 't':
        this.#takes = !this.#inReading;
        return;
      case 'rPh':
        this.#inReading = true;
        return;
      case 'mergeCell':
        this.#addMerged(attributes.ref ?? '');
        return;
      case 'oddHeader':
      case 'oddFooter':
      case 'evenHeader':
      case 'evenFooter':
      case 'firstHeader':
      case 'firstFooter':
        this.#text = '';
        this.#takes = true;
    }
  }

  close(name: string): void {
    const local = localName(name);
    if (local === 'c') this.#closeCell();
    else if (local === 'v' || local === 't') this.#takes = false;
    else if (local === 'rPh') this.#inReading = false;
    else if (/^(?:odd|even|first)(?:Header|Footer)$/.test(local)) {
      const sections = this.#text.split(/&[LCR]/);
      this.margins.push(...sections.map((section) => section.replace(printCodes, '').trim()).filter(Boolean));
      this.#takes = false;
    }
  }

  text(text: string): void {
    if (this.#takes) this.#text += text;
  }

  #openCell({ r, t, s }: Attributes): void {
    const address = r === undefined ? null : addressOf(r);
    this.#row = address?.row ?? this.#row;
    this.#column = address?.column ?? this.#column + 1;
    this.#type = t ?? 'n';
    this.#style = Number(s ?? 0);
    this.#text = '';
    this.#takes = false;
  }

  #closeCell(): void {
    const shown = this.#shown().trim();
    if (!shown) return;
    this.#count += 1;
    if (this.#count > bounds.cellsInTable) throw new DocumentRefusal('too-large', '单元格过多');
    const row = this.cells.get(this.#row) ?? new Map<number, string>();
    this.cells.set(this.#row, row.set(this.#column, shown));
  }

  #shown(): string {
    switch (this.#type) {
      case 's':
        return this.#book.strings[Number(this.#text)] ?? '';
      case 'str':
      case 'inlineStr':
        return unescapeText(this.#text);
      case 'b':
        return this.#text === '1' ? '是' : '否';
      case 'e':
        return '';
      case 'd':
        return this.#text.replace(/^(\d{4})-0?(\d{1,2})-0?(\d{1,2}).*$/, '$1年$2月$3日');
      default: {
        const format = this.#book.formats[this.#style] ?? { kind: 'general' };
        return writeCell(this.#text, format, this.#book.from1904);
      }
    }
  }

  #addMerged(reference: string): void {
    const [from = '', to = from] = reference.split(':');
    const [start, end] = [addressOf(from), addressOf(to)];
    if (!start || !end || this.merged.length > bounds.cellsInTable) return;
    this.merged.push({ top: start.row, left: start.column, bottom: end.row, right: end.column });
  }
}

const isHidden = ({ hidden }: Attributes) => hidden === '1' || hidden === 'true';

export async function readSheet(zip: Zip, book: Workbook, { name, part }: SheetEntry): Promise<Sheet> {
  const reader = new SheetReader(book);
  await readXml(zip, part, reader);
  return {
    rows: rowsOf(reader.cells, reader.merged, name),
    margins: reader.margins,
    hidesRows: reader.hidesRows,
    hidesColumns: reader.hidesColumns,
  };
}

/** Rows and columns that hold text; a merged area is cut to them. */
function rowsOf(cells: Map<number, Map<number, string>>, merged: Area[], name: string): Cell[][] {
  const rows = [...cells.keys()].sort((a, b) => a - b);
  const columns = [...new Set([...cells.values()].flatMap((row) => [...row.keys()]))].sort((a, b) => a - b);
  if (rows.length * columns.length > 4 * bounds.cellsInTable) throw new DocumentRefusal('too-large', '单元格过多');
  const areas = new Map(merged.map((area) => [`${area.top},${area.left}`, area]));
  const covered = new Set<string>();
  return rows.map((row, at) =>
    columns.flatMap((column, from): Cell[] => {
      const key = `${row},${column}`;
      if (covered.has(key)) return [];
      const place = `${name}!${lettersOf(column)}${row}`;
      const cell = { text: cells.get(row)?.get(column) ?? '', place };
      const area = areas.get(key);
      if (!area) return [cell];
      const down = within(rows, at, area.bottom);
      const across = within(columns, from, area.right);
      for (const r of down) for (const c of across) covered.add(`${r},${c}`);
      return [{ ...cell, down: down.length, across: across.length }];
    }),
  );
}

/** The numbers from a place in a rising list up to `last`. */
function within(numbers: number[], from: number, last: number): number[] {
  const end = numbers.findIndex((number, at) => at > from && number > last);
  return numbers.slice(from, end === -1 ? undefined : end);
}
