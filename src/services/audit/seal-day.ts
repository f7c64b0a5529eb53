import { changedSince, sealDay } from '../../domain/day-seal.js';
import { addDays } from '../../domain/local-date.js';
import { insertSeal, listSeals } from '../../store/seals.js';
import { listChainHeads } from '../../store/updates.js';
import type { DailySlot } from '../schedule/each-day.js';

/** Seals the day before, where anything has changed since the last seal. Nothing is ever left of it. */
export async function sealYesterday({ tx, workspace, now, today }: DailySlot): Promise<boolean> {
  const day = addDays(today, -1);
  const seals = await listSeals(tx, workspace);
  const last = seals.at(-1);
  if (last && last.day >= day) return false;
  const changed = changedSince(seals, await listChainHeads(tx, workspace));
  if (changed.length === 0) return false;
  const heads = changed.map(({ year, key, updateCount, lastHash }) => ({ year, key, updateCount, lastHash }));
  await insertSeal(tx, workspace, { ...sealDay(day, heads, last?.hash ?? ''), sealedAt: now });
  return false;
}
