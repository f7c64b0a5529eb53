import { vi } from 'vitest';

/** Waits for what happens by itself, for as long as a busy machine may take. */
export const eventually = <Result>(check: () => Result | Promise<Result>): Promise<Result> =>
  vi.waitFor(check, { timeout: 20_000, interval: 20 });
