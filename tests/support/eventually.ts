import { vi } from 'vitest';

/** Waits for what happens by itself, for as long as a busy machine may take. */
export const eventually = <Result>(check: () => Result | Promise<Result>, timeout = 20_000): Promise<Result> =>
  vi.waitFor(check, { timeout, interval: 20 });
