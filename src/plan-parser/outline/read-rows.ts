import type { ImportIssue } from '../../domain/plan-draft.js';
import type { Role } from '../../domain/responsibility.js';
import type { Passage } from '../blocks.js';
import { issue } from '../issues.js';
import { type Column, readHeader } from '../table-columns.js';
import { readNumber } from '../text/chinese-number.js';
import { splitTitle } from './item-title.js';
import { itemLevel, readNumbering } from './numbering.js';
import type { Prose, Row } from './outline.js';

export type Columns = (Column | null)[];

export interface ReadRows {
  rows: Row[];
  /** 注：… in a row of its own. */
  notes: Prose[];
  issues: ImportIssue[];
  /** For a table that goes on in another one without a header. */
  columns: Columns | null;
}

const roles: Role[] = ['lead', 'support', 'implement'];
const headerWithin = 3;

const textOf = (cells: Passage[]) => cells.map((cell) => cell.text);
const bare = (text: string) => text.replace(/\s/g, '');
const same = (a: Passage[], b: Passage[]) => bare(textOf(a).join('|')) === bare(textOf(b).join('|'));

/** Rows of a task table. `before` has the columns of the table above, which this one may go on. */
export function readRows(table: Passage[][], section: string[], before: Columns | null = null): ReadRows {
  const found = findHeader(table);
  const [first = []] = table;
  const at = { line: first[0]?.line ?? 1, text: textOf(first).join(' ') };
  if (found) {
    const reader = new RowReader(found.columns, table.slice(0, found.next), section);
    return reader.read(table.slice(found.next));
  }
  if (before?.length !== first.length) {
    return { rows: [], notes: [], issues: [issue('table-unread', at)], columns: null };
  }
  const read = new RowReader(before, [], section).read(table);
  return { ...read, issues: [issue('header-assumed', at), ...read.issues] };
}

/** The header is the first row, or stands below a title. A heading over several columns has their names below it. */
function findHeader(table: Passage[][]): { columns: Columns; next: number } | null {
  const at = table.slice(0, headerWithin).findIndex((row) => readHeader(textOf(row)));
  const header = at === -1 ? undefined : table[at];
  if (!header) return null;
  const below = table[at + 1] ?? [];
  const both = header.map((cell, column) => below[column]?.text || cell.text);
  const split = below.length === header.length && !same(header, below) && readHeader(textOf(below)) && readHeader(both);
  const columns = split || readHeader(textOf(header));
  return columns && { columns, next: at + (split ? 2 : 1) };
}

class RowReader {
  readonly #columns: Columns;
  readonly #headers: Passage[][];
  readonly #section: string[];
  readonly #read: ReadRows;
  #group = '';
  #groups: string[] = [];

  constructor(columns: Columns, headers: Passage[][], section: string[]) {
    this.#columns = columns;
    this.#headers = headers;
    this.#section = section;
    this.#read = { rows: [], notes: [], issues: [], columns };
  }

  read(table: Passage[][]): ReadRows {
    for (const cells of table) this.#add(cells);
    return this.#read;
  }

  #add(cells: Passage[]): void {
    const filled = cells.filter((cell) => cell.text !== '');
    const [first] = filled;
    if (!first || this.#headers.some((header) => same(header, cells))) return;
    const alone = filled.every((cell) => cell.text === first.text);
    if (isNote(first.text)) this.#addNote(filled);
    else if (isTotal(filled)) return;
    else if (alone && this.#isGroup(first, cells)) this.#openGroup(bare(first.text));
    else this.#addRow(cells, this.#lineOf(cells) ?? first.line);
  }

  /** Where a row begins: a group that stands before its number may have begun far above. */
  #lineOf(cells: Passage[]): number | undefined {
    return cells.find((cell, at) => cell.text !== '' && this.#columns[at] !== 'group')?.line;
  }

  /** One text over the whole row. */
  #isGroup(only: Passage, cells: Passage[]): boolean {
    if (this.#columns.length < 3 || only.text.length > longestGroup) return false;
    const spansAll = cells.length < this.#columns.length || cells.every((cell) => cell.text === only.text);
    const inNumber = this.#columns[cells.indexOf(only)] === 'number' && readNumber(only.text) === null;
    const level = readNumbering(only.text)?.level;
    return spansAll || inNumber || (level !== undefined && level <= 4);
  }

  #openGroup(group: string): void {
    this.#group = group;
    this.#groups = [];
  }

