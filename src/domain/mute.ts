import type { LocalDate } from './local-date.js';
import type { TaskKey } from './task.js';

/** 免打扰: one person hears nothing unasked about one piece of work, up to a day. */
export interface Mute {
  year: number;
  task: TaskKey;
  untilOn: LocalDate;
}

/** Whether a personal reminder about this piece of work is kept back on `day`; the last day counts. */
export function isMuted(
  mutes: readonly Mute[],
  { year, key }: { year: number; key: TaskKey },
  day: LocalDate,
): boolean {
  return mutes.some((mute) => mute.year === year && mute.task === key && day <= mute.untilOn);
}
