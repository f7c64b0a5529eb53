import { setImmediate as turn } from 'node:timers/promises';

import { firstBrokenSeal } from '../../domain/day-seal.js';
import type { LocalDate } from '../../domain/local-date.js';
import { type ChainBreakKind, firstBreak } from '../../domain/update-chain.js';
import type { WorkspaceId } from '../../domain/workspace.js';
import { readLedger } from '../../store/ledger.js';
import type { Queries } from '../../store/queries.js';
import { listSeals } from '../../store/seals.js';
import { listChainHeads, listTasksOfUpdates, listUpdatesOfTaskInOrder } from '../../store/updates.js';

export interface BrokenHistory {
  year: number;
  /** As people call the task; its key where the ledger has no such task any more. */
  code: string;
  /** Within the task, from 1. */
  number: number;
  /** Of the row; `null` where there is none. */
  sequence: number | null;
  /** `orphan`: the updates of a task that is gone. `unsealed`: not what the seal of a day has held. */
  kind: ChainBreakKind | 'orphan' | 'unsealed';
  /** The day whose seal does not fit, for `unsealed`. */
  day: LocalDate | null;
}

export interface HistoryVerdict {
  tasks: number;
  updates: number;
  seals: number;
  broken: BrokenHistory[];
  /** The day of the first seal that was changed or does not follow its predecessor. */
  brokenSeal: LocalDate | null;
  /** False when the time was over before every task was seen. */
  complete: boolean;
}

/**
 * Holds every task's history against its hashes, where a row that was changed, is missing or was cut off breaks the chain,
 * and against the daily seals, which find a row that was cut off together with the task's own count.
 */
export async function verifyHistory(q: Queries, workspace: WorkspaceId, signal: AbortSignal): Promise<HistoryVerdict> {
  const heads = new Map((await listChainHeads(q, workspace)).map((head) => [`${head.year} ${head.key}`, head]));
  const reported = (await listTasksOfUpdates(q, workspace)).map(({ year, task }) => ({ year, key: task }));
  const seals = await listSeals(q, workspace);
  const counted = [...heads.values()].filter(({ updateCount }) => updateCount > 0);
  const places = new Map(
    [...reported, ...counted, ...seals.flatMap((seal) => seal.heads)].map(({ year, key }) => [
      `${year} ${key}`,
      { year, key },
    ]),
  );
  const verdict: HistoryVerdict = {
    tasks: 0,
    updates: 0,
    seals: seals.length,
    broken: [],
    brokenSeal: firstBrokenSeal(seals),
    complete: true,
  };
  const codes = await codesOf(q, workspace);
  for (const [name, { year, key }] of places) {
    // SQLite answers within the same turn, and a timer is heard only between two.
    await turn();
    if (signal.aborted) return { ...verdict, complete: false };
    const updates = await listUpdatesOfTaskInOrder(q, workspace, year, key);
    verdict.tasks += 1;
    verdict.updates += updates.length;
    const head = heads.get(name);
    const found = head ? firstBreak(updates, head) : { number: 1, kind: 'orphan' as const };
    const named = { year, code: codes.get(name) ?? key, day: null };
    if (found !== null) {
      const sequence = found.kind === 'missing' ? null : (updates[found.number - 1]?.sequence ?? null);
      verdict.broken.push({ ...named, ...found, sequence });
      continue;
    }
    for (const { day, heads: sealed } of seals) {
      const then = sealed.find((one) => one.year === year && one.key === key);
      if (!then || updates[then.updateCount - 1]?.hash === then.lastHash) continue;
      verdict.broken.push({ ...named, number: then.updateCount, sequence: null, kind: 'unsealed', day });
      break;
    }
  }
  return verdict;
}

async function codesOf(q: Queries, workspace: WorkspaceId): Promise<ReadonlyMap<string, string>> {
  const { tasks } = await readLedger(q, workspace);
  return new Map(tasks.map(({ year, key, code }) => [`${year} ${key}`, code]));
}
