const mostKeys = 10_000;

/** Remembers how many parts of a longer reply have arrived, so that a retry goes on behind them. */
export class PartsSent {
  readonly #counts = new Map<string, number>();

  of(key: string): number {
    return this.#counts.get(key) ?? 0;
  }

  arrived(key: string, count: number): void {
    if (this.#counts.size >= mostKeys) this.#counts.clear();
    this.#counts.set(key, count);
  }
}
