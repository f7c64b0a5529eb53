import { formatNumber } from './number-format.js';

export interface ListLevel {
  start: number;
  /** A name of ST_NumberFormat: decimal, chineseCounting. */
  format: string;
  /** （%1）, %1．: %n is the number of level n. */
  text: string;
  /** The level (from 1) whose next number restarts this one; 0 never; `null` any higher level. */
  restart: number | null;
  /** All numbers of the text in 1, 2, 3 (isLgl). */
  legal: boolean;
}

/** A list a paragraph belongs to. Lists of one `family` share their counters, as Word's w:num of one w:abstractNum. */
export interface List {
  id: string;
  family: string;
  levels: ListLevel[];
  /** Numbers that this list begins with, by level, where it was told to start anew. */
  starts: ReadonlyMap<number, number>;
}

const deepest = 9;

/** Counts the paragraphs of numbered lists as Word does, so that the number it would show can be put before the text. */
export class ListCounters {
  readonly #counts = new Map<string, (number | undefined)[]>();
  readonly #begun = new Set<string>();

  /** The number of the next paragraph at this level, empty for a bullet. */
  next(list: List, level: number): string {
    const definition = list.levels[level];
    if (!definition || level >= deepest) return '';
    const counts = this.#counts.get(list.family) ?? [];
    this.#counts.set(list.family, counts);
    if (!this.#begun.has(list.id)) {
      this.#begun.add(list.id);
      for (const [at, start] of list.starts) counts[at] = start - 1;
    }
    counts[level] = (counts[level] ?? (list.starts.get(level) ?? definition.start) - 1) + 1;
    for (let above = 0; above < level; above += 1) counts[above] ??= list.levels[above]?.start ?? 1;
    for (let below = level + 1; below < deepest; below += 1) {
      const restart = list.levels[below]?.restart ?? null;
      if (restart === null || (restart > 0 && level < restart)) counts[below] = undefined;
    }
    return definition.format === 'bullet' ? '' : this.#write(list, definition, counts);
  }

  #write(list: List, definition: ListLevel, counts: (number | undefined)[]): string {
    const written = definition.text.replace(/%([1-9])/g, (_, digit: string) => {
      const at = Number(digit) - 1;
      const format = definition.legal ? 'decimal' : (list.levels[at]?.format ?? 'decimal');
      return formatNumber(counts[at] ?? list.levels[at]?.start ?? 1, format);
    });
    return /[\dA-Za-z一二三四五六七八九十百]$/.test(written) ? `${written} ` : written;
  }
}
