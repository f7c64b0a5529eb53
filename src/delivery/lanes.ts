import type { Limits } from '../platforms/adapter.js';

/** A retry that is further away than this does not hold up what comes after it. */
const longestHoldMs = 60_000;
const minuteMs = 60_000;
/** What is due for longer than this and has not come back is nobody's turn any more: it expired, or another took it. */
const longestLateMs = 10_000;
const soonestMs = 50;

interface Lane {
  busy: boolean;
  /** Not before this moment. */
  next: number;
  /** When the last ones went, within a minute. */
  sent: number[];
  /** Those that were put off, by their sequence, and when they are due. */
  waiting: Map<number, number>;
}

/** When each target may be sent to again: one message at a time, in order, paced as the platform allows. Times in ms. */
export class Lanes {
  readonly #lanes = new Map<string, Lane>();

  /** Whether something new could be sent now. */
  isFree(target: string, limits: Limits, now: number): boolean {
    const lane = this.#lanes.get(target);
    return !lane || waitIn(lane, limits, now, Number.POSITIVE_INFINITY) === 0;
  }

  /** 0 when the one of this sequence may be sent now, which takes the lane until `release`; else for how long to wait. */
  take(target: string, limits: Limits, now: number, sequence: number): number {
    const lane = this.#lane(target);
    const wait = waitIn(lane, limits, now, sequence);
    if (wait === 0) {
      lane.waiting.delete(sequence);
      lane.busy = true;
      return 0;
    }
    // What newly waits comes after the others, so that a crowd is not looked at all at once again and again.
    const queue = lane.waiting.has(sequence) ? 0 : lane.waiting.size * limits.spacingMs;
    lane.waiting.set(sequence, now + wait + queue);
    return wait + queue;
  }

  /** `retryMs` is when the message is tried again; those after it wait as long, unless that is too long. */
  release(target: string, limits: Limits, now: number, sequence: number, retryMs: number | null): void {
    const lane = this.#lanes.get(target);
    if (!lane) return;
    lane.busy = false;
    lane.sent.push(now);
    const hold = retryMs !== null && retryMs <= longestHoldMs ? retryMs : 0;
    lane.next = now + Math.max(limits.spacingMs, hold);
    if (hold > 0) lane.waiting.set(sequence, lane.next);
  }

  /** Nothing was sent after all; `waitMs` when it is to go later, and what is newer after it. */
  giveBack(target: string, now: number, sequence: number, waitMs: number | null): void {
    const lane = this.#lanes.get(target);
    if (!lane) return;
    lane.busy = false;
    if (waitMs !== null) lane.waiting.set(sequence, now + waitMs);
  }

  /** Forgets lanes that nobody has used for a while. */
  sweep(now: number): void {
    for (const [target, lane] of this.#lanes) {
      if (!lane.busy && lane.next < now - minuteMs && lane.sent.every((moment) => moment < now - minuteMs)) {
        this.#lanes.delete(target);
      }
    }
  }

  #lane(target: string): Lane {
    let lane = this.#lanes.get(target);
    if (!lane) {
      lane = { busy: false, next: 0, sent: [], waiting: new Map() };
      this.#lanes.set(target, lane);
    }
    return lane;
  }
}

function waitIn(lane: Lane, limits: Limits, now: number, sequence: number): number {
  const least = Math.max(limits.spacingMs, soonestMs);
  if (lane.busy) return least;
  if (lane.sent.length >= limits.sendsPerMinute) lane.sent = lane.sent.filter((moment) => moment > now - minuteMs);
  const full = lane.sent.length >= limits.sendsPerMinute ? (lane.sent[0] ?? now) + minuteMs : 0;
  const wait = Math.max(lane.next, full) - now;
  if (wait > 0) return wait;
  for (const [older, due] of lane.waiting) {
    if (due < now - longestLateMs) lane.waiting.delete(older);
    else if (older < sequence) return least;
  }
  return 0;
}
