import { createHash } from 'node:crypto';

import type { LocalDate } from './local-date.js';
import type { TaskKey } from './task.js';

/** The end of a task's chain on a day. */
export interface SealedHead {
  year: number;
  key: TaskKey;
  updateCount: number;
  lastHash: string;
}

export interface DaySeal {
  day: LocalDate;
  /** Of the tasks that have changed since the seal before. */
  heads: SealedHead[];
  previousHash: string;
  hash: string;
}

/** Seals what a day has brought: whoever cuts a chain off together with its head has to change every seal after it. */
export function sealDay(day: LocalDate, heads: SealedHead[], previousHash: string): DaySeal {
  return { day, heads, previousHash, hash: hashOf(day, heads, previousHash) };
}

function hashOf(day: LocalDate, heads: SealedHead[], previousHash: string): string {
  const rows = heads.map(({ year, key, updateCount, lastHash }) => [year, key, updateCount, lastHash]);
  return createHash('sha256')
    .update(JSON.stringify([day, rows, previousHash]))
    .digest('hex');
}

/** The day of the first seal that was changed or does not follow its predecessor; `null` when all are whole. */
export function firstBrokenSeal(seals: readonly DaySeal[]): LocalDate | null {
  let previousHash = '';
  for (const { day, heads, previousHash: claimed, hash } of seals) {
    if (claimed !== previousHash || hash !== hashOf(day, heads, previousHash)) return day;
    previousHash = hash;
  }
  return null;
}

const nameOf = ({ year, key }: Pick<SealedHead, 'year' | 'key'>) => `${year} ${key}`;

/** Those that another seal has not held before. */
export function changedSince(seals: readonly DaySeal[], heads: readonly SealedHead[]): SealedHead[] {
  const held = new Map(seals.flatMap((seal) => seal.heads.map((head) => [nameOf(head), head.lastHash] as const)));
  return heads.filter((head) => head.updateCount > 0 && held.get(nameOf(head)) !== head.lastHash);
}
