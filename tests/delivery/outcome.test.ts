import { describe, expect, it } from 'vitest';

import { isTooLate, outcomeOf } from '../../src/delivery/outcome.js';
import type { Sent } from '../../src/platforms/adapter.js';
import type { TakenDelivery } from '../../src/store/deliveries.js';

const start = new Date('2023-09-25T01:00:00Z');
const minutesOn = (minutes: number) => new Date(start.getTime() + minutes * 60_000);
const delivery = (values: Partial<TakenDelivery> = {}) =>
  ({ attempts: 1, firstTriedAt: start, mayHaveArrived: false, interrupted: false, ...values }) as TakenDelivery;
const limits = (keyHonouredMs: number) => ({ textBytes: 1000, spacingMs: 0, sendsPerMinute: 60, keyHonouredMs });
const retry = (arrived: 'no' | 'maybe', afterMs = 0): Sent => ({ kind: 'retry', afterMs, why: '超时', arrived });
const hour = 3_600_000;

describe('what surely did not arrive', () => {
  it('is tried again, less and less often, at most every ten minutes', () => {
    const waits = [1, 2, 3, 8, 20].map((attempts) => {
      const outcome = outcomeOf(retry('no'), delivery({ attempts }), limits(0), start);
      return outcome.state === 'pending' ? outcome.notBefore.getTime() - start.getTime() : outcome.state;
    });
    expect(waits).toEqual([1000, 2000, 4000, 128_000, 600_000]);
  });

  it('waits as long as the platform says', () => {
    const outcome = outcomeOf(retry('no', 90_000), delivery(), limits(0), start);
    expect(outcome).toMatchObject({ state: 'pending', notBefore: minutesOn(1.5), ambiguous: false });
  });
});

describe('what may have arrived', () => {
  it('is unknown at once where the platform takes no key', () => {
    expect(outcomeOf(retry('maybe'), delivery(), limits(0), start)).toEqual({
      state: 'unknown',
      why: '超时，可能已经送达',
    });
  });

  it('is tried again while the key is honoured, then unknown', () => {
    expect(outcomeOf(retry('maybe'), delivery(), limits(hour), minutesOn(10))).toMatchObject({ state: 'pending' });
    expect(outcomeOf(retry('maybe'), delivery(), limits(hour), minutesOn(59.5))).toMatchObject({ state: 'unknown' });
  });

  it('stays in doubt when a later attempt surely fails', () => {
    const doubtful = delivery({ mayHaveArrived: true });
    expect(outcomeOf(retry('no'), doubtful, limits(hour), minutesOn(5))).toMatchObject({
      state: 'pending',
      ambiguous: true,
    });
    expect(outcomeOf(retry('no'), doubtful, limits(hour), minutesOn(70))).toMatchObject({ state: 'unknown' });
    expect(outcomeOf(retry('no'), delivery({ interrupted: true }), limits(0), start)).toMatchObject({
      state: 'unknown',
    });
  });

  it('is not even tried once the key is forgotten, as after a long stop', () => {
    const [sure, doubtful, cut] = [{}, { mayHaveArrived: true }, { interrupted: true }].map(delivery);
    const late = (one: TakenDelivery | undefined, honoured: number, minutes: number) =>
      one && isTooLate(one, limits(honoured), minutesOn(minutes));
    expect([sure, doubtful, cut].map((one) => late(one, hour, 58))).toEqual([false, false, false]);
    expect([sure, doubtful, cut].map((one) => late(one, hour, 60))).toEqual([false, true, true]);
    expect([sure, doubtful, cut].map((one) => late(one, 0, 0))).toEqual([false, true, true]);
  });
});
