import type { Logger } from 'pino';

import { mentionedIn, type Reply } from '../chat/message.js';
import type { PersonId } from '../domain/person.js';
import type { WorkspaceId } from '../domain/workspace.js';
import type { Sent } from '../platforms/adapter.js';
import {
  type DeliveryOutcome,
  expireDeliveries,
  nextDeliveryAt,
  recordOutcome,
  type TakenDelivery,
  takeNextDeliveries,
} from '../store/deliveries.js';
import type { GroupRow } from '../store/groups.js';
import type { Store } from '../store/store.js';
import { listWorkspaces } from '../store/workspaces.js';
import { Lanes } from './lanes.js';
import { tellLostTarget } from './lost-target.js';
import { outcomeOf } from './outcome.js';
import { OutcomeBook } from './outcome-book.js';
import { type Adapters, findPlace, findUserId, placeOf, type SendingPlace } from './sending-place.js';

export interface SenderDeps {
  store: Store;
  adapters: Adapters;
  now: () => Date;
  log: Logger;
}

/** What a transaction owes and has taken itself, in order; `group` is the one that they belong to, where it is bound. */
export interface Owed {
  workspace: WorkspaceId;
  group: GroupRow | null;
  deliveries: TakenDelivery[];
}

/** For how long one that was taken is the taker's; after that whoever took it has crashed. */
export const leaseMs = 120_000;
const takenAtOnce = 64;
const mostCalls = 64;
/** Looks for what waits for its pace or its retry, in real time. What waits longer is found by the minute. */
const soonestLookMs = 20;
const latestLookMs = 60_000;

/**
 * Sends pending deliveries and writes back what really happened. Woken after a commit and by the minute; what was taken by
 * the transaction that owes it is handed over after its commit.
 */
export class Sender {
  readonly #deps: SenderDeps;
  readonly #lanes = new Lanes();
  readonly #book: OutcomeBook;
  readonly #sending = new Set<Promise<void>>();
  /** How many wait for a platform's answer. */
  #calls = 0;
  #running: Promise<void> | null = null;
  #again = false;
  /** Something was put off since the last look at what waits. */
  #putOff = false;
  #timer: { at: number; timeout: NodeJS.Timeout } | null = null;
  #stopped = false;

  constructor(deps: SenderDeps) {
    this.#deps = deps;
    this.#book = new OutcomeBook(deps.store);
  }

