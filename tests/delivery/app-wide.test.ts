import { pino } from 'pino';
import { expect, it } from 'vitest';

import { reply } from '../../src/chat/message.js';
import { loadConfig } from '../../src/config.js';
import { Sender } from '../../src/delivery/sender.js';
import { groupId } from '../../src/domain/workspace.js';
import { loadDataWhenEmpty } from '../../src/load-data.js';
import type { PlatformAdapter } from '../../src/platforms/adapter.js';
import { projectRoot } from '../../src/project-root.js';
import { countPendingDeliveries, enqueueDelivery } from '../../src/store/deliveries.js';
import { insertGroup } from '../../src/store/groups.js';
import { openStore } from '../../src/store/open.js';
import { listWorkspaces } from '../../src/store/workspaces.js';

const channel = { platform: 'sandbox', account: 'sandbox' } as const;
const groups = 120;
/** A third of it is one every 600 ms. */
const appPerMinute = 300;
const begin = Date.parse('2023-09-25T09:00:00+08:00');

it('spreads the digests of many groups over time, in order and each once, while an answer goes at once', async () => {
  let clock = begin;
  const now = () => new Date(clock);
  const store = await openStore(':memory:', {});
  await loadDataWhenEmpty(store, loadConfig({}, projectRoot).dataFolder, channel, now(), 'Asia/Shanghai');
  const [workspace] = await listWorkspaces(store.read);
  if (!workspace) throw new Error('no workspace');
  const went: { key: string; at: number }[] = [];
  const adapter: PlatformAdapter = {
    name: 'sandbox',
    limits: { textBytes: 10_000, spacingMs: 250, sendsPerMinute: 240, appPerMinute, keyHonouredMs: 3_600_000 },
    abilities: new Set(['push']),
    receive: () => Promise.reject(new Error('this platform hears nothing')),
    send: async (_target, { key }) => {
      went.push({ key, at: clock });
      return { kind: 'sent', platformMessageId: key };
    },
  };
  const sender = new Sender({
    store,
    adapters: new Map([['sandbox', adapter]]),
    makeFile: () => Promise.reject(new Error('no file is owed')),
    timeZone: 'Asia/Shanghai',
    now,
    log: pino({ level: 'silent' }),
  });
  const owe = (group: string, key: string, asked: boolean) =>
    store.transaction((tx) =>
      enqueueDelivery(tx, workspace.id, {
        key,
        groupId: groupId.parse(group),
        personId: null,
        kind: asked ? 'reply' : 'digest',
        target: asked ? { ...channel, chatId: group, userId: null, route: null } : null,
        reply: reply.text(key),
        notBefore: now(),
        usefulUntil: null,
        createdAt: now(),
      }),
    );
  const digests = Array.from({ length: groups }, (_, index) => `g${index + 1}`);
  for (const id of digests) {
    const group = { ...channel, id: groupId.parse(id), chatId: id, name: id, plans: null, boundAt: now() };
    await store.transaction((tx) => insertGroup(tx, workspace.id, group));
    await owe(id, id, false);
  }
  let askedAt = 0;
  for (let step = 0; (await countPendingDeliveries(store.read, workspace.id)) > 0; step += 1) {
    if (step === 50) {
      askedAt = clock;
      // In a group whose digest has yet to come.
      await owe('g100', 'answer', true);
    }
    await sender.wake();
    clock += 100;
  }
  await sender.stop();
  await store.close();
  expect(went.filter(({ key }) => key === 'answer')).toEqual([{ key: 'answer', at: askedAt }]);
  const own = went.filter(({ key }) => key !== 'answer');
  expect(own.map(({ key }) => key)).toEqual(digests);
  for (const { at: from } of own) {
    const within = own.filter(({ at }) => from <= at && at < from + 60_000).length;
    expect(within).toBeLessThanOrEqual(appPerMinute / 3 + 1);
  }
}, 60_000);
