import type { ImportIssue } from '../../domain/plan-draft.js';
import type { Block } from '../blocks.js';
import { issue } from '../issues.js';
import { closeUp } from '../text/letter-spacing.js';
import { isFurniture } from './furniture.js';
import { recutLine } from './recut-lines.js';
import { readPipedTable } from './tables/piped-text-table.js';
import { readTextTable, type TextTable } from './tables/text-table.js';
import { isGluedHeader, readCellLines, readSpacedRows } from './tables/unruled-text-table.js';
import type { Transcript } from './transcript.js';

const linesOf = (text: string) => text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/);

/** A text with the lines it came with. */
export function readText(text: string): Transcript {
  const lines = linesOf(text);
  const reader = new TextReader(lines);
  return { ...reader.read(), lines: lines.map((line, at) => ({ text: line, place: `第${at + 1}行` })) };
}

export const blocksOfText = (text: string): Block[] => readText(text).blocks;

const tableAt = (lines: string[], at: number): TextTable | null =>
  readTextTable(lines, at) ?? readPipedTable(lines, at) ?? readCellLines(lines, at) ?? readSpacedRows(lines, at);

class TextReader {
  readonly #lines: string[];
  readonly #blocks: Block[] = [];
  readonly #issues: ImportIssue[] = [];

  constructor(lines: string[]) {
    this.#lines = lines;
  }

  read(): { blocks: Block[]; issues: ImportIssue[] } {
    let at = 0;
    while (at < this.#lines.length) {
      const table = tableAt(this.#lines, at);
      if (table) this.#addTable(table, at + 1);
      else this.#addLine(at + 1);
      at = table?.next ?? at + 1;
    }
    return { blocks: this.#blocks, issues: this.#issues };
  }

  #addTable({ rows, doubts }: TextTable, line: number): void {
    this.#blocks.push({ kind: 'table', rows, line });
    this.#issues.push(...doubts);
  }

  #addLine(line: number): void {
    const text = (this.#lines[line - 1] ?? '').trim();
    const pieces = recutLine(text);
    if (pieces) this.#issues.push(issue('lines-recut', { line, text: text.slice(0, 30) }));
    for (const piece of pieces ?? [text]) {
      if (!piece || isFurniture(piece)) continue;
      if (isGluedHeader(piece)) this.#issues.push(issue('table-unsplit', { line, text: piece.slice(0, 30) }));
      this.#blocks.push({ kind: 'paragraph', text: closeUp(piece), line });
    }
  }
}
