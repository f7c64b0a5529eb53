import type { Limits } from '../platforms/adapter.js';

/** A retry that is further away than this does not hold up what comes after it. */
const longestHoldMs = 60_000;
const minuteMs = 60_000;

interface Lane {
  busy: boolean;
  /** Not before this moment. */
  next: number;
  /** When the last ones went, within a minute. */
  sent: number[];
}

/** When each target may be sent to again: one message at a time, paced as the platform allows. Times in ms. */
export class Lanes {
  readonly #lanes = new Map<string, Lane>();

  /** 0 when it may be sent now, which takes the lane until `release`; else for how long to wait. */
  take(target: string, limits: Limits, now: number): number {
    const lane = this.#lanes.get(target) ?? { busy: false, next: 0, sent: [] };
    this.#lanes.set(target, lane);
    if (lane.busy) return Math.max(limits.spacingMs, 50);
    lane.sent = lane.sent.filter((moment) => moment > now - minuteMs);
    const full = lane.sent.length >= limits.sendsPerMinute ? (lane.sent[0] ?? now) + minuteMs : 0;
    const wait = Math.max(lane.next, full) - now;
    if (wait > 0) return wait;
    lane.busy = true;
    return 0;
  }

  /** `retryMs` is when the message is tried again; those after it wait as long, unless that is too long. */
  release(target: string, limits: Limits, now: number, retryMs: number | null): void {
    const lane = this.#lanes.get(target);
    if (!lane) return;
    lane.busy = false;
    lane.sent.push(now);
    const hold = retryMs !== null && retryMs <= longestHoldMs ? retryMs : 0;
    lane.next = now + Math.max(limits.spacingMs, hold);
  }

  /** Nothing was sent after all. */
  giveBack(target: string): void {
    const lane = this.#lanes.get(target);
    if (lane) lane.busy = false;
  }

  /** Forgets lanes that nobody has used for a while. */
  sweep(now: number): void {
    for (const [target, lane] of this.#lanes) {
      if (!lane.busy && lane.next < now - minuteMs && lane.sent.every((moment) => moment < now - minuteMs)) {
        this.#lanes.delete(target);
      }
    }
  }
}
