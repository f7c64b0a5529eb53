/** A run of text on a page, in points from the top left corner. */
export interface Run {
  text: string;
  left: number;
  right: number;
  /** The line it stands on. */
  base: number;
  size: number;
}

export interface Line {
  runs: Run[];
  text: string;
  left: number;
  right: number;
  base: number;
  size: number;
}

const sameLine = 0.45;

/** Runs that stand on one line, in reading order. */
export function linesOf(runs: Run[]): Line[] {
  const rows: Run[][] = [];
  for (const run of runs.toSorted((a, b) => a.base - b.base)) {
    const row = rows.at(-1);
    const first = row?.[0];
    if (row && first && Math.abs(run.base - first.base) <= sameLine * Math.max(run.size, first.size)) row.push(run);
    else rows.push([run]);
  }
  return rows.map(lineOf);
}

function lineOf(row: Run[]): Line {
  const runs = row.toSorted((a, b) => a.left - b.left);
  return {
    runs,
    text: textOf(runs),
    left: Math.min(...runs.map((run) => run.left)),
    right: Math.max(...runs.map((run) => run.right)),
    base: Math.max(...runs.map((run) => run.base)),
    size: Math.max(...runs.map((run) => run.size)),
  };
}

const han = /[\p{Script=Han}\u3000-\u303f\uff00-\uffef“”‘’—…]/u;
/** A gap as wide as half a character parts words; smaller ones come of justification. */
const wordGap = 0.5;
const latinGap = 0.15;

function textOf(runs: Run[]): string {
  let text = '';
  let last: Run | undefined;
  for (const run of runs) {
    const gap = last ? run.left - last.right : 0;
    const bothLatin = !han.test(text.at(-1) ?? '') && !han.test(run.text.charAt(0));
    if (last && gap > (bothLatin ? latinGap : wordGap) * run.size) text += ' ';
    text += run.text;
    last = run;
  }
  return withoutLooseSpaces(text);
}

/** No one types a space between 2023 and 年; the program that made the file sets one. */
export const withoutLooseSpaces = (text: string) =>
  text
    .replace(/(?<=[\p{Script=Han}，。；：、（）《》“”〔〕])\s+(?=[\dA-Za-z])/gu, '')
    .replace(/(?<=[\dA-Za-z%])\s+(?=[\p{Script=Han}，。；：、（）《》“”〔〕])/gu, '')
    .trim();

/** Lines joined to one text: nothing between Chinese characters, a space between words, no hyphen at a break. */
export function joinLines(above: string, below: string): string {
  if (/[A-Za-z]-$/.test(above) && /^[a-z]/.test(below)) return above.slice(0, -1) + below;
  const words = /[A-Za-z,.;)]$/.test(above) && /^[A-Za-z(]/.test(below);
  return words ? `${above} ${below}` : above + below;
}
