import { type DutyBook, isDone } from './duty.js';
import { type Ledger, wholeOf } from './ledger.js';
import { type Limit, limitsOpenTo, standingOf } from './limit.js';
import type { LocalDate } from './local-date.js';
import type { Task } from './task.js';

/** The reports received up to three moments. */
export interface Books {
  from: DutyBook;
  to: DutyBook;
  now: DutyBook;
}

export interface Reached {
  reported: Limit[];
  closed: Limit[];
}

/**
 * Limits on which the last report that was missing came between the two moments, and what was closed then. What has been
 * taken back since is neither. A part goes without saying where its whole is told.
 */
export function limitsReached(
  ledger: Ledger,
  tasks: Task[],
  books: Books,
  today: LocalDate,
  startOn: LocalDate,
): Reached {
  const limits = tasks.flatMap((task) => limitsOpenTo(ledger, task, today, startOn));
  const statusIn = (book: DutyBook, limit: Limit) => standingOf(ledger, limit, book).status;
  const newly = (is: (status: ReturnType<typeof statusIn>) => boolean) =>
    limits.filter(
      (limit) =>
        !is(statusIn(books.from, limit)) && is(statusIn(books.to, limit)) && isDone(statusIn(books.now, limit)),
    );
  const closed = newly((status) => status === 'closed');
  const reported = newly(isDone).filter((limit) => !closed.includes(limit));
  return { reported: withoutParts(ledger, reported), closed: withoutParts(ledger, closed) };
}

function withoutParts(ledger: Ledger, limits: Limit[]): Limit[] {
  const told = new Set(limits.map((limit) => limit.task));
  return limits.filter(({ task }) => wholeOf(ledger, task) === task || !told.has(wholeOf(ledger, task)));
}
