import { setTimeout as pause } from 'node:timers/promises';

import type { Check, Finding } from '../platforms/check/check.js';
import { StoreError } from '../store/store-error.js';

export interface Result extends Finding {
  id: string;
  title: string;
}

export interface Patience {
  eachMs: number;
  allMs: number;
  /** A check that takes longer is named while it runs. */
  longMs: number;
  onLong(check: Check): void;
}

/** For a check that ends by itself when its time is over. */
const graceMs = 300;

/** One after another, each with its time; what needs a check that failed is skipped. */
export async function* runChecks(checks: Check[], patience: Patience): AsyncGenerator<Result> {
  const started = performance.now();
  const without = new Map<string, string>();
  for (const check of checks) {
    const leftMs = Math.floor(patience.allMs - (performance.now() - started));
    const missing = check.needs === undefined ? undefined : without.get(check.needs);
    const findings = await findingsOf(check, missing, Math.min(patience.eachMs, leftMs), patience);
    if (findings.some(({ state }) => state === 'fail' || state === 'skipped')) without.set(check.id, check.title);
    for (const finding of findings) yield { id: check.id, title: check.title, ...finding };
  }
}

async function findingsOf(
  check: Check,
  missing: string | undefined,
  limitMs: number,
  { longMs, onLong }: Patience,
): Promise<Finding[]> {
  if (missing !== undefined) return [{ state: 'skipped', say: `要先通过“${missing}”`, todo: null }];
  if (limitMs <= 0)
    return [{ state: 'skipped', say: '检查的总时间用完了，没有查', todo: '请处理上面的问题后再查一次' }];
  const long = setTimeout(() => onLong(check), longMs);
  const over = new AbortController();
  try {
    const found = await Promise.race([
      check.run(AbortSignal.timeout(limitMs)),
      pause(limitMs + graceMs, tooLong(limitMs), { signal: over.signal }),
    ]);
    return [found].flat();
  } catch (error) {
    return [failureOf(error)];
  } finally {
    clearTimeout(long);
    over.abort();
  }
}

const tooLong = (limitMs: number): Finding => ({
  state: 'fail',
  say: `${Math.round(limitMs / 1000)}秒内没有结果`,
  todo: '请检查网络和机器的负荷，再查一次',
});

/** The message of an error that nobody foresaw may hold an address with its credentials: only its kind and place are told. */
function failureOf(error: unknown): Finding {
  if (error instanceof StoreError) return { state: 'fail', say: error.say, todo: null };
  const [place = ''] = /[\w./-]+\.[jt]s:\d+:\d+/u.exec(error instanceof Error ? (error.stack ?? '') : '') ?? [];
  const kind = error instanceof Error ? error.name : typeof error;
  return { state: 'fail', say: `检查本身出错（${kind} ${place}）`, todo: '请把这一行交给维护人员' };
}
