import { readFile } from 'node:fs/promises';

import type { Logger } from 'pino';

import type { Bot } from './bot.js';
import type { DingtalkSettings, FeishuSettings, PlatformSettings, WecomSettings } from './config-platforms.js';
import type { Connection, PlatformAdapter } from './platforms/adapter.js';
import { createDingtalkAdapter } from './platforms/dingtalk/adapter.js';
import { type DingtalkSettings as DingtalkOpened, hostsOf as hostsOfDingtalk } from './platforms/dingtalk/settings.js';
import { createFeishuAdapter } from './platforms/feishu/adapter.js';
import type { FeishuSettings as FeishuOpened } from './platforms/feishu/settings.js';
import { createHttp, type Http } from './platforms/http.js';
import { createWecomAdapter } from './platforms/wecom/adapter.js';
import { hostsOf, publicMediaUrl, type WecomSettings as WecomOpened } from './platforms/wecom/settings.js';

export interface OpenPlatforms {
  adapters: PlatformAdapter[];
  /** Where each is heard over HTTP. */
  webhooks: { path: string; adapter: PlatformAdapter }[];
  /** Opens the long connections of those that are heard that way; they go on trying, and nothing waits for them. */
  connect(bot: Bot): { close(): Promise<void> };
  close(): Promise<void>;
}

export interface Opened<Settings = unknown> {
  adapter: PlatformAdapter;
  /** As the adapter has them. */
  settings: Settings;
  http: Http;
  /** Heard over a long connection. */
  stream: boolean;
  paths: string[];
}

interface Deps {
  now: () => Date;
  log: Logger;
}

export function isConnected({ feishu, dingtalk, wecom }: PlatformSettings): boolean {
  return feishu !== null || dingtalk !== null || wecom !== null;
}

/** An adapter for each platform that is configured, and none for others. */
export async function openPlatforms({ feishu, dingtalk, wecom }: PlatformSettings, deps: Deps): Promise<OpenPlatforms> {
  const opened: Opened[] = [];
  if (feishu) opened.push(await openFeishu(feishu, deps));
  if (dingtalk) opened.push(await openDingtalk(dingtalk, deps));
  if (wecom) opened.push(await openWecom(wecom, deps));
  return {
    adapters: opened.map(({ adapter }) => adapter),
    webhooks: opened.flatMap(({ adapter, paths }) => paths.map((path) => ({ path, adapter }))),
    connect: (bot) => connectAll(opened, bot, deps.log),
    close: async () => {
      await Promise.all(opened.map(({ http }) => http.close()));
    },
  };
}

export async function openFeishu(given: FeishuSettings, deps: Deps): Promise<Opened<FeishuOpened>> {
  const settings = { ...given, ca: await readCertificates(given.caFile) };
  const http = createHttp({ allowed: [settings.baseUrl], ca: settings.ca });
  const adapter = createFeishuAdapter(settings, { ...deps, http });
  const stream = settings.mode === 'stream';
  return { adapter, settings, http, stream, paths: stream ? [] : ['/webhooks/feishu'] };
}

export async function openDingtalk(given: DingtalkSettings, deps: Deps): Promise<Opened<DingtalkOpened>> {
  const settings = { ...given, ca: await readCertificates(given.caFile) };
  const http = createHttp({ allowed: hostsOfDingtalk(settings), ca: settings.ca });
  const adapter = createDingtalkAdapter(settings, { ...deps, http });
  const heard = settings.mode === 'webhook' ? ['/webhooks/dingtalk'] : [];
  const paths = settings.mode === 'webhook' && settings.cards ? [...heard, '/webhooks/dingtalk/cards'] : heard;
  return { adapter, settings, http, stream: settings.mode === 'stream', paths };
}

export async function openWecom(given: WecomSettings, deps: Deps): Promise<Opened<WecomOpened>> {
  const ca = await readCertificates(given.caFile);
  const { botName, mediaUrl, plainText, ...rest } = given;
  const settings = {
    ...rest,
    plainText,
    mediaUrls: [mediaUrl ?? publicMediaUrl],
    ...(botName === null ? {} : { botName }),
    ...(ca === undefined ? {} : { ca }),
  };
  const http = createHttp({ allowed: hostsOf(settings), ca });
  const adapter = createWecomAdapter(settings, { ...deps, http });
  const paths = [
    ...(settings.bot?.mode === 'webhook' ? ['/webhooks/wecom'] : []),
    ...(settings.app ? ['/webhooks/wecom/app'] : []),
  ];
  return { adapter, settings, http, stream: settings.bot?.mode === 'stream', paths };
}

function connectAll(opened: Opened[], bot: Bot, log: Logger): { close(): Promise<void> } {
  const closing = new AbortController();
  const connections = opened
    .filter(({ stream }) => stream)
    .map(({ adapter }) => {
      const ears = { hear: bot.answer, notice: bot.notice.bind(null, adapter.name) };
      return adapter.connect?.(ears, closing.signal).catch((error: unknown): Connection | undefined => {
        if (!closing.signal.aborted) {
          log.error({ platform: adapter.name, err: error }, 'long connection given up; see duban doctor');
        }
        return undefined;
      });
    });
  return {
    close: async () => {
      closing.abort();
      for (const connection of await Promise.all(connections)) await connection?.close();
    },
  };
}

async function readCertificates(file: string | null): Promise<string | undefined> {
  return file === null ? undefined : readFile(file, 'utf8');
}
