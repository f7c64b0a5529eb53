import { setImmediate as turn } from 'node:timers/promises';

import { firstBrokenSeal } from '../../domain/day-seal.js';
import type { HistoryVerdict } from '../../domain/history-verdict.js';
import type { TaskKey } from '../../domain/task.js';
import { type ChainBreak, firstBreak } from '../../domain/update-chain.js';
import type { WorkspaceId } from '../../domain/workspace.js';
import { readLedger } from '../../store/ledger.js';
import type { Queries } from '../../store/queries.js';
import { listSeals } from '../../store/seals.js';
import {
  listChainHeads,
  listTasksOfUpdates,
  listUpdatesOfTaskInOrder,
  type TaskChainHead,
  type UpdateRow,
} from '../../store/updates.js';

/** Of a chain that grows meanwhile. */
const readings = 4;

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
    const { updates, found } = await chainOf(q, workspace, { year, key }, heads.get(name));
    verdict.tasks += 1;
    verdict.updates += updates.length;
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

interface Chain {
  updates: UpdateRow[];
  found: ChainBreak | { number: number; kind: 'orphan' } | null;
}

/** A count is read before what it counts, so what is reported in between stands beyond it: then both are read once more. */
async function chainOf(
  q: Queries,
  workspace: WorkspaceId,
  { year, key }: { year: number; key: TaskKey },
  head: TaskChainHead | undefined,
): Promise<Chain> {
  let last = head;
  for (let reading = 1; ; reading += 1) {
    const updates = await listUpdatesOfTaskInOrder(q, workspace, year, key);
    const found = last ? firstBreak(updates, last) : { number: 1, kind: 'orphan' as const };
    const isGrowing = found?.kind === 'uncounted' || found?.kind === 'orphan';
    if (!isGrowing || reading === readings) return { updates, found };
    last = (await listChainHeads(q, workspace)).find((one) => one.year === year && one.key === key);
  }
}

async function codesOf(q: Queries, workspace: WorkspaceId): Promise<ReadonlyMap<string, string>> {
  const { tasks } = await readLedger(q, workspace);
  return new Map(tasks.map(({ year, key, code }) => [`${year} ${key}`, code]));
}
