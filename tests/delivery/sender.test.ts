import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { type Bot, createBot } from '../../src/bot.js';
import { loadCommands } from '../../src/chat/load-commands.js';
import { reply } from '../../src/chat/message.js';
import { loadConfig } from '../../src/config.js';
import { loadDataWhenEmpty } from '../../src/load-data.js';
import { PlanReader } from '../../src/plan-reading/plan-reader.js';
import type { Limits, PlatformAdapter, Sent } from '../../src/platforms/adapter.js';
import { projectRoot } from '../../src/project-root.js';
import { enqueueDelivery, findDelivery } from '../../src/store/deliveries.js';
import { listGroups } from '../../src/store/groups.js';
import { openStore } from '../../src/store/open.js';
import type { Store } from '../../src/store/store.js';
import { listWorkspaces } from '../../src/store/workspaces.js';

const channel = { platform: 'sandbox', account: 'sandbox' } as const;
const limits: Limits = { textBytes: 10_000, spacingMs: 400, sendsPerMinute: 100, keyHonouredMs: 3_600_000 };
const begin = Date.parse('2023-09-25T10:00:00+08:00') - performance.now();
const now = () => new Date(begin + performance.now());

let store: Store;
let bot: Bot;
let sentAt: number[];
/** Keys of what arrived, in order. */
let arrived: string[];
/** What the platform says to the next messages. */
let answers: Sent[];

beforeEach(async () => {
  store = await openStore(':memory:', {});
  await loadDataWhenEmpty(store, loadConfig({}, projectRoot).dataFolder, channel, now(), 'Asia/Shanghai');
  sentAt = [];
  arrived = [];
  answers = [];
  const adapter: PlatformAdapter = {
    name: 'sandbox',
    limits,
    abilities: new Set(['push']),
    receive: () => Promise.reject(new Error('this platform hears nothing')),
    send: async (_target, { key }) => {
      const answer = answers.shift() ?? { kind: 'sent', platformMessageId: null };
      if (answer.kind === 'sent') {
        sentAt.push(performance.now());
        arrived.push(key.replace('reply sandbox sandbox ', ''));
      }
      return answer;
    },
  };
  const log = pino({ level: 'silent' });
  const commands = await loadCommands();
  const reader = new PlanReader();
  bot = createBot({ store, commands, adapters: [adapter], reader, timeZone: 'Asia/Shanghai', now, log });
});
afterEach(async () => {
  await bot.stop();
  await store.close();
});

const never = (): never => {
  throw new Error('the ledger is empty');
};

const ask = (id: string) =>
  bot.answer({
    ...channel,
    id,
    chat: { id: 'sandbox', private: false },
    sender: '成员',
    senderName: null,
    text: '/help',
    addressed: true,
    quoted: null,
    answeredBy: 'delivery',
    route: null,
  });

describe('replies', () => {
  it('follow each other at the pace of the platform, without waiting for the minute', async () => {
    for (const id of ['1', '2', '3', '4']) await ask(id);
    await vi.waitFor(() => expect(sentAt).toHaveLength(4), { timeout: 5_000 });
    const [first = 0, ...others] = sentAt;
    for (const [at, moment] of others.entries()) expect(moment - first).toBeGreaterThanOrEqual((at + 1) * 400 - 20);
  });

  it('are tried again as soon as the platform wants', async () => {
    answers.push({ kind: 'retry', afterMs: 1_500, why: '限流', arrived: 'no' });
    const asked = performance.now();
    await ask('1');
    await vi.waitFor(() => expect(sentAt).toHaveLength(1), { timeout: 5_000 });
    expect((sentAt[0] ?? 0) - asked).toBeGreaterThanOrEqual(1_480);
  });

  it('keep their order when the first of them is tried again', async () => {
    answers.push({ kind: 'retry', afterMs: 1_000, why: '限流', arrived: 'no' });
    for (const id of ['1', '2', '3']) await ask(id);
    await vi.waitFor(() => expect(arrived).toHaveLength(3), { timeout: 5_000 });
    expect(arrived).toEqual(['1 1', '2 1', '3 1']);
  });

  it('go behind what was owed to the group before', async () => {
    const [workspace] = await listWorkspaces(store.read);
    const [group] = await listGroups(store.read, workspace?.id ?? never());
    await store.transaction((tx) =>
      enqueueDelivery(tx, workspace?.id ?? never(), {
        key: 'digest',
        groupId: group?.id ?? never(),
        personId: null,
        kind: 'digest',
        target: null,
        reply: reply.text('周报'),
        notBefore: now(),
        usefulUntil: null,
        createdAt: now(),
      }),
    );
    await ask('1');
    await vi.waitFor(() => expect(arrived).toHaveLength(2), { timeout: 5_000 });
    expect(arrived).toEqual(['digest', '1 1']);
  });

  it('have their outcome in the ledger, each once', async () => {
    answers.push({ kind: 'sent', platformMessageId: 'om_1' }, { kind: 'refused', why: '太长' });
    for (const id of ['1', '2']) await ask(id);
    await vi.waitFor(() => expect(answers).toEqual([]), { timeout: 5_000 });
    await bot.pass();
    const [workspace] = await listWorkspaces(store.read);
    const find = (id: string) => findDelivery(store.read, workspace?.id ?? never(), `reply sandbox sandbox ${id} 1`);
    expect(await find('1')).toMatchObject({ state: 'sent', attempts: 1, platformMessageId: 'om_1', takenUntil: null });
    expect(await find('2')).toMatchObject({ state: 'refused', why: '太长', takenUntil: null });
  });
});
