import { evidenceBounds } from '../../domain/evidence.js';
import { codeOf, taskOfKey, unitName } from '../../domain/ledger.js';
import { BotError } from '../../errors.js';
import {
  copyEvidence,
  type EvidenceRow,
  listEvidenceOfReports,
  nextEvidenceNumber,
  setEvidenceReport,
} from '../../store/evidence.js';
import type { UpdateRow } from '../../store/updates.js';
import type { Context } from '../context.js';
import { lockWork, recordUpdate } from '../update/record-update.js';
import { mayAttachTo } from './reports.js';

export interface Attached {
  report: UpdateRow;
  pieces: EvidenceRow[];
  /** The same content was there already. */
  repeated: EvidenceRow[];
  /** No room is left with this report. */
  over: EvidenceRow[];
}

export function refuseUnlessAttaches(ctx: Context, report: UpdateRow): void {
  if (!mayAttachTo(ctx, report)) throw new BotError('forbidden', whoAttachesTo(ctx, report));
}

export function whoAttachesTo({ ledger }: Context, { year, task, unitId }: UpdateRow): string {
  const whose = unitId === null ? '别人' : unitName(ledger, unitId);
  const own = '附到自己报的，发“/attach 编号”。';
  return `${codeOf(ledger, year, task)}的这条是${whose}报的，材料由${whose}来附。${own}`;
}

/**
 * Attaches what the speaker has sent to a report, with a row in the history that seals the content. With `copy` what is held
 * stays, for another report.
 */
export async function attachEvidence(
  ctx: Context,
  report: UpdateRow,
  held: EvidenceRow[],
  { copy = false } = {},
): Promise<Attached> {
  refuseUnlessAttaches(ctx, report);
  const { person } = ctx.actor;
  const task = taskOfKey(ctx.ledger, report.year, report.task);
  if (!task || person === null) throw new BotError('not-found', '这条报送的任务已不在台账里，没有附。');
  await lockWork(ctx, task);
  const before = await listEvidenceOfReports(ctx.tx, ctx.workspace, [report.sequence]);
  const attached: Attached = { report, pieces: [], repeated: [], over: [] };
  const known = new Set(before.map(({ sha256 }) => sha256));
  let bytes = before.reduce((sum, { size }) => sum + size, 0);
  for (const piece of held) {
    const { filesOfReport, bytesOfReport } = evidenceBounds;
    if (known.has(piece.sha256)) attached.repeated.push(piece);
    else if (before.length + attached.pieces.length >= filesOfReport || bytes + piece.size > bytesOfReport) {
      attached.over.push(piece);
    } else {
      known.add(piece.sha256);
      bytes += piece.size;
      attached.pieces.push(piece);
    }
  }
  if (attached.pieces.length === 0) return attached;
  const attachedBy = await recordUpdate(ctx, {
    task,
    person,
    unit: report.unitId,
    role: report.role,
    kind: 'attach',
    note: '',
    percent: null,
    changes: [],
    details: {
      report: report.sequence,
      evidence: attached.pieces.map(({ sha256, type, size }) => ({ sha256, type, size })),
    },
    undoes: null,
  });
  const first = await nextEvidenceNumber(ctx.tx, ctx.workspace, task.year, task.key);
  const place = { report: report.sequence, attachedBy, year: task.year, task: task.key };
  for (const [index, piece] of attached.pieces.entries()) {
    const own = copy ? await copyEvidence(ctx.tx, ctx.workspace, piece) : piece;
    await setEvidenceReport(ctx.tx, ctx.workspace, own.sequence, { ...place, number: first + index });
  }
  return attached;
}
