import type { Ledger, Work } from './ledger.js';
import { limitsDue } from './limit.js';
import { addDays, type LocalDate } from './local-date.js';

const yearsAhead = 366 * 2;

/** The next day on which the work or one of its annex rows is due, today included; `null` when none is within two years. */
export function nextDue(ledger: Ledger, work: Work, today: LocalDate, startOn: LocalDate): LocalDate | null {
  const range = { from: today, to: addDays(today, yearsAhead) };
  const days = [work.task, ...work.parts]
    .flatMap((task) => limitsDue(ledger, task, range, startOn))
    .map((limit) => limit.due)
    .filter((day) => day !== null);
  return days.sort()[0] ?? null;
}
