import { randomUUID } from 'node:crypto';

import type { Logger } from 'pino';

import { type IncomingMessage, type Reply, reply } from '../../chat/message.js';
import { wallClock } from '../../domain/local-date.js';
import type { Actor } from '../../domain/person.js';
import { workspaceSettings } from '../../domain/workspace.js';
import { findGroupByChat, type GroupRow, listGroups } from '../../store/groups.js';
import { claimMessage, findClaim, type MessageKey, storeReplies } from '../../store/inbound.js';
import { findPersonByAccount, type PersonRow } from '../../store/people.js';
import type { Queries, Tx } from '../../store/queries.js';
import type { Store } from '../../store/store.js';
import { listWorkspaces, type WorkspaceRow } from '../../store/workspaces.js';
import type { Context } from '../context.js';
import type { LedgerCache } from '../ledger/ledger-cache.js';

export interface Road {
  store: Store;
  ledgers: LedgerCache;
  timeZone: string;
  log: Logger;
}

/** What the conversation made of a message: what to say, and which commands it ran. */
export interface Answer {
  replies: Reply[];
  commands: string[];
  /** Set when an unexpected error was answered by its number. */
  errorId?: string;
}

/**
 * The one road in: claims the message, lets `converse` run its commands, and commits claim, changes and replies together.
 * A message claimed before gets the replies stored with it. An unexpected error rolls everything back and is answered by
 * its number, so that a resend does not fail for ever.
 */
export async function answerMessage(
  road: Road,
  message: IncomingMessage,
  now: Date,
  converse: (ctx: Context, text: string) => Promise<Answer>,
): Promise<Reply[]> {
  const started = { messageId: message.id, platform: message.platform };
  try {
    return await road.store.transaction((tx) => answer(road, tx, message, now, converse));
  } catch (error) {
    const errorId = randomUUID().slice(0, 8);
    road.log.error({ ...started, errorId, err: error }, 'message failed');
    const said = [reply.refusal(`系统出错，编号 ${errorId}。没有记录任何内容，请稍后再发，或把编号告诉管理员。`)];
    return road.store.transaction((tx) =>
      answer(road, tx, message, now, async () => ({ replies: said, commands: [], errorId })),
    );
  }
}

async function answer(
  road: Road,
  tx: Tx,
  message: IncomingMessage,
  now: Date,
  converse: (ctx: Context, text: string) => Promise<Answer>,
): Promise<Reply[]> {
  const place = await findPlace(tx, message);
  if (!place) return [reply.refusal('这个群还没有绑定计划。请管理员先绑定，再来问我。')];
  const { workspace, group, person } = place;
  const key: MessageKey = { platform: message.platform, account: message.account, messageId: message.id };
  const claim = { ...key, receivedAt: now, personId: person?.id ?? null, groupId: group.id, commands: [] };
  if (!(await claimMessage(tx, workspace.id, claim))) {
    return ((await findClaim(tx, workspace.id, key))?.replies ?? []) as Reply[];
  }
  const { date: today } = wallClock(now, road.timeZone);
  const ctx: Context = {
    workspace: workspace.id,
    settings: workspaceSettings.parse(workspace.settings),
    startOn: workspace.startOn ?? today,
    timeZone: road.timeZone,
    now,
    today,
    actor: actorOf(person, message.sender),
    group: group.id,
    chat: message.chat,
    message: { platform: message.platform, account: message.account, id: message.id },
    ledger: await road.ledgers.current(tx, workspace.id, workspace.ledgerVersion),
    tx,
    log: road.log,
  };
  const { replies, commands, errorId = null } = await converse(ctx, message.text);
  await storeReplies(tx, workspace.id, key, { replies, commands, errorId });
  return replies;
}

interface Place {
  workspace: WorkspaceRow;
  group: GroupRow;
  person: PersonRow | null;
}

/** The chat names the group and so the workspace; a one-to-one chat belongs to the workspace that knows the person. */
async function findPlace(q: Queries, message: IncomingMessage): Promise<Place | null> {
  for (const workspace of await listWorkspaces(q)) {
    const person = await findPersonByAccount(q, workspace.id, message.platform, message.sender);
    const group = message.chat.private
      ? person && (await groupBeside(q, workspace, message))
      : await findGroupByChat(q, workspace.id, { ...message, chatId: message.chat.id });
    if (group) return { workspace, group, person };
  }
  return null;
}

async function groupBeside(q: Queries, workspace: WorkspaceRow, message: IncomingMessage): Promise<GroupRow | null> {
  const groups = await listGroups(q, workspace.id);
  return groups.find((group) => group.platform === message.platform && group.account === message.account) ?? null;
}

function actorOf(person: PersonRow | null, sender: string): Actor {
  if (!person?.active) return { person: null, name: sender, unit: null, roles: [] };
  return { person: person.id, name: person.name, unit: person.unitId, roles: person.roles };
}
