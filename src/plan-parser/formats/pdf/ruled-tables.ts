import { bounds } from '../bounds.js';
import { joinLines, type Line, linesOf, type Run } from './page-text.js';
import type { Ruling, Rulings } from './rulings.js';

export interface RuledCell {
  text: string;
  across: number;
  down: number;
}

export interface RuledTable {
  rows: RuledCell[][];
  columns: number[];
  top: number;
  bottom: number;
}

const near = 3;
const mostEdges = 400;

function clustered(values: number[]): number[] {
  const found: number[] = [];
  for (const value of values.toSorted((a, b) => a - b)) {
    if (found.length === 0 || value - (found.at(-1) ?? 0) > near) found.push(value);
  }
  return found;
}

/** A cell that is being filled. */
interface OpenCell extends RuledCell {
  runs: Run[];
  right: number;
}

const fullWithin = 1.8;

interface Area extends Rulings {
  top: number;
  bottom: number;
  left: number;
  right: number;
}

/** Lines that touch make up one table; lines drawn one below another with nothing between them make up several. */
function areasOf({ across, down }: Rulings): Area[] {
  const areas: Area[] = [];
  for (const line of down.toSorted((a, b) => a.from - b.from)) {
    const last = areas.at(-1);
    if (last && line.from <= last.bottom + near) {
      last.down.push(line);
      last.bottom = Math.max(last.bottom, line.to);
      last.left = Math.min(last.left, line.at);
      last.right = Math.max(last.right, line.at);
    } else {
      areas.push({ across: [], down: [line], top: line.from, bottom: line.to, left: line.at, right: line.at });
    }
  }
  for (const line of across) {
    const area = areas.find(
      ({ top, bottom, left, right }) =>
        line.at >= top - near && line.at <= bottom + near && line.to >= left && line.from <= right,
    );
    area?.across.push(line);
  }
  return areas;
}

const covers = (lines: Ruling[], at: number, middle: number) =>
  lines.some((line) => Math.abs(line.at - at) <= near && line.from <= middle && line.to >= middle);

/** The tables whose cells are drawn, with the text in them; `rest` is the text outside. */
export function ruledTables(rulings: Rulings, runs: Run[]): { tables: RuledTable[]; rest: Run[] } {
  const tables: RuledTable[] = [];
  let rest = runs;
  for (const area of areasOf(rulings)) {
    const columns = clustered(area.down.map((line) => line.at));
    const lines = clustered(area.across.map((line) => line.at));
    const tooMany = columns.length > bounds.columnsInTable || lines.length > mostEdges;
    if (columns.length < 3 || lines.length < 2 || tooMany) continue;
    const top = lines[0] ?? 0;
    const bottom = lines.at(-1) ?? 0;
    const isInside = (run: Run) =>
      run.base > top && run.base - run.size * 0.3 < bottom && run.left > area.left - near && run.left < area.right;
    const inside = rest.filter(isInside);
    if (inside.length === 0) continue;
    rest = rest.filter((run) => !isInside(run));
    tables.push({ rows: cellsOf(area, columns, lines, inside), columns, top, bottom });
  }
  return { tables, rest };
}

const placeAmong = (edges: number[], value: number) =>
  Math.max(
    0,
    Math.min(
      edges.length - 2,
      edges.findLastIndex((edge) => edge <= value + 0.5),
    ),
  );

function cellsOf(area: Area, columns: number[], lines: number[], runs: Run[]): RuledCell[][] {
  const [width, height] = [columns.length - 1, lines.length - 1];
  const middleOf = (edges: number[], at: number) => ((edges[at] ?? 0) + (edges[at + 1] ?? 0)) / 2;
  const closedRight = (row: number, column: number) =>
    covers(area.down, columns[column + 1] ?? 0, middleOf(lines, row));
  const closedBelow = (row: number, column: number) =>
    covers(area.across, lines[row + 1] ?? 0, middleOf(columns, column));

  const owner = Array.from({ length: height }, () => new Array<OpenCell>(width));
  const rows = owner.map((slots, row) => {
    const cells: OpenCell[] = [];
    for (let column = 0; column < width; column += 1) {
      if (slots[column]) continue;
      let [across, down] = [1, 1];
      while (column + across < width && !slots[column + across] && !closedRight(row, column + across - 1)) across += 1;
      while (row + down < height && !closedBelow(row + down - 1, column)) down += 1;
      const cell = { text: '', across, down, runs: [], right: columns[column + across] ?? 0 };
      cells.push(cell);
      for (let r = row; r < row + down; r += 1) owner[r]?.fill(cell, column, column + across);
    }
    return cells;
  });
  for (const run of runs) {
    const row = placeAmong(lines, run.base - run.size * 0.35);
    const column = placeAmong(columns, (run.left + run.right) / 2);
    owner[row]?.[column]?.runs.push(run);
  }
  return rows.map((row) => row.map(({ across, down, runs, right }) => ({ text: cellText(runs, right), across, down })));
}

/** A line that fills its cell is broken for lack of width; a shorter one ends where its writer ended it. */
function cellText(runs: Run[], right: number): string {
  let text = '';
  let above: Line | undefined;
  for (const line of linesOf(runs)) {
    const isFull = above !== undefined && above.right + fullWithin * line.size > right;
    text = !above ? line.text : isFull ? joinLines(text, line.text) : `${text}\n${line.text}`;
    above = line;
  }
  return text;
}
