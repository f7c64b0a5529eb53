import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { pino } from 'pino';
import { expect } from 'vitest';

import { type Bot, createBot } from '../../src/bot.js';
import { loadCommands } from '../../src/chat/load-commands.js';
import type { PlatformName } from '../../src/chat/message.js';
import { loadConfig } from '../../src/config.js';
import { EvidenceFolder } from '../../src/evidence/evidence-folder.js';
import { loadDataWhenEmpty } from '../../src/load-data.js';
import { PlanReader } from '../../src/plan-reading/plan-reader.js';
import type { PlatformAdapter } from '../../src/platforms/adapter.js';
import { projectRoot } from '../../src/project-root.js';
import { readRulePacks } from '../../src/rule-packs.js';
import { readSentenceWords } from '../../src/sentence-words.js';
import { makeBindCode } from '../../src/services/group/bind-codes.js';
import { type GroupRow, listGroups, setGroupWebhook } from '../../src/store/groups.js';
import { openStore } from '../../src/store/open.js';
import { insertAccount, listPeople } from '../../src/store/people.js';
import type { Store } from '../../src/store/store.js';
import { listWorkspaces, type WorkspaceRow } from '../../src/store/workspaces.js';
import { eventually } from '../support/eventually.js';

const timeZone = 'Asia/Shanghai';
const commands = await loadCommands();
const { dataFolder } = loadConfig({}, projectRoot);
const packs = await readRulePacks(dataFolder);
const sentences = await readSentenceWords(dataFolder);
const log = pino({ level: 'silent' });

export const done = '/done 水-7 五个建制镇污水处理设施已投运';

/** The time on a wall: it can be set and goes on, since the pace of sending is kept by it. */
export class WallClock {
  #at = 0;
  #since = 0;

  constructor(at: string) {
    this.set(at);
  }

  readonly now = (): Date => new Date(this.#at + performance.now() - this.#since);

  set(at: string): void {
    this.#at = Date.parse(at);
    this.#since = performance.now();
  }

  forward(ms: number): void {
    this.#at += ms;
  }
}

/** The real bot on a ledger in a file, with the plans of data/. Stopped and started again it finds the same ledger. */
export class GroupBot {
  readonly #folder: string;
  readonly #now: () => Date;
  readonly #channel: { platform: PlatformName; account: string };
  #adapter: PlatformAdapter | undefined;
  store!: Store;
  bot!: Bot;

  private constructor(folder: string, now: () => Date, channel: { platform: PlatformName; account: string }) {
    this.#folder = folder;
    this.#now = now;
    this.#channel = channel;
  }

  /** `channel` is where the accounts and the group of data/ are. */
  static async found(
    now: () => Date,
    channel: { platform: PlatformName; account: string } = { platform: 'sandbox', account: 'sandbox' },
  ): Promise<GroupBot> {
    return new GroupBot(await mkdtemp(path.join(tmpdir(), 'duban-group-')), now, channel);
  }

  /** Returns whether the ledger is new. */
  async start(adapter: PlatformAdapter): Promise<boolean> {
    const now = this.#now;
    this.#adapter = adapter;
    this.store = await openStore(path.join(this.#folder, 'duban.db'), {});
    const isNew = await loadDataWhenEmpty(this.store, dataFolder, this.#channel, now(), timeZone);
    const reader = new PlanReader();
    const evidence = { folder: new EvidenceFolder(path.join(this.#folder, 'evidence')), room: 1024 ** 3 };
    const parts = { commands, adapters: [adapter], reader, evidence, packs, sentences };
    this.bot = createBot({ store: this.store, ...parts, timeZone, now, log });
    return isNew;
  }

  async stop(): Promise<void> {
    await this.bot.stop();
    await this.store.close();
  }

  async close(): Promise<void> {
    await this.stop();
    await rm(this.#folder, { recursive: true, force: true });
  }

  async workspace(): Promise<WorkspaceRow> {
    const [workspace] = await listWorkspaces(this.store.read);
    if (!workspace) throw new Error('no workspace');
    return workspace;
  }

  async groupOn(platform: PlatformName): Promise<GroupRow> {
    const { id } = await this.workspace();
    const group = (await listGroups(this.store.read, id)).find((one) => one.platform === platform);
    if (!group) throw new Error('not bound');
    return group;
  }

  /** As the command line does. */
  async giveRobot(platform: PlatformName, webhook: string | null): Promise<void> {
    const { id } = await this.workspace();
    const group = await this.groupOn(platform);
    await this.store.transaction((tx) => setGroupWebhook(tx, id, group.id, webhook));
  }

  /** The accounts of people of the roster, by their names. */
  async enter(platform: PlatformName, accounts: Record<string, string>): Promise<void> {
    const { id } = await this.workspace();
    const people = await listPeople(this.store.read, id);
    await this.store.transaction(async (tx) => {
      for (const [name, userId] of Object.entries(accounts)) {
        const personId = people.find((one) => one.name === name)?.id;
        if (personId) await insertAccount(tx, id, { platform, userId, personId });
      }
    });
  }

  /** What an administrator says in a group to bind it. */
  async bindWords(): Promise<string> {
    const { id } = await this.workspace();
    const made = { purpose: 'group', plans: null, createdBy: '管理员', now: this.#now() } as const;
    const { code } = await this.store.transaction((tx) => makeBindCode(tx, id, made));
    return `/bind ${code}`;
  }

  /** One request as the server hears it. */
  async hear(request: Request): Promise<Response> {
    if (!this.#adapter) throw new Error('not started');
    const inbound = await this.#adapter.receive(request);
    return inbound.kind === 'message' ? inbound.answer(await this.bot.answer(inbound.message)) : inbound.response;
  }

  /** What is posted because of a request. */
  async say(request: Request, posted: () => string[]): Promise<string> {
    const before = posted().length;
    expect((await this.hear(request)).status).toBe(200);
    await eventually(() => expect(posted().length).toBeGreaterThan(before));
    return posted().slice(before).join('\n');
  }
}
