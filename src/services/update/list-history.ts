import { workOf } from '../../domain/ledger.js';
import type { Task } from '../../domain/task.js';
import type { EvidenceRow } from '../../store/evidence.js';
import { findPerson } from '../../store/people.js';
import { listUpdates, type UpdateRow } from '../../store/updates.js';
import type { Context } from '../context.js';
import { evidenceOf } from '../evidence/evidence-of.js';

export interface HistoryEntry {
  update: UpdateRow;
  personName: string;
  /** What was handed over with it. */
  evidence: EvidenceRow[];
}

/**
 * What was reported on a task, newest first; for a task with annex rows theirs too, for a row what was reported on the task.
 * Without `attaching` what was only handed over later stands in the lines of the reports alone.
 */
export async function updatesOfWork(
  ctx: Context,
  task: Task,
  { limit, attaching = true }: { limit: number; attaching?: boolean },
): Promise<HistoryEntry[]> {
  const work = workOf(ctx.ledger, task);
  const keys = task === work.task ? [task.key, ...work.parts.map((part) => part.key)] : [task.key, work.task.key];
  const listed = await listUpdates(ctx.tx, ctx.workspace, task.year, keys, 2 * limit);
  // What came with the very message of its report stands in the line of that.
  const brought = ({ kind, details, messageId }: UpdateRow) =>
    kind === 'attach' && listed.some((one) => one.sequence === details.report && one.messageId === messageId);
  const updates = listed.filter((one) => (attaching || one.kind !== 'attach') && !brought(one)).slice(0, limit);
  const names = new Map<string, string>();
  for (const { personId } of updates) {
    if (names.has(personId)) continue;
    names.set(personId, (await findPerson(ctx.tx, ctx.workspace, personId))?.name ?? '（已不在名单）');
  }
  const evidence = await evidenceOf(ctx, updates);
  return updates.map((update) => ({
    update,
    personName: names.get(update.personId) ?? '',
    evidence: evidence.get(update.sequence) ?? [],
  }));
}
