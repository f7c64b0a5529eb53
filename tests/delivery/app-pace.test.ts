import { expect, it } from 'vitest';

import { AppPace } from '../../src/delivery/app-pace.js';

const perMinute = 1000;

/** Lets so many ask at once and come back when they were told to; returns when each went. */
function go(pace: AppPace, sequences: number[], begin: number): Map<number, number> {
  const went = new Map<number, number>();
  let asking = sequences.map((sequence) => ({ sequence, at: begin }));
  while (asking.length > 0) {
    asking.sort((a, b) => a.at - b.at || a.sequence - b.sequence);
    const [first, ...others] = asking;
    asking = others;
    if (!first) break;
    const wait = pace.take('app', perMinute, first.at, first.sequence);
    if (wait === 0) went.set(first.sequence, first.at);
    else asking.push({ ...first, at: first.at + wait });
  }
  return went;
}

const most = (moments: number[], windowMs: number) =>
  Math.max(...moments.map((from) => moments.filter((at) => from <= at && at < from + windowMs).length));

it('sends 3,000 digests of one moment in order, in nine minutes, a third of what the platform allows', () => {
  const sequences = Array.from({ length: 3000 }, (_, index) => index + 1);
  const went = go(new AppPace(), sequences, 0);
  expect([...went.keys()]).toEqual(sequences);
  const moments = [...went.values()];
  expect(most(moments, 60_000)).toBeLessThanOrEqual(Math.ceil(perMinute / 3));
  expect(most(moments, 1000)).toBeLessThanOrEqual(6);
  expect((moments.at(-1) ?? 0) / 60_000).toBeCloseTo(9, 1);
});

it('lets three instances together stay within the limit', () => {
  const moments = [0, 1, 2].flatMap((instance) => {
    const own = Array.from({ length: 1000 }, (_, index) => 3 * index + instance + 1);
    return [...go(new AppPace(), own, instance).values()];
  });
  expect(most(moments, 60_000)).toBeLessThanOrEqual(perMinute + 3);
});

it('makes what waits wait longer for every answer, which waits for nothing', () => {
  const pace = new AppPace();
  expect(pace.take('app', perMinute, 0, 1)).toBe(0);
  expect(pace.take('app', perMinute, 0, 2)).toBe(180);
  pace.note('app', perMinute, 0);
  expect(pace.take('app', perMinute, 0, 3)).toBe(420);
  expect(pace.take('app', perMinute, 180, 2)).toBe(0);
  expect(pace.take('other', perMinute, 180, 4)).toBe(0);
});

it('gives nobody a second turn for one message, and keeps no turn for what does not come back', () => {
  const pace = new AppPace();
  pace.take('app', perMinute, 0, 1);
  expect([0, 100].map((now) => pace.take('app', perMinute, now, 2))).toEqual([180, 80]);
  pace.sweep(200_000);
  expect(pace.take('app', perMinute, 200_000, 3)).toBe(0);
});
