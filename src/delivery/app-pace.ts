const minuteMs = 60_000;
/** What is said unasked takes this share of an app's limit, so that three instances together stay within it. */
const share = 1 / 3;

interface Pace {
  /** The first moment that nobody has been given. */
  next: number;
  /** Who waits for which moment, by their sequence. */
  given: Map<number, number>;
}

/**
 * Spreads what is said unasked over time where a platform limits an app as a whole: the digests of thousands of groups come due
 * at one moment. Each is given a moment of its own, in the order in which they ask. Answers do not wait, and make what waits
 * wait longer. Times in ms.
 */
export class AppPace {
  readonly #paces = new Map<string, Pace>();

  /** 0 when the one of this sequence may go now, else for how long to wait. */
  take(app: string, perMinute: number, now: number, sequence: number): number {
    const pace = this.#pace(app);
    const given = pace.given.get(sequence);
    if (given !== undefined && given > now) return given - now;
    pace.given.delete(sequence);
    if (given !== undefined) return 0;
    const at = Math.max(now, pace.next);
    pace.next = at + minuteMs / (perMinute * share);
    if (at > now) pace.given.set(sequence, at);
    return at - now;
  }

  /** One went that did not ask. */
  note(app: string, perMinute: number, now: number): void {
    const pace = this.#pace(app);
    pace.next = Math.max(now, pace.next) + minuteMs / perMinute;
  }

  /** Forgets those that did not come back: another instance sent them, or they are needed no more. */
  sweep(now: number): void {
    for (const [app, { next, given }] of this.#paces) {
      for (const [sequence, at] of given) if (at < now - minuteMs) given.delete(sequence);
      if (next < now && given.size === 0) this.#paces.delete(app);
    }
  }

  #pace(app: string): Pace {
    let pace = this.#paces.get(app);
    if (!pace) {
      pace = { next: 0, given: new Map() };
      this.#paces.set(app, pace);
    }
    return pace;
  }
}
