import { randomUUID } from 'node:crypto';

import type { Logger } from 'pino';

import { type FileWay, type IncomingMessage, type Reply, reply } from '../../chat/message.js';
import { currentPlans } from '../../domain/current-plans.js';
import { wallClock } from '../../domain/local-date.js';
import type { Actor } from '../../domain/person.js';
import type { RulePacks } from '../../domain/rule-pack.js';
import { type GroupId, groupId, type WorkspaceId, workspaceSettings } from '../../domain/workspace.js';
import { enqueueDelivery, enqueueTaken, type TakenDelivery } from '../../store/deliveries.js';
import { type GroupRow, insertGroup, restoreGroup } from '../../store/groups.js';
import { claimMessage, findClaim, type MessageKey, storeReplies } from '../../store/inbound.js';
import type { PersonRow } from '../../store/people.js';
import type { Tx } from '../../store/queries.js';
import type { Store } from '../../store/store.js';
import type { DeliveryTarget } from '../../store/tables.js';
import type { Context } from '../context.js';
import { type Binding, bindChat } from '../group/bind-chat.js';
import type { LedgerCache } from '../ledger/ledger-cache.js';
import { oneToOneChat, type Place, type RosterCache } from '../roster/roster-cache.js';
import { replyKey } from './reply-key.js';
import { settleFiles } from './settle-files.js';

const replyUsefulMs = 3_600_000;

export interface Road {
  store: Store;
  ledgers: LedgerCache;
  rosters: RosterCache;
  packs: RulePacks;
  address?: () => string | null;
  timeZone: string;
  /** How a file gets to whoever said this; `webhook` is the group's own robot. */
  fileWay: (message: IncomingMessage, webhook: string | null) => FileWay;
  /** Until when what can be sent to this target right after the commit is the caller's to send; `null` when it has to wait. */
  lease(target: DeliveryTarget): Date | null;
  log: Logger;
  /** Whether what is heard in a group of that platform proves that the bot can speak there. */
  speaksWhereItHears(platform: string, group: { webhook: string | null }): boolean;
}

/** What the conversation made of a message: what to say, and which commands it ran. */
export interface Answer {
  replies: Reply[];
  commands: string[];
  /** Set when an unexpected error was answered by its number. */
  errorId?: string;
}

