import { afterEach, beforeEach, expect, it } from 'vitest';
import { loadConfig } from '../../src/config.js';
import { findPlace } from '../../src/delivery/sending-place.js';
import { personId } from '../../src/domain/person.js';
import { groupId, type WorkspaceId } from '../../src/domain/workspace.js';
import { loadDataWhenEmpty } from '../../src/load-data.js';
import type { PlatformAdapter } from '../../src/platforms/adapter.js';
import { projectRoot } from '../../src/project-root.js';
import { enqueueDelivery, findDelivery } from '../../src/store/deliveries.js';
import { insertGroup } from '../../src/store/groups.js';
import { openStore } from '../../src/store/open.js';
import { insertAccount, insertPerson, updatePerson } from '../../src/store/people.js';
import type { Store } from '../../src/store/store.js';
import { listWorkspaces } from '../../src/store/workspaces.js';

const now = new Date('2023-09-25T10:00:00+08:00');
const person = personId.parse('李工');
const feishuGroup = { id: groupId.parse('feishu'), platform: 'feishu', account: 'cli_a', chatId: 'oc_1' } as const;
const dingtalkGroup = {
  id: groupId.parse('dingtalk'),
  platform: 'dingtalk',
  account: 'ding_a',
  chatId: 'cid_1',
} as const;

const adapter = (name: PlatformAdapter['name']): PlatformAdapter => ({
  name,
  limits: { textBytes: 1000, spacingMs: 0, sendsPerMinute: 60, keyHonouredMs: 0 },
  abilities: new Set(['push']),
  receive: () => Promise.reject(new Error('this platform hears nothing')),
  send: async () => ({ kind: 'sent', platformMessageId: null }),
});

let store: Store;
let workspace: WorkspaceId;

beforeEach(async () => {
  store = await openStore(':memory:', {});
  const channel = { platform: 'sandbox', account: 'sandbox' } as const;
  await loadDataWhenEmpty(store, loadConfig({}, projectRoot).dataFolder, channel, now, 'Asia/Shanghai');
  const [only] = await listWorkspaces(store.read);
  if (!only) throw new Error('no workspace');
  workspace = only.id;
  await store.transaction(async (tx) => {
    for (const group of [feishuGroup, dingtalkGroup])
      await insertGroup(tx, workspace, { ...group, name: '群', plans: null, boundAt: now });
    await insertPerson(tx, workspace, { id: person, name: '李工', unitId: null, roles: ['liaison'], active: true });
    await insertAccount(tx, workspace, { platform: 'dingtalk', userId: 'ding-li', personId: person });
    await enqueueDelivery(tx, workspace, {
      ...{ key: 'told', groupId: feishuGroup.id, personId: person, kind: 'notice', target: null, usefulUntil: null },
      ...{ reply: { kind: 'text', text: '请报' }, notBefore: now, createdAt: now },
    });
  });
});
afterEach(() => store.close());

async function place(...platforms: PlatformAdapter['name'][]) {
  const delivery = await findDelivery(store.read, workspace, 'told');
  if (!delivery) throw new Error('no delivery');
  return findPlace(store.read, new Map(platforms.map((name) => [name, adapter(name)])), workspace, delivery);
}

it('goes one to one over the platform that knows the person, whichever group it concerns', async () => {
  const { adapter: over, target } = (await place('feishu', 'dingtalk')) ?? {};
  expect(over?.name).toBe('dingtalk');
  expect(target).toMatchObject({ account: 'ding_a', userId: 'ding-li', chatId: '', webhook: null });
});

it('goes by the group’s own platform first', async () => {
  await store.transaction((tx) =>
    insertAccount(tx, workspace, { platform: 'feishu', userId: 'ou_li', personId: person }),
  );
  expect((await place('feishu', 'dingtalk'))?.target).toMatchObject({ account: 'cli_a', userId: 'ou_li' });
  expect((await place('dingtalk'))?.target).toMatchObject({ account: 'ding_a', userId: 'ding-li' });
});

it('goes nowhere over a platform that is not configured', async () => {
  expect(await place('feishu')).toBeNull();
});

it('does not go to somebody who has left since', async () => {
  await store.transaction((tx) => updatePerson(tx, workspace, person, { active: false, leftAt: now }));
  expect(await place('feishu', 'dingtalk')).toBeNull();
});
