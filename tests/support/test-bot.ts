import { randomUUID } from 'node:crypto';
import path from 'node:path';

import { pino } from 'pino';

import { createApp } from '../../src/app.js';
import { createBot } from '../../src/bot.js';
import { loadCommands } from '../../src/chat/load-commands.js';
import {
  type FileContent,
  type FileReply,
  type IncomingFile,
  type IncomingMessage,
  plainText,
  type Reply,
} from '../../src/chat/message.js';
import { loadConfig } from '../../src/config.js';
import type { EvidenceFolder } from '../../src/evidence/evidence-folder.js';
import { loadDataWhenEmpty } from '../../src/load-data.js';
import { PlanReader } from '../../src/plan-reading/plan-reader.js';
import type { MadeFile, PlatformAdapter } from '../../src/platforms/adapter.js';
import { sandboxAccount } from '../../src/platforms/sandbox/adapter.js';
import { projectRoot } from '../../src/project-root.js';
import { readRulePacks } from '../../src/rule-packs.js';
import { readSentenceWords } from '../../src/sentence-words.js';
import { openStore } from '../../src/store/open.js';
import type { Store } from '../../src/store/store.js';
import { listWorkspaces } from '../../src/store/workspaces.js';
import { evidenceRoom } from './evidence-room.js';

export interface TestBot {
  store: Store;
  /** Where evidence is kept. */
  folder: EvidenceFolder;
  /** What the bot posted unasked, as plain text, oldest first. */
  posted: string[];
  /** Of it what went into the group. */
  toGroup: string[];
  /** While it is set the platform takes nothing, and says so. */
  outOfReach: boolean;
  /** The platform's ids of it, as `send` gave them. */
  messageIds: string[];
  /** Says it in the group, or one to one, as an account of the roster; returns the plain text of what the bot answers. */
  say(text: string, user?: string, options?: { id?: string; private?: boolean }): Promise<string>;
  /** A message as another platform would bring it; what is not given is as in the sandbox's group. */
  hear(message: Partial<IncomingMessage> & { text: string }): Promise<string>;
  /** Drops a file into the group, or one to one. */
  drop(name: string, content: string | Uint8Array, user?: string, options?: { private?: boolean }): Promise<string>;
  /** Says it and makes the file that is the answer. */
  file(text: string, user?: string): Promise<{ said: FileReply; bytes: Uint8Array }>;
  /** Makes what a file holds. */
  make(content: FileContent): Promise<MadeFile>;
  replies(text: string, user?: string, options?: { id?: string; private?: boolean }): Promise<Reply[]>;
  /** What a web address of the server answers. */
  open(url: string): Promise<Response>;
  /** What the server has logged. */
  logged: string[];
  /** Waits until what the bot owes has been sent. */
  sent(): Promise<void>;
  /** Sets the clock and runs what is due then. */
  at(moment: string): Promise<void>;
  stop(): Promise<void>;
}

const timeZone = 'Asia/Shanghai';
const spoken = {
  senderName: null,
  addressed: true,
  quoted: null,
  answeredBy: 'response',
  route: null,
} as const;
const chatOf = (user: string, options: { private?: boolean }) =>
  options.private ? { id: `private ${user}`, private: true } : { id: 'sandbox', private: false };
const commands = await loadCommands();
const packs = await readRulePacks(path.join(projectRoot, 'data'));
const sentences = await readSentenceWords(path.join(projectRoot, 'data'));

/** A file as it comes with its message. */
export function atHand(name: string, bytes: Uint8Array): IncomingFile {
  const kind = /\.(?:jpe?g|png|webp|heic)$/iu.test(name) ? 'picture' : 'file';
  return { name, kind, content: { at: 'hand', load: async () => bytes } };
}

