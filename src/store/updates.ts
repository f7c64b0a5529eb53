import { and, desc, eq, gt, gte, inArray, isNotNull, lte, max, notInArray } from 'drizzle-orm';
import type { PersonId } from '../domain/person.js';
import type { TaskKey } from '../domain/task.js';
import type { WorkspaceId } from '../domain/workspace.js';
import { byWords, locked, ofWorkspaceInOrder, type Queries, type Tx } from './queries.js';
import { type Slots, statement } from './statement.js';
import type { Row } from './tables.js';

export type UpdateRow = Row<'updates'>;

/** The end of a task's chain of updates. */
export interface ChainHead {
  updateCount: number;
  lastHash: string;
}

interface TaskPlace {
  workspace: WorkspaceId;
  year: number;
  task: TaskKey;
}

const lock = statement('lock_task', (tx: Tx, the: Slots<TaskPlace>) => {
  const t = tx.t.tasks;
  return locked(
    tx
      .select({ updateCount: t.updateCount, lastHash: t.lastHash })
      .from(t)
      .where(and(eq(t.workspace, the('workspace')), eq(t.year, the('year')), eq(t.key, the('task')))),
  );
});

/** Nobody else adds to this task's history, or changes its duties, until the transaction ends. */
export async function lockTask(tx: Tx, workspace: WorkspaceId, year: number, task: TaskKey): Promise<ChainHead | null> {
  const [head] = await lock(tx, { workspace, year, task });
  return head ?? null;
}

const append = statement('append_update', (tx: Tx, the: Slots<Omit<UpdateRow, 'sequence'>>) =>
  tx
    .insert(tx.t.updates)
    .values({
      workspace: the('workspace'),
      year: the('year'),
      task: the('task'),
      number: the('number'),
      at: the('at'),
      personId: the('personId'),
      unitId: the('unitId'),
      role: the('role'),
      groupId: the('groupId'),
      platform: the('platform'),
      messageId: the('messageId'),
      kind: the('kind'),
      note: the('note'),
      percent: the('percent'),
      changes: the('changes'),
      details: the('details'),
      undoes: the('undoes'),
      version: the('version'),
      algorithm: the('algorithm'),
      previousHash: the('previousHash'),
      hash: the('hash'),
    })
    .returning({ sequence: tx.t.updates.sequence }),
);

/** Returns the update's sequence. */
export async function appendUpdate(
  tx: Tx,
  workspace: WorkspaceId,
  row: Omit<UpdateRow, 'sequence' | 'workspace'>,
): Promise<number> {
  const [inserted] = await append(tx, { ...row, workspace });
  if (!inserted) throw new Error('insert returned nothing');
  return inserted.sequence;
}

const setHead = statement('set_chain_head', (tx: Tx, the: Slots<TaskPlace & ChainHead>) => {
  const t = tx.t.tasks;
  return tx
    .update(t)
    .set({ updateCount: the.for(t.updateCount, 'updateCount'), lastHash: the.for(t.lastHash, 'lastHash') })
    .where(and(eq(t.workspace, the('workspace')), eq(t.year, the('year')), eq(t.key, the('task'))));
});

export async function setChainHead(
  tx: Tx,
  workspace: WorkspaceId,
  year: number,
  task: TaskKey,
  head: ChainHead,
): Promise<void> {
  await setHead(tx, { workspace, year, task, ...head });
}

export type TaskChainHead = ChainHead & { year: number; key: TaskKey };

/** The heads of all chains, for verification and the daily seal. */
export async function listChainHeads(q: Queries, workspace: WorkspaceId): Promise<TaskChainHead[]> {
  const t = q.t.tasks;
  return q
    .select({ year: t.year, key: t.key, updateCount: t.updateCount, lastHash: t.lastHash })
    .from(t)
    .where(eq(t.workspace, workspace))
    .orderBy(t.year, t.position);
}

