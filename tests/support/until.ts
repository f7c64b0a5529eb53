import { setTimeout as pause } from 'node:timers/promises';

/** Waits until it is so. For what runs outside of vitest too. */
export async function until(what: string, isSo: () => boolean, patienceMs: number): Promise<void> {
  const started = performance.now();
  while (!isSo()) {
    if (performance.now() - started > patienceMs) throw new Error(`waited in vain: ${what}`);
    await pause(2);
  }
}
