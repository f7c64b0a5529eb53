import { firstBrokenSeal } from '../../domain/day-seal.js';
import type { LocalDate } from '../../domain/local-date.js';
import type { TaskKey } from '../../domain/task.js';
import { firstBreak } from '../../domain/update-chain.js';
import type { WorkspaceId } from '../../domain/workspace.js';
import type { Queries } from '../../store/queries.js';
import { listSeals } from '../../store/seals.js';
import { listChainHeads, listUpdatesOfTaskInOrder } from '../../store/updates.js';

export type HistoryBreak =
  /** Row `number` of the task's history was changed, is missing, or does not follow the one before it. */
  | { kind: 'update'; year: number; task: TaskKey; number: number }
  /** The seal of this day was changed or does not follow the one before it. */
  | { kind: 'seal'; day: LocalDate }
  /** On this day the task's history was longer, or another. */
  | { kind: 'cut'; day: LocalDate; year: number; task: TaskKey; number: number };

export interface Verified {
  tasks: number;
  updates: number;
  seals: number;
  breaks: HistoryBreak[];
}

/** Reads every chain and every daily seal from the beginning. */
export async function verifyHistory(q: Queries, workspace: WorkspaceId): Promise<Verified> {
  const breaks: HistoryBreak[] = [];
  const hashes = new Map<string, string[]>();
  const heads = await listChainHeads(q, workspace);
  const seals = await listSeals(q, workspace);
  const sealed = new Set(seals.flatMap((seal) => seal.heads.map(({ year, key }) => `${year} ${key}`)));
  let updates = 0;
  for (const head of heads) {
    const name = `${head.year} ${head.key}`;
    if (head.updateCount === 0 && !sealed.has(name)) continue;
    const rows = await listUpdatesOfTaskInOrder(q, workspace, head.year, head.key);
    updates += rows.length;
    hashes.set(
      name,
      rows.map(({ hash }) => hash),
    );
    const number = firstBreak(rows, head);
    if (number !== null) breaks.push({ kind: 'update', year: head.year, task: head.key, number });
  }
  const day = firstBrokenSeal(seals);
  if (day !== null) breaks.push({ kind: 'seal', day });
  for (const seal of seals) {
    for (const { year, key, updateCount, lastHash } of seal.heads) {
      const known = hashes.get(`${year} ${key}`) ?? [];
      if (known[updateCount - 1] === lastHash) continue;
      breaks.push({ kind: 'cut', day: seal.day, year, task: key, number: updateCount });
    }
  }
  return { tasks: hashes.size, updates, seals: seals.length, breaks };
}
