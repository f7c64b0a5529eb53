import type { Logger } from 'pino';

import { type FileContent, mentionedIn, type Reply } from '../chat/message.js';
import type { PersonId } from '../domain/person.js';
import type { WorkspaceId } from '../domain/workspace.js';
import type { Limits, MadeFile, PlatformAdapter, Sent, Target } from '../platforms/adapter.js';
import {
  type DeliveryOutcome,
  type DeliveryRow,
  expireDeliveries,
  listDueDeliveries,
  nextDeliveryAt,
  putOffDeliveries,
  recordOutcome,
  type TakenDelivery,
  takeDeliveries,
} from '../store/deliveries.js';
import { findGroup, type GroupRow } from '../store/groups.js';
import { listAccounts } from '../store/people.js';
import type { Tx } from '../store/queries.js';
import type { Store } from '../store/store.js';
import { listWorkspaces } from '../store/workspaces.js';
import { tellFileNotSent } from './file-not-sent.js';
import { Lanes } from './lanes.js';
import { tellLostDigest } from './lost-digest.js';
import { tellLostTarget } from './lost-target.js';
import { isTooLate, outcomeOf } from './outcome.js';

export interface SenderDeps {
  store: Store;
  adapters: ReadonlyMap<string, PlatformAdapter>;
  makeFile: (workspace: WorkspaceId, content: FileContent) => Promise<MadeFile>;
  now: () => Date;
  log: Logger;
}

const takenAtOnce = 64;
const atOnce = 32;
const leaseMs = 120_000;
/** Looks for what waits for its pace or its retry, in real time. What waits longer is found by the minute. */
const soonestLookMs = 20;
const latestLookMs = 60_000;

/** Sends pending deliveries and writes back what really happened. Woken after a commit and by the minute. */
export class Sender {
  readonly #deps: SenderDeps;
  readonly #lanes = new Lanes();
  readonly #sending = new Set<Promise<void>>();
  #running: Promise<void> | null = null;
  #again = false;
  /** Something was put off since the last look at what waits. */
  #putOff = false;
  #timer: NodeJS.Timeout | null = null;
  #stopped = false;

  constructor(deps: SenderDeps) {
    this.#deps = deps;
  }

