import { scheduleJob } from 'node-schedule';
import type { Logger } from 'pino';

/** Wakes `pass` once a minute on the wall clock of the time zone. A pass that still runs is not started again. */
export function everyMinute(timeZone: string, log: Logger, pass: () => Promise<unknown>): { stop(): void } {
  let running = false;
  const job = scheduleJob({ rule: '* * * * *', tz: timeZone }, async () => {
    if (running) return;
    running = true;
    try {
      await pass();
    } catch (error) {
      log.error({ err: error }, 'scheduled pass failed; it runs again within a minute');
    } finally {
      running = false;
    }
  });
  return { stop: () => void job.cancel() };
}
