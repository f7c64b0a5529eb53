import { type Line, linesOf, type Run } from './page-text.js';

const leastLines = 8;
const leastShare = 0.5;
const gutterWidth = 1.2;

/** The middle of the white strip between two columns of text, or `null` where the lines run over the whole width. */
export function findGutter(lines: Line[], width: number): number | null {
  const gaps = lines.flatMap((line) =>
    line.runs.slice(1).flatMap((run, at) => {
      const before = line.runs[at];
      const gap = before ? run.left - before.right : 0;
      const middle = before ? before.right + gap / 2 : 0;
      return gap > gutterWidth * line.size && Math.abs(middle - width / 2) < width * 0.1 ? [middle] : [];
    }),
  );
  if (gaps.length < leastLines || gaps.length < lines.length * leastShare) return null;
  return gaps.toSorted((a, b) => a - b)[gaps.length >> 1] ?? null;
}

/** The lines of a page in two columns: what stands above them, then the left column, then the right. */
export function parted(runs: Run[], gutter: number): Line[] {
  const crosses = (run: Run) => run.left < gutter && run.right > gutter + run.size;
  const top = Math.min(...runs.filter((run) => !crosses(run)).map((run) => run.base));
  const above = runs.filter((run) => crosses(run) && run.base < top);
  const others = runs.filter((run) => !above.includes(run));
  const isLeft = (run: Run) => run.left < gutter;
  return [above, others.filter(isLeft), others.filter((run) => !isLeft(run))].flatMap(linesOf);
}