  #addNote(cells: Passage[]): void {
    const { line } = cells[0] ?? { line: 1 };
    const text = [...new Set(textOf(cells))].join(' ');
    this.#read.notes.push({ text, line, section: this.#section });
  }

  #addRow(cells: Passage[], line: number): void {
    const { rows, issues } = this.#read;
    if (cells.length !== this.#columns.length) {
      issues.push(issue('row-width', { line, text: textOf(cells).join(' ') }, `有${cells.length}格`));
    }
    const row = this.#rowOf(cells, line);
    if (row.title.text === '' && row.measure.text === '') return;
    const above = rows.at(-1);
    if (above && row.title.text === '' && row.number === null) this.#addToRow(above, row);
    else rows.push(row);
  }

  /** A row without number and title belongs to the one above; with units or a limit of its own it is a second task. */
  #addToRow(above: Row, row: Row): void {
    if (row.units.length === 0 && row.limit.text === '') {
      above.measure = { ...above.measure, text: [above.measure.text, row.measure.text].filter(Boolean).join('\n') };
      return;
    }
    this.#read.issues.push(issue('row-inherits', { line: row.line, text: row.measure.text }, above.title.text));
    const units = row.units.length > 0 ? row.units : above.units;
    const limit = row.limit.text ? row.limit : above.limit;
    const leaders = row.leaders.text ? row.leaders : above.leaders;
    this.#read.rows.push({ ...row, title: above.title, units, limit, leaders });
  }

  #rowOf(cells: Passage[], line: number): Row {
    const cellsOf = (column: Column) => cells.filter((_, at) => this.#columns[at] === column);
    const cellOf = (column: Column): Passage => {
      const found = cellsOf(column).filter((cell) => cell.text !== '');
      return { text: textOf(found).join('\n'), line: found[0]?.line ?? line };
    };
    cellsOf('group').forEach((cell, at) => {
      if (cell.text === '') return;
      if (bare(cell.text) !== this.#groups[at]) this.#groups = this.#groups.slice(0, at);
      this.#groups[at] = bare(cell.text);
    });
    const subject = cellOf('title');
    const measure = cellOf('measure');
    const printed = this.#columns.includes('number') ? null : readNumbering(subject.text);
    const { title, rest } = titleOf(printed?.level === itemLevel ? printed.rest : subject.text);
    return {
      number: printed?.level === itemLevel ? printed.number : readNumber(bare(cellOf('number').text)),
      section: [...this.#section, this.#group, ...this.#groups].filter(Boolean),
      title: { text: title, line: subject.line },
      measure: rest ? { text: [rest, measure.text].filter(Boolean).join('\n'), line: subject.line } : measure,
      limit: cellOf('limit'),
      leaders: cellOf('leader'),
      units: roles.map((role) => ({ role, ...cellOf(role) })).filter((cell) => cell.text !== ''),
      line,
    };
  }
}

const longestGroup = 60;
const longestTitle = 40;

const isNote = (text: string) => /^(?:备?注|说明|填表说明)\s{0,2}[：:]/.test(text);
const isTotal = (cells: Passage[]) => cells.slice(0, 2).some(({ text }) => /^(?:合计|小计|总计|共计)/.test(bare(text)));

/** A title of several sentences is named by its first; a long one without a measure beside it by its first clause. */
function titleOf(cell: string): { title: string; rest: string } {
  const text = cell.replace(/(?<![。；！？])\n/g, '');
  const stop = text.search(/[。\n]/);
  if (stop === -1 && text.length <= longestTitle) return { title: text.trim(), rest: '' };
  if (stop !== -1 && stop <= longestTitle)
    return { title: text.slice(0, stop).trim(), rest: text.slice(stop + 1).trim() };
  const { title, body } = splitTitle(text);
  return { title, rest: body };
}
