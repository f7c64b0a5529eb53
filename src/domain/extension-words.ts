import { decidingParties, type Ledger } from './ledger.js';
import { extensionOf, type Limit } from './limit.js';
import { dayName, type LocalDate, wallClock } from './local-date.js';

export interface Seen {
  today: LocalDate;
  timeZone: string;
}

/** 县领导9月26日同意 */
export function whoAgreed(ledger: Ledger, limit: Limit, { today, timeZone }: Seen): string {
  const units = limit.units ?? decidingParties(ledger, limit.task).flatMap(({ members }) => members);
  const agreed = units.flatMap((unit) => {
    const extension = extensionOf(ledger, limit, unit);
    if (!extension) return [];
    return [`${extension.agreedBy ?? '领导'}${dayName(wallClock(extension.decidedAt, timeZone).date, today)}同意`];
  });
  return [...new Set(agreed)].join('，');
}

/** 原时限9月30日，县领导9月26日同意: what stands beside an agreed day. `null` where none was agreed to. */
export function agreementText(ledger: Ledger, limit: Limit, seen: Seen): string | null {
  if (limit.statedDue === null) return null;
  return `原时限${dayName(limit.statedDue, seen.today)}，${whoAgreed(ledger, limit, seen)}`;
}

/** 10月15日（原时限9月30日，县领导9月26日同意）, or the day alone. */
export function agreedDayText(ledger: Ledger, limit: Limit, due: LocalDate, seen: Seen): string {
  const agreement = agreementText(ledger, limit, seen);
  return `${dayName(due, seen.today)}${agreement ? `（${agreement}）` : ''}`;
}
