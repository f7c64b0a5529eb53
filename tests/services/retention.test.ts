import { afterEach, beforeEach, expect, it } from 'vitest';

import type { WorkspaceId } from '../../src/domain/workspace.js';
import { sandboxAccount } from '../../src/platforms/sandbox/adapter.js';
import { findDelivery, listRecentDeliveries } from '../../src/store/deliveries.js';
import { listGroups } from '../../src/store/groups.js';
import { claimMessage, findClaim, type MessageKey } from '../../src/store/inbound.js';
import { findQuestion } from '../../src/store/pending-questions.js';
import { listPeople } from '../../src/store/people.js';
import { listWorkspaces } from '../../src/store/workspaces.js';
import { type TestBot, testBot } from '../support/test-bot.js';

let bot: TestBot;
let workspace: WorkspaceId;

beforeEach(async () => {
  bot = await testBot({ now: '2023-09-25T08:00:00+08:00' });
  const [only] = await listWorkspaces(bot.store.read);
  if (!only) throw new Error('no workspace');
  workspace = only.id;
});
afterEach(() => bot.stop());

const liaison = '县住建局联络员';
const done = '/done 水-7 五个建制镇污水处理设施已投运';
const keyOf = (messageId: string): MessageKey => ({ platform: 'sandbox', account: sandboxAccount, messageId });
const isClaimed = async (messageId: string) => (await findClaim(bot.store.read, workspace, keyOf(messageId))) !== null;

it('knows a message again for thirty days', async () => {
  const said = await bot.say(done, liaison, { id: 'm1' });
  await bot.at('2023-10-25T07:59:00+08:00');
  expect(await bot.say(done, liaison, { id: 'm1' })).toBe(said);
  expect((await bot.say('/history 水-7')).match(/五个建制镇/gu)).toHaveLength(1);
  await bot.at('2023-10-26T00:00:00+08:00');
  expect(await isClaimed('m1')).toBe(false);
});

it('looks once a day, and takes only so much at a time', async () => {
  const receivedAt = new Date('2023-09-25T08:00:00+08:00');
  const claim = (from: number, count: number) =>
    bot.store.transaction(async (tx) => {
      for (let at = from; at < from + count; at += 1) {
        const claimed = { ...keyOf(`old ${at}`), receivedAt, personId: null, groupId: null, commands: [] };
        await claimMessage(tx, workspace, claimed);
      }
    });
  await claim(0, 1500);
  const left = async () => {
    const all = await Promise.all(Array.from({ length: 1500 }, (_, at) => isClaimed(`old ${at}`)));
    return all.filter(Boolean).length;
  };
  await bot.at('2023-10-26T00:00:00+08:00');
  expect(await left()).toBe(500);
  await bot.at('2023-10-26T00:01:00+08:00');
  expect(await left()).toBe(0);
  await claim(0, 1);
  await bot.at('2023-10-26T23:59:00+08:00');
  expect(await left()).toBe(1);
  await bot.at('2023-10-27T00:00:00+08:00');
  expect(await left()).toBe(0);
});

it('keeps of a digest what became of it, and what it said for ninety days', async () => {
  await bot.at('2023-09-25T09:00:00+08:00');
  const [group] = await listGroups(bot.store.read, workspace);
  if (!group) throw new Error('no group');
  const [digest] = await listRecentDeliveries(bot.store.read, workspace, group.id, 1);
  const held = () => findDelivery(bot.store.read, workspace, digest?.key ?? '');
  await bot.at('2023-12-24T00:00:00+08:00');
  expect(await held()).toEqual(digest);
  await bot.at('2023-12-25T00:00:00+08:00');
  expect(await held()).toEqual({ ...digest, reply: null, target: null });
});

it('keeps no question for longer than it can be answered', async () => {
  await bot.say('水-7 办结 五个建制镇污水处理设施已投运', liaison);
  const person = (await listPeople(bot.store.read, workspace)).find(({ name }) => name === liaison);
  const waits = async () => person && (await findQuestion(bot.store.read, workspace, person.id, 'sandbox')) !== null;
  expect(await waits()).toBe(true);
  await bot.at('2023-09-25T08:09:59+08:00');
  expect(await waits()).toBe(true);
  await bot.at('2023-09-25T08:10:00+08:00');
  expect(await waits()).toBe(false);
});
