import { expect, it } from 'vitest';

import { Lanes } from '../../src/delivery/lanes.js';

const limits = { textBytes: 1000, spacingMs: 3000, sendsPerMinute: 3, keyHonouredMs: 0 };

it('sends to one target one at a time, spaced', () => {
  const lanes = new Lanes();
  expect(lanes.take('a', limits, 0)).toBe(0);
  expect(lanes.take('a', limits, 0)).toBeGreaterThan(0);
  expect(lanes.take('b', limits, 0)).toBe(0);
  lanes.release('a', limits, 100, null);
  expect(lanes.take('a', limits, 200)).toBe(2900);
  expect(lanes.take('a', limits, 3100)).toBe(0);
});

it('keeps to the number of a minute', () => {
  const lanes = new Lanes();
  for (const at of [0, 3000, 6000]) {
    expect(lanes.take('a', limits, at)).toBe(0);
    lanes.release('a', limits, at, null);
  }
  expect(lanes.take('a', limits, 9000)).toBe(51_000);
  expect(lanes.take('a', limits, 60_001)).toBe(0);
});

it('lets a retry hold up what comes after it for a minute, and no longer', () => {
  const lanes = new Lanes();
  lanes.take('a', limits, 0);
  lanes.release('a', limits, 0, 30_000);
  expect(lanes.take('a', limits, 3000)).toBe(27_000);
  lanes.take('b', limits, 0);
  lanes.release('b', limits, 0, 600_000);
  expect(lanes.take('b', limits, 3000)).toBe(0);
});

it('is free at once when nothing was sent after all', () => {
  const lanes = new Lanes();
  lanes.take('a', limits, 0);
  lanes.giveBack('a');
  expect(lanes.take('a', limits, 0)).toBe(0);
});

it('forgets targets that nobody sends to', () => {
  const lanes = new Lanes();
  lanes.take('a', limits, 0);
  lanes.release('a', limits, 0, null);
  lanes.sweep(200_000);
  expect(lanes.take('a', limits, 200_000)).toBe(0);
});