/** Newest first. */
export async function listUpdates(
  q: Queries,
  workspace: WorkspaceId,
  year: number,
  tasks: TaskKey[],
  limit: number,
): Promise<UpdateRow[]> {
  const t = q.t.updates;
  return q
    .select()
    .from(t)
    .where(and(eq(t.workspace, workspace), eq(t.year, year), inArray(t.task, tasks)))
    .orderBy(desc(t.sequence))
    .limit(limit);
}

/** The tasks that have any update, whether the ledger still has the task or not. */
export async function listTasksOfUpdates(
  q: Queries,
  workspace: WorkspaceId,
): Promise<Pick<UpdateRow, 'workspace' | 'year' | 'task'>[]> {
  const t = q.t.updates;
  const rows = await q
    .selectDistinct({ workspace: t.workspace, year: t.year, task: t.task })
    .from(t)
    .where(eq(t.workspace, workspace));
  return byWords(rows, ({ year, task }) => `${year} ${task}`);
}

const newest = statement('newest_update', (q: Queries, the: Slots<{ workspace: WorkspaceId }>) => {
  const t = q.t.updates;
  return q
    .select()
    .from(t)
    .where(eq(t.workspace, the('workspace')))
    .orderBy(desc(t.sequence))
    .limit(1);
});

export async function findNewestUpdate(q: Queries, workspace: WorkspaceId): Promise<UpdateRow | null> {
  const [row] = await newest(q, { workspace });
  return row ?? null;
}

const readAtOnce = 500;

/** Of each task of a year the last report that was made up to `sequence` and had not been taken back by then. */
export async function listLastReports(
  q: Queries,
  workspace: WorkspaceId,
  year: number,
  sequence: number,
): Promise<UpdateRow[]> {
  const t = q.t.updates;
  const upTo = and(eq(t.workspace, workspace), lte(t.sequence, sequence));
  const takenBack = q
    .select({ sequence: t.undoes })
    .from(t)
    .where(and(upTo, isNotNull(t.undoes)));
  const last = await q
    .select({ sequence: max(t.sequence) })
    .from(t)
    .where(and(upTo, eq(t.year, year), inArray(t.kind, ['done', 'progress']), notInArray(t.sequence, takenBack)))
    .groupBy(t.task);
  const sequences = last.flatMap((row) => row.sequence ?? []).sort((a, b) => a - b);
  const rows: UpdateRow[] = [];
  for (let from = 0; from < sequences.length; from += readAtOnce) {
    const some = sequences.slice(from, from + readAtOnce);
    rows.push(
      ...(await q
        .select()
        .from(t)
        .where(and(eq(t.workspace, workspace), inArray(t.sequence, some)))),
    );
  }
  return rows.sort((a, b) => a.sequence - b.sequence);
}

/** The whole chain from its first update, as verification reads it. */
export async function listUpdatesOfTaskInOrder(
  q: Queries,
  workspace: WorkspaceId,
  year: number,
  task: TaskKey,
): Promise<UpdateRow[]> {
  const t = q.t.updates;
  return q
    .select()
    .from(t)
    .where(and(eq(t.workspace, workspace), eq(t.year, year), eq(t.task, task)))
    .orderBy(t.number);
}

/** These updates, oldest first. */
export async function listUpdatesBySequence(
  q: Queries,
  workspace: WorkspaceId,
  sequences: number[],
): Promise<UpdateRow[]> {
  const t = q.t.updates;
  return q
    .select()
    .from(t)
    .where(and(eq(t.workspace, workspace), inArray(t.sequence, sequences)))
    .orderBy(t.sequence);
}

const ofMessage = statement(
  'updates_of_message',
  (q: Queries, the: Slots<{ workspace: WorkspaceId; platform: string; messageId: string }>) => {
    const t = q.t.updates;
    return q
      .select()
      .from(t)
      .where(and(eq(t.workspace, the('workspace')), eq(t.platform, the('platform')), eq(t.messageId, the('messageId'))))
      .orderBy(t.sequence);
  },
);

