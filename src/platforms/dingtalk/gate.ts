const minuteMs = 60_000;
const mostLanes = 20_000;

interface Lane {
  /** When the last messages went, within a minute. */
  sent: number[];
  closedUntil: number;
}

/**
 * Counts what goes to each target within a minute, parts of long messages included, and keeps closed what the platform has
 * closed: a message too many there silences the robot for ten minutes. Times in ms.
 */
export class Gate {
  readonly #lanes = new Map<string, Lane>();
  readonly #perMinute: number;

  constructor(perMinute: number) {
    this.#perMinute = perMinute;
  }

  /** For how long to wait before something may be sent on these lanes; 0 for now. */
  waitMs(lanes: string[], now: number): number {
    return Math.max(0, ...lanes.map((name) => this.#until(name, now) - now));
  }

  /** Something is sent. */
  count(lane: string, now: number): void {
    if (this.#lanes.size >= mostLanes) this.#sweep(now);
    this.#lane(lane).sent.push(now);
  }

  close(lane: string, until: number): void {
    const held = this.#lane(lane);
    held.closedUntil = Math.max(held.closedUntil, until);
  }

  #until(name: string, now: number): number {
    const lane = this.#lanes.get(name);
    if (!lane) return now;
    lane.sent = lane.sent.filter((moment) => moment > now - minuteMs);
    const full = lane.sent.length >= this.#perMinute ? (lane.sent[0] ?? now) + minuteMs : now;
    return Math.max(full, lane.closedUntil);
  }

  #sweep(now: number): void {
    for (const name of [...this.#lanes.keys()]) {
      const { sent, closedUntil } = this.#lane(name);
      if (closedUntil <= now && sent.every((moment) => moment <= now - minuteMs)) this.#lanes.delete(name);
    }
  }

  #lane(name: string): Lane {
    const lane = this.#lanes.get(name) ?? { sent: [], closedUntil: 0 };
    this.#lanes.set(name, lane);
    return lane;
  }
}
