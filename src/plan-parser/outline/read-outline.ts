import type { Block, Passage } from '../blocks.js';
import { issue } from '../issues.js';
import { issueDateIn } from './issue-date.js';
import { readNumbering } from './numbering.js';
import type { Outline } from './outline.js';
import { readPlan } from './read-plan.js';
import { isListTitle, isNamed, isPlanTitle, namesIn } from './titles.js';

const holdsTasks = (block: Block) => block.kind === 'table' || readNumbering(block.text) !== null;

function positionsOf(blocks: Block[], isTitle: (paragraph: string) => boolean): number[] {
  return blocks.flatMap((block, at) => (block.kind === 'paragraph' && isTitle(block.text) ? [at] : []));
}

/**
 * Where plans begin: titles on lines of their own that the notice names, or any where it names none. A title with
 * nothing numbered before the next one is a repetition of it (breadcrumbs, table of contents).
 */
function findStarts(blocks: Block[], names: string[]): number[] {
  const titles = positionsOf(blocks, isPlanTitle);
  const named = titles.filter((at) => isNamed(textAt(blocks, at), names));
  const likely = [named, titles, positionsOf(blocks, isListTitle)].find((starts) => starts.length > 0) ?? [];
  const withTasks = likely.filter((start, order) => blocks.slice(start, likely[order + 1]).some(holdsTasks));
  return named.length > 0 ? withTasks : withTasks.slice(0, 1);
}

function textAt(blocks: Block[], at: number): string {
  const block = blocks[at];
  return block?.kind === 'paragraph' ? block.text : '';
}

/** Everything before the first heading or title: issuer, notice, addressees, signature. */
function shellOf(blocks: Block[]): Passage[] {
  const end = blocks.findIndex((block) => holdsTasks(block) || (block.kind === 'paragraph' && isPlanTitle(block.text)));
  return blocks.slice(0, end === -1 ? blocks.length : end).filter((block) => block.kind === 'paragraph');
}

export function readOutline(blocks: Block[]): Outline {
  const shell = shellOf(blocks);
  const names = namesIn(shell.map(({ text }) => text.replace(/\s/g, '')).join(''));
  const everything = blocks.filter((block) => block.kind === 'paragraph');
  const outline: Outline = {
    issuedOn: issueDateIn(shell) ?? issueDateIn(everything),
    plans: [],
    issues: [],
  };

  const starts = findStarts(blocks, names);
  starts.forEach((start, order) => {
    const title = { text: textAt(blocks, start).replace(/\s/g, ''), line: blocks[start]?.line ?? 1 };
    outline.plans.push(readPlan(title, blocks.slice(start + 1, starts[order + 1])));
  });

  const [first] = blocks;
  if (starts.length === 0 && first && blocks.some(holdsTasks)) {
    const title = { text: names.at(-1) ?? textAt(blocks, 0), line: first.line };
    outline.plans.push(readPlan(title, blocks));
    outline.issues.push(issue('no-plan-title', title, title.text));
  }
  return outline;
}
