import { createHash } from 'node:crypto';

import type { Delivery, Limits, Sent, Target } from '../adapter.js';

/** One way to speak. `elsewhere` when this way is closed for good and another may be tried. */
export interface Mouth {
  readonly limits: Limits;
  send(target: Target, delivery: Delivery): Promise<Sent | 'elsewhere'>;
}

const mostKeys = 10_000;

/** Remembers which parts of a longer reply have arrived, so that a retry goes on where it stopped. */
export class PartsSent {
  readonly #counts = new Map<string, number>();

  /** Sends the parts in order until one does not arrive. */
  async send<Part, Other = never>(
    key: string,
    parts: Part[],
    sendOne: (part: Part, index: number) => Promise<Sent | Other>,
  ): Promise<Sent | Other> {
    let last: Sent | Other = { kind: 'sent', platformMessageId: null };
    const arrived = this.#counts.get(key) ?? 0;
    for (const [index, part] of parts.entries()) {
      if (index < arrived) continue;
      last = await sendOne(part, index);
      if (!isSent(last)) return last;
      this.#remember(key, index + 1);
    }
    this.#counts.delete(key);
    return last;
  }

  #remember(key: string, count: number): void {
    if (this.#counts.size >= mostKeys) this.#counts.clear();
    this.#counts.set(key, count);
  }
}

const isSent = (outcome: unknown) => (outcome as Sent | null)?.kind === 'sent';

/** For task ids and stream ids: the same for every retry, in their alphabet. */
export function idFrom(prefix: string, key: string): string {
  return `${prefix}-${createHash('sha256').update(key).digest('hex').slice(0, 40)}`;
}

/** Where no key is taken, what may have arrived is not tried again. */
export function withoutKey(sent: Sent): Sent {
  return sent.kind === 'retry' && sent.arrived === 'maybe' ? { kind: 'unknown', why: sent.why } : sent;
}