/** What a message has written, oldest first. */
export async function listUpdatesOfMessage(
  q: Queries,
  workspace: WorkspaceId,
  { platform, messageId }: { platform: string; messageId: string },
): Promise<UpdateRow[]> {
  return ofMessage(q, { workspace, platform, messageId });
}

/** At most `limit` that attached something, after `after`, oldest first. */
export async function listAttachingUpdates(
  q: Queries,
  workspace: WorkspaceId,
  after: number,
  limit: number,
): Promise<UpdateRow[]> {
  const t = q.t.updates;
  return q
    .select()
    .from(t)
    .where(and(ofWorkspaceInOrder(t.workspace, workspace), eq(t.kind, 'attach'), gt(t.sequence, after)))
    .orderBy(t.sequence)
    .limit(limit);
}

/** At most `limit` of all there is, after `after` and up to `upTo`, in the order in which they were written. */
export async function listUpdatesInOrder(
  q: Queries,
  workspace: WorkspaceId,
  { after, upTo }: { after: number; upTo: number },
  limit: number,
): Promise<UpdateRow[]> {
  const t = q.t.updates;
  return q
    .select()
    .from(t)
    .where(and(ofWorkspaceInOrder(t.workspace, workspace), gt(t.sequence, after), lte(t.sequence, upTo)))
    .orderBy(t.sequence)
    .limit(limit);
}

/** Those of these updates that have been taken back. */
export async function listTakenBack(
  q: Queries,
  workspace: WorkspaceId,
  sequences: number[],
): Promise<Pick<UpdateRow, 'workspace' | 'undoes'>[]> {
  if (sequences.length === 0) return [];
  const t = q.t.updates;
  return q
    .selectDistinct({ workspace: t.workspace, undoes: t.undoes })
    .from(t)
    .where(and(eq(t.workspace, workspace), inArray(t.undoes, sequences)));
}

const lastOfPerson = statement(
  'last_update_of_person',
  (q: Queries, the: Slots<{ workspace: WorkspaceId; person: PersonId }>) => {
    const t = q.t.updates;
    return q
      .select()
      .from(t)
      .where(and(eq(t.workspace, the('workspace')), eq(t.personId, the('person'))))
      .orderBy(desc(t.sequence))
      .limit(1);
  },
);

export async function lastUpdateOfPerson(
  q: Queries,
  workspace: WorkspaceId,
  person: PersonId,
): Promise<UpdateRow | null> {
  const [row] = await lastOfPerson(q, { workspace, person });
  return row ?? null;
}

/** What this person wrote from the moment `since` on, newest first. */
export async function listUpdatesOfPerson(
  q: Queries,
  workspace: WorkspaceId,
  person: PersonId,
  since: Date,
): Promise<UpdateRow[]> {
  const t = q.t.updates;
  return q
    .select()
    .from(t)
    .where(and(eq(t.workspace, workspace), eq(t.personId, person), gte(t.at, since)))
    .orderBy(desc(t.sequence));
}

/** What was written on these tasks after the update `sequence`, oldest first. */
export async function listUpdatesAfter(
  q: Queries,
  workspace: WorkspaceId,
  year: number,
  tasks: TaskKey[],
  sequence: number,
): Promise<UpdateRow[]> {
  const t = q.t.updates;
  return q
    .select()
    .from(t)
    .where(and(eq(t.workspace, workspace), eq(t.year, year), inArray(t.task, tasks), gt(t.sequence, sequence)))
    .orderBy(t.sequence);
}

/** Everything written from the moment `from` on, oldest first. */
export async function listUpdatesSince(q: Queries, workspace: WorkspaceId, from: Date): Promise<UpdateRow[]> {
  const t = q.t.updates;
  return q
    .select()
    .from(t)
    .where(and(eq(t.workspace, workspace), gte(t.at, from)))
    .orderBy(t.sequence);
}
