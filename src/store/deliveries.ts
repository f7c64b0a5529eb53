import { and, count, desc, eq, gt, isNull, lte, or, sql } from 'drizzle-orm';

import type { PersonId } from '../domain/person.js';
import type { GroupId, WorkspaceId } from '../domain/workspace.js';
import { locked, type Queries, type Tx } from './queries.js';
import { type Slots, statement } from './statement.js';
import type { DeliveryTarget, Row } from './tables.js';

export type DeliveryRow = Row<'deliveries'>;

export interface NewDelivery {
  key: string;
  groupId: GroupId;
  personId: PersonId | null;
  kind: string;
  target: DeliveryTarget | null;
  reply: unknown;
  notBefore: Date;
  usefulUntil: Date | null;
  createdAt: Date;
}

/** How one stands that somebody has already taken, or nobody yet. */
type Standing = Pick<DeliveryRow, 'attempts' | 'firstTriedAt' | 'takenUntil'>;

const notTaken: Standing = { attempts: 0, firstTriedAt: null, takenUntil: null };

type Enqueued = NewDelivery & Standing & { workspace: WorkspaceId };

const insert = statement('enqueue_delivery', (tx: Tx, the: Slots<Enqueued>) => {
  const t = tx.t.deliveries;
  return tx
    .insert(t)
    .values({
      workspace: the('workspace'),
      key: the('key'),
      groupId: the('groupId'),
      personId: the('personId'),
      kind: the('kind'),
      target: the.for(t.target, 'target'),
      reply: the('reply'),
      state: 'pending',
      attempts: the('attempts'),
      firstTriedAt: the.for(t.firstTriedAt, 'firstTriedAt'),
      notBefore: the('notBefore'),
      usefulUntil: the.for(t.usefulUntil, 'usefulUntil'),
      takenUntil: the.for(t.takenUntil, 'takenUntil'),
      createdAt: the('createdAt'),
    })
    .onConflictDoNothing()
    .returning({ sequence: t.sequence });
});

/** False when this key was enqueued before. */
export async function enqueueDelivery(tx: Tx, workspace: WorkspaceId, delivery: NewDelivery): Promise<boolean> {
  return (await insert(tx, { ...delivery, ...notTaken, workspace })).length > 0;
}

export interface TakenDelivery extends DeliveryRow {
  /** It was taken before and no outcome was recorded: it may have arrived. */
  interrupted: boolean;
}

const latest = statement('latest_delivery', (q: Queries, the: Slots<{ workspace: WorkspaceId; groupId: GroupId }>) => {
  const t = q.t.deliveries;
  return q
    .select({ state: t.state, takenUntil: t.takenUntil })
    .from(t)
    .where(and(eq(t.workspace, the('workspace')), eq(t.groupId, the('groupId'))))
    .orderBy(desc(t.sequence))
    .limit(1);
});

/**
 * Enqueues one that the caller sends itself after the commit and keeps until `until`, as if taken. `null` when the key is
 * known, or when another of its group waits to be taken: then it waits behind that one.
 */
export async function enqueueTaken(
  tx: Tx,
  workspace: WorkspaceId,
  delivery: NewDelivery,
  until: Date,
): Promise<TakenDelivery | null> {
  const { groupId, createdAt: now } = delivery;
  const [before] = await latest(tx, { workspace, groupId });
  const waits = before?.state === 'pending' && (before.takenUntil === null || before.takenUntil <= now);
  const standing = waits ? notTaken : { attempts: 1, firstTriedAt: now, takenUntil: until };
  const [row] = await insert(tx, { ...delivery, ...standing, workspace });
  if (!row || waits) return null;
  return {
    ...delivery,
    ...standing,
    ...row,
    workspace,
    state: 'pending',
    mayHaveArrived: false,
    sentAt: null,
    platformMessageId: null,
    why: null,
    interrupted: false,
  };
}

export interface Taking {
  now: Date;
  /** Until when the taker keeps them; a taker that crashes loses them then. */
  until: Date;
  limit: number;
}

const due = statement('due_deliveries', (tx: Tx, the: Slots<{ workspace: WorkspaceId; now: Date; limit: number }>) => {
  const t = tx.t.deliveries;
  const now = (column: typeof t.notBefore | typeof t.usefulUntil | typeof t.takenUntil) => the.for(column, 'now');
  return locked(
    tx
      .select()
      .from(t)
      .where(
        and(
          eq(t.workspace, the('workspace')),
          eq(t.state, sql`'pending'`),
          lte(t.notBefore, now(t.notBefore)),
          or(isNull(t.usefulUntil), gt(t.usefulUntil, now(t.usefulUntil))),
          or(isNull(t.takenUntil), lte(t.takenUntil, now(t.takenUntil))),
        ),
      )
      .orderBy(t.sequence)
      .limit(the('limit')),
    { skipLocked: true },
  );
});

const take = statement('take_delivery', (tx: Tx, the: Slots<{ sequence: number; now: Date; until: Date }>) => {
  const t = tx.t.deliveries;
  return tx
    .update(t)
    .set({
      takenUntil: the.for(t.takenUntil, 'until'),
      attempts: sql`${t.attempts} + 1`,
      firstTriedAt: sql`coalesce(${t.firstTriedAt}, ${the.for(t.firstTriedAt, 'now')})`,
    })
    .where(eq(t.sequence, the('sequence')));
});

/** The next ones to send, oldest first, each to one taker however many instances run. Counts an attempt. */
export async function takeNextDeliveries(
  tx: Tx,
  workspace: WorkspaceId,
  { now, until, limit }: Taking,
): Promise<TakenDelivery[]> {
  const rows = await due(tx, { workspace, now, limit });
  for (const { sequence } of rows) await take(tx, { sequence, now, until });
  return rows.map((row) => ({
    ...row,
    takenUntil: until,
    attempts: row.attempts + 1,
    firstTriedAt: row.firstTriedAt ?? now,
    interrupted: row.takenUntil !== null,
  }));
}

