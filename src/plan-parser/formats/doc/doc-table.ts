import type { Part } from '../part.js';
import { type FullCell, settleTable } from '../tables/settle-table.js';
import type { Properties } from './properties.js';

interface RowCell {
  parts: Part[];
  left: number;
  right: number;
  merge: 'none' | 'restart' | 'continue';
  /** Swallowed by the cell to its left. */
  swallowed: boolean;
}

const tableDefinition = 0xd608;
const verticalMerge = 0xd62b;
const verticalMerges = ['none', 'continue', 'none', 'restart'] as const;
/** Edges nearer than this, in twentieths of a point, are one. */
const sameEdge = 40;

function readRow(cells: Part[][], properties: Properties): RowCell[] {
  const definition = properties.get(tableDefinition);
  const count = definition && definition.byteLength > 0 ? definition.getUint8(0) : 0;
  const edge = (at: number) =>
    definition && count >= cells.length && 3 + at * 2 <= definition.byteLength
      ? definition.getInt16(1 + at * 2, true)
      : at * sameEdge * 100;
  const change = properties.get(verticalMerge);
  return cells.map((parts, at): RowCell => {
    const place = 1 + (count + 1) * 2 + at * 20;
    const flags = definition && place + 2 <= definition.byteLength ? definition.getUint16(place, true) : 0;
    const own = change && change.byteLength >= 2 && change.getUint8(0) === at ? change.getUint8(1) : (flags >> 5) & 3;
    return {
      parts,
      left: edge(at),
      right: edge(at + 1),
      merge: verticalMerges[own & 3] ?? 'none',
      swallowed: (flags & 0x02) !== 0,
    };
  });
}

/** Gathers the cells of one table; .doc says of each cell where its edges are, from which its columns follow. */
export class DocTable {
  readonly #rows: RowCell[][] = [];
  readonly #order: number;
  #cells: Part[][] = [];
  #parts: Part[] = [];

  constructor(order: number) {
    this.#order = order;
  }

  add(parts: Part[]): void {
    this.#parts.push(...parts);
  }

  endCell(): void {
    this.#cells.push(this.#parts);
    this.#parts = [];
  }

  endRow(properties: Properties): void {
    if (this.#cells.length > 0) this.#rows.push(readRow(this.#cells, properties));
    this.#cells = [];
    this.#parts = [];
  }

  finish(): Part[] {
    if (this.#cells.length > 0) this.endRow(new Map());
    const edges = [...new Set(this.#rows.flatMap((row) => row.flatMap((cell) => [cell.left, cell.right])))].sort(
      (a, b) => a - b,
    );
    const columns = edges.filter((edge, at) => at === 0 || edge - (edges[at - 1] ?? 0) > sameEdge);
    const columnOf = (edge: number) =>
      Math.max(
        0,
        columns.findLastIndex((column) => column <= edge),
      );
    const above = new Map<number, FullCell>();
    const rows = this.#rows.map((row, at) => {
      const cells: FullCell[] = [];
      for (const cell of row) {
        const column = columnOf(cell.left);
        const across = Math.max(1, columnOf(cell.right) - column);
        const last = cells.at(-1);
        const over = cell.merge === 'continue' ? above.get(column) : undefined;
        if (cell.swallowed && last) {
          last.across = (last.across ?? 1) + across;
        } else if (over) {
          over.down = (over.down ?? 1) + 1;
        } else {
          const place = `表${this.#order}第${at + 1}行第${column + 1}列`;
          const full = { parts: cell.parts.map((part) => ({ ...part, place })), place, across };
          cells.push(full);
          above.set(column, full);
        }
      }
      return cells;
    });
    return settleTable(rows, `表${this.#order}`);
  }
}
