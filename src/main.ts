import { randomBytes } from 'node:crypto';
import type { AddressInfo } from 'node:net';

import { type ServerType, serve } from '@hono/node-server';
import { type Logger, pino } from 'pino';

import { createApp } from './app.js';
import { type Bot, createBot } from './bot.js';
import { loadCommands } from './chat/load-commands.js';
import type { Reply } from './chat/message.js';
import { type Config, evidenceFolderOf, momentFrom } from './config.js';
import { readDataFolder } from './data-folder.js';
import { zonedIso } from './domain/local-date.js';
import { hasMarking } from './domain/secrecy.js';
import { EvidenceFolder } from './evidence/evidence-folder.js';
import { takeHolidays } from './holidays.js';
import { loadDataWhenEmpty } from './load-data.js';
import { isConnected, openPlatforms } from './open-platforms.js';
import { PlanReader } from './plan-reading/plan-reader.js';
import { createSandboxAdapter, sandboxAccount } from './platforms/sandbox/adapter.js';
import { SandboxClock } from './platforms/sandbox/clock.js';
import { FileShelf } from './platforms/sandbox/file-shelf.js';
import { SandboxHub } from './platforms/sandbox/hub.js';
import { projectRoot } from './project-root.js';
import { readRulePacks } from './rule-packs.js';
import { sandboxState } from './sandbox-state.js';
import { everyMinute } from './schedule/minute.js';
import { readSentenceWords } from './sentence-words.js';
import type { Question } from './services/message/ask-ledger.js';
import { listGroups } from './store/groups.js';
import { openStore } from './store/open.js';
import type { Store } from './store/store.js';
import { listWorkspaces } from './store/workspaces.js';

export interface Running {
  url: string;
  /** For the shell of this machine. */
  consoleToken: string;
  bot: Bot;
  stop(): Promise<void>;
}

/** The clock of this machine, for whoever holds it against another. */
export const machineTime = () => new Date();

const channel = { platform: 'sandbox', account: sandboxAccount } as const;
const furthestJumpMs = 366 * 86_400_000;

export async function openLedger(config: Config): Promise<Store> {
  return openStore(config.database, {});
}

export interface LoadedLedger {
  store: Store;
  /** The time that it is there: in a sandbox another than on the wall. */
  now: Date;
  /** By which something expires for a server that is not a sandbox. */
  realNow: Date;
}

/** The ledger as a command of the shell uses it, with data/ loaded when it is empty. */
export async function openLoadedLedger(config: Config): Promise<LoadedLedger> {
  const store = await openLedger(config);
  await takeHolidays(config.dataFolder);
  const isSandbox = !isConnected(config.platforms);
  const realNow = new Date();
  const now = isSandbox ? config.sandboxStart : realNow;
  await loadDataWhenEmpty(store, config.dataFolder, isSandbox ? channel : null, now, config.timeZone);
  return { store, now, realNow };
}

const gigabyte = 1024 ** 3;

/** Where what is handed over with reports is kept, and how much of it a workspace may have. Nothing is made before it is needed. */
export function openEvidence(config: Config): { folder: EvidenceFolder; room: number } {
  const folder = new EvidenceFolder(evidenceFolderOf(config, projectRoot));
  return { folder, room: config.evidence.gigabytes * gigabyte };
}

/** Asks the ledger itself, without a server: nothing is connected, sent or written. */
export async function askAlone(config: Config, question: Question): Promise<Reply[]> {
  const { store, now } = await openLoadedLedger(config);
  const { timeZone } = config;
  const packs = await readRulePacks(config.dataFolder);
  const sentences = await readSentenceWords(config.dataFolder);
  const evidence = openEvidence(config);
  const reader = new PlanReader();
  const parts = { commands: await loadCommands(), adapters: [], reader, evidence, packs, sentences };
  const bot = createBot({ store, ...parts, timeZone, now: () => now, log: pino({ level: 'silent' }) });
  try {
    return await bot.ask(question);
  } finally {
    await bot.stop();
    await store.close();
  }
}

/** Everything in its place: database, data, bot, HTTP and schedule. Resolves when it listens. */
export async function start(config: Config, log: Logger = pino({ level: config.logLevel })): Promise<Running> {
  const store = await openLedger(config);
  try {
    return await startOn(store, config, log);
  } catch (error) {
    await store.close();
    throw error;
  }
}

