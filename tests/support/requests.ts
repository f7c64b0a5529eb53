import { pino } from 'pino';

import { currentPlans } from '../../src/domain/current-plans.js';
import { wallClock } from '../../src/domain/local-date.js';
import { type ActorRole, personId, type Scope } from '../../src/domain/person.js';
import type { UnitId } from '../../src/domain/unit.js';
import { firstBreak } from '../../src/domain/update-chain.js';
import { groupId, type WorkspaceId, workspaceSettings } from '../../src/domain/workspace.js';
import type { Context } from '../../src/services/context.js';
import { LedgerCache } from '../../src/services/ledger/ledger-cache.js';
import { insertAccount, insertPerson, listPeople } from '../../src/store/people.js';
import type { Tx } from '../../src/store/queries.js';
import { listRequestsOfTasks, type RequestRow } from '../../src/store/requests.js';
import { listChainHeads, listUpdatesOfTaskInOrder } from '../../src/store/updates.js';
import { listWorkspaces, setSettings } from '../../src/store/workspaces.js';
import type { TestBot } from './test-bot.js';

export async function workspaceOf(bot: TestBot): Promise<WorkspaceId> {
  const [workspace] = await listWorkspaces(bot.store.read);
  if (!workspace) throw new Error('no workspace');
  return workspace.id;
}

/** Enters somebody who speaks in the sandbox by that name. */
export async function addSomebody(
  bot: TestBot,
  {
    name,
    roles,
    unit = null,
    scope = null,
  }: { name: string; roles: ActorRole[]; unit?: UnitId | null; scope?: Scope | null },
): Promise<void> {
  const workspace = await workspaceOf(bot);
  const id = personId.parse(name);
  await bot.store.transaction(async (tx) => {
    await insertPerson(tx, workspace, { id, name, unitId: unit, roles, active: true, scope });
    await insertAccount(tx, workspace, { platform: 'sandbox', userId: name, personId: id });
  });
}

export async function changeSettings(bot: TestBot, changes: Record<string, unknown>): Promise<void> {
  const [workspace] = await listWorkspaces(bot.store.read);
  if (!workspace) throw new Error('no workspace');
  await bot.store.transaction((tx) => setSettings(tx, workspace.id, { ...workspace.settings, ...changes }));
}

/** Every request there is, oldest first. */
export async function everyRequest(bot: TestBot): Promise<RequestRow[]> {
  const workspace = await workspaceOf(bot);
  const heads = await listChainHeads(bot.store.read, workspace);
  const byYear = Map.groupBy(heads, ({ year }) => year);
  const rows = await Promise.all(
    [...byYear].map(([year, tasks]) =>
      listRequestsOfTasks(
        bot.store.read,
        workspace,
        year,
        tasks.map(({ key }) => key),
      ),
    ),
  );
  return rows.flat().sort((a, b) => a.number - b.number);
}

/** The kinds of a task's rows, oldest first. */
export async function historyOf(bot: TestBot, code: string): Promise<string[]> {
  const workspace = await workspaceOf(bot);
  const head = (await listChainHeads(bot.store.read, workspace)).find(({ key }) => key === code);
  if (!head) throw new Error(`no task ${code}`);
  const updates = await listUpdatesOfTaskInOrder(bot.store.read, workspace, head.year, head.key);
  return updates.map(({ kind }) => kind);
}

/** The tasks whose history is not whole. */
export async function brokenChains(bot: TestBot): Promise<string[]> {
  const workspace = await workspaceOf(bot);
  const heads = await listChainHeads(bot.store.read, workspace);
  const broken: string[] = [];
  for (const head of heads) {
    const updates = await listUpdatesOfTaskInOrder(bot.store.read, workspace, head.year, head.key);
    if (firstBreak(updates, head) !== null) broken.push(head.key);
  }
  return broken;
}

const timeZone = 'Asia/Shanghai';

/** As a service gets it that is called by another one, and by nobody's message. */
export async function contextOf(tx: Tx, name: string, now: Date): Promise<Context> {
  const [workspace] = await listWorkspaces(tx);
  if (!workspace) throw new Error('no workspace');
  const person = (await listPeople(tx, workspace.id)).find((one) => one.name === name);
  if (!person) throw new Error(`nobody is called ${name}`);
  const ledger = await new LedgerCache().current(tx, workspace.id, workspace.ledgerVersion);
  const { date: today } = wallClock(now, timeZone);
  return {
    packs: new Map(),
    address: null,
    workspace: workspace.id,
    settings: workspaceSettings.parse(workspace.settings),
    startOn: workspace.startOn ?? today,
    timeZone,
    now,
    today,
    actor: { person: person.id, name, unit: person.unitId, roles: person.roles, scope: person.scope },
    group: groupId.parse('main'),
    chat: { id: 'c', private: true },
    message: { platform: 'sandbox', account: 'a', id: 'm', sender: name, quoted: null },
    ledger,
    plans: currentPlans(ledger.plans, null, today),
    tx,
    owes: { others: false },
    log: pino({ level: 'silent' }),
  };
}
