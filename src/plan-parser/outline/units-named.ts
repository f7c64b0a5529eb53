import type { Passage } from '../blocks.js';
import { findClauses } from '../responsibility/find-clauses.js';
import { type Entry, passagesOf } from './entries.js';

const holdClause = (passages: Passage[]) => passages.some((passage) => findClauses(passage).clauses.length > 0);

/** Remembers which entries name units. */
export class UnitsNamed {
  readonly #own = new Map<Entry, boolean>();
  readonly #below = new Map<Entry, boolean>();
  readonly #inLine = new Map<Entry, boolean>();

  /** In the entry's own paragraphs. */
  in(entry: Entry): boolean {
    return remembered(this.#own, entry, () => this.inLine(entry) || holdClause(entry.own));
  }

  /** In the line that has the number. */
  inLine(entry: Entry): boolean {
    return remembered(this.#inLine, entry, () => holdClause(passagesOf(entry).slice(0, 1)));
  }

  /** In the entry or anything under it. */
  anywhere(entry: Entry): boolean {
    return remembered(this.#below, entry, () => this.in(entry) || entry.children.some((child) => this.anywhere(child)));
  }

  /**
   * Units named once below a list, on a line of their own, are those of the whole: only the last child seems to have
   * them.
   */
  belowList({ children }: Entry): boolean {
    const last = children.at(-1);
    if (!last || children.length < 2 || !this.in(last) || this.inLine(last)) return false;
    return !children.some((child) => child !== last && this.anywhere(child));
  }

  /** The share of children that name units themselves. */
  shareOfChildren(entry: Entry): number {
    if (entry.children.length === 0 || this.belowList(entry)) return 0;
    return entry.children.filter((child) => this.anywhere(child)).length / entry.children.length;
  }
}

function remembered(known: Map<Entry, boolean>, entry: Entry, find: () => boolean): boolean {
  const answer = known.get(entry) ?? find();
  known.set(entry, answer);
  return answer;
}