async function startOn(store: Store, config: Config, log: Logger): Promise<Running> {
  const { timeZone } = config;
  await takeHolidays(config.dataFolder);
  const isSandbox = !isConnected(config.platforms);
  const clock = new SandboxClock(config.sandboxStart, () => new Date());
  const now = isSandbox ? () => clock.now() : () => new Date();
  const warn = (doubt: string) => log.warn(doubt);
  const openedAt = isSandbox ? config.sandboxStart : now();
  const loaded = await loadDataWhenEmpty(
    store,
    config.dataFolder,
    isSandbox ? channel : null,
    openedAt,
    timeZone,
    warn,
  );
  if (loaded) log.info({ folder: config.dataFolder }, 'data loaded into the empty ledger');
  else if (config.dataFolderGiven) await readDataFolder(config.dataFolder);
  const commands = await loadCommands();
  const packs = await readRulePacks(config.dataFolder);
  const sentences = await readSentenceWords(config.dataFolder);
  const platforms = await openPlatforms(config.platforms, { now, log });
  const sandbox = isSandbox ? await openSandbox(store, now, () => bot) : null;
  const adapters = [...platforms.adapters, ...(sandbox ? [sandbox.adapter] : [])];
  let local: string | null = null;
  const address = () => config.address ?? (isSandbox ? local : null);
  const evidence = openEvidence(config);
  const parts = { commands, adapters, reader: new PlanReader(), evidence, packs, sentences };
  const bot = createBot({ store, ...parts, timeZone, address, now, log });
  const consoleToken = randomBytes(24).toString('base64url');
  const app = createApp({
    bot,
    consoleToken,
    ready: () => store.check(),
    webhooks: platforms.webhooks,
    sandbox: sandbox && {
      ...sandbox,
      state: (person) =>
        sandboxState({ ...sandbox, store, workspaceId: sandbox.workspace, commands }, person, {
          now: now(),
          start: config.sandboxStart,
          timeZone,
        }),
      moveClock: inTurn((to: string) => moveClock(bot, clock, to, timeZone)),
    },
    log,
  });
  const server = await listen(app.fetch, config);
  const { port } = server.address() as AddressInfo;
  const url = `http://${nameToOpen(config.host)}:${port}`;
  local = url;
  const connections = platforms.connect(bot);
  const minute = everyMinute(timeZone, log, () => bot.pass());
  const first = bot.pass().catch((error) => {
    if (isSandbox) throw error;
    log.error({ err: error }, 'first pass failed; it runs again within a minute');
  });
  // A platform that does not answer what is owed to it keeps nobody from being heard.
  if (isSandbox) await first;
  return {
    url,
    consoleToken,
    bot,
    async stop() {
      minute.stop();
      await connections.close();
      await close(server);
      await bot.stop();
      await first;
      await platforms.close();
      await store.close();
    },
  };
}

/** The group chat page, on the ledger's first workspace. */
async function openSandbox(store: Store, now: () => Date, bot: () => Bot) {
  const [workspace] = await listWorkspaces(store.read);
  if (!workspace) throw new Error('the ledger has no workspace after loading');
  const [group] = await listGroups(store.read, workspace.id);
  const hub = new SandboxHub();
  const shelf = new FileShelf((content) => bot().makeFile(workspace.id, content));
  const adapter = createSandboxAdapter({
    hub,
    shelf,
    now,
    group: group?.chatId ?? '',
    knows: (chat, user) => bot().knows(chat, user),
    mayKeep: (text) => !hasMarking(text),
  });
  return { workspace: workspace.id, hub, shelf, adapter };
}

/** The name under which a browser on this machine reaches what listens on `host`; the sandbox accepts only local ones. */
function nameToOpen(host: string): string {
  if (['127.0.0.1', '0.0.0.0', '::'].includes(host)) return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
}

function listen(fetch: Parameters<typeof serve>[0]['fetch'], config: Config): Promise<ServerType> {
  return new Promise((resolve, reject) => {
    const server = serve({ fetch, port: config.port, hostname: config.host }, () => resolve(server));
    server.on('error', reject);
  });
}

function close(server: ServerType): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    if ('closeAllConnections' in server) server.closeAllConnections();
  });
}

/** One call after another, in the order in which they came. */
function inTurn<Argument, Result>(
  work: (argument: Argument) => Promise<Result>,
): (argument: Argument) => Promise<Result> {
  let last: Promise<unknown> = Promise.resolve();
  return (argument) => {
    const next = last.then(() => work(argument));
    last = next.catch(() => undefined);
    return next;
  };
}

/** Stops wherever something is due on the way, so that each is prepared, and sent, on its own day. */
async function moveClock(
  bot: Bot,
  clock: SandboxClock,
  to: string,
  timeZone: string,
): Promise<{ now: string } | { refused: string }> {
  const target = momentFrom(to, timeZone);
  if (Number.isNaN(target.getTime())) return { refused: '不是时间，例：2023-09-25T09:00:00+08:00' };
  const year = target.getUTCFullYear();
  if (year < 2000 || year > 2099) return { refused: '沙箱的日期在2000年到2099年之间。' };
  const from = clock.now();
  if (target.getTime() - from.getTime() > furthestJumpMs) return { refused: '一次最多往后走一年，请分几次走。' };
  // What is due by now goes out before the clock moves; the minute has not come yet.
  await bot.pass();
  for (let moment = await bot.nextMoment(from, target); moment; moment = await bot.nextMoment(moment, target)) {
    clock.set(moment);
    await bot.pass();
  }
  clock.set(target);
  await bot.pass();
  return { now: zonedIso(target, timeZone) };
}
