import { setImmediate as turn } from 'node:timers/promises';

import { type ChainBreakKind, firstBreak } from '../../domain/update-chain.js';
import type { WorkspaceId } from '../../domain/workspace.js';
import { readLedger } from '../../store/ledger.js';
import type { Queries } from '../../store/queries.js';
import { listChainHeads, listTasksOfUpdates, listUpdatesOfTaskInOrder } from '../../store/updates.js';

export interface BrokenHistory {
  year: number;
  /** As people call the task; its key where the ledger has no such task any more. */
  code: string;
  /** Within the task, from 1. */
  number: number;
  /** Of the row; `null` where there is none. */
  sequence: number | null;
  /** `orphan`: the updates of a task that is gone. */
  kind: ChainBreakKind | 'orphan';
}

export interface HistoryVerdict {
  tasks: number;
  updates: number;
  broken: BrokenHistory[];
  /** False when the time was over before every task was seen. */
  complete: boolean;
}

/** Holds every task's history against its seals: a row that was changed, is missing or was cut off breaks its chain. */
export async function verifyHistory(q: Queries, workspace: WorkspaceId, signal: AbortSignal): Promise<HistoryVerdict> {
  const heads = new Map((await listChainHeads(q, workspace)).map((head) => [`${head.year} ${head.key}`, head]));
  const reported = await listTasksOfUpdates(q, workspace);
  const withHistory = new Set(reported.map(({ year, task }) => `${year} ${task}`));
  const emptied = [...heads.values()].filter(
    ({ year, key, updateCount }) => updateCount > 0 && !withHistory.has(`${year} ${key}`),
  );
  const places = [...reported, ...emptied.map(({ year, key }) => ({ year, task: key }))];
  const verdict: HistoryVerdict = { tasks: 0, updates: 0, broken: [], complete: true };
  const codes = await codesOf(q, workspace);
  for (const { year, task } of places) {
    // SQLite answers within the same turn, and a timer is heard only between two.
    await turn();
    if (signal.aborted) return { ...verdict, complete: false };
    const updates = await listUpdatesOfTaskInOrder(q, workspace, year, task);
    verdict.tasks += 1;
    verdict.updates += updates.length;
    const head = heads.get(`${year} ${task}`);
    const found = head ? firstBreak(updates, head) : { number: 1, kind: 'orphan' as const };
    if (found === null) continue;
    const sequence = found.kind === 'missing' ? null : (updates[found.number - 1]?.sequence ?? null);
    verdict.broken.push({ year, code: codes.get(`${year} ${task}`) ?? task, ...found, sequence });
  }
  return verdict;
}

async function codesOf(q: Queries, workspace: WorkspaceId): Promise<ReadonlyMap<string, string>> {
  const { tasks } = await readLedger(q, workspace);
  return new Map(tasks.map(({ year, key, code }) => [`${year} ${key}`, code]));
}
