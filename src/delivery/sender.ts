import type { Logger } from 'pino';

import { type FileContent, mentionedIn, type Reply } from '../chat/message.js';
import type { PersonId } from '../domain/person.js';
import { goesIntoGroup } from '../domain/schedule.js';
import { nextWorkingMoment } from '../domain/working-hours.js';
import type { WorkspaceId } from '../domain/workspace.js';
import type { MadeFile, Sent } from '../platforms/adapter.js';
import {
  type DeliveryOutcome,
  type DeliveryRow,
  expireDeliveries,
  findWaitingBefore,
  listDueDeliveries,
  nextDeliveryAt,
  putOffDeliveries,
  recordOutcome,
  type TakenDelivery,
  takeDeliveries,
} from '../store/deliveries.js';
import { findGroup, type GroupRow } from '../store/groups.js';
import type { Tx } from '../store/queries.js';
import type { Store } from '../store/store.js';
import type { DeliveryTarget } from '../store/tables.js';
import { listWorkspaces } from '../store/workspaces.js';
import { AppPace } from './app-pace.js';
import { tellFileNotSent } from './file-not-sent.js';
import { Lanes } from './lanes.js';
import { tellLostDigest } from './lost-digest.js';
import { tellLostTarget } from './lost-target.js';
import { isTooLate, outcomeOf } from './outcome.js';
import { OutcomeBook } from './outcome-book.js';
import { type Adapters, findPlace, findUserId, placeOf, type SendingPlace } from './sending-place.js';

export interface SenderDeps {
  store: Store;
  adapters: Adapters;
  makeFile: (workspace: WorkspaceId, content: FileContent) => Promise<MadeFile>;
  timeZone: string;
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
const leaseMs = 120_000;
const takenAtOnce = 64;
const mostCalls = 64;
/** Looks for what waits for its pace or its retry, in real time. What waits longer is found by the minute. */
const soonestLookMs = 20;
const latestLookMs = 60_000;

/**
 * Sends pending deliveries and writes back what really happened. Woken after a commit and by the minute; what the transaction
 * that owes it has taken is handed over after its commit.
 */
export class Sender {
  readonly #deps: SenderDeps;
  readonly #lanes = new Lanes();
  readonly #pace = new AppPace();
  readonly #book: OutcomeBook;
  readonly #sending = new Set<Promise<void>>();
  /** How many wait for a platform's answer. */
  #calls = 0;
  /** The newest that it knows, by its sequence. */
  #newest = -1;
  /** Whether something was owed that it was not handed: there is a gap before one that it was. */
  #unseen: 'not looked at' | 'being looked at' | null = null;
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

