import { addDays, momentOf, startOfWeek, wallClock } from '../../src/domain/local-date.js';
import { slotsBetween } from '../../src/domain/slot.js';
import { inWorkingHours } from '../../src/domain/working-hours.js';
import { findDelivery } from '../../src/store/deliveries.js';
import { listSlotsSince } from '../../src/store/schedules.js';
import type { Store } from '../../src/store/store.js';
import { keyHonouredMs, timeZone } from './office.js';
import type { Lived } from './simulate.js';

export interface Verdict {
  /** How many slots came to each state, and what became of what was prepared. */
  slots: Record<string, number>;
  deliveries: Record<string, number>;
  /** Why it is not known whether some arrived, by whether the platform takes a key. */
  unknown: Record<string, number>;
  arrivals: number;
  /** What must not be, each named. */
  wrong: string[];
}

/** Whether every slot was prepared once and arrived once, or is recorded with its reason; and nothing at a wrong hour. */
export async function judge(store: Store, lived: Lived): Promise<Verdict> {
  const { office, platform, rules, from, until } = lived;
  const verdict: Verdict = { slots: {}, deliveries: {}, unknown: {}, arrivals: platform.arrivals.length, wrong: [] };
  const count = (counts: Record<string, number>, name: string) => {
    counts[name] = (counts[name] ?? 0) + 1;
  };
  const arrived = Map.groupBy(platform.arrivals, ({ key }) => key);
  for (const { at, key } of platform.arrivals) {
    if (!inWorkingHours(new Date(at), timeZone)) verdict.wrong.push(`${key} at ${new Date(at).toISOString()}: quiet`);
  }
  const takesKeys = new Map(platform.arrivals.map(({ key, platform: name }) => [key, (keyHonouredMs[name] ?? 0) > 0]));
  for (const [key, some] of arrived) {
    if (some.length > 1) verdict.wrong.push(`${key} arrived ${some.length} times`);
  }
  for (const { schedule } of office.digests) {
    const rows = await listAll(store, lived, schedule);
    const byName = new Map(rows.map((row) => [row.slot, row]));
    if (byName.size !== rows.length) verdict.wrong.push(`${schedule} has a slot twice`);
    const segments = rules.get(schedule) ?? [];
    for (const [index, { rule, from: began }] of segments.entries()) {
      const ended = segments[index + 1]?.from ?? until - 7 * 86_400_000;
      for (const slot of slotsBetween(rule, new Date(began), new Date(ended), timeZone)) {
        if (!byName.has(slot.name)) verdict.wrong.push(`${schedule} has no row for ${slot.name}`);
      }
    }
    for (const { slot, state, why, deliveryKey } of rows) {
      count(verdict.slots, state);
      const name = `${schedule} ${slot}`;
      if (state !== 'sent' && state !== 'late') {
        if (why === null) verdict.wrong.push(`${name} is ${state} without a reason`);
        continue;
      }
      const delivery = deliveryKey === null ? null : await findDelivery(store.read, office.workspace, deliveryKey);
      if (!delivery) {
        verdict.wrong.push(`${name} is ${state} and nothing was owed`);
        continue;
      }
      count(verdict.deliveries, delivery.state);
      if (delivery.state === 'unknown') {
        const keys = takesKeys.get(delivery.key);
        const came = (arrived.get(delivery.key)?.length ?? 0) > 0 ? 'arrived' : 'did not arrive';
        count(
          verdict.unknown,
          `${keys === undefined ? '' : keys ? 'with a key, ' : 'without a key, '}${came}: ${delivery.why}`,
        );
      }
      const times = arrived.get(delivery.key)?.length ?? 0;
      if (delivery.state === 'sent' && times !== 1) verdict.wrong.push(`${name} is sent and arrived ${times} times`);
      if (delivery.state === 'unknown' && takesKeys.get(delivery.key) && couldTryAgain(lived, delivery.firstTriedAt)) {
        verdict.wrong.push(`${name} is unknown although its key was known`);
      }
      if (delivery.state !== 'sent' && delivery.why === null && delivery.state !== 'expired') {
        verdict.wrong.push(`${name} is ${delivery.state} without a reason`);
      }
    }
    const oneADay = Map.groupBy(
      rows.filter(({ preparedAt }) => preparedAt !== null),
      ({ preparedAt }) => wallClock(preparedAt ?? new Date(), timeZone).date,
    );
    for (const [day, some] of oneADay)
      if (some.length > 1) verdict.wrong.push(`${schedule} was prepared twice on ${day}`);
  }
  if (from >= until) verdict.wrong.push('no time went by');
  return verdict;
}

const leaseMs = 125_000;
const keyMs = 58 * 60_000;

/**
 * Whether after the first try a pass ran in working hours while the platform still knew the key. Passes are in the order in which
 * they ran: one that saw a clock set forward took the key for forgotten, and what comes after it is no chance any more.
 */
function couldTryAgain({ passedAt }: Lived, firstTriedAt: Date | null): boolean {
  const first = firstTriedAt?.getTime() ?? 0;
  for (const at of passedAt.slice(passedAt.lastIndexOf(first) + 1)) {
    if (at >= first + keyMs) return false;
    if (first + leaseMs < at && inWorkingHours(new Date(at), timeZone)) return true;
  }
  return false;
}

/** Quarter by quarter, since a query is bounded. */
async function listAll(store: Store, { office, from, until }: Lived, schedule: string) {
  const rows = new Map<string, Awaited<ReturnType<typeof listSlotsSince>>[number]>();
  const first = momentOf(addDays(startOfWeek(wallClock(new Date(from), timeZone).date), -14), '00:00', timeZone);
  for (let since = first.getTime(); since <= until; since += 90 * 86_400_000) {
    for (const row of await listSlotsSince(store.read, office.workspace, [schedule], new Date(since))) {
      rows.set(row.slot, row);
    }
  }
  return [...rows.values()];
}
