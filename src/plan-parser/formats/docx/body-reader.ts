import { bounds, refuseManyLines } from '../bounds.js';
import { ListCounters } from '../lists/list-counters.js';
import type { Part } from '../part.js';
import { type FullCell, settleTable } from '../tables/settle-table.js';
import type { Attributes, XmlHandler } from '../xml.js';
import type { Numbering } from './numbering.js';
import { chainOf, isOn, type Styles } from './styles.js';

interface Paragraph {
  text: string;
  style: string | null;
  list: string | null;
  level: number | null;
  centred: boolean | null;
  /** The mark at its end is deleted: it runs on into the next paragraph. */
  runsOn: boolean;
  /** Paragraphs of text boxes anchored in it. */
  boxes: Part[];
}

interface Table {
  rows: (FullCell & { column: number })[][];
  column: number;
  /** The cell that a merged one below would extend, by column. */
  above: Map<number, FullCell>;
  merge: 'restart' | 'continue' | null;
  across: number;
  deletedRow: boolean;
  order: number;
}

/** Text that is not on the page: deleted, moved away, codes of fields, what an older Word would show instead. */
const unseen = new Set([
  ...['w:del', 'w:moveFrom', 'w:instrText', 'w:delText', 'w:rt', 'mc:Fallback', 'w:docPart'],
  ...['w:pPrChange', 'w:rPrChange', 'w:tblPrChange', 'w:trPrChange', 'w:tcPrChange', 'w:sectPrChange'],
  ...['w:tblPrExChange', 'w:tblGridChange', 'w:numberingChange', 'w:footnote', 'w:endnote'],
]);

const charactersFor: Record<string, string> = {
  'w:tab': ' ',
  'w:ptab': ' ',
  'w:cr': '\n',
  'w:noBreakHyphen': '-',
};

/** Reads the paragraphs and tables of word/document.xml, or of a header, as they stand on the page. */
export class BodyReader implements XmlHandler {
  readonly #styles: Styles;
  readonly #numbering: Numbering;
  readonly #counters = new ListCounters();
  /** Where paragraphs go: the body, and the cells and text boxes that are open. */
  readonly #containers: Part[][] = [[]];
  readonly #paragraphs: Paragraph[] = [];
  readonly #tables: Table[] = [];
  /** Complex fields that are open; their code is over once the second part begins. */
  readonly #fields: ('code' | 'result')[] = [];
  /** Watermarks. */
  readonly watermarks: string[] = [];
  #unseen = 0;
  #inText = false;
  #inParagraphProperties = false;
  #inRowProperties = false;
  #hidden = false;
  #paragraphCount = 0;
  #lineCount = 0;
  #tableCount = 0;
  #carried = '';

  constructor(styles: Styles, numbering: Numbering) {
    this.#styles = styles;
    this.#numbering = numbering;
  }

  get parts(): Part[] {
    return this.#containers[0] ?? [];
  }

