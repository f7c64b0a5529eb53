import { expect, it } from 'vitest';

import { Lanes } from '../../src/delivery/lanes.js';

const limits = { textBytes: 1000, spacingMs: 3000, sendsPerMinute: 3, keyHonouredMs: 0 };

it('sends to one target one at a time, spaced', () => {
  const lanes = new Lanes();
  expect(lanes.take('a', limits, 0, 1)).toBe(0);
  expect(lanes.take('a', limits, 0, 2)).toBeGreaterThan(0);
  expect(lanes.take('b', limits, 0, 3)).toBe(0);
  lanes.release('a', limits, 100, 1, null);
  expect(lanes.take('a', limits, 200, 2)).toBe(2900);
  expect(lanes.take('a', limits, 3100, 2)).toBe(0);
});

it('keeps to the number of a minute', () => {
  const lanes = new Lanes();
  for (const at of [0, 3000, 6000]) {
    expect(lanes.take('a', limits, at, at)).toBe(0);
    lanes.release('a', limits, at, at, null);
  }
  expect(lanes.take('a', limits, 9000, 9000)).toBe(51_000);
  expect(lanes.take('a', limits, 60_001, 9000)).toBe(0);
});

it('lets a retry hold up what comes after it for a minute, and no longer', () => {
  const lanes = new Lanes();
  lanes.take('a', limits, 0, 1);
  lanes.release('a', limits, 0, 1, 30_000);
  expect(lanes.take('a', limits, 3000, 2)).toBe(30_000);
  lanes.take('b', limits, 0, 3);
  lanes.release('b', limits, 0, 3, 600_000);
  expect(lanes.take('b', limits, 3000, 4)).toBe(0);
});

it('lets nothing newer go before what waits, were it retried, paced or given back', () => {
  const lanes = new Lanes();
  lanes.take('a', limits, 0, 1);
  expect(lanes.take('a', limits, 0, 2)).toBeGreaterThan(0);
  lanes.release('a', limits, 0, 1, 4000);
  expect(lanes.isFree('a', limits, 4000)).toBe(false);
  expect(lanes.take('a', limits, 4000, 3)).toBeGreaterThan(0);
  expect(lanes.take('a', limits, 4000, 1)).toBe(0);
  lanes.release('a', limits, 4000, 1, null);
  expect(lanes.take('a', limits, 7000, 3)).toBeGreaterThan(0);
  expect(lanes.take('a', limits, 7000, 2)).toBe(0);
  lanes.take('b', limits, 0, 4);
  lanes.giveBack('b', 0, 4, 20);
  expect(lanes.take('b', limits, 20, 5)).toBeGreaterThan(0);
  expect(lanes.take('b', limits, 20, 4)).toBe(0);
});

it('does not wait for ever for what does not come back', () => {
  const lanes = new Lanes();
  lanes.take('a', limits, 0, 1);
  lanes.giveBack('a', 0, 1, 20);
  expect(lanes.take('a', limits, 10_000, 2)).toBeGreaterThan(0);
  expect(lanes.take('a', limits, 10_021, 2)).toBe(0);
});

it('spreads a crowd over the time that it takes', () => {
  const lanes = new Lanes();
  lanes.take('a', limits, 0, 1);
  expect([2, 3, 4].map((sequence) => lanes.take('a', limits, 0, sequence))).toEqual([3000, 6000, 9000]);
});

it('is free when something new could be sent now', () => {
  const lanes = new Lanes();
  expect(lanes.isFree('a', limits, 0)).toBe(true);
  lanes.take('a', limits, 0, 1);
  expect(lanes.isFree('a', limits, 0)).toBe(false);
  lanes.release('a', limits, 0, 1, null);
  expect(lanes.isFree('a', limits, 2999)).toBe(false);
  expect(lanes.isFree('a', limits, 3000)).toBe(true);
});

it('can be given back when nothing was sent after all', () => {
  const lanes = new Lanes();
  lanes.take('a', limits, 0, 1);
  lanes.giveBack('a', 0, 1, null);
  expect(lanes.take('a', limits, 0, 2)).toBe(0);
});

it('forgets targets that nobody sends to', () => {
  const lanes = new Lanes();
  lanes.take('a', limits, 0, 1);
  lanes.release('a', limits, 0, 1, null);
  lanes.sweep(200_000);
  expect(lanes.take('a', limits, 200_000, 2)).toBe(0);
});
