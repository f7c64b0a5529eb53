import type { ImportIssue } from '../../domain/plan-draft.js';
import type { Block, Passage } from '../blocks.js';
import { issue } from '../issues.js';
import { closeUp } from '../text/letter-spacing.js';
import { refuseManyCharacters, refuseManyLines } from './bounds.js';
import type { Part, TableCell } from './part.js';
import { recutLine } from './recut-lines.js';
import { isGluedHeader } from './tables/unruled-text-table.js';

/** One line of a document as text, and where a person finds it: 第3段, 表2第4行第3列, Sheet1!B7. */
export interface DocumentLine {
  text: string;
  place: string;
}

/** What is in a document: blocks for the parser, and the lines that their numbers count. */
export interface Transcript {
  blocks: Block[];
  lines: DocumentLine[];
  issues: ImportIssue[];
}

/**
 * Counts the lines of a document that has none of its own. The lines are text that reads back as the same document:
 * a table has a tab before each cell and a blank line between rows.
 */
export function transcribe(parts: Part[]): Transcript {
  const writer = new LineWriter();
  const blocks: Block[] = [];
  const issues: ImportIssue[] = [];
  for (const part of parts.flatMap(recut)) {
    const block = part.kind === 'paragraph' ? writer.paragraph(part.text, part.place) : writer.table(part.rows);
    if (!block) continue;
    blocks.push(block);
    const about = { line: block.line, text: block.kind === 'paragraph' ? block.text : '' };
    for (const { code, detail } of part.doubts ?? []) issues.push(issue(code, about, detail));
  }
  return { blocks, lines: writer.lines, issues };
}

/** A paragraph that is a whole document is cut as in a text file. */
function recut(part: Part): Part[] {
  if (part.kind === 'table') return [part];
  const doubts = isGluedHeader(part.text) ? [...(part.doubts ?? []), { code: 'table-unsplit' as const }] : part.doubts;
  const whole = doubts ? { ...part, doubts } : part;
  const pieces = recutLine(part.text);
  if (!pieces) return [whole];
  return pieces.map(
    (text, at): Part => (at === 0 ? { ...part, text, doubts: [{ code: 'lines-recut' }] } : { ...part, text }),
  );
}

class LineWriter {
  readonly lines: DocumentLine[] = [];
  readonly #lineOf = new Map<TableCell, number>();
  #characters = 0;

  paragraph(text: string, place: string): Block | null {
    const trimmed = text.trim();
    return trimmed ? { kind: 'paragraph', text: closeUp(trimmed), line: this.#write(trimmed, place) } : null;
  }

  table(rows: TableCell[][]): Block | null {
    const passages = rows.map((row, at) => {
      if (at > 0) this.#write('', row[0]?.place ?? '');
      return row.map((cell) => this.#cell(cell));
    });
    const first = passages[0]?.[0];
    return first ? { kind: 'table', rows: passages, line: first.line } : null;
  }

  #cell(cell: TableCell): Passage {
    const { text, place, repeats } = cell;
    const [first = '', ...more] = repeats ? [] : text.split('\n');
    const line = this.#write(`\t${first}`, place);
    for (const below of more) this.#write(below, place);
    this.#lineOf.set(cell, line);
    return { text, line: (repeats && this.#lineOf.get(repeats)) ?? line };
  }

  #write(text: string, place: string): number {
    this.lines.push({ text, place });
    this.#characters += text.length;
    refuseManyLines(this.lines.length);
    refuseManyCharacters(this.#characters);
    return this.lines.length;
  }
}
