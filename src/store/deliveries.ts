import { and, count, desc, eq, gt, gte, inArray, isNotNull, isNull, lt, lte, ne, or, type SQL, sql } from 'drizzle-orm';

import type { PersonId } from '../domain/person.js';
import type { GroupId, WorkspaceId } from '../domain/workspace.js';
import { locked, type Queries, type Tx } from './queries.js';
import { type Slots, statement } from './statement.js';
import type { DeliveryTarget, Row } from './tables.js';

export type DeliveryRow = Row<'deliveries'>;

const mostPosts = 500;

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

/** How one stands that somebody has taken already, or nobody yet. */
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

/** What has not been sent to one person yet goes to another: 交接. */
export async function handOverDeliveries(
  tx: Tx,
  workspace: WorkspaceId,
  { from, to }: { from: PersonId; to: PersonId },
): Promise<number> {
  const t = tx.t.deliveries;
  const handed = await tx
    .update(t)
    .set({ personId: to })
    .where(and(eq(t.workspace, workspace), eq(t.personId, from), eq(t.state, 'pending'), isNull(t.target)))
    .returning({ sequence: t.sequence });
  return handed.length;
}

export interface TakenDelivery extends DeliveryRow {
  /** It was taken before and no outcome was recorded: it may have arrived. */
  interrupted: boolean;
}

