import type { ImportIssue } from '../../domain/plan-draft.js';
import { issue } from '../issues.js';
import type { Item } from '../outline/outline.js';

interface Numbered {
  number: number;
  line: number;
  text: string;
}

/** 由5跳至7: what a reader would look up, though not every jump is a fault. A run may begin anew with 1. */
export function findGaps(numbered: Numbered[]): ImportIssue[] {
  const gaps: ImportIssue[] = [];
  let last = 0;
  for (const { number, line, text } of numbered) {
    const detail = last === 0 ? `从${number}开始` : `由${last}${number > last ? '跳至' : '变为'}${number}`;
    if (number !== last + 1 && number !== 1) gaps.push(issue('number-gap', { line, text }, detail));
    last = number;
  }
  return gaps;
}

/** The ordinary tasks, and others whose numbers lead up to theirs: figures under 预期目标 that name units. */
function inRun(items: Item[]): Item[] {
  const run: Item[] = [];
  for (const item of items) {
    if (item.ordinary || item.number === (run.at(-1)?.number ?? 0) + 1) run.push(item);
  }
  return run;
}

/**
 * The number in each task's code: as printed; in document order where sections number anew. Tasks outside the ordinary
 * run (among safeguards) go on after the last where their own number is taken.
 */
export function numberItems(
  items: Item[],
  { prefix, after }: { prefix: string; after: number },
): { numbers: number[]; issues: ImportIssue[] } {
  const ordinary = items.filter((item) => item.ordinary);
  const printed = new Set(ordinary.map((item) => item.number));
  const issues = findGaps(inRun(items).map((item) => ({ ...item, text: item.mark + item.title })));

  const [first] = items;
  if (first && (printed.size < ordinary.length || after > 0)) {
    issues.unshift(issue('numbers-restart', { line: first.line, text: first.title }));
    return { numbers: items.map((_, order) => after + order + 1), issues };
  }
  let last = Math.max(0, ...items.map((item) => item.number));
  const numbers = items.map((item) => {
    if (item.ordinary) return item.number;
    const number = printed.has(item.number) ? ++last : item.number;
    printed.add(number);
    if (number !== item.number) {
      issues.push(issue('number-given', { line: item.line, text: item.mark + item.title }, `${prefix}-${number}`));
    }
    return number;
  });
  return { numbers, issues };
}