export interface Answered {
  replies: Reply[];
  /** `unbound` is a chat that belongs to no workspace; `binding` the same when a code was typed. Nothing is owed there. */
  place: 'bound' | 'unbound' | 'binding';
  /** What is to be sent besides the answer to the platform. */
  owed: {
    workspace: WorkspaceId;
    group: GroupRow | null;
    /** The caller's to send at once. */
    taken: TakenDelivery[];
    /** Something else waits for its turn. */
    waits: boolean;
  } | null;
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
): Promise<Answered> {
  const started = { messageId: message.id, platform: message.platform };
  try {
    return await road.store.transaction((tx) => answer(road, tx, message, now, converse));
  } catch (error) {
    // What was read inside a transaction that came to nothing may never have been.
    road.ledgers.forget();
    road.rosters.forget();
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
): Promise<Answered> {
  const place = await road.rosters.find(tx, message);
  if (place) return answerAt(road, tx, place, message, now, converse);
  const binding = await bindChat(tx, message, now);
  const bound = binding?.done ? await road.rosters.find(tx, message) : null;
  if (!binding || !bound) return nowhere(message, binding);
  // Claimed like everything else: sent again, the message would find its code used.
  const said = async () => ({ replies: [binding.reply], commands: ['bind'] });
  return answerAt(road, tx, bound, message, now, said);
}

async function answerAt(
  road: Road,
  tx: Tx,
  place: Place,
  message: IncomingMessage,
  now: Date,
  converse: (ctx: Context, text: string) => Promise<Answer>,
): Promise<Answered> {
  const { workspace, person } = place;
  const group = place.group ?? (await openOneToOne(tx, workspace.id, message, now));
  const key: MessageKey = { platform: message.platform, account: message.account, messageId: message.id };
  const claim = { ...key, receivedAt: now, personId: person?.id ?? null, groupId: group.id, commands: [] };
  if (!(await claimMessage(tx, workspace.id, claim))) {
    const replies = ((await findClaim(tx, workspace.id, key))?.replies ?? []) as Reply[];
    return { replies, place: 'bound', owed: null };
  }
  const { date: today } = wallClock(now, road.timeZone);
  const ledger = await road.ledgers.current(tx, workspace.id, workspace.ledgerVersion);
  const ctx: Context = {
    workspace: workspace.id,
    settings: workspaceSettings.parse(workspace.settings),
    startOn: workspace.startOn ?? today,
    timeZone: road.timeZone,
    now,
    today,
    actor: actorOf(person, message),
    group: group.id,
    chat: message.chat,
    message: {
      platform: message.platform,
      account: message.account,
      id: message.id,
      sender: message.sender,
      quoted: message.quoted,
    },
    ledger,
    // One to one a unit reports on all that it owes, whatever the group beside it is about.
    plans: currentPlans(ledger.plans, message.chat.private ? null : group.plans, today),
    packs: road.packs,
    address: road.address?.() ?? null,
    tx,
    owes: { others: false },
    log: road.log,
  };
  const found = place.group?.lostAt && !message.chat.private ? await findAgain(road, ctx, place.group, message) : null;
  const { replies, commands, errorId = null } = found ?? (await converse(ctx, message.text));
  const webhook = message.chat.private ? null : (place.group?.webhook ?? null);
  const { answered, apart } = settleFiles(replies, message.answeredBy, () => road.fileWay(message, webhook));
  await storeReplies(tx, workspace.id, key, { replies: answered, commands, errorId });
  const byRoute = message.answeredBy === 'delivery' ? answered.map((said) => ({ said, route: message.route })) : [];
  const all = [...byRoute, ...apart.map((said) => ({ said, route: null }))];
  const taken = await enqueueReplies(road, ctx, message, all);
  const owed = {
    workspace: workspace.id,
    group: place.group,
    taken,
    waits: all.length > taken.length || ctx.owes.others,
  };
  return { replies: answered, place: 'bound', owed: all.length > 0 || owed.waits ? owed : null };
}

/** Somebody speaks in a group to which nothing could be sent: a new code restores it, and so does what was heard where that proves enough. */
async function findAgain(
  road: Road,
  { tx, workspace, now }: Context,
  group: GroupRow,
  message: IncomingMessage,
): Promise<Answer | null> {
  const bound = await bindChat(tx, message, now, workspace);
  if (bound) return { replies: [bound.reply], commands: ['bind'] };
  if (!road.speaksWhereItHears(message.platform, group)) return null;
  await restoreGroup(tx, workspace, group.id, { name: message.chat.name ?? group.name, plans: group.plans });
  road.log.info({ group: group.id, platform: message.platform }, 'a lost group was heard, and is found');
  return null;
}

/** What is said one to one belongs somewhere before a group is bound, too: the first administrator binds the first group. */
async function openOneToOne(
  tx: Tx,
  workspace: WorkspaceId,
  { platform, account }: IncomingMessage,
  boundAt: Date,
): Promise<{ id: GroupId; plans: string[] | null }> {
  const id = groupId.parse(randomUUID());
  await insertGroup(tx, workspace, { id, platform, account, chatId: oneToOneChat, name: '单聊', plans: null, boundAt });
  return { id, plans: null };
}

/** A chat that belongs to no workspace is told why its code did not bind it, or how that is done. */
function nowhere(message: IncomingMessage, binding: Binding | null): Answered {
  const how = message.chat.private
    ? '名单里还没有你。请先在已绑定的工作群里@我发“/join 单位名”，同意后就能单聊。'
    : '这个群还没有绑定计划。请管理员单独发“/bind”给我取绑定码，再到群里发。';
  return binding
    ? { replies: [binding.reply], place: 'binding', owed: null }
    : { replies: [reply.refusal(how)], place: 'unbound', owed: null };
}

/**
 * What cannot be said in the answer to the platform is owed like everything else the bot says, for as long as it helps.
 * Returns what is taken: at most the first, since the others wait for their pace.
 */
async function enqueueReplies(
  road: Road,
  ctx: Context,
  message: IncomingMessage,
  owed: { said: Reply; route: unknown }[],
): Promise<TakenDelivery[]> {
  const { platform, account, chat, sender } = message;
  const target = { platform, account, chatId: chat.id, userId: chat.private ? sender : null };
  const taken: TakenDelivery[] = [];
  for (const [index, { said, route }] of owed.entries()) {
    const until = index === 0 && said.kind !== 'file' ? road.lease({ ...target, route }) : null;
    const delivery = {
      key: replyKey(message, index + 1),
      groupId: ctx.group,
      personId: null,
      kind: 'reply',
      target: { ...target, route },
      reply: said,
      notBefore: ctx.now,
      usefulUntil: new Date(ctx.now.getTime() + replyUsefulMs),
      createdAt: ctx.now,
    };
    const lent = until && (await enqueueTaken(ctx.tx, ctx.workspace, delivery, until));
    if (lent) taken.push(lent);
    else await enqueueDelivery(ctx.tx, ctx.workspace, delivery);
  }
  return taken;
}

/** Nobody but a person of the roster who has not left has any role. */
export function actorOf(
  person: PersonRow | null,
  { sender, senderName }: Pick<IncomingMessage, 'sender' | 'senderName'>,
): Actor {
  if (!person?.active) return { person: null, name: senderName ?? sender, unit: null, roles: [], scope: null };
  return { person: person.id, name: person.name, unit: person.unitId, roles: person.roles, scope: person.scope };
}
