import { and, eq, lt, sql } from 'drizzle-orm';

import type { PersonId } from '../domain/person.js';
import type { GroupId, WorkspaceId } from '../domain/workspace.js';
import type { Queries, Tx } from './queries.js';
import { type Slots, statement } from './statement.js';
import type { Row } from './tables.js';

export type InboundRow = Row<'inbound'>;

/** What names a message on its platform. */
export interface MessageKey {
  platform: string;
  account: string;
  messageId: string;
}

export interface Claim extends MessageKey {
  receivedAt: Date;
  personId: PersonId | null;
  groupId: GroupId | null;
  commands: string[];
}

export interface ClaimOutcome {
  replies: unknown;
  /** Names of the commands that ran. */
  commands: string[];
  errorId: string | null;
}

type InWorkspace<T> = T & { workspace: WorkspaceId };

const claim = statement('claim', (tx: Tx, the: Slots<InWorkspace<Claim>>) =>
  tx
    .insert(tx.t.inbound)
    .values({
      workspace: the('workspace'),
      platform: the('platform'),
      account: the('account'),
      messageId: the('messageId'),
      receivedAt: the('receivedAt'),
      personId: the('personId'),
      groupId: the('groupId'),
      commands: the('commands'),
    })
    .onConflictDoNothing()
    .returning({ messageId: tx.t.inbound.messageId }),
);

/** False when the message was claimed before: it is a resend, and `findClaim` has its replies. */
export async function claimMessage(tx: Tx, workspace: WorkspaceId, message: Claim): Promise<boolean> {
  return (await claim(tx, { ...message, workspace })).length > 0;
}

export async function findClaim(q: Queries, workspace: WorkspaceId, key: MessageKey): Promise<InboundRow | null> {
  const t = q.t.inbound;
  const [row] = await q
    .select()
    .from(t)
    .where(
      and(
        eq(t.workspace, workspace),
        eq(t.platform, key.platform),
        eq(t.account, key.account),
        eq(t.messageId, key.messageId),
      ),
    );
  return row ?? null;
}

const store = statement('store_replies', (tx: Tx, the: Slots<InWorkspace<MessageKey & ClaimOutcome>>) => {
  const t = tx.t.inbound;
  return tx
    .update(t)
    .set({
      replies: the.for(t.replies, 'replies'),
      commands: the.for(t.commands, 'commands'),
      errorId: the.for(t.errorId, 'errorId'),
    })
    .where(
      and(
        eq(t.workspace, the('workspace')),
        eq(t.platform, the('platform')),
        eq(t.account, the('account')),
        eq(t.messageId, the('messageId')),
      ),
    );
});

export async function storeReplies(
  tx: Tx,
  workspace: WorkspaceId,
  key: MessageKey,
  outcome: ClaimOutcome,
): Promise<void> {
  const { platform, account, messageId } = key;
  await store(tx, { workspace, platform, account, messageId, ...outcome });
}

/** Forgets at most `limit` messages that came before; sent again, they would count anew. Returns how many. */
export async function forgetClaims(tx: Tx, workspace: WorkspaceId, before: Date, limit: number): Promise<number> {
  const t = tx.t.inbound;
  const old = tx
    .select({ platform: t.platform, account: t.account, messageId: t.messageId })
    .from(t)
    .where(and(eq(t.workspace, workspace), lt(t.receivedAt, before)))
    .limit(limit);
  const forgotten = await tx
    .delete(t)
    .where(and(eq(t.workspace, workspace), sql`(${t.platform}, ${t.account}, ${t.messageId}) in ${old}`))
    .returning({ messageId: t.messageId });
  return forgotten.length;
}
