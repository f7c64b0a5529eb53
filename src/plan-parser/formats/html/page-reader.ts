import { refuseManyLines } from '../bounds.js';
import { formatNumber } from '../lists/number-format.js';
import type { Part } from '../part.js';
import { type FullCell, settleTable } from '../tables/settle-table.js';
import type { Attributes } from '../xml.js';
import { type Element, textIn } from './html-tree.js';

const inline = new Set(
  'a abbr acronym b bdi bdo big cite code em font i ins kbd label mark o:p q s small span st1 strong sub sup time tt u var'.split(
    ' ',
  ),
);
/** Struck out, or the reading of a character. */
const unseen = new Set(['del', 'strike', 'rt', 'rp', 'head', 'title', 'meta']);

const numberOf = (text: string | undefined, otherwise: number) => {
  const number = Number(text);
  return text !== undefined && Number.isInteger(number) ? number : otherwise;
};

const listStyles: Record<string, (n: number) => string> = {
  a: (n) => `${formatNumber(n, 'lowerLetter')}.`,
  A: (n) => `${formatNumber(n, 'upperLetter')}.`,
  i: (n) => `${formatNumber(n, 'lowerRoman')}.`,
  I: (n) => `${formatNumber(n, 'upperRoman')}.`,
};

/** The mark that a browser puts before an item of a list. */
function markOf(n: number, { type, style }: Attributes): string {
  if (/list-style(?:-type)?\s*:[^;]{0,40}(?:cjk-ideographic|chinese-informal)/.test(style ?? '')) {
    return `${formatNumber(n, 'chineseCounting')}、`;
  }
  return listStyles[type ?? '']?.(n) ?? `${n}．`;
}

/** Spaces as a browser shows them, but none where the source only breaks a line between Chinese characters. */
function shownText(text: string): string {
  return text
    .replace(/[\u200b\ufeff\u00ad]/g, '')
    .replace(/(?<=[\p{Script=Han}，。；：、）”》])[ \t]*[\r\n]+[ \t]*(?=[\p{Script=Han}，。；：、（“《])/gu, '')
    .replace(/\s+/g, ' ')
    .trim();
}

const longestTitle = 120;

/** A centred paragraph or heading of a few lines, broken by hand. */
function isTitle({ name, attributes, children }: Element): boolean {
  const centred = attributes.align === 'center' || /text-align\s*:\s*center/.test(attributes.style ?? '');
  if (!(/^h[1-6]$/.test(name) || (name === 'p' && centred))) return false;
  const isFlat = children.every((child) => typeof child === 'string' || inline.has(child.name) || child.name === 'br');
  return isFlat && textIn({ name, attributes, children }).length <= longestTitle;
}

/** Reads an element as paragraphs and tables: block elements and <br> end a paragraph. */
export class PageReader {
  readonly #skips: (element: Element) => boolean;
  #parts: Part[] = [];
  #line = '';
  #count = 0;
  #tables = 0;
  #inTitle = false;

  constructor(skips: (element: Element) => boolean) {
    this.#skips = skips;
  }

  read(element: Element): Part[] {
    const outer = this.#parts;
    this.#parts = [];
    this.#walk(element);
    this.#endParagraph();
    const parts = this.#parts;
    this.#parts = outer;
    return parts;
  }

  #walk(element: Element): void {
    let number = element.name === 'ol' ? numberOf(element.attributes.start, 1) : null;
    for (const child of element.children) {
      if (typeof child === 'string') {
        this.#line += child;
      } else if (child.name === 'li' && number !== null) {
        number = numberOf(child.attributes.value, number);
        this.#addItem(child, markOf(number, element.attributes));
        number += 1;
      } else {
        this.#add(child);
      }
    }
  }

  #add(element: Element): void {
    if (unseen.has(element.name) || this.#skips(element)) return;
    if (element.name === 'br' && this.#inTitle) return;
    if (element.name === 'br' || element.name === 'hr') this.#endParagraph();
    else if (element.name === 'table') this.#addTable(element);
    else if (element.name === 'pre') this.#addLines(element);
    else if (inline.has(element.name)) this.#walk(element);
    else {
      this.#endParagraph();
      const outer = this.#inTitle;
      this.#inTitle = outer || isTitle(element);
      this.#walk(element);
      this.#inTitle = outer;
      this.#endParagraph();
    }
  }

  /** A browser numbers the items of <ol>; many pages have the number in the text as well. */
  #addItem(element: Element, mark: string): void {
    this.#endParagraph();
    const before = this.#parts.length;
    this.#walk(element);
    this.#endParagraph();
    const first = this.#parts[before];
    if (first?.kind === 'paragraph' && !/^[（(\d一二三四五六七八九十①-⑳]/.test(first.text)) {
      first.text = mark + first.text;
    }
  }

  #addLines(element: Element): void {
    this.#endParagraph();
    for (const child of element.children) {
      if (typeof child !== 'string') {
        this.#add(child);
        continue;
      }
      const [first = '', ...more] = child.split(/\r?\n/);
      this.#line += first;
      for (const line of more) {
        this.#endParagraph();
        this.#line += line;
      }
    }
    this.#endParagraph();
  }

  #endParagraph(): void {
    const text = shownText(this.#line);
    this.#line = '';
    if (!text) return;
    this.#count += 1;
    refuseManyLines(this.#count);
    this.#parts.push({ kind: 'paragraph', text, place: `第${this.#count}段` });
  }

  #addTable(table: Element): void {
    this.#endParagraph();
    this.#tables += 1;
    const order = this.#tables;
    const rows: FullCell[][] = [];
    this.#addRows(table, rows, order);
    this.#parts.push(...settleTable(rows, `表${order}`));
  }

  #addRows(element: Element, rows: FullCell[][], order: number): void {
    for (const child of element.children) {
      if (typeof child === 'string') continue;
      if (child.name === 'tr') {
        rows.push(this.#cells(child, rows.length + 1, order));
        refuseManyLines(rows.length);
      } else if (child.name === 'caption') {
        this.#parts.push(...this.read(child));
      } else if (child.name !== 'table' && !this.#skips(child)) {
        this.#addRows(child, rows, order);
      }
    }
  }

  #cells(row: Element, line: number, order: number): FullCell[] {
    const cells: FullCell[] = [];
    for (const child of row.children) {
      if (typeof child === 'string' || (child.name !== 'td' && child.name !== 'th')) continue;
      const place = `表${order}第${line}行第${cells.length + 1}列`;
      const parts = this.read(child).map((part) => ({ ...part, place }));
      cells.push({
        parts,
        place,
        across: numberOf(child.attributes.colspan, 1),
        down: numberOf(child.attributes.rowspan, 1) || Number.MAX_SAFE_INTEGER,
      });
    }
    return cells;
  }
}