  open(name: string, attributes: Attributes): void {
    if (this.#unseen > 0) {
      this.#unseen += 1;
      return;
    }
    if (unseen.has(name) && !this.#marksDeletion(name)) {
      this.#unseen = 1;
      return;
    }
    const value = attributes['w:val'];
    switch (name) {
      case 'w:p':
        this.#paragraphs.push(newParagraph());
        return;
      case 'w:pPr':
        this.#inParagraphProperties = true;
        return;
      case 'w:r':
        this.#hidden = false;
        return;
      case 'w:vanish':
        if (!this.#inParagraphProperties) this.#hidden = isOn(value);
        return;
      case 'w:t':
      case 'm:t':
        this.#inText = true;
        return;
      case 'w:br':
        if (attributes['w:type'] === undefined || attributes['w:type'] === 'textWrapping') this.#write('\n');
        return;
      case 'w:fldChar':
        this.#turnField(attributes['w:fldCharType']);
        return;
      case 'w:txbxContent':
        this.#containers.push([]);
        return;
      case 'v:textpath':
        if (attributes.string) this.watermarks.push(attributes.string);
        return;
      case 'w:tbl':
        this.#openTable();
        return;
      case 'w:tr':
        this.#openRow();
        return;
      case 'w:tc':
        this.#openCell();
        return;
      case 'w:trPr':
        this.#inRowProperties = true;
        return;
      default:
        if (this.#inParagraphProperties) this.#readParagraphProperty(name, value);
        else if (name in charactersFor) this.#write(charactersFor[name] ?? '');
        else this.#readTableProperty(name, value);
    }
  }

  close(name: string): void {
    if (this.#unseen > 0) {
      this.#unseen -= 1;
      return;
    }
    switch (name) {
      case 'w:p':
        this.#closeParagraph();
        return;
      case 'w:pPr':
        this.#inParagraphProperties = false;
        return;
      case 'w:t':
      case 'm:t':
        this.#inText = false;
        return;
      case 'w:r':
        this.#hidden = false;
        return;
      case 'w:txbxContent':
        this.#closeTextBox();
        return;
      case 'w:trPr':
        this.#inRowProperties = false;
        return;
      case 'w:tc':
        this.#closeCell();
        return;
      case 'w:tr':
        this.#closeRow();
        return;
      case 'w:tbl':
        this.#closeTable();
        return;
    }
  }

  text(text: string): void {
    if (this.#unseen === 0 && this.#inText) this.#write(text.replaceAll('\u00ad', ''));
  }

  #write(text: string): void {
    const paragraph = this.#paragraphs.at(-1);
    if (paragraph && !this.#hidden && !this.#fields.includes('code')) paragraph.text += text;
  }

  /** <w:del/> among the properties of a paragraph's mark or of a row, not around text. */
  #marksDeletion(name: string): boolean {
    if (name !== 'w:del') return false;
    const table = this.#tables.at(-1);
    if (this.#inRowProperties && table) table.deletedRow = true;
    const paragraph = this.#paragraphs.at(-1);
    if (this.#inParagraphProperties && paragraph) paragraph.runsOn = true;
    return this.#inRowProperties || this.#inParagraphProperties;
  }

  #turnField(type: string | undefined): void {
    if (type === 'begin') this.#fields.push('code');
    else if (type === 'separate' && this.#fields.length > 0) this.#fields[this.#fields.length - 1] = 'result';
    else if (type === 'end') this.#fields.pop();
  }

  #readParagraphProperty(name: string, value: string | undefined): void {
    const paragraph = this.#paragraphs.at(-1);
    if (!paragraph || value === undefined) return;
    if (name === 'w:pStyle') paragraph.style = value;
    else if (name === 'w:numId') paragraph.list = value;
    else if (name === 'w:ilvl') paragraph.level = Number(value);
    else if (name === 'w:jc') paragraph.centred = value === 'center';
  }

  #closeParagraph(): void {
    const paragraph = this.#paragraphs.pop();
    if (!paragraph) return;
    const chain = chainOf(this.#styles, paragraph.style);
    const container = this.#containers.at(-1) ?? [];
    if (chain.some(({ style }) => /^toc \d$/i.test(style.name))) return;
    const text = this.#carried + paragraph.text;
    this.#carried = paragraph.runsOn ? text : '';
    if (!paragraph.runsOn) {
      const number = this.#numberOf(paragraph, chain);
      const centred = paragraph.centred ?? chain.find(({ style }) => style.centred !== null)?.style.centred ?? false;
      this.#addParagraph(container, text.trim() ? number + text.trimStart() : '', centred);
    }
    container.push(...paragraph.boxes);
  }

  #numberOf(paragraph: Paragraph, chain: ReturnType<typeof chainOf>): string {
    const carrier = chain.find(({ style }) => style.numbering.list !== null);
    const id = paragraph.list ?? carrier?.style.numbering.list ?? null;
    if (id === null || id === '0') return '';
    const list = this.#numbering.list(id);
    if (!list) return '';
    const ofStyle = paragraph.list === null && carrier ? this.#numbering.levelOfStyle(id, carrier.id) : null;
    const level = paragraph.level ?? ofStyle ?? carrier?.style.numbering.level ?? 0;
    return this.#counters.next(list, level);
  }

  /** A title broken by hand is one; elsewhere a line break begins a new paragraph, as in text pasted from a page. */
  #addParagraph(container: Part[], text: string, centred: boolean): void {
    const inCell = this.#tables.length > 0;
    for (const line of centred && !inCell ? [text.replaceAll('\n', '')] : text.split('\n')) {
      if (!line.trim()) continue;
      if (!inCell) this.#paragraphCount += 1;
      container.push({ kind: 'paragraph', text: line.trim(), place: inCell ? '' : `第${this.#paragraphCount}段` });
      this.#lineCount += 1;
    }
    refuseManyLines(this.#lineCount);
  }

  #closeTextBox(): void {
    if (this.#containers.length < 2) return;
    const parts = this.#containers.pop() ?? [];
    (this.#paragraphs.at(-1)?.boxes ?? this.#containers.at(-1) ?? []).push(...parts);
  }

  #openTable(): void {
    this.#tableCount += 1;
    this.#tables.push({
      rows: [],
      column: 0,
      above: new Map(),
      merge: null,
      across: 1,
      deletedRow: false,
      order: this.#tableCount,
    });
  }

  #openRow(): void {
    const table = this.#tables.at(-1);
    if (!table) return;
    table.rows.push([]);
    table.column = 0;
    table.deletedRow = false;
    refuseManyLines(table.rows.length);
  }

  #openCell(): void {
    const table = this.#tables.at(-1);
    this.#containers.push([]);
    if (!table) return;
    table.merge = null;
    table.across = 1;
  }

  #readTableProperty(name: string, value: string | undefined): void {
    const table = this.#tables.at(-1);
    if (!table) return;
    const count = Math.min(Number(value) || 1, bounds.columnsInTable);
    if (name === 'w:gridSpan') table.across = count;
    else if (name === 'w:vMerge') table.merge = value === 'restart' ? 'restart' : 'continue';
    else if (name === 'w:gridBefore') this.#addCell(table, { parts: [], place: '', across: count });
  }

  #closeCell(): void {
    const table = this.#tables.at(-1);
    if (this.#containers.length < 2) return;
    const parts = this.#containers.pop() ?? [];
    if (!table) return;
    const place = `表${table.order}第${table.rows.length}行第${table.column + 1}列`;
    const above = table.merge === 'continue' ? table.above.get(table.column) : undefined;
    if (above) {
      above.down = (above.down ?? 1) + 1;
      table.column += table.across;
    } else {
      this.#addCell(table, { parts: parts.map((part) => ({ ...part, place })), place, across: table.across });
    }
  }

  #addCell(table: Table, cell: FullCell): void {
    table.rows.at(-1)?.push({ ...cell, column: table.column });
    table.above.set(table.column, table.rows.at(-1)?.at(-1) ?? cell);
    table.column += cell.across ?? 1;
  }

  #closeRow(): void {
    const table = this.#tables.at(-1);
    if (table?.deletedRow) table.rows.pop();
  }

  #closeTable(): void {
    const table = this.#tables.pop();
    if (table) this.#containers.at(-1)?.push(...settleTable(table.rows, `表${table.order}`));
  }
}

const newParagraph = (): Paragraph => ({
  text: '',
  style: null,
  list: null,
  level: null,
  centred: null,
  runsOn: false,
  boxes: [],
});
