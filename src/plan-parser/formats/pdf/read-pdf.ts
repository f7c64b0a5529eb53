import { DocumentRefusal } from '../../document-refusal.js';
import type { Cell, DocumentParts, Doubt, Part } from '../part.js';
import { readTable } from '../tables/read-table.js';
import { findGutter, parted } from './columns.js';
import { withoutMargins } from './margins.js';
import { readPages } from './open-pdf.js';
import { type Line, linesOf } from './page-text.js';
import { measureOf, paragraphsOf } from './paragraphs.js';
import { refuseBomb } from './refuse-bomb.js';
import { type RuledTable, ruledTables } from './ruled-tables.js';

interface PageContent {
  height: number;
  tables: RuledTable[];
  lines: Line[];
  doubts: Doubt[];
}

const leastCharactersOnPage = 10;
const leastHanShare = 0.2;

/** Reads a .pdf that has a text layer: paragraphs by the shape of their lines, tables whose cells are drawn. */
export async function readPdf(bytes: Uint8Array): Promise<DocumentParts> {
  refuseBomb(bytes);
  const pages: PageContent[] = [];
  for await (const page of readPages(bytes)) {
    const { tables, rest } = ruledTables(await page.rulings(), page.runs);
    const flowing = linesOf(rest);
    const gutter = findGutter(flowing, page.width);
    pages.push({
      height: page.height,
      tables,
      lines: gutter === null ? flowing : parted(rest, gutter),
      doubts: gutter === null ? [] : [{ code: 'columns-interleaved' }],
    });
  }
  refuseTextless(pages);
  const { bodies, margins } = withoutMargins(pages);
  return { parts: partsOf(pages, bodies), margins: [...margins, ...edgeLines(pages)] };
}

function refuseTextless(pages: PageContent[]): void {
  const text = pages
    .flatMap((page) => [
      ...page.lines.map((line) => line.text),
      ...page.tables.flatMap((table) => table.rows.flatMap((row) => row.map((cell) => cell.text))),
    ])
    .join('')
    .replace(/\s/g, '');
  if (text.length < leastCharactersOnPage * pages.length) throw new DocumentRefusal('scanned');
  const han = text.match(/\p{Script=Han}/gu)?.length ?? 0;
  if (han < leastHanShare * text.length) throw new DocumentRefusal('unreadable-text');
}

/** The first and last lines of each page, where a marking may stand only once. */
const edgeLines = (pages: PageContent[]) =>
  pages.flatMap(({ lines }) => [...lines.slice(0, 3), ...lines.slice(-2)].map((line) => line.text));

/** Columns that text shows by its gaps alone: rows with three cells or more, several in a row. */
function inLooseColumns(lines: Line[]): Set<Line> {
  const found = new Set<Line>();
  let run: Line[] = [];
  const isRow = (line: Line) =>
    line.runs.filter((piece, at) => at > 0 && piece.left - (line.runs[at - 1]?.right ?? 0) > 1.5 * line.size).length >=
    2;
  for (const line of [...lines, undefined]) {
    if (line && isRow(line)) {
      run.push(line);
      continue;
    }
    if (run.length >= 3) for (const row of run) found.add(row);
    run = [];
  }
  return found;
}

function partsOf(pages: PageContent[], bodies: Line[][]): Part[] {
  const writer = new PdfWriter(measureOf(bodies.flat()));
  pages.forEach((page, at) => {
    writer.beginPage(at + 1, page.doubts);
    const lines = bodies[at] ?? [];
    const loose = inLooseColumns(lines);
    let tables = page.tables;
    for (const line of lines) {
      const passed = tables.filter((table) => table.bottom < line.base && table.top < line.base);
      for (const table of passed) writer.table(table);
      tables = tables.filter((table) => !passed.includes(table));
      if (loose.has(line)) writer.looseRow(line);
      else writer.line(line);
    }
    for (const table of tables) writer.table(table);
  });
  return writer.finish();
}

class PdfWriter {
  readonly #parts: Part[] = [];
  readonly #measure: ReturnType<typeof measureOf>;
  #lines: (Line & { page: number })[] = [];
  #rows: Cell[][] = [];
  #columns: number[] = [];
  #tables = 0;
  #page = 1;
  #doubts: Doubt[] = [];
  #inLoose = false;

  constructor(measure: ReturnType<typeof measureOf>) {
    this.#measure = measure;
  }

  beginPage(page: number, doubts: Doubt[]): void {
    this.#page = page;
    if (doubts.length === 0) return;
    this.#endText();
    this.#endTable();
    this.#doubts.push(...doubts);
  }

  line(line: Line): void {
    this.#endTable();
    this.#inLoose = false;
    this.#lines.push({ ...line, page: this.#page });
  }

  looseRow(line: Line): void {
    this.#endTable();
    this.#endText();
    const doubts: Doubt[] = this.#inLoose ? [] : [{ code: 'table-unsplit' }];
    this.#inLoose = true;
    this.#parts.push({ kind: 'paragraph', text: line.text, place: `第${this.#page}页`, doubts });
  }

  /** A table goes on over a page where its columns do. */
  table({ rows, columns }: RuledTable): void {
    this.#endText();
    const goesOn =
      columns.length === this.#columns.length &&
      columns.every((column, at) => Math.abs(column - (this.#columns[at] ?? 0)) < 6);
    if (!goesOn) {
      this.#endTable();
      this.#tables += 1;
    }
    this.#columns = columns;
    const above = this.#rows.length;
    const page = this.#page;
    const cells = rows.map((row, at) =>
      row.map(
        (cell, column): Cell => ({ ...cell, place: `第${page}页表${this.#tables}第${at + 1}行第${column + 1}格` }),
      ),
    );
    if (above > 0 && cells[0] && continues(cells[0], this.#rows.at(-1))) {
      extend(this.#rows.at(-1) ?? [], cells.shift() ?? []);
    }
    this.#rows.push(...cells);
  }

  finish(): Part[] {
    this.#endText();
    this.#endTable();
    return this.#parts;
  }

  #endText(): void {
    if (this.#lines.length === 0) return;
    for (const { text, first } of paragraphsOf(this.#lines, this.#measure)) {
      this.#parts.push({ kind: 'paragraph', text, place: `第${first.page}页`, doubts: this.#doubts });
      this.#doubts = [];
    }
    this.#lines = [];
  }

  #endTable(): void {
    if (this.#rows.length === 0) return;
    this.#parts.push(...readTable(this.#rows, `表${this.#tables}`));
    this.#rows = [];
    this.#columns = [];
  }
}

/** A row cut by the end of a page goes on without a number. */
function continues(row: Cell[], above: Cell[] | undefined): boolean {
  const [first] = row;
  return above?.length === row.length && first?.text === '' && /^\d+$/.test(above[0]?.text ?? '');
}

function extend(row: Cell[], more: Cell[]): void {
  row.forEach((cell, at) => {
    const below = more[at]?.text ?? '';
    if (below) cell.text += `\n${below}`;
  });
}
