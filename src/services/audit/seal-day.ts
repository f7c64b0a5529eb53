import { changedSince, sealDay } from '../../domain/day-seal.js';
import { addDays, wallClock } from '../../domain/local-date.js';
import { insertSeal, lastSeal, listSeals } from '../../store/seals.js';
import { listChainHeads } from '../../store/updates.js';
import { listWorkspaces } from '../../store/workspaces.js';
import type { Scheduling } from '../schedule/run-schedules.js';

/** Once a day, for the day before, where anything has changed since the last seal. */
export async function sealDays(deps: Scheduling, now: Date): Promise<void> {
  const { date: today } = wallClock(now, deps.timeZone);
  const day = addDays(today, -1);
  for (const { id } of await listWorkspaces(deps.store.read)) {
    const last = await lastSeal(deps.store.read, id);
    if (last && last.day >= day) continue;
    await deps.store.transaction(async (tx) => {
      const seals = await listSeals(tx, id);
      const changed = changedSince(seals, await listChainHeads(tx, id));
      if (changed.length === 0) return;
      const heads = changed.map(({ year, key, updateCount, lastHash }) => ({ year, key, updateCount, lastHash }));
      await insertSeal(tx, id, { ...sealDay(day, heads, seals.at(-1)?.hash ?? ''), sealedAt: now });
    });
  }
}
