import { and, count, eq, gt, inArray, isNotNull, isNull, lt, max, or, sum } from 'drizzle-orm';

import type { PersonId } from '../domain/person.js';
import type { TaskKey } from '../domain/task.js';
import type { WorkspaceId } from '../domain/workspace.js';
import { ofWorkspaceInOrder, type Queries, type Tx } from './queries.js';
import { type Slots, statement } from './statement.js';
import type { NewRow, Row } from './tables.js';

export type EvidenceRow = Row<'evidence'>;

export type NewEvidence = Pick<
  NewRow<'evidence'>,
  'personId' | 'chatId' | 'name' | 'type' | 'size' | 'sha256' | 'receivedAt' | 'offeredUntil'
>;

/** Keeps pieces of which nobody has said yet where they belong. Their content must be on the disk by now. */
export async function insertEvidence(tx: Tx, workspace: WorkspaceId, rows: NewEvidence[]): Promise<EvidenceRow[]> {
  if (rows.length === 0) return [];
  const inserted = await tx
    .insert(tx.t.evidence)
    .values(rows.map((row) => ({ ...row, workspace })))
    .returning();
  return inserted.sort((a, b) => a.sequence - b.sequence);
}

interface Sender {
  workspace: WorkspaceId;
  person: PersonId;
  chatId: string;
}

const offered = statement('offered_evidence', (q: Queries, the: Slots<Sender & { now: Date }>) => {
  const t = q.t.evidence;
  return q
    .select()
    .from(t)
    .where(
      and(
        eq(t.workspace, the('workspace')),
        eq(t.personId, the('person')),
        eq(t.chatId, the('chatId')),
        isNull(t.report),
        isNull(t.forgottenAt),
        gt(t.offeredUntil, the.for(t.offeredUntil, 'now')),
      ),
    )
    .orderBy(t.sequence);
});

/** What the person has sent here for whatever they report next. */
export async function listOfferedEvidence(
  q: Queries,
  workspace: WorkspaceId,
  person: PersonId,
  chatId: string,
  now: Date,
): Promise<EvidenceRow[]> {
  return offered(q, { workspace, person, chatId, now });
}

/** All that the person has sent here and that belongs nowhere yet. */
export async function listHeldEvidence(
  q: Queries,
  workspace: WorkspaceId,
  person: PersonId,
  chatId: string,
): Promise<EvidenceRow[]> {
  const t = q.t.evidence;
  return q
    .select()
    .from(t)
    .where(
      and(
        eq(t.workspace, workspace),
        eq(t.personId, person),
        eq(t.chatId, chatId),
        isNull(t.report),
        isNull(t.forgottenAt),
      ),
    )
    .orderBy(t.sequence);
}

/** They wait for a word of their own from now on. Returns how many. */
export async function withholdEvidence(
  tx: Tx,
  workspace: WorkspaceId,
  person: PersonId,
  chatId: string,
): Promise<number> {
  const t = tx.t.evidence;
  const withheld = await tx
    .update(t)
    .set({ offeredUntil: null })
    .where(
      and(
        eq(t.workspace, workspace),
        eq(t.personId, person),
        eq(t.chatId, chatId),
        isNull(t.report),
        isNotNull(t.offeredUntil),
      ),
    )
    .returning({ sequence: t.sequence });
  return withheld.length;
}

/** The number of the next piece of a task. Lock the task first. */
export async function nextEvidenceNumber(
  q: Queries,
  workspace: WorkspaceId,
  year: number,
  task: TaskKey,
): Promise<number> {
  const t = q.t.evidence;
  const [last] = await q
    .select({ number: max(t.number) })
    .from(t)
    .where(and(eq(t.workspace, workspace), eq(t.year, year), eq(t.task, task)));
  return (last?.number ?? 0) + 1;
}

export type Belonging = Pick<EvidenceRow, 'report' | 'attachedBy' | 'year' | 'task' | 'number'>;

/** Where a held piece belongs, from now on and for good. */
export async function setEvidenceReport(
  tx: Tx,
  workspace: WorkspaceId,
  sequence: number,
  belonging: Belonging,
): Promise<void> {
  const t = tx.t.evidence;
  await tx
    .update(t)
    .set({ ...belonging, offeredUntil: null })
    .where(and(eq(t.workspace, workspace), eq(t.sequence, sequence), isNull(t.report)));
}

/** A held piece that belongs to several reports: the same content once more. */
export async function copyEvidence(tx: Tx, workspace: WorkspaceId, row: EvidenceRow): Promise<EvidenceRow> {
  const { sequence: _, ...copied } = row;
  const [inserted] = await tx
    .insert(tx.t.evidence)
    .values({ ...copied, workspace })
    .returning();
  if (!inserted) throw new Error('insert returned nothing');
  return inserted;
}

/** What stands with these reports, in order; with `ever` also what was taken back. */
export async function listEvidenceOfReports(
  q: Queries,
  workspace: WorkspaceId,
  reports: number[],
  { ever = false } = {},
): Promise<EvidenceRow[]> {
  if (reports.length === 0) return [];
  const t = q.t.evidence;
  return q
    .select()
    .from(t)
    .where(and(eq(t.workspace, workspace), inArray(t.report, reports), ever ? undefined : isNull(t.takenBackAt)))
    .orderBy(t.sequence);
}

