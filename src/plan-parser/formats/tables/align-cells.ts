import type { Passage } from '../../blocks.js';
import type { Column } from '../../table-columns.js';
import { beginCost, emptyCost, goOnCost, kindOf, misfit } from './kinds-of-cells.js';

/** A piece of a row whose columns are not marked. `gap` is how many columns the blanks before it are worth. */
export interface Piece extends Passage {
  gap?: number;
}

export interface Alignment {
  rows: Passage[][];
  /** The pieces fit their columns badly: some hold two cells, or half of one. */
  isDoubtful: boolean;
}

const doubtfulCost = 3.5;

interface Step {
  cost: number;
  column: number;
  /** The row begins anew: a second line of the same number. */
  wraps: boolean;
  before: Step | null;
}

const wrapCost = 2.2;
const mostPieces = 200;

/** Several blanks leave columns out; one may also stand inside a cell, and less than one always does. */
function gapCost(gap: number | undefined, advance: number): number {
  if (gap === undefined || advance < 0) return 0;
  if (gap === 1) return advance === 0 ? 0.1 : 0;
  return gap < 1 ? (advance === 0 ? 0 : 2) : Math.abs(gap - advance) * 0.8;
}

/** 县财政局、 asks for another unit in the same cell. */
const asksForMore = /[、，,]$/;
const leaveOpenCost = 2;

/**
 * Puts the pieces of a row into its columns, in order, by what they look like: the cheapest way of all. A row may hold
 * several lines where cells are merged; each becomes a row of its own.
 */
export function alignCells(pieces: Piece[], columns: (Column | null)[]): Alignment | null {
  if (pieces.length === 0 || pieces.length > mostPieces) return null;
  let steps: (Step | null)[] = [];
  pieces.forEach((piece, order) => {
    const open = asksForMore.test(pieces[order - 1]?.text ?? '');
    steps = columns.map((column, at): Step | null => {
      const costs = costsOf(piece, column, open);
      if (order === 0) return { cost: costs.fit + skipped(columns, -1, at), column: at, wraps: false, before: null };
      let best: Step | null = null;
      for (const before of steps) {
        const step = before && follow(before, at, costs, columns);
        if (step && (!best || step.cost < best.cost)) best = step;
      }
      return best;
    });
  });
  const ends = steps.map(
    (step) => step && { ...step, cost: step.cost + skipped(columns, step.column, columns.length) },
  );
  const best = ends.reduce((least, step) => (step && (!least || step.cost < least.cost) ? step : least), null);
  return best && { rows: rowsOf(best, pieces, columns.length), isDoubtful: best.cost >= doubtfulCost };
}

const skipped = (columns: (Column | null)[], from: number, to: number) =>
  columns.slice(from + 1, to).reduce((sum, column) => sum + emptyCost(column), 0);

/** What it costs to put a piece into a column: at all, as a new cell, as more of the cell. */
interface Costs {
  fit: number;
  begin: number;
  goOn: number;
  gap: number | undefined;
}

function costsOf({ text, gap }: Piece, column: Column | null, open: boolean): Costs {
  const kind = kindOf(text);
  return {
    fit: misfit(kind, text, column),
    begin: beginCost(text, column) + (open ? leaveOpenCost : 0),
    goOn: open ? 0 : goOnCost(kind, column),
    gap,
  };
}

function follow(before: Step, at: number, { fit, begin, goOn, gap }: Costs, columns: (Column | null)[]): Step | null {
  const step = (cost: number, wraps = false) => ({ cost: before.cost + fit + cost, column: at, wraps, before });
  const advance = at - before.column;
  if (advance > 0) return step(begin + skipped(columns, before.column, at) + gapCost(gap, advance));
  if (advance === 0) return step(goOn + gapCost(gap, 0));
  if (gap !== undefined || columns[at] === 'number') return null;
  return step(wrapCost + skipped(columns, before.column, columns.length) * 0.3, true);
}

function rowsOf(last: Step, pieces: Piece[], width: number): Passage[][] {
  const path: Step[] = [];
  for (let step: Step | null = last; step; step = step.before) path.unshift(step);
  const line = pieces[0]?.line ?? 1;
  const emptyRow = () => Array.from({ length: width }, (): Passage => ({ text: '', line }));
  const rows = [emptyRow()];
  path.forEach((step, order) => {
    if (step.wraps) rows.push(emptyRow());
    const cell = rows.at(-1)?.[step.column];
    const piece = pieces[order];
    if (!cell || !piece) return;
    if (cell.text === '') cell.line = piece.line;
    cell.text = cell.text === '' ? piece.text : `${cell.text}\n${piece.text}`;
  });
  return rows;
}
