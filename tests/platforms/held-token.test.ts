import { beforeEach, describe, expect, it } from 'vitest';

import { type Given, HeldToken } from '../../src/platforms/held-token.js';

interface No {
  code: number;
}

const hourMs = 3_600_000;
const minuteMs = 60_000;

let at: number;
let asked: number;
let answer: () => Promise<Given<No>>;
let token: HeldToken<No>;

beforeEach(() => {
  at = 0;
  asked = 0;
  answer = async () => ({ kind: 'given', token: `t${asked}`, lifeMs: hourMs });
  const ask = () => {
    asked += 1;
    return answer();
  };
  token = new HeldToken(ask, () => new Date(at), 5 * minuteMs);
});

describe('a token', () => {
  it('is asked for once by many, and kept until shortly before its end', async () => {
    expect(await Promise.all([token.get(), token.get(), token.get()])).toEqual(['t1', 't1', 't1']);
    at = hourMs - 5 * minuteMs - 1;
    expect(await token.get()).toBe('t1');
    at += 1;
    expect(await token.get()).toBe('t2');
  });

  it('that ends soon is kept for half of its time', async () => {
    answer = async () => ({ kind: 'given', token: `t${asked}`, lifeMs: 2 * minuteMs });
    await token.get();
    at = minuteMs - 1;
    expect(await token.get()).toBe('t1');
    at += 1;
    expect(await token.get()).toBe('t2');
  });

  it('that the platform takes no more is dropped, but not the one that came after it', async () => {
    await token.get();
    token.drop('t1');
    expect(await token.get()).toBe('t2');
    token.drop('t1');
    expect(await token.get()).toBe('t2');
  });

  it('that is refused for good is not asked for again for a minute', async () => {
    answer = async () => ({ kind: 'refused', no: { code: asked }, isFinal: true });
    expect(await Promise.all([token.get(), token.get()])).toEqual([{ code: 1 }, { code: 1 }]);
    at = minuteMs - 1;
    expect(await token.get()).toEqual({ code: 1 });
    at += 1;
    expect(await token.get()).toEqual({ code: 2 });
  });

  it('that is refused for the moment is asked for again', async () => {
    answer = async () => ({ kind: 'refused', no: { code: asked }, isFinal: false });
    expect(await token.get()).toEqual({ code: 1 });
    expect(await token.get()).toEqual({ code: 2 });
  });

  it('is asked for again after an error', async () => {
    answer = () => Promise.reject(new Error('a bug'));
    await expect(token.get()).rejects.toThrow('a bug');
    answer = async () => ({ kind: 'given', token: 'late', lifeMs: hourMs });
    expect(await token.get()).toBe('late');
  });
});
