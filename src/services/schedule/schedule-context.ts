import type { Logger } from 'pino';

import { currentPlans } from '../../domain/current-plans.js';
import { wallClock } from '../../domain/local-date.js';
import { botName } from '../../domain/person.js';
import type { RulePacks } from '../../domain/rule-pack.js';
import { workspaceSettings } from '../../domain/workspace.js';
import type { GroupRow } from '../../store/groups.js';
import type { Tx } from '../../store/queries.js';
import type { Store } from '../../store/store.js';
import type { WorkspaceRow } from '../../store/workspaces.js';
import type { Context } from '../context.js';
import type { LedgerCache } from '../ledger/ledger-cache.js';
import type { SlotWatch } from './slot-watch.js';

export interface Scheduling {
  store: Store;
  ledgers: LedgerCache;
  slots: SlotWatch;
  packs: RulePacks;
  address?: () => string | null;
  timeZone: string;
  log: Logger;
}

/** The bot itself acts, in the group whose schedule it is. */
export async function scheduleContext(
  deps: Omit<Scheduling, 'slots'>,
  tx: Tx,
  workspace: WorkspaceRow,
  group: Pick<GroupRow, 'id' | 'platform' | 'account' | 'chatId' | 'plans'>,
  now: Date,
): Promise<Context> {
  const { date: today } = wallClock(now, deps.timeZone);
  const ledger = await deps.ledgers.current(tx, workspace.id, workspace.ledgerVersion);
  return {
    workspace: workspace.id,
    settings: workspaceSettings.parse(workspace.settings),
    startOn: workspace.startOn ?? today,
    timeZone: deps.timeZone,
    now,
    today,
    actor: { person: null, name: botName, unit: null, roles: [], scope: null },
    group: group.id,
    chat: { id: group.chatId, private: false },
    message: { platform: group.platform, account: group.account, id: '', sender: '', quoted: null },
    ledger,
    plans: currentPlans(ledger.plans, group.plans, today),
    packs: deps.packs,
    address: deps.address?.() ?? null,
    tx,
    owes: { others: false },
    log: deps.log,
  };
}
