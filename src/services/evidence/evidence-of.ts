import { workOf } from '../../domain/ledger.js';
import type { Task } from '../../domain/task.js';
import { type EvidenceRow, listEvidenceOfReports, listEvidenceOfTasks } from '../../store/evidence.js';
import { listUpdatesBySequence, type UpdateRow } from '../../store/updates.js';
import type { Context } from '../context.js';

export type { EvidenceRow, UpdateRow };

/** What stands with each of these updates, by its sequence. */
export async function evidenceOf(
  { tx, workspace }: Pick<Context, 'tx' | 'workspace'>,
  updates: Pick<UpdateRow, 'sequence'>[],
): Promise<ReadonlyMap<number, EvidenceRow[]>> {
  const sequences = updates.map(({ sequence }) => sequence);
  const rows = await listEvidenceOfReports(tx, workspace, sequences);
  return Map.groupBy(rows, ({ report }) => report ?? 0);
}

/** What was handed over with the reports on a task, each with its report; of a task with annex rows theirs too. */
export async function evidenceOfWork(
  ctx: Context,
  task: Task,
): Promise<{ piece: EvidenceRow; report: UpdateRow | null }[]> {
  const work = workOf(ctx.ledger, task);
  const keys = task === work.task ? [task.key, ...work.parts.map((part) => part.key)] : [task.key];
  const pieces = await listEvidenceOfTasks(ctx.tx, ctx.workspace, task.year, keys);
  const sequences = [...new Set(pieces.flatMap(({ report }) => report ?? []))];
  const reports = await listUpdatesBySequence(ctx.tx, ctx.workspace, sequences);
  const bySequence = new Map(reports.map((report) => [report.sequence, report]));
  return pieces.map((piece) => ({ piece, report: bySequence.get(piece.report ?? 0) ?? null }));
}