  /** Until when a transaction may take what it owes this target, to hand it over; `null` when that has to wait its turn. */
  lease(target: DeliveryTarget): Date | null {
    const place = placeOf(this.#deps.adapters, target, null);
    if (!place || this.#stopped || this.#calls >= mostCalls) return null;
    const now = this.#deps.now().getTime();
    // Whatever is taken when the program dies may have arrived: only where a key tells can it be sent again.
    if (place.limits.keyHonouredMs === 0) return null;
    return this.#lanes.isFree(place.lane, place.limits, now) ? new Date(now + leaseMs) : null;
  }

  /** Starts what its own transaction has taken, in order. */
  handOver({ workspace, group, deliveries }: Owed): void {
    for (const delivery of deliveries) {
      const place = delivery.target && placeOf(this.#deps.adapters, delivery.target, group);
      if (delivery.sequence !== this.#newest + 1) {
        this.#unseen = 'not looked at';
        this.#wakeUp();
      }
      this.#newest = Math.max(this.#newest, delivery.sequence);
      this.#start(this.#sendTaken(workspace, delivery, place));
    }
  }

  async #sendTaken(workspace: WorkspaceId, delivery: TakenDelivery, place: SendingPlace | null): Promise<void> {
    const { store, now } = this.#deps;
    const { sequence } = delivery;
    if (this.#stopped) return this.#putBack(workspace, sequence, soonestLookMs);
    const waitMs = place ? this.#waitFor(place, sequence, true) : 0;
    if (waitMs > 0) return this.#putBack(workspace, sequence, waitMs);
    if (place && this.#unseen && (await findWaitingBefore(store.read, workspace, delivery, now()))) {
      this.#lanes.giveBack(place.lane, now().getTime(), sequence, soonestLookMs);
      return this.#putBack(workspace, sequence, soonestLookMs);
    }
    return this.#deliver(workspace, delivery, place);
  }

  async #putBack(workspace: WorkspaceId, sequence: number, waitMs: number): Promise<void> {
    await this.#book.write({ workspace, sequence, putBackUntil: new Date(this.#deps.now().getTime() + waitMs) });
    this.#putOff = true;
    this.#lookAgainIn(Math.max(waitMs, soonestLookMs));
  }

  /** 0 when it may go now, which takes the lane. */
  #waitFor({ lane, limits, app }: SendingPlace, sequence: number, asked: boolean): number {
    const now = this.#deps.now().getTime();
    const wait = this.#lanes.take(lane, limits, now, sequence);
    if (wait > 0 || limits.appPerMinute === undefined) return wait;
    if (asked) {
      this.#pace.note(app, limits.appPerMinute, now);
      return 0;
    }
    const paced = this.#pace.take(app, limits.appPerMinute, now, sequence);
    // Nobody's answer waits behind it meanwhile.
    if (paced > 0) this.#lanes.giveBack(lane, now, sequence, null);
    return paced;
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
        this.#unseen &&= 'being looked at';
        this.#lanes.sweep(this.#deps.now().getTime());
        this.#pace.sweep(this.#deps.now().getTime());
        const workspaces = await listWorkspaces(this.#deps.store.read);
        for (const { id } of workspaces) await this.#sendDue(id);
        if (this.#unseen === 'being looked at') this.#unseen = null;
        if (this.#putOff) await this.#lookAgainFor(workspaces.map(({ id }) => id));
      }
    } finally {
      this.#running = null;
    }
  }

  async #sendDue(workspace: WorkspaceId): Promise<void> {
    for (;;) {
      while (this.#calls >= mostCalls) await Promise.race(this.#sending);
      const more = await this.#sendBatch(workspace);
      if (!more || this.#stopped) return;
    }
  }

  /** Whether there may be more that is due. */
  async #sendBatch(workspace: WorkspaceId): Promise<boolean> {
    const { store, adapters, now, timeZone } = this.#deps;
    const at = now();
    const speaksAt = nextWorkingMoment(at, timeZone);
    const waiting: { sequence: number; notBefore: Date }[] = [];
    const ready = new Map<number, SendingPlace | null>();
    const taken = new Map<number, TakenDelivery>();
    let due: DeliveryRow[] = [];
    try {
      due = await listDueDeliveries(store.read, workspace, at, takenAtOnce);
      for (const delivery of due) {
        this.#newest = Math.max(this.#newest, delivery.sequence);
        // What was due while nothing ran waits for working hours too; who asked is answered at once.
        if (delivery.target === null && speaksAt > at) {
          waiting.push({ sequence: delivery.sequence, notBefore: speaksAt });
          continue;
        }
        const place = await findPlace(store.read, adapters, workspace, delivery);
        const waitMs = place ? this.#waitFor(place, delivery.sequence, delivery.target !== null) : 0;
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
      for (const [sequence, place] of ready) {
        if (place && !taken.has(sequence)) this.#lanes.giveBack(place.lane, now().getTime(), sequence, null);
      }
    }
    for (const [sequence, delivery] of taken) {
      this.#start(this.#deliver(workspace, delivery, ready.get(sequence) ?? null));
    }
    if (waiting.length > 0) this.#putOff = true;
    return taken.size > 0 || due.length === takenAtOnce;
  }

  /** Whether somebody is now owed word of what nobody needs any more. */
  async #expire(tx: Tx, workspace: WorkspaceId, at: Date): Promise<boolean> {
    let told = false;
    for (const delivery of await expireDeliveries(tx, workspace, at)) {
      this.#deps.log.warn({ key: delivery.key }, 'delivery expired unsent');
      const group = goesIntoGroup(delivery.kind) ? await findGroup(tx, workspace, delivery.groupId) : null;
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
    const at = performance.now() + waitMs;
    if (this.#stopped || (this.#timer && this.#timer.at <= at)) return;
    clearTimeout(this.#timer?.timeout);
    const timeout = setTimeout(() => {
      this.#timer = null;
      this.#wakeUp();
    }, waitMs);
    timeout.unref();
    this.#timer = { at, timeout };
  }

  #wakeUp(): void {
    this.wake().catch((error) => this.#deps.log.error({ err: error }, 'sending failed; it is tried again'));
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
    const gone = sent.kind === 'refused' && sent.target === 'gone';
    let told = false;
    if (outcome.state === 'sent' || outcome.state === 'pending') {
      await this.#book.write({ workspace, sequence, outcome });
    } else {
      told = await store.transaction(async (tx) => {
        await recordOutcome(tx, workspace, sequence, outcome);
        if (place?.group && (await this.#tell(tx, workspace, delivery, place.group, outcome, gone))) return true;
        return sent.kind === 'refused' && !gone && tellFileNotSent(tx, workspace, delivery, sent.why, now());
      });
    }
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
    else if (goesIntoGroup(kind)) await tellLostDigest(tx, workspace, group, { ...outcome, key, kind }, at);
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
      this.#calls += 1;
      const userIds = await this.#userIds(workspace, adapter.name, reply);
      const file = reply.kind === 'file' ? { makeFile: () => this.#deps.makeFile(workspace, reply.content) } : {};
      return await adapter.send(target, { key: delivery.key, reply, userIds, ...file });
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