  /** Starts what may be sent now; calls while it runs make it look once more. Resolves when what it started is done. */
  async wake(): Promise<void> {
    this.#again = true;
    this.#running ??= this.#drain();
    await this.#running;
    await Promise.all(this.#sending);
  }

  /** Starts at once what its own transaction has taken, in order. What may not go yet is put back and found when it may. */
  handOver({ workspace, group, deliveries }: Owed): void {
    for (const delivery of deliveries) {
      const place = delivery.target && placeOf(this.#deps.adapters, delivery.target, group);
      const waitMs = this.#waitFor(place, delivery);
      this.#start(waitMs > 0 ? this.#putBack(workspace, delivery, waitMs) : this.#deliver(workspace, delivery, place));
    }
  }

  /** Lets what is under way end, and starts no more. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer?.timeout);
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
      while (this.#calls >= mostCalls) await Promise.race(this.#sending);
      const started = await this.#sendBatch(workspace);
      if (!started || this.#stopped) return;
    }
  }

  /** False when there was nothing that could be sent now. */
  async #sendBatch(workspace: WorkspaceId): Promise<boolean> {
    const { store, adapters, now, log } = this.#deps;
    const at = now();
    const taken = await store.transaction(async (tx) => {
      const expired = await expireDeliveries(tx, workspace, at);
      for (const delivery of expired) log.warn({ key: delivery.key }, 'delivery expired unsent');
      return takeNextDeliveries(tx, workspace, {
        now: at,
        until: new Date(at.getTime() + leaseMs),
        limit: takenAtOnce,
      });
    });
    const waiting: Promise<void>[] = [];
    for (const delivery of taken) {
      const place = await findPlace(store.read, adapters, workspace, delivery);
      const waitMs = this.#waitFor(place, delivery);
      if (waitMs > 0) waiting.push(this.#putBack(workspace, delivery, waitMs));
      else this.#start(this.#deliver(workspace, delivery, place));
    }
    await Promise.all(waiting);
    return waiting.length < taken.length;
  }

  /** 0 when it may go now, which takes the lane of its place. */
  #waitFor(place: SendingPlace | null, { sequence }: TakenDelivery): number {
    if (!place) return 0;
    const now = this.#deps.now().getTime();
    if (!this.#stopped && this.#calls < mostCalls) return this.#lanes.take(place.lane, place.limits, now, sequence);
    this.#lanes.putOff(place.lane, now, sequence, soonestLookMs);
    return soonestLookMs;
  }

  async #putBack(workspace: WorkspaceId, { sequence }: TakenDelivery, waitMs: number): Promise<void> {
    const notBefore = new Date(this.#deps.now().getTime() + waitMs);
    await this.#book.write({ workspace, sequence, putBack: { notBefore } });
    this.#putOff = true;
    this.#lookAgainIn(Math.max(waitMs, soonestLookMs));
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
    const waiting = await Promise.all(workspaces.map((workspace) => nextDeliveryAt(store.read, workspace)));
    const waits = waiting.flatMap((next) => (next ? [next.getTime() - now().getTime()] : []));
    this.#putOff = waits.length > 0;
    const wait = Math.min(...waits);
    if (wait <= latestLookMs) this.#lookAgainIn(Math.max(wait, soonestLookMs));
  }

  #lookAgainIn(waitMs: number): void {
    const at = performance.now() + waitMs;
    if (this.#stopped || (this.#timer && this.#timer.at <= at)) return;
    clearTimeout(this.#timer?.timeout);
    const timeout = setTimeout(() => {
      this.#timer = null;
      this.wake().catch((error) => this.#deps.log.error({ err: error }, 'sending failed; it is tried again'));
    }, waitMs);
    timeout.unref();
    this.#timer = { at, timeout };
  }

  async #deliver(workspace: WorkspaceId, delivery: TakenDelivery, place: SendingPlace | null): Promise<void> {
    const { store, now, log } = this.#deps;
    const { sequence } = delivery;
    const sent: Sent = place
      ? await this.#send(workspace, delivery, place)
      : { kind: 'refused', why: '没有可用的平台通道' };
    const outcome = outcomeOf(sent, delivery, place?.limits ?? null, now());
    if (place) this.#lanes.release(place.lane, place.limits, now().getTime(), sequence, waitOf(outcome, now()));
    if (outcome.state !== 'sent') log.warn({ key: delivery.key, state: outcome.state, why: outcome.why }, 'not sent');
    const lost = sent.kind === 'refused' && sent.target === 'gone' ? place?.group : null;
    if (lost && outcome.state === 'refused') {
      await store.transaction(async (tx) => {
        await recordOutcome(tx, workspace, sequence, outcome);
        await tellLostTarget(tx, workspace, lost, outcome.why, now());
      });
    } else await this.#book.write({ workspace, sequence, outcome });
    if (outcome.state !== 'pending') return;
    this.#putOff = true;
    this.#lookAgainIn(soonestLookMs);
  }

  async #send(
    workspace: WorkspaceId,
    delivery: TakenDelivery,
    { adapter, target, limits }: SendingPlace,
  ): Promise<Sent> {
    const reply = delivery.reply as Reply;
    if (delivery.interrupted && limits.keyHonouredMs === 0) {
      return { kind: 'unknown', why: '发送途中程序中断，可能已经送达' };
    }
    try {
      this.#calls += 1;
      const userIds = await this.#userIds(workspace, adapter.name, reply);
      return await adapter.send(target, { key: delivery.key, reply, userIds });
    } catch (error) {
      this.#deps.log.error({ key: delivery.key, err: error }, 'delivery failed');
      return { kind: 'retry', afterMs: 60_000, why: '发送出错，详见日志', arrived: 'maybe' };
    } finally {
      this.#calls -= 1;
    }
  }

  async #userIds(workspace: WorkspaceId, platform: string, reply: Reply): Promise<Map<string, string>> {
    const userIds = new Map<string, string>();
    for (const person of mentionedIn(reply)) {
      const userId = await findUserId(this.#deps.store.read, workspace, platform, person as PersonId);
      if (userId !== null) userIds.set(person, userId);
    }
    return userIds;
  }
}

function waitOf(outcome: DeliveryOutcome, now: Date): number | null {
  return outcome.state === 'pending' ? outcome.notBefore.getTime() - now.getTime() : null;
}
