import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { type Bot, createBot } from '../../src/bot.js';
import { loadCommands } from '../../src/chat/load-commands.js';
import { plainText, reply } from '../../src/chat/message.js';
import { loadConfig } from '../../src/config.js';
import { groupId } from '../../src/domain/workspace.js';
import { loadDataWhenEmpty } from '../../src/load-data.js';
import { PlanReader } from '../../src/plan-reading/plan-reader.js';
import type { Limits, PlatformAdapter, Sent } from '../../src/platforms/adapter.js';
import { projectRoot } from '../../src/project-root.js';
import { readSentenceWords } from '../../src/sentence-words.js';
import { enqueueDelivery, findDelivery } from '../../src/store/deliveries.js';
import { insertGroup } from '../../src/store/groups.js';
import { openStore } from '../../src/store/open.js';
import type { Store } from '../../src/store/store.js';
import { listWorkspaces } from '../../src/store/workspaces.js';
import { evidenceRoom } from '../support/evidence-room.js';

const channel = { platform: 'sandbox', account: 'sandbox' } as const;
const limits: Limits = { textBytes: 10_000, spacingMs: 400, sendsPerMinute: 100, keyHonouredMs: 3_600_000 };
const begin = Date.parse('2023-09-25T10:00:00+08:00') - performance.now();
const now = () => new Date(begin + performance.now());

const sentences = await readSentenceWords(loadConfig({}, projectRoot).dataFolder);
let store: Store;
let bot: Bot;
let sentAt: number[];
let said: string[];
/** Keys of what arrived, in order. */
let arrived: string[];
/** What the platform says to the next messages. */
let answers: Sent[];
let onSend: () => Promise<void>;

beforeEach(async () => {
  store = await openStore(':memory:', {});
  await loadDataWhenEmpty(store, loadConfig({}, projectRoot).dataFolder, channel, now(), 'Asia/Shanghai');
  sentAt = [];
  said = [];
  arrived = [];
  answers = [];
  onSend = async () => {};
  const adapter: PlatformAdapter = {
    name: 'sandbox',
    limits,
    abilities: new Set(['push']),
    receive: () => Promise.reject(new Error('this platform hears nothing')),
    send: async (_target, { key, reply: words }) => {
      await onSend();
      const answer = answers.shift() ?? { kind: 'sent', platformMessageId: null };
      if (answer.kind === 'sent') {
        sentAt.push(performance.now());
        said.push(plainText(words));
        arrived.push(key.replace(/^reply sandbox sandbox (\S+) 1$/, '$1'));
      }
      return answer;
    },
  };
  const log = pino({ level: 'silent' });
  const commands = await loadCommands();
  const reader = new PlanReader();
  bot = createBot({
    store,
    commands,
    adapters: [adapter],
    reader,
    evidence: evidenceRoom(),
    packs: new Map(),
    sentences,
    timeZone: 'Asia/Shanghai',
    now,
    log,
  });
});
afterEach(async () => {
  await bot.stop();
  await store.close();
});

const ask = (id: string, chat = 'sandbox') =>
  bot.answer({
    ...channel,
    id,
    chat: { id: chat, private: false },
    sender: '成员',
    senderName: null,
    text: '/help',
    addressed: true,
    quoted: null,
    answeredBy: 'delivery',
    route: null,
  });

async function workspace() {
  const [only] = await listWorkspaces(store.read);
  if (!only) throw new Error('no workspace');
  return only.id;
}

const find = async (key: string) => findDelivery(store.read, await workspace(), key);

/** As a schedule does it, without waking the sender. */
async function owe(keys: string[]) {
  const id = await workspace();
  const createdAt = now();
  const common = { groupId: groupId.parse('main'), personId: null, target: null, usefulUntil: null, createdAt };
  await store.transaction(async (tx) => {
    for (const key of keys) {
      const delivery = { ...common, key, kind: 'notice', reply: reply.text(key), notBefore: createdAt };
      await enqueueDelivery(tx, id, delivery);
    }
  });
}

