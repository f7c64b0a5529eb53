import { type AskedExtension, type AskedExtensions, type DutyBook, type DutyKey, dutyKeyText } from './duty.js';
import { dutyOfWhole, type Ledger } from './ledger.js';
import type { LocalDate } from './local-date.js';

/** An undecided request for another day. */
export interface WaitingExtension {
  number: number;
  duties: DutyKey[];
  newDue: LocalDate | null;
  /** Asked before the close of the limit's last working day. */
  inTime: boolean;
}

/** The duties that wait for a decision asked for in time. A whole that ends with an annex row waits with it. */
export function askedExtensions(ledger: Ledger, waiting: readonly WaitingExtension[]): AskedExtensions {
  const asked = new Map<string, AskedExtension>();
  for (const { number, duties, newDue, inTime } of waiting) {
    if (!inTime || newDue === null) continue;
    const wholes = duties.flatMap((key) => dutyOfWhole(ledger, key) ?? []);
    for (const key of [...duties, ...wholes]) asked.set(dutyKeyText(key), { request: number, newDue });
  }
  return asked;
}

/** Whether an extension asked in time is undecided for this duty: it keeps its light until the decision. */
export function holdsLight(book: DutyBook, key: DutyKey): boolean {
  return book.askedFor(key) !== undefined;
}
