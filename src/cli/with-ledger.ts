import { pino } from 'pino';

import type { Config } from '../config.js';
import { currentPlans } from '../domain/current-plans.js';
import { wallClock } from '../domain/local-date.js';
import { type Actor, type ActorRole, actorRoleNames } from '../domain/person.js';
import type { RulePacks } from '../domain/rule-pack.js';
import { groupId, workspaceSettings } from '../domain/workspace.js';
import { BotError } from '../errors.js';
import { openLoadedLedger } from '../main.js';
import { readRulePacks } from '../rule-packs.js';
import type { Context } from '../services/context.js';
import { ledgerFrom } from '../services/ledger/ledger-cache.js';
import { listGroups } from '../store/groups.js';
import { readLedger } from '../store/ledger.js';
import { listPeople, type PersonRow } from '../store/people.js';
import type { Tx } from '../store/queries.js';
import type { Store } from '../store/store.js';
import { listWorkspaces } from '../store/workspaces.js';

export interface LedgerAccess {
  store: Store;
  /** One transaction, acting as the person. Ask people nothing inside: a running server waits for its end. */
  inTransaction<Result>(work: (ctx: Context) => Promise<Result>): Promise<Result>;
}

/** Opens the ledger for a command that acts as an administrator or supervisor of its roster, or as `acting`. */
export async function withLedger(
  config: Config,
  by: string | null,
  work: (ledger: LedgerAccess) => Promise<void>,
  acting: readonly ActorRole[] = ['administrator', 'supervisor'],
): Promise<void> {
  const { store, now } = await openLoadedLedger(config);
  const packs = await readRulePacks(config.dataFolder);
  try {
    await work({
      store,
      inTransaction: (inside) =>
        store.transaction(async (tx) => inside(await contextFor(tx, packs, config, by, acting, now))),
    });
  } finally {
    await store.close();
  }
}

async function contextFor(
  tx: Tx,
  packs: RulePacks,
  config: Config,
  by: string | null,
  acting: readonly ActorRole[],
  now: Date,
): Promise<Context> {
  const [workspace, ...others] = await listWorkspaces(tx);
  if (!workspace) throw new BotError('not-found', '台账还是空的。请先运行 npm start，让它读入 data/。');
  if (others.length > 0) throw new BotError('invalid', '台账里有几个工作空间，命令行还不能选。请在群里导入。');
  const actor = actorFrom(await listPeople(tx, workspace.id), by, acting);
  const [group] = await listGroups(tx, workspace.id);
  const { date: today } = wallClock(now, config.timeZone);
  const ledger = ledgerFrom(workspace.ledgerVersion, await readLedger(tx, workspace.id));
  return {
    workspace: workspace.id,
    settings: workspaceSettings.parse(workspace.settings),
    startOn: workspace.startOn ?? today,
    timeZone: config.timeZone,
    now,
    today,
    actor,
    group: group?.id ?? groupId.parse('command-line'),
    chat: { id: 'command-line', private: true },
    message: { platform: 'command-line', account: '', id: `${now.getTime()}`, sender: actor.name, quoted: null },
    ledger,
    plans: currentPlans(ledger.plans, null, today),
    packs,
    address: null,
    tx,
    owes: { others: false },
    log: pino({ level: 'silent' }),
  };
}

/** An administrator or supervisor of the roster; whoever sits at the server, while there is none yet. */
function actorFrom(people: PersonRow[], by: string | null, acting: readonly ActorRole[]): Actor {
  const may = people.filter(({ active, roles }) => active && acting.some((role) => roles.includes(role)));
  if (may.length === 0 && by === null)
    return { person: null, name: '命令行', unit: null, roles: ['administrator'], scope: null };
  const [person] = by === null ? may : may.filter(({ name }) => name === by);
  if (person)
    return { person: person.id, name: person.name, unit: person.unitId, roles: person.roles, scope: person.scope };
  const names = may.map(({ name }) => name).join('、') || '（名单里还没有）';
  const who = acting.map((role) => actorRoleNames[role]).join('或');
  throw new BotError('forbidden', `名单里没有这位${who}：${by ?? '（没有写）'}。可以写 --by，后面是：${names}`);
}