/** The real bot on a ledger of its own, with the data folder's plans; only the clock and the platform are made up. */
export async function testBot({
  now = '2023-09-25T09:00:00+08:00',
  location = ':memory:',
  dataFolder = loadConfig({}, projectRoot).dataFolder,
  address = null as string | null,
  fetchFile = undefined as PlatformAdapter['fetchFile'],
  evidenceFolder = undefined as string | undefined,
} = {}): Promise<TestBot> {
  const store = await openStore(location, {});
  let clock = new Date(now);
  const posted: string[] = [];
  const toGroup: string[] = [];
  const messageIds: string[] = [];
  const channel = { platform: 'sandbox', account: sandboxAccount } as const;
  await loadDataWhenEmpty(store, dataFolder, channel, clock, timeZone);
  const adapter: PlatformAdapter = {
    name: 'sandbox',
    limits: { textBytes: 1_000_000, spacingMs: 0, sendsPerMinute: 100_000, keyHonouredMs: 3_600_000 },
    abilities: new Set(['push']),
    ...(fetchFile ? { fetchFile } : {}),
    receive: () => Promise.reject(new Error('this platform hears nothing')),
    send: async ({ userId }, { reply, key }) => {
      if (tested.outOfReach) return { kind: 'retry', afterMs: 1000, why: 'out of reach', arrived: 'no' };
      posted.push(plainText(reply));
      if (userId === null) toGroup.push(plainText(reply));
      messageIds.push(key);
      return { kind: 'sent', platformMessageId: key };
    },
  };
  const logged: string[] = [];
  const log = pino({ level: 'trace' }, { write: (line) => logged.push(line) });
  const reader = new PlanReader();
  const evidence = evidenceRoom(evidenceFolder);
  const parts = { commands, adapters: [adapter], reader, evidence, packs, sentences };
  const bot = createBot({ store, ...parts, timeZone, address: () => address, now: () => clock, log });
  const app = createApp({ bot, ready: async () => {}, webhooks: [], consoleToken: randomUUID(), sandbox: null, log });
  const replies: TestBot['replies'] = (text, user = '成员', options = {}) =>
    bot.answer({
      platform: 'sandbox',
      account: sandboxAccount,
      id: options.id ?? randomUUID(),
      chat: chatOf(user, options),
      sender: user,
      ...spoken,
      text,
    });
  const make: TestBot['make'] = async (content) => {
    const [workspace] = await listWorkspaces(store.read);
    return workspace ? bot.makeFile(workspace.id, content) : { kind: 'refused', why: 'no workspace' };
  };
  const file: TestBot['file'] = async (text, user) => {
    const [said] = await replies(text, user);
    if (said?.kind !== 'file') throw new Error(`no file but ${JSON.stringify(said)}`);
    const made = await make(said.content);
    if (made.kind !== 'made') throw new Error(`not made: ${made.why}`);
    return { said, bytes: made.bytes };
  };
  const hear: TestBot['hear'] = async (message) => {
    const said = await bot.answer({
      platform: 'sandbox',
      account: sandboxAccount,
      id: randomUUID(),
      chat: { id: 'sandbox', private: false },
      sender: '成员',
      ...spoken,
      ...message,
    });
    return said.map(plainText).join('\n');
  };
  const drop: TestBot['drop'] = async (name, content, user = '管理员', options = {}) => {
    const bytes = typeof content === 'string' ? Buffer.from(content) : content;
    const said = await bot.answer({
      platform: 'sandbox',
      account: sandboxAccount,
      id: randomUUID(),
      chat: chatOf(user, options),
      sender: user,
      ...spoken,
      text: '',
      files: [atHand(name, bytes)],
    });
    return said.map(plainText).join('\n');
  };
  const tested: TestBot = {
    store,
    outOfReach: false,
    posted,
    toGroup,
    messageIds,
    hear,
    drop,
    file,
    make,
    replies,
    say: async (...args) => (await replies(...args)).map(plainText).join('\n'),
    logged,
    open: async (url) => app.request(url),
    sent: () => bot.pass(),
    async at(moment) {
      clock = new Date(moment);
      await bot.pass();
    },
    folder: evidence.folder,
    async stop() {
      await bot.stop();
      await store.close();
      if (evidenceFolder === undefined) await evidence.clear();
    },
  };
  return tested;
}