/** Enqueues one that the caller sends itself right after the commit, so that nobody else takes it before `until`. */
export async function enqueueTaken(
  tx: Tx,
  workspace: WorkspaceId,
  delivery: NewDelivery,
  until: Date,
): Promise<TakenDelivery | null> {
  const standing: Standing = { attempts: 1, firstTriedAt: delivery.createdAt, takenUntil: until };
  const [row] = await insert(tx, { ...delivery, ...standing, workspace });
  if (!row) return null;
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

const due = statement(
  'due_deliveries',
  (q: Queries, the: Slots<{ workspace: WorkspaceId; now: Date; limit: number }>) => {
    const t = q.t.deliveries;
    const now = (column: typeof t.notBefore | typeof t.usefulUntil | typeof t.takenUntil) => the.for(column, 'now');
    return q
      .select()
      .from(t)
      .where(
        and(
          eq(t.workspace, the('workspace')),
          isFree(q, now(t.takenUntil)),
          lte(t.notBefore, now(t.notBefore)),
          or(isNull(t.usefulUntil), gt(t.usefulUntil, now(t.usefulUntil))),
        ),
      )
      .orderBy(t.sequence)
      .limit(the('limit'));
  },
);

/** Those that may be sent now and that nobody is sending, oldest first. */
export async function listDueDeliveries(
  q: Queries,
  workspace: WorkspaceId,
  now: Date,
  limit: number,
): Promise<DeliveryRow[]> {
  return due(q, { workspace, now, limit });
}

export interface Taking {
  now: Date;
  /** Until when the taker keeps them; a taker that crashes loses them then. */
  until: Date;
}

/** Of these, those that are still to be sent, each to one taker however many instances run. Counts an attempt. */
export async function takeDeliveries(
  tx: Tx,
  workspace: WorkspaceId,
  sequences: number[],
  { now, until }: Taking,
): Promise<TakenDelivery[]> {
  if (sequences.length === 0) return [];
  const t = tx.t.deliveries;
  const rows = await locked(
    tx
      .select()
      .from(t)
      .where(and(eq(t.workspace, workspace), inArray(t.sequence, sequences), isFree(tx, now)))
      .orderBy(t.sequence),
    { skipLocked: true },
  );
  if (rows.length === 0) return [];
  await tx
    .update(t)
    .set({
      takenUntil: until,
      attempts: sql`${t.attempts} + 1`,
      firstTriedAt: sql`coalesce(${t.firstTriedAt}, ${sql.param(now, t.firstTriedAt)})`,
    })
    .where(
      inArray(
        t.sequence,
        rows.map((row) => row.sequence),
      ),
    );
  return rows.map((row) => ({
    ...row,
    takenUntil: until,
    attempts: row.attempts + 1,
    firstTriedAt: row.firstTriedAt ?? now,
    interrupted: row.takenUntil !== null,
  }));
}

/** Pending, and nobody is sending it. */
function isFree({ t: { deliveries: t } }: Queries, now: Date | SQL) {
  return and(eq(t.state, sql`'pending'`), or(isNull(t.takenUntil), lte(t.takenUntil, now)));
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

/** Puts back one that the caller has taken and does not send; that was no attempt. */
export async function releaseDelivery(
  tx: Tx,
  workspace: WorkspaceId,
  sequence: number,
  notBefore: Date,
): Promise<void> {
  await release(tx, { workspace, sequence, notBefore });
}

/** Lets them wait until their time has come; that is no attempt. */
export async function putOffDeliveries(
  tx: Tx,
  workspace: WorkspaceId,
  now: Date,
  rows: { sequence: number; notBefore: Date }[],
): Promise<void> {
  const t = tx.t.deliveries;
  for (const { sequence, notBefore } of rows) {
    await tx
      .update(t)
      .set({ notBefore })
      .where(and(eq(t.workspace, workspace), eq(t.sequence, sequence), isFree(tx, now)));
  }
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

const expire = statement('expire_deliveries', (tx: Tx, the: Slots<{ workspace: WorkspaceId; now: Date }>) => {
  const t = tx.t.deliveries;
  const isUseless = lte(t.usefulUntil, the.for(t.usefulUntil, 'now'));
  return tx
    .update(t)
    .set({ state: 'expired', takenUntil: null })
    .where(and(eq(t.workspace, the('workspace')), isUseless, isFree(tx, the.for(t.takenUntil, 'now'))))
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

/** What the bot said in the message that the platform knows by this id. */
export async function findDeliveryOfMessage(
  q: Queries,
  workspace: WorkspaceId,
  platformMessageId: string,
): Promise<DeliveryRow | null> {
  const t = q.t.deliveries;
  const [row] = await q
    .select()
    .from(t)
    .where(and(eq(t.workspace, workspace), eq(t.platformMessageId, platformMessageId)))
    .limit(1);
  return row ?? null;
}

/** What a group was sent that answers nobody, made at `since` or later: of what kind, when, and what became of it. */
export async function listGroupPosts(
  q: Queries,
  workspace: WorkspaceId,
  group: GroupId,
  since: Date,
): Promise<Pick<DeliveryRow, 'workspace' | 'kind' | 'state' | 'createdAt'>[]> {
  const t = q.t.deliveries;
  return q
    .select({ workspace: t.workspace, kind: t.kind, state: t.state, createdAt: t.createdAt })
    .from(t)
    .where(
      and(
        eq(t.workspace, workspace),
        eq(t.groupId, group),
        isNull(t.personId),
        isNull(t.target),
        gte(t.createdAt, since),
      ),
    )
    .orderBy(desc(t.sequence))
    .limit(mostPosts);
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

const before = statement(
  'delivery_before',
  (q: Queries, the: Slots<{ workspace: WorkspaceId; groupId: GroupId; sequence: number }>) => {
    const t = q.t.deliveries;
    return q
      .select()
      .from(t)
      .where(and(eq(t.workspace, the('workspace')), eq(t.groupId, the('groupId')), lt(t.sequence, the('sequence'))))
      .orderBy(desc(t.sequence))
      .limit(1);
  },
);

/** What was owed to the same group right before this one, if nobody has sent or taken it yet. */
export async function findWaitingBefore(
  q: Queries,
  workspace: WorkspaceId,
  { groupId, sequence }: Pick<DeliveryRow, 'groupId' | 'sequence'>,
  now: Date,
): Promise<DeliveryRow | null> {
  const [row] = await before(q, { workspace, groupId, sequence });
  return row?.state === 'pending' && (row.takenUntil === null || row.takenUntil <= now) ? row : null;
}

const next = statement('next_delivery_at', (q: Queries, the: Slots<{ workspace: WorkspaceId; now: Date }>) => {
  const t = q.t.deliveries;
  return q
    .select({ notBefore: t.notBefore })
    .from(t)
    .where(and(eq(t.workspace, the('workspace')), isFree(q, the.for(t.takenUntil, 'now'))))
    .orderBy(t.notBefore)
    .limit(1);
});

/** The earliest `notBefore` of what is pending and not being sent. */
export async function nextDeliveryAt(q: Queries, workspace: WorkspaceId, now: Date): Promise<Date | null> {
  const [row] = await next(q, { workspace, now });
  return row?.notBefore ?? null;
}

/** The first moment after `after` at which something pending may be sent, or whoever took it has crashed. */
export async function nextDeliveryMoment(q: Queries, workspace: WorkspaceId, after: Date): Promise<Date | null> {
  const t = q.t.deliveries;
  const first = async (column: typeof t.notBefore | typeof t.takenUntil) => {
    const [row] = await q
      .select({ at: column })
      .from(t)
      .where(and(eq(t.workspace, workspace), eq(t.state, 'pending'), gt(column, after)))
      .orderBy(column)
      .limit(1);
    return row?.at ?? null;
  };
  const [due, freed] = [await first(t.notBefore), await first(t.takenUntil)];
  return due !== null && freed !== null ? (due < freed ? due : freed) : (due ?? freed);
}

export async function countPendingDeliveries(q: Queries, workspace: WorkspaceId): Promise<number> {
  const t = q.t.deliveries;
  const [row] = await q
    .select({ pending: count() })
    .from(t)
    .where(and(eq(t.workspace, workspace), eq(t.state, 'pending')));
  return row?.pending ?? 0;
}

/** Of at most `limit` that were settled, made before, keeps what became of them and forgets what they said and to whom. */
export async function forgetSaid(tx: Tx, workspace: WorkspaceId, before: Date, limit: number): Promise<number> {
  const t = tx.t.deliveries;
  const old = tx
    .select({ sequence: t.sequence })
    .from(t)
    .where(and(eq(t.workspace, workspace), isNotNull(t.reply), ne(t.state, 'pending'), lt(t.createdAt, before)))
    .limit(limit);
  const forgotten = await tx
    .update(t)
    .set({ reply: null, target: null })
    .where(inArray(t.sequence, old))
    .returning({ sequence: t.sequence });
  return forgotten.length;
}

/** How many, and one of them by which to find the fault. */
export interface DeliveryTally {
  count: number;
  example: DeliveryRow | null;
}

/** Created from `since` on and now in this state; the newest as example. */
export async function tallyDeliveries(
  q: Queries,
  workspace: WorkspaceId,
  state: DeliveryRow['state'],
  since: Date,
): Promise<DeliveryTally> {
  const t = q.t.deliveries;
  const where = and(eq(t.workspace, workspace), eq(t.state, state), gte(t.createdAt, since));
  const [counted] = await q.select({ count: count() }).from(t).where(where);
  const [example = null] = await q.select().from(t).where(where).orderBy(desc(t.sequence)).limit(1);
  return { count: counted?.count ?? 0, example };
}

/** Pending since before `before`, and not because their time has yet to come; the oldest as example. */
export async function tallyStuckDeliveries(q: Queries, workspace: WorkspaceId, before: Date): Promise<DeliveryTally> {
  const t = q.t.deliveries;
  const where = and(
    eq(t.workspace, workspace),
    eq(t.state, 'pending'),
    lte(t.createdAt, before),
    or(lte(t.notBefore, before), gt(t.attempts, 0)),
  );
  const [counted] = await q.select({ count: count() }).from(t).where(where);
  const [example = null] = await q.select().from(t).where(where).orderBy(t.sequence).limit(1);
  return { count: counted?.count ?? 0, example };
}