export type DeliveryOutcome =
  | { state: 'sent'; at: Date; platformMessageId: string | null }
  | { state: 'refused' | 'unknown'; why: string }
  /** To be taken again from `notBefore`. */
  | { state: 'pending'; notBefore: Date; why: string; ambiguous: boolean };

const settle = statement(
  'settle_delivery',
  (
    tx: Tx,
    the: Slots<{
      workspace: WorkspaceId;
      sequence: number;
      state: DeliveryRow['state'];
      sentAt: Date | null;
      platformMessageId: string | null;
      why: string | null;
    }>,
  ) => {
    const t = tx.t.deliveries;
    return tx
      .update(t)
      .set({
        state: the.for(t.state, 'state'),
        takenUntil: null,
        sentAt: the.for(t.sentAt, 'sentAt'),
        platformMessageId: the.for(t.platformMessageId, 'platformMessageId'),
        why: the.for(t.why, 'why'),
      })
      .where(and(eq(t.workspace, the('workspace')), eq(t.sequence, the('sequence'))));
  },
);

export async function recordOutcome(
  tx: Tx,
  workspace: WorkspaceId,
  sequence: number,
  outcome: DeliveryOutcome,
): Promise<void> {
  switch (outcome.state) {
    case 'sent': {
      const { state, at, platformMessageId } = outcome;
      await settle(tx, { workspace, sequence, state, sentAt: at, platformMessageId, why: null });
      return;
    }
    case 'refused':
    case 'unknown': {
      const { state, why } = outcome;
      await settle(tx, { workspace, sequence, state, sentAt: null, platformMessageId: null, why });
      return;
    }
    case 'pending': {
      const t = tx.t.deliveries;
      const { notBefore, why, ambiguous } = outcome;
      await tx
        .update(t)
        .set({ takenUntil: null, notBefore, why, ...(ambiguous ? { mayHaveArrived: true } : {}) })
        .where(and(eq(t.workspace, workspace), eq(t.sequence, sequence)));
      return;
    }
  }
}

const release = statement(
  'release_delivery',
  (tx: Tx, the: Slots<{ workspace: WorkspaceId; sequence: number; notBefore: Date }>) => {
    const t = tx.t.deliveries;
    return tx
      .update(t)
      .set({ takenUntil: null, notBefore: the.for(t.notBefore, 'notBefore'), attempts: sql`${t.attempts} - 1` })
      .where(and(eq(t.workspace, the('workspace')), eq(t.sequence, the('sequence'))));
  },
);

/** Puts back what was taken and cannot be sent yet; that was no attempt. */
export async function releaseDeliveries(
  tx: Tx,
  workspace: WorkspaceId,
  rows: { sequence: number; notBefore: Date }[],
): Promise<void> {
  for (const { sequence, notBefore } of rows) await release(tx, { workspace, sequence, notBefore });
}

const expire = statement('expire_deliveries', (tx: Tx, the: Slots<{ workspace: WorkspaceId; now: Date }>) => {
  const t = tx.t.deliveries;
  return tx
    .update(t)
    .set({ state: 'expired', takenUntil: null })
    .where(
      and(
        eq(t.workspace, the('workspace')),
        eq(t.state, sql`'pending'`),
        lte(t.usefulUntil, the.for(t.usefulUntil, 'now')),
        or(isNull(t.takenUntil), lte(t.takenUntil, the.for(t.takenUntil, 'now'))),
      ),
    )
    .returning();
});

/** Marks what nobody needs any more and returns it, oldest first. What is being sent is left alone. */
export async function expireDeliveries(tx: Tx, workspace: WorkspaceId, now: Date): Promise<DeliveryRow[]> {
  const rows = await expire(tx, { workspace, now });
  return rows.sort((a, b) => a.sequence - b.sequence);
}

export async function findDelivery(q: Queries, workspace: WorkspaceId, key: string): Promise<DeliveryRow | null> {
  const t = q.t.deliveries;
  const [row] = await q
    .select()
    .from(t)
    .where(and(eq(t.workspace, workspace), eq(t.key, key)));
  return row ?? null;
}

/** Newest first. */
export async function listRecentDeliveries(
  q: Queries,
  workspace: WorkspaceId,
  group: GroupId,
  limit: number,
): Promise<DeliveryRow[]> {
  const t = q.t.deliveries;
  return q
    .select()
    .from(t)
    .where(and(eq(t.workspace, workspace), eq(t.groupId, group)))
    .orderBy(desc(t.sequence))
    .limit(limit);
}

const next = statement('next_delivery_at', (q: Queries, the: Slots<{ workspace: WorkspaceId }>) => {
  const t = q.t.deliveries;
  return q
    .select({ notBefore: t.notBefore })
    .from(t)
    .where(and(eq(t.workspace, the('workspace')), eq(t.state, sql`'pending'`), isNull(t.takenUntil)))
    .orderBy(t.notBefore)
    .limit(1);
});

/** The earliest `notBefore` of what is pending and not being sent. */
export async function nextDeliveryAt(q: Queries, workspace: WorkspaceId): Promise<Date | null> {
  const [row] = await next(q, { workspace });
  return row?.notBefore ?? null;
}

export async function countPendingDeliveries(q: Queries, workspace: WorkspaceId): Promise<number> {
  const t = q.t.deliveries;
  const [row] = await q
    .select({ pending: count() })
    .from(t)
    .where(and(eq(t.workspace, workspace), eq(t.state, 'pending')));
  return row?.pending ?? 0;
}
