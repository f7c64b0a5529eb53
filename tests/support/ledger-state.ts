import { plainText, type Reply } from '../../src/chat/message.js';
import { firstBreak } from '../../src/domain/update-chain.js';
import type { WorkspaceId, WorkspaceSettings } from '../../src/domain/workspace.js';
import { listRecentDeliveries } from '../../src/store/deliveries.js';
import { type DutyRow, listDuties } from '../../src/store/duties.js';
import { listGroups } from '../../src/store/groups.js';
import { listPeople } from '../../src/store/people.js';
import type { Store } from '../../src/store/store.js';
import { listChainHeads, listUpdatesOfTaskInOrder, type UpdateRow } from '../../src/store/updates.js';
import { findWorkspace, listWorkspaces, setSettings } from '../../src/store/workspaces.js';
import type { TestBot } from './test-bot.js';

export async function workspaceOf(store: Store): Promise<WorkspaceId> {
  const [workspace] = await listWorkspaces(store.read);
  if (!workspace) throw new Error('no workspace');
  return workspace.id;
}

export async function changeSettings({ store }: TestBot, changes: Partial<WorkspaceSettings>): Promise<void> {
  const id = await workspaceOf(store);
  const workspace = await findWorkspace(store.read, id);
  await store.transaction((tx) => setSettings(tx, id, { ...workspace?.settings, ...changes }));
}

export async function dutiesOf({ store }: TestBot, year = 2023): Promise<DutyRow[]> {
  return listDuties(store.read, await workspaceOf(store), year);
}

/** What the history of a task holds, oldest first. */
export async function historyOf({ store }: TestBot, key: string): Promise<UpdateRow[]> {
  const workspace = await workspaceOf(store);
  const heads = await listChainHeads(store.read, workspace);
  const head = heads.find((one) => one.key === key);
  return head ? listUpdatesOfTaskInOrder(store.read, workspace, head.year, head.key) : [];
}

/** Tasks whose chain of hashes is not whole; with how many rows all chains hold. */
export async function chainsOf({ store }: TestBot): Promise<{ rows: number; broken: string[] }> {
  const workspace = await workspaceOf(store);
  const broken: string[] = [];
  let rows = 0;
  for (const head of await listChainHeads(store.read, workspace)) {
    const updates = await listUpdatesOfTaskInOrder(store.read, workspace, head.year, head.key);
    rows += updates.length;
    if (firstBreak(updates, head) !== null) broken.push(head.key);
  }
  return { rows, broken };
}

/** What is owed to people one to one, oldest first. */
export async function toldOneToOne(bot: TestBot): Promise<{ to: string; text: string }[]> {
  return (await repliesOneToOne(bot)).map(({ to, reply }) => ({ to, text: plainText(reply) }));
}

/** The same with what can be pressed. */
export async function repliesOneToOne(bot: TestBot): Promise<{ to: string; reply: Reply }[]> {
  const workspace = await workspaceOf(bot.store);
  const people = await listPeople(bot.store.read, workspace);
  const names = new Map(people.map(({ id, name }) => [id as string, name]));
  const groups = await listGroups(bot.store.read, workspace);
  const owed = await Promise.all(groups.map(({ id }) => listRecentDeliveries(bot.store.read, workspace, id, 100)));
  return owed
    .flat()
    .filter(({ personId }) => personId !== null)
    .sort((a, b) => a.sequence - b.sequence)
    .map(({ personId, reply }) => ({ to: names.get(personId ?? '') ?? '', reply: reply as Reply }));
}