  /** Starts what may be sent now; calls while it runs make it look once more. Resolves when what it started is done. */
  async wake(): Promise<void> {
    this.#again = true;
    this.#running ??= this.#drain();
    await this.#running;
    await Promise.all(this.#sending);
  }

  /** Lets what is under way end, and starts no more. */
  async stop(): Promise<void> {
    this.#stopped = true;
    if (this.#timer) clearTimeout(this.#timer);
    await this.#running;
    await Promise.all(this.#sending);
  }

  async #drain(): Promise<void> {
    try {
      while (this.#again && !this.#stopped) {
        this.#again = false;
        this.#lanes.sweep(this.#deps.now().getTime());
        const workspaces = await listWorkspaces(this.#deps.store.read);
        for (const { id } of workspaces) await this.#sendDue(id);
        if (this.#putOff) await this.#lookAgainFor(workspaces.map(({ id }) => id));
      }
    } finally {
      this.#running = null;
    }
  }

  async #sendDue(workspace: WorkspaceId): Promise<void> {
    for (;;) {
      while (this.#sending.size >= atOnce) await Promise.race(this.#sending);
      const started = await this.#sendBatch(workspace);
      if (!started || this.#stopped) return;
    }
  }

  /** False when there was nothing that could be sent now. */
  async #sendBatch(workspace: WorkspaceId): Promise<boolean> {
    const { store, now } = this.#deps;
    const at = now();
    const waiting: { sequence: number; notBefore: Date }[] = [];
    const ready = new Map<number, SendingPlace | null>();
    const taken = new Map<number, TakenDelivery>();
    try {
      for (const delivery of await listDueDeliveries(store.read, workspace, at, takenAtOnce)) {
        const place = await this.#place(workspace, delivery);
        const waitMs = place ? this.#lanes.take(place.lane, place.limits, now().getTime()) : 0;
        if (waitMs === 0) ready.set(delivery.sequence, place);
        else waiting.push({ sequence: delivery.sequence, notBefore: new Date(now().getTime() + waitMs) });
      }
      // Only what is sent at once is taken: whatever is taken when the program dies may have arrived.
      const until = new Date(at.getTime() + leaseMs);
      const { told, rows } = await store.transaction(async (tx) => {
        const told = await this.#expire(tx, workspace, at);
        await putOffDeliveries(tx, workspace, at, waiting);
        return { told, rows: await takeDeliveries(tx, workspace, [...ready.keys()], { now: at, until }) };
      });
      for (const row of rows) taken.set(row.sequence, row);
      if (told) this.#again = true;
    } finally {
      for (const [sequence, place] of ready) if (place && !taken.has(sequence)) this.#lanes.giveBack(place.lane);
    }
    for (const [sequence, delivery] of taken) {
      this.#start(this.#deliver(workspace, delivery, ready.get(sequence) ?? null));
    }
    if (waiting.length > 0) this.#putOff = true;
    return taken.size > 0;
  }

  /** Whether somebody is now owed word of what nobody needs any more. */
  async #expire(tx: Tx, workspace: WorkspaceId, at: Date): Promise<boolean> {
    let told = false;
    for (const delivery of await expireDeliveries(tx, workspace, at)) {
      this.#deps.log.warn({ key: delivery.key }, 'delivery expired unsent');
      const group = delivery.kind === 'digest' ? await findGroup(tx, workspace, delivery.groupId) : null;
      if (!group) continue;
      await tellLostDigest(tx, workspace, group, { ...delivery, state: 'expired' }, at);
      told = true;
    }
    return told;
  }

  #start(work: Promise<void>): void {
    const tracked = work
      .catch((error) => this.#deps.log.error({ err: error }, 'outcome of a delivery not recorded'))
      .finally(() => this.#sending.delete(tracked));
    this.#sending.add(tracked);
  }

  /** Sets the clock for the earliest of what waits. */
  async #lookAgainFor(workspaces: WorkspaceId[]): Promise<void> {
    const { store, now } = this.#deps;
    const waiting = await Promise.all(workspaces.map((workspace) => nextDeliveryAt(store.read, workspace, now())));
    const waits = waiting.flatMap((next) => (next ? [next.getTime() - now().getTime()] : []));
    this.#putOff = waits.length > 0;
    const wait = Math.min(...waits);
    if (wait <= latestLookMs) this.#lookAgainIn(Math.max(wait, soonestLookMs));
  }

  #lookAgainIn(waitMs: number): void {
    if (this.#stopped) return;
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.wake().catch((error) => this.#deps.log.error({ err: error }, 'sending failed; it is tried again'));
    }, waitMs);
    this.#timer.unref();
  }

  async #deliver(workspace: WorkspaceId, delivery: TakenDelivery, place: SendingPlace | null): Promise<void> {
    const { store, now, log } = this.#deps;
    const sent: Sent = place
      ? await this.#send(workspace, delivery, place)
      : { kind: 'refused', why: '没有可用的平台通道' };
    const outcome = outcomeOf(sent, delivery, place?.limits ?? null, now());
    if (place) this.#lanes.release(place.lane, place.limits, now().getTime(), waitOf(outcome, now()));
    if (outcome.state !== 'sent') log.warn({ key: delivery.key, state: outcome.state, why: outcome.why }, 'not sent');
    const gone = sent.kind === 'refused' && sent.target === 'gone';
    const told = await store.transaction(async (tx) => {
      await recordOutcome(tx, workspace, delivery.sequence, outcome);
      if (place?.group && (await this.#tell(tx, workspace, delivery, place.group, outcome, gone))) return true;
      return sent.kind === 'refused' && !gone && tellFileNotSent(tx, workspace, delivery, sent.why, now());
    });
    if (outcome.state !== 'pending' && !told) return;
    this.#putOff = true;
    this.#lookAgainIn(soonestLookMs);
  }

  /** Whether somebody is now owed word of what did not surely arrive in the group. */
  async #tell(
    tx: Tx,
    workspace: WorkspaceId,
    { key, kind }: TakenDelivery,
    group: GroupRow,
    outcome: DeliveryOutcome,
    gone: boolean,
  ): Promise<boolean> {
    if (outcome.state !== 'refused' && outcome.state !== 'unknown') return false;
    const at = this.#deps.now();
    if (gone) await tellLostTarget(tx, workspace, group, outcome.why, at);
    else if (kind === 'digest') await tellLostDigest(tx, workspace, group, { ...outcome, key }, at);
    else return false;
    return true;
  }

  async #send(
    workspace: WorkspaceId,
    delivery: TakenDelivery,
    { adapter, target, limits }: SendingPlace,
  ): Promise<Sent> {
    const reply = delivery.reply as Reply;
    if (isTooLate(delivery, limits, this.#deps.now())) {
      const why = delivery.interrupted ? '发送途中程序中断' : (delivery.why ?? '没有应答');
      return { kind: 'unknown', why: `${why}，可能已经送达` };
    }
    try {
      const userIds = await this.#userIds(workspace, adapter.name, reply);
      const file = reply.kind === 'file' ? { makeFile: () => this.#deps.makeFile(workspace, reply.content) } : {};
      return await adapter.send(target, { key: delivery.key, reply, userIds, ...file });
    } catch (error) {
      this.#deps.log.error({ key: delivery.key, err: error }, 'delivery failed');
      return { kind: 'retry', afterMs: 60_000, why: '发送出错，详见日志', arrived: 'maybe' };
    }
  }

  async #place(workspace: WorkspaceId, delivery: DeliveryRow): Promise<SendingPlace | null> {
    const { store, adapters } = this.#deps;
    const group = await findGroup(store.read, workspace, delivery.groupId);
    const given = delivery.target;
    const platform = given?.platform ?? group?.platform;
    const adapter = platform === undefined ? undefined : adapters.get(platform);
    if (!adapter || (!given && !group)) return null;
    const userId = given ? given.userId : await this.#userId(workspace, adapter.name, delivery);
    if (!given && delivery.personId !== null && userId === null) return null;
    const chatId = given?.chatId ?? (userId === null ? (group?.chatId ?? '') : '');
    const target: Target = {
      account: given?.account ?? group?.account ?? '',
      chatId,
      userId,
      route: given?.route ?? null,
      webhook: userId === null && group?.chatId === chatId ? group.webhook : null,
    };
    return {
      adapter,
      target,
      limits: adapter.limitsFor?.(target, (delivery.reply as Reply).kind) ?? adapter.limits,
      group: userId === null ? group : null,
      lane: `${platform} ${target.account} ${userId ?? chatId}`,
    };
  }

  async #userId(workspace: WorkspaceId, platform: string, { personId }: DeliveryRow): Promise<string | null> {
    if (personId === null) return null;
    const accounts = await listAccounts(this.#deps.store.read, workspace, personId);
    return accounts.find((account) => account.platform === platform)?.userId ?? null;
  }

  async #userIds(workspace: WorkspaceId, platform: string, reply: Reply): Promise<Map<string, string>> {
    const userIds = new Map<string, string>();
    for (const person of mentionedIn(reply)) {
      const accounts = await listAccounts(this.#deps.store.read, workspace, person as PersonId);
      const account = accounts.find((one) => one.platform === platform);
      if (account) userIds.set(person, account.userId);
    }
    return userIds;
  }
}

interface SendingPlace {
  adapter: PlatformAdapter;
  target: Target;
  limits: Limits;
  group: GroupRow | null;
  /** Names the target for its pace. */
  lane: string;
}

function waitOf(outcome: DeliveryOutcome, now: Date): number | null {
  return outcome.state === 'pending' ? outcome.notBefore.getTime() - now.getTime() : null;
}
