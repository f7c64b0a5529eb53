import type { Passage } from '../blocks.js';
import { findClauses } from '../responsibility/find-clauses.js';
import { type Entry, passagesOf } from './entries.js';
import { itemLevel } from './numbering.js';

/** （一）…；（二）… on one line. */
const wholeList = /[。；;][（(](?:二|2|２)[）)]/;

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
   * Units named once below a list, or at the end of a list within a task, are those of the whole: only the last child
   * seems to have them.
   */
  belowList({ children }: Entry): boolean {
    const last = children.at(-1);
    if (!last || !this.in(last) || (this.inLine(last) && last.level <= itemLevel)) return false;
    if (children.length === 1) return wholeList.test(last.rest);
    return !children.some((child) => child !== last && this.anywhere(child));
  }

  /** A heading says for all what some of the tasks under it say for themselves. */
  isDefault(entry: Entry): boolean {
    return entry.level < itemLevel && entry.children.some((child) => child.level <= itemLevel && this.inLine(child));
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