async function insertSecondGroup() {
  const id = await workspace();
  const group = {
    ...channel,
    id: groupId.parse('second'),
    chatId: 'second',
    name: '二群',
    plans: null,
    boundAt: now(),
  };
  await store.transaction((tx) => insertGroup(tx, id, group));
}

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
    expect(arrived).toEqual(['1', '2', '3']);
  });

  it('are in the database before they are sent, and their outcome after', async () => {
    const seen: (string | undefined)[] = [];
    onSend = async () => {
      seen.push((await find('reply sandbox sandbox 1 1'))?.state);
    };
    answers.push({ kind: 'sent', platformMessageId: 'om_1' });
    await ask('1');
    await bot.pass();
    const { state, attempts, takenUntil, platformMessageId } = (await find('reply sandbox sandbox 1 1')) ?? {};
    expect(seen).toEqual(['pending']);
    expect({ state, attempts, takenUntil, platformMessageId }).toEqual({
      state: 'sent',
      attempts: 1,
      takenUntil: null,
      platformMessageId: 'om_1',
    });
  });

  it('do not overtake what was owed to the same group before', async () => {
    await ask('1');
    await bot.pass();
    await owe(['digest']);
    await new Promise((pace) => setTimeout(pace, limits.spacingMs));
    await ask('2');
    await vi.waitFor(() => expect(arrived).toHaveLength(3), { timeout: 5_000 });
    expect(arrived).toEqual(['1', 'digest', '2']);
  });

  it('to one group do not wait for the crowd in another', async () => {
    await insertSecondGroup();
    await owe(Array.from({ length: 150 }, (_, at) => `${at}`));
    await ask('1', 'second');
    await vi.waitFor(() => expect(arrived).toContain('1'), { timeout: 5_000 });
    expect(arrived.length).toBeLessThan(10);
  });

  it('are taken only when they are sent, so that a crash leaves none in doubt that still waits', async () => {
    const keys = ['1', '2', '3', '4'];
    const held = () => Promise.all(keys.map(find));
    const takenAtSending: number[] = [];
    onSend = async () => {
      takenAtSending.push((await held()).filter((one) => one?.takenUntil).length);
    };
    await owe(keys);
    await bot.pass();
    await vi.waitFor(() => expect(sentAt).toHaveLength(4), { timeout: 5_000 });
    expect(takenAtSending).toEqual([1, 1, 1, 1]);
    expect((await held()).map((one) => one?.attempts)).toEqual([1, 1, 1, 1]);
  });
});

describe('a digest', () => {
  it.each([
    ['expired', [], '没有发出去。'],
    ['refused', [{ kind: 'refused', why: '内容不合要求' }], '没有发出去：内容不合要求。'],
    ['unknown', [{ kind: 'unknown', why: '没有应答' }], '不知道有没有发到：没有应答。'],
  ] as [string, Sent[], string][])('that is %s is told to the administrators, once', async (state, says, told) => {
    const [workspace] = await listWorkspaces(store.read);
    if (!workspace) throw new Error('no workspace');
    answers.push(...says);
    const createdAt = now();
    await store.transaction((tx) =>
      enqueueDelivery(tx, workspace.id, {
        key: 'd',
        groupId: groupId.parse('main'),
        personId: null,
        kind: 'digest',
        target: null,
        reply: reply.text('周报'),
        notBefore: createdAt,
        usefulUntil: state === 'expired' ? createdAt : null,
        createdAt,
      }),
    );
    await bot.pass();
    await vi.waitFor(() => expect(said).toHaveLength(1), { timeout: 5_000 });
    await bot.pass();
    expect(said).toEqual([expect.stringContaining(`的周报${told}`)]);
    expect(await findDelivery(store.read, workspace.id, 'd')).toMatchObject({ state });
  });
});
