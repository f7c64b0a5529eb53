import type { Task } from './task.js';

/** Where a piece of a task's words stands. */
export type Place = 'title' | 'text' | 'limit' | 'section' | 'unit';

export interface ContentMatch {
  task: Task;
  place: Place;
  /** The clause in which the words stand, as the document has it. */
  clause: string;
  /** How much of what was asked for stands there, from 0 to 1. */
  share: number;
  score: number;
}

interface Clause {
  task: Task;
  place: Place;
  text: string;
}

const weights: Readonly<Record<Place, number>> = { title: 1.3, text: 1, limit: 1, section: 0.8, unit: 0 };
/** So many clauses are looked at closely for one question, however large the ledger. */
const mostCandidates = 400;
/** A pair of characters that so many clauses hold tells nothing; it counts only where nothing rarer is asked. */
const mostHolders = 3000;
/** How much of what is asked a clause must hold itself for the title of its task to add to it. */
const leastOwn = 0.3;
const sentenceEnd = /(?<=[。；;！？\n])/u;

/** Finds the clauses of tasks by the pairs of characters that they share with what is asked. Built once per ledger. */
export class ContentIndex {
  readonly #clauses: Clause[] = [];
  readonly #holders = new Map<number, number[]>();
  /** How to fold what documents write, so that it meets what people type. */
  readonly #fold: (text: string) => string;
  readonly #folded: string[] = [];
  readonly #titles = new Map<Task, string>();

  constructor(tasks: readonly Task[], fold: (text: string) => string, unitsOf: (task: Task) => string) {
    this.#fold = fold;
    const sections = new Set<string>();
    for (const task of tasks) {
      this.#titles.set(task, fold(`${task.title}\n${task.shortTitle}`));
      this.#add({ task, place: 'title', text: task.title });
      if (task.shortTitle !== task.title) this.#add({ task, place: 'title', text: task.shortTitle });
      for (const text of task.text.split(sentenceEnd)) this.#add({ task, place: 'text', text: text.trim() });
      this.#add({ task, place: 'unit', text: unitsOf(task) });
      for (const { phrase } of task.milestones) this.#add({ task, place: 'limit', text: phrase });
      for (const text of task.section) {
        const key = `${task.year} ${task.prefix} ${text}`;
        if (sections.has(key) && task.section.length > 1) continue;
        sections.add(key);
        this.#add({ task, place: 'section', text });
      }
    }
  }

  #add(clause: Clause): void {
    if (clause.text === '') return;
    const at = this.#clauses.length;
    const folded = this.#fold(clause.text);
    this.#clauses.push(clause);
    this.#folded.push(folded);
    for (const pair of pairsOf(folded)) {
      const holders = this.#holders.get(pair);
      if (!holders) this.#holders.set(pair, [at]);
      else if (holders.at(-1) !== at) holders.push(at);
    }
  }

  /** Clauses that hold most of the words, best first; each task once. `share` is the least part of them that must stand there. */
  find(
    words: readonly string[],
    { share: least, among }: { share: number; among?: (task: Task) => boolean },
  ): ContentMatch[] {
    const asked = words.map((word) => this.#fold(word)).filter((word) => word.length > 0);
    const length = asked.reduce((sum, word) => sum + word.length, 0);
    if (length === 0) return [];
    const best = new Map<Task, ContentMatch>();
    for (const at of this.#candidates(asked)) {
      const clause = this.#clauses[at];
      const folded = this.#folded[at];
      if (clause === undefined || folded === undefined || clause.place === 'unit' || among?.(clause.task) === false)
        continue;
      const own = coverage(asked, folded);
      const beside =
        own.covered === length ? own : coverage(asked, `${folded}\n${this.#titles.get(clause.task) ?? ''}`);
      // The title may hold a part of what is asked, where the clause holds a good part itself.
      const joint = beside.covered > own.covered && own.covered >= length * leastOwn;
      const { covered, runs } = joint ? { ...beside, runs: beside.runs + 1 } : own;
      const share = covered / length;
      if (share < least) continue;
      const known = best.get(clause.task);
      const score = (share * 10 - runs) * weights[clause.place] + covered / Math.max(folded.length, 20);
      const fuller = !known || share > known.share || (share === known.share && score > known.score);
      const shown = fuller ? { ...clause, clause: clause.text, share } : known;
      best.set(clause.task, { ...shown, score: Math.max(score, known?.score ?? score) });
    }
    return [...best.values()].sort((a, b) => b.score - a.score || a.task.position - b.task.position);
  }

  get size(): number {
    return this.#titles.size;
  }

  /** Tasks that may hold all of the words; `null` where the index cannot tell, because no word of two characters stands in a text. */
  tasksWith(words: readonly string[]): Task[] | null {
    const lists = words.flatMap((word) => {
      const pairs = [...pairsOf(this.#fold(word))].map((pair) => this.#holders.get(pair) ?? []);
      return pairs.length === 0 || pairs.some((list) => list.length === 0) ? [] : pairs;
    });
    lists.sort((a, b) => a.length - b.length);
    const [rarest] = lists;
    return rarest
      ? [...new Set(rarest.map((at) => this.#clauses[at]?.task))].filter((task) => task !== undefined)
      : null;
  }

  /** The clauses that hold the rarest pairs of what is asked. */
  #candidates(asked: readonly string[]): Iterable<number> {
    const pairs = [...new Set(asked.flatMap((word) => [...pairsOf(word)]))];
    const lists = pairs.map((pair) => this.#holders.get(pair) ?? []).filter((list) => list.length > 0);
    lists.sort((a, b) => a.length - b.length);
    const counts = new Map<number, number>();
    for (const [index, list] of lists.entries()) {
      if (index > 0 && list.length > mostHolders) break;
      for (const at of list.slice(0, mostHolders)) counts.set(at, (counts.get(at) ?? 0) + 1);
      if (counts.size > mostHolders * 2) break;
    }
    if (counts.size <= mostCandidates) return counts.keys();
    return [...counts.entries()]
      .sort((a, b) => b[1] - a[1] || a[0] - b[0])
      .slice(0, mostCandidates)
      .map(([at]) => at);
  }
}

function* pairsOf(text: string): Generator<number> {
  for (let at = 0; at + 1 < text.length; at += 1) yield text.charCodeAt(at) * 0x10000 + text.charCodeAt(at + 1);
}

/** How many characters of the words stand in the text in runs of two and more, and in how many runs beyond the first of each word. */
function coverage(words: readonly string[], text: string): { covered: number; runs: number } {
  let covered = 0;
  let runs = 0;
  for (const word of words) {
    let first = true;
    for (let at = 0; at < word.length; ) {
      let end = at;
      while (end < word.length && text.includes(word.slice(at, end + 1))) end += 1;
      const run = end - at;
      if (run >= 2 || (run === 1 && word.length === 1)) {
        covered += run;
        if (!first) runs += 1;
        first = false;
        at = end;
      } else at += 1;
    }
  }
  return { covered, runs };
}