/** What stands with the reports on these tasks, in order. */
export async function listEvidenceOfTasks(
  q: Queries,
  workspace: WorkspaceId,
  year: number,
  tasks: TaskKey[],
): Promise<EvidenceRow[]> {
  const t = q.t.evidence;
  return q
    .select()
    .from(t)
    .where(and(eq(t.workspace, workspace), eq(t.year, year), inArray(t.task, tasks), isNull(t.takenBackAt)))
    .orderBy(t.sequence);
}

export async function findEvidence(q: Queries, workspace: WorkspaceId, sequence: number): Promise<EvidenceRow | null> {
  const t = q.t.evidence;
  const [row] = await q
    .select()
    .from(t)
    .where(and(eq(t.workspace, workspace), eq(t.sequence, sequence)));
  return row ?? null;
}

/** Every piece that was ever attached, those taken back among them, for verification: at most `limit` after `after`. */
export async function listAttachedEvidence(
  q: Queries,
  workspace: WorkspaceId,
  after: number,
  limit: number,
): Promise<EvidenceRow[]> {
  const t = q.t.evidence;
  return q
    .select()
    .from(t)
    .where(and(ofWorkspaceInOrder(t.workspace, workspace), isNotNull(t.report), gt(t.sequence, after)))
    .orderBy(t.sequence)
    .limit(limit);
}

/** Goes out of sight with the update `sequence`: the report that it belongs to, or the one that attached it. */
export async function takeBackEvidence(
  tx: Tx,
  workspace: WorkspaceId,
  sequence: number,
  takenBackAt: Date,
): Promise<void> {
  const t = tx.t.evidence;
  await tx
    .update(t)
    .set({ takenBackAt })
    .where(
      and(eq(t.workspace, workspace), or(eq(t.report, sequence), eq(t.attachedBy, sequence)), isNull(t.takenBackAt)),
    );
}

/** How much is kept, in bytes. */
export async function sumEvidence(q: Queries, workspace: WorkspaceId): Promise<{ files: number; bytes: number }> {
  const t = q.t.evidence;
  const [row] = await q
    .select({ files: count(), bytes: sum(t.size) })
    .from(t)
    .where(and(eq(t.workspace, workspace), isNull(t.forgottenAt)));
  return { files: row?.files ?? 0, bytes: Number(row?.bytes ?? 0) };
}

/** Received before these moments: held and never attached, taken back, attached. `null` keeps them. */
export interface Forgetting {
  held: Date;
  takenBack: Date;
  attached: Date | null;
}

/** Marks at most `limit` whose content is no longer to be kept. Returns how many. */
export async function forgetEvidence(
  tx: Tx,
  workspace: WorkspaceId,
  { held, takenBack, attached }: Forgetting,
  now: Date,
  limit: number,
): Promise<number> {
  const t = tx.t.evidence;
  const old = tx
    .select({ sequence: t.sequence })
    .from(t)
    .where(
      and(
        eq(t.workspace, workspace),
        isNull(t.forgottenAt),
        or(
          and(isNull(t.report), lt(t.receivedAt, held)),
          lt(t.takenBackAt, takenBack),
          attached === null ? undefined : and(isNotNull(t.report), lt(t.receivedAt, attached)),
        ),
      ),
    )
    .limit(limit);
  const forgotten = await tx
    .update(t)
    .set({ forgottenAt: now })
    .where(inArray(t.sequence, old))
    .returning({ sequence: t.sequence });
  return forgotten.length;
}

/** At most `limit` whose content is to be removed, and whether another piece still needs the same content. */
export async function listEvidenceToRemove(
  q: Queries,
  workspace: WorkspaceId,
  limit: number,
): Promise<{ row: EvidenceRow; needed: boolean }[]> {
  const t = q.t.evidence;
  const rows = await q
    .select()
    .from(t)
    .where(and(eq(t.workspace, workspace), isNotNull(t.forgottenAt), isNull(t.removedAt)))
    .orderBy(t.sequence)
    .limit(limit);
  if (rows.length === 0) return [];
  const hashes = [...new Set(rows.map(({ sha256 }) => sha256))];
  const kept = await q
    .selectDistinct({ sha256: t.sha256 })
    .from(t)
    .where(and(eq(t.workspace, workspace), inArray(t.sha256, hashes), isNull(t.forgottenAt)));
  const needed = new Set(kept.map(({ sha256 }) => sha256));
  return rows.map((row) => ({ row, needed: needed.has(row.sha256) }));
}

/** Their content is gone: what was attached keeps its row, what never was leaves none. */
export async function markEvidenceRemoved(
  tx: Tx,
  workspace: WorkspaceId,
  sequences: number[],
  removedAt: Date,
): Promise<void> {
  const t = tx.t.evidence;
  const these = and(eq(t.workspace, workspace), inArray(t.sequence, sequences));
  await tx
    .update(t)
    .set({ removedAt })
    .where(and(these, isNotNull(t.report)));
  await tx.delete(t).where(and(these, isNull(t.report)));
}
