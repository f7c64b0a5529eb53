import type { Block, Passage } from '../blocks.js';
import { readHeader } from '../table-columns.js';
import { bigramsOf } from '../text/bigrams.js';
import { readNumbering } from './numbering.js';
import { isListTitle, isPlanTitle, longestTitle, namesList, withoutSpaces } from './titles.js';

/** A plan begins with its title, which may be broken over lines; `next` is the first block after it. */
export interface Start {
  title: Passage;
  at: number;
  next: number;
}

const mostLines = 3;
const alikeEnough = 0.75;
/** A title alone is longer than an office's name before it only where the place is in its first line. */
const hasPlaceOrYear = /[省市县区州旗盟乡镇]|20\d\d/;
/** 某市人民政府关于加快发展 / 智能制造的意见 */
const beginsAbove = /^[^，。；]{0,40}关于/;
const isOffice = /(?:政府|办公室|办公厅|委员会|领导小组|指挥部|局|厅|委|文件)$/;

export function holdsTasks(block: Block): boolean {
  if (block.kind === 'paragraph') return readNumbering(block.text) !== null;
  return block.rows.slice(0, 3).some((row) => readHeader(row.map((cell) => cell.text)) !== null);
}

/**
 * Where plans begin: titles on lines of their own that the notice names, or the first where it names none. A title
 * with no task before the next one is a repetition of it (breadcrumbs, table of contents).
 */
export function findPlans(blocks: Block[], names: string[], mayHoldMore: boolean): Start[] {
  const wanted = new NamedTitles(names);
  const plans = titlesIn(blocks, isPlanTitle, wanted);
  const lists = titlesIn(blocks, isListTitle, wanted);
  const named = mergeStarts(
    plans.filter(({ title }) => wanted.include(title.text)),
    lists.filter(({ title }) => namesList(title.text) && wanted.includeList(title.text)),
  );
  if (named.length === 0) {
    const likely = plans.length > 0 ? plans : lists;
    return withTasks(likely, blocks).slice(0, 1);
  }
  const firstNamed = named[0]?.at ?? 0;
  const further = mayHoldMore ? plans.filter(({ at, next }) => at > firstNamed && startsAnew(blocks, next)) : [];
  return withTasks(mergeStarts(named, further), blocks).filter(notRunningHead(blocks));
}

function mergeStarts(a: Start[], b: Start[]): Start[] {
  const taken = new Set(a.map((start) => start.next));
  return [...a, ...b.filter((start) => !taken.has(start.next))].toSorted((left, right) => left.at - right.at);
}

function withTasks(starts: Start[], blocks: Block[]): Start[] {
  return starts.filter(({ next }, order) => blocks.slice(next, starts[order + 1]?.at).some(holdsTasks));
}

const noBlock: Block = { kind: 'table', rows: [], line: 1 };

/** The first number after a title is 一、 or 1. */
function startsAnew(blocks: Block[], from: number): boolean {
  let at = from;
  while (at < blocks.length && !holdsTasks(blocks[at] ?? noBlock)) at += 1;
  const first = blocks[at];
  return first?.kind === 'table' || (first !== undefined && readNumbering(first.text)?.number === 1);
}

/** The same title on every page of a printed document. */
function notRunningHead(blocks: Block[]) {
  const seen = new Set<string>();
  return ({ title, next }: Start): boolean => {
    const again = seen.has(title.text);
    seen.add(title.text);
    return !again || startsAnew(blocks, next);
  };
}

function titlesIn(blocks: Block[], isTitle: (text: string) => boolean, wanted: NamedTitles): Start[] {
  return blocks.flatMap((block, at) => {
    if (block.kind === 'table' || !isTitle(withoutSpaces(block.text))) return [];
    const start = wholeTitle(blocks, at, wanted);
    return isTitle(start.title.text) ? [start] : [];
  });
}

/** The last line of a title, with the lines above that the notice's name or the lack of a place asks for. */
function wholeTitle(blocks: Block[], last: number, wanted: NamedTitles): Start {
  const alone = startOf(blocks, last, last);
  const longer: Start[] = [];
  for (let first = last - 1; first >= 0 && first > last - mostLines && isPart(blocks[first]); first -= 1) {
    longer.push(startOf(blocks, first, last));
  }
  const likest = (best: Start, start: Start) =>
    wanted.likeness(start.title.text) > wanted.likeness(best.title.text) ? start : best;
  const best = wanted.any ? longer.reduce(likest, alone) : alone;
  if (wanted.include(best.title.text)) return best;
  const whole = beginsAbove.test(alone.title.text)
    ? undefined
    : longer.find(({ title }) => beginsAbove.test(title.text));
  if (whole) return whole;
  if (wanted.any) return best;
  if (hasPlaceOrYear.test(alone.title.text)) return alone;
  return longer.find(({ title }) => hasPlaceOrYear.test(title.text) && title.text.length <= longestTitle) ?? alone;
}

function startOf(blocks: Block[], first: number, last: number): Start {
  const lines = blocks.slice(first, last + 1).flatMap((block) => (block.kind === 'paragraph' ? block.text : []));
  return {
    title: { text: withoutSpaces(lines.join('')), line: blocks[first]?.line ?? 1 },
    at: first,
    next: last + 1,
  };
}

/** A line that may be the beginning of a title. */
function isPart(block: Block | undefined): boolean {
  if (block?.kind !== 'paragraph') return false;
  const text = withoutSpaces(block.text);
  return (
    text.length <= longestTitle &&
    !/[。；：:，,》>|]|[日号]$|^[（(]|^附[件表录]|印发|转发/.test(text) &&
    !isOffice.test(text) &&
    !isPlanTitle(text) &&
    readNumbering(text) === null
  );
}

/** How near a title is to the names in the notice, of which it may differ by a word (建设 for 实施). */
class NamedTitles {
  readonly any: boolean;
  readonly #names: { pairs: Set<string>; list: boolean }[];
  readonly #known = new Map<string, { likeness: number; list: boolean }>();

  constructor(names: string[]) {
    this.#names = names.map((name) => ({ pairs: bigramsOf(name), list: namesList(name) }));
    this.any = names.length > 0;
  }

  likeness(title: string): number {
    return this.#nearest(title).likeness;
  }

  include(title: string): boolean {
    return this.likeness(title) >= alikeEnough;
  }

  /** A table's title is near that of its plan; a plan that is a list is called so in the notice. */
  includeList(title: string): boolean {
    const { likeness, list } = this.#nearest(title);
    return list && likeness >= alikeEnough;
  }

  #nearest(title: string): { likeness: number; list: boolean } {
    const known = this.#known.get(title);
    if (known) return known;
    const pairs = bigramsOf(title);
    let nearest = { likeness: 0, list: false };
    for (const { pairs: wanted, list } of this.#names) {
      const common = [...pairs].filter((pair) => wanted.has(pair)).length;
      const likeness = (2 * common) / (pairs.size + wanted.size || 1);
      if (likeness > nearest.likeness) nearest = { likeness, list };
    }
    this.#known.set(title, nearest);
    return nearest;
  }
}
