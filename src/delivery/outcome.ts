import type { Limits, Sent } from '../platforms/adapter.js';
import type { DeliveryOutcome, TakenDelivery } from '../store/deliveries.js';

const firstWaitMs = 1000;
const longestWaitMs = 600_000;
/** A key is not relied on to its last minute. */
const keyMarginMs = 60_000;

/**
 * What is written down about an attempt. What may have arrived is tried again only while the platform knows the key, and is
 * then unknown; what surely has not arrived is tried again for as long as it is useful, less and less often.
 */
export function outcomeOf(sent: Sent, delivery: TakenDelivery, limits: Limits | null, now: Date): DeliveryOutcome {
  switch (sent.kind) {
    case 'sent':
      return { state: 'sent', at: now, platformMessageId: sent.platformMessageId };
    case 'retry': {
      const notBefore = new Date(now.getTime() + waitMs(sent.afterMs, delivery.attempts));
      const maybe = sent.arrived === 'maybe' || mayHaveArrived(delivery);
      if (maybe && !knowsKey(delivery, limits, notBefore)) {
        return { state: 'unknown', why: `${sent.why}，可能已经送达` };
      }
      return { state: 'pending', notBefore, why: sent.why, ambiguous: maybe };
    }
    case 'unknown':
    case 'refused':
      return { state: sent.kind, why: sent.why };
  }
}

/** What is not to be sent again: it may have arrived, and the platform takes no key or has forgotten this one. */
export function isTooLate(delivery: TakenDelivery, limits: Limits, now: Date): boolean {
  return mayHaveArrived(delivery) && !knowsKey(delivery, limits, now);
}

const mayHaveArrived = (delivery: TakenDelivery) => delivery.mayHaveArrived || delivery.interrupted;

function knowsKey({ firstTriedAt }: TakenDelivery, limits: Limits | null, at: Date): boolean {
  const triedForMs = at.getTime() - (firstTriedAt ?? at).getTime();
  return triedForMs <= (limits?.keyHonouredMs ?? 0) - keyMarginMs;
}

function waitMs(least: number, attempts: number): number {
  const backOff = firstWaitMs * 2 ** Math.min(attempts - 1, 12);
  return Math.max(least, Math.min(backOff, longestWaitMs));
}
