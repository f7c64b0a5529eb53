import type { Logger } from 'pino';

import type { Reply } from '../chat/message.js';
import type { WorkspaceId } from '../domain/workspace.js';
import type { PlatformAdapter, Sent } from '../platforms/adapter.js';
import {
  type DeliveryOutcome,
  expireDeliveries,
  recordOutcome,
  type TakenDelivery,
  takeNextDeliveries,
} from '../store/deliveries.js';
import { findGroup } from '../store/groups.js';
import { listAccounts } from '../store/people.js';
import type { Store } from '../store/store.js';
import { listWorkspaces } from '../store/workspaces.js';

export interface SenderDeps {
  store: Store;
  adapters: ReadonlyMap<string, PlatformAdapter>;
  now: () => Date;
  log: Logger;
}

const takenAtOnce = 20;
const leaseMs = 60_000;
const longestWaitMs = 600_000;

/** Sends pending deliveries and writes back what really happened. Woken after a commit and by the minute. */
export class Sender {
  readonly #deps: SenderDeps;
  #running: Promise<void> | null = null;
  #again = false;

  constructor(deps: SenderDeps) {
    this.#deps = deps;
  }

  /** Sends what is pending; calls while it runs make it look once more. */
  wake(): Promise<void> {
    if (this.#running) {
      this.#again = true;
      return this.#running;
    }
    this.#running = this.#drain().finally(() => {
      this.#running = null;
    });
    return this.#running;
  }

  async #drain(): Promise<void> {
    do {
      this.#again = false;
      for (const workspace of await listWorkspaces(this.#deps.store.read)) {
        while ((await this.#sendBatch(workspace.id)) === takenAtOnce);
      }
    } while (this.#again);
  }

  async #sendBatch(workspace: WorkspaceId): Promise<number> {
    const { store, now } = this.#deps;
    const taken = await store.transaction(async (tx) => {
      const expired = await expireDeliveries(tx, workspace, now());
      for (const delivery of expired) this.#deps.log.warn({ key: delivery.key }, 'delivery expired unsent');
      const until = new Date(now().getTime() + leaseMs);
      return takeNextDeliveries(tx, workspace, { now: now(), until, limit: takenAtOnce });
    });
    for (const delivery of taken) {
      const sent = await this.#send(workspace, delivery);
      const outcome = outcomeOf(sent, delivery, now());
      await store.transaction((tx) => recordOutcome(tx, workspace, delivery.sequence, outcome));
    }
    return taken.length;
  }

  async #send(workspace: WorkspaceId, delivery: TakenDelivery): Promise<Sent> {
    const { store, adapters, log } = this.#deps;
    try {
      const group = await findGroup(store.read, workspace, delivery.groupId);
      const adapter = group && adapters.get(group.platform);
      if (!adapter) return { kind: 'refused', why: '没有可用的平台通道' };
      const userId = await this.#userId(workspace, adapter.name, delivery);
      const target = { account: group.account, chatId: group.chatId, userId };
      return await adapter.send(target, delivery.reply as Reply, delivery.key);
    } catch (error) {
      log.error({ key: delivery.key, err: error }, 'delivery failed');
      return { kind: 'retry', afterMs: longestWaitMs, why: error instanceof Error ? error.message : String(error) };
    }
  }

  async #userId(workspace: WorkspaceId, platform: string, { personId }: TakenDelivery): Promise<string | null> {
    if (personId === null) return null;
    const accounts = await listAccounts(this.#deps.store.read, workspace, personId);
    return accounts.find((account) => account.platform === platform)?.userId ?? null;
  }
}

function outcomeOf(sent: Sent, delivery: TakenDelivery, now: Date): DeliveryOutcome {
  switch (sent.kind) {
    case 'sent':
      return { state: 'sent', at: now, platformMessageId: sent.platformMessageId };
    case 'retry': {
      const waitMs = Math.min(sent.afterMs * 2 ** Math.min(delivery.attempts, 8), longestWaitMs);
      return { state: 'pending', notBefore: new Date(now.getTime() + waitMs), why: sent.why };
    }
    case 'unknown':
    case 'refused':
      return { state: sent.kind, why: sent.why };
  }
}
