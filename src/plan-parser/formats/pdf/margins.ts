import type { Line } from './page-text.js';

const pageNumber = /^(?:第?[\s\-—–－·]*\d{1,4}[\s\-—–－·]*(?:页|\/\s*\d{1,4})?(?:[，,]?\s*共\s*\d{1,4}\s*页)?)$/;
const edge = 0.1;
const leastPages = 3;
const leastShare = 0.4;

export interface PageLines {
  lines: Line[];
  height: number;
}

const shape = (line: Line) => line.text.replace(/\s/g, '').replace(/\d+/g, '#');

/** Parts page numbers and heads that stand on many pages from the text. */
export function withoutMargins(pages: PageLines[]): { bodies: Line[][]; margins: string[] } {
  const isEdge = (line: Line, height: number) => line.base < height * edge || line.base > height * (1 - edge);
  const counts = new Map<string, number>();
  for (const { lines, height } of pages) {
    const shapes = new Set(lines.filter((line) => isEdge(line, height)).map(shape));
    for (const found of shapes) counts.set(found, (counts.get(found) ?? 0) + 1);
  }
  const often = Math.max(leastPages, pages.length * leastShare);
  const margins: string[] = [];
  const bodies = pages.map(({ lines, height }) =>
    lines.filter((line) => {
      if (!isEdge(line, height)) return true;
      const isMargin = pageNumber.test(line.text) || (counts.get(shape(line)) ?? 0) >= often;
      if (isMargin) margins.push(line.text);
      return !isMargin;
    }),
  );
  return { bodies, margins };
}
