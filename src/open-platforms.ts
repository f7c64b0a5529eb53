import { readFile } from 'node:fs/promises';

import type { Logger } from 'pino';

import type { Bot } from './bot.js';
import type { DingtalkSettings, FeishuSettings, PlatformSettings, WecomSettings } from './config-platforms.js';
import type { Connection, PlatformAdapter } from './platforms/adapter.js';
import { createDingtalkAdapter } from './platforms/dingtalk/adapter.js';
import { hostsOf as hostsOfDingtalk } from './platforms/dingtalk/settings.js';
import { createFeishuAdapter } from './platforms/feishu/adapter.js';
import { createHttp, type Http } from './platforms/http.js';
import { createWecomAdapter } from './platforms/wecom/adapter.js';
import { hostsOf, publicMediaUrl } from './platforms/wecom/settings.js';

export interface OpenPlatforms {
  adapters: PlatformAdapter[];
  /** Where each is heard over HTTP. */
  webhooks: { path: string; adapter: PlatformAdapter }[];
  /** Opens the long connections of those that are heard that way; they go on trying, and nothing waits for them. */
  connect(bot: Bot): { close(): Promise<void> };
  close(): Promise<void>;
}

interface Opened {
  adapter: PlatformAdapter;
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

async function openFeishu(settings: FeishuSettings, deps: Deps): Promise<Opened> {
  const ca = await readCertificates(settings.caFile);
  const http = createHttp({ allowed: [settings.baseUrl], ca });
  const adapter = createFeishuAdapter({ ...settings, ca }, { ...deps, http });
  const stream = settings.mode === 'stream';
  return { adapter, http, stream, paths: stream ? [] : ['/webhooks/feishu'] };
}

async function openDingtalk(settings: DingtalkSettings, deps: Deps): Promise<Opened> {
  const ca = await readCertificates(settings.caFile);
  const http = createHttp({ allowed: hostsOfDingtalk(settings), ca });
  const adapter = createDingtalkAdapter({ ...settings, ca }, { ...deps, http });
  const heard = settings.mode === 'webhook' ? ['/webhooks/dingtalk'] : [];
  const paths = settings.mode === 'webhook' && settings.cards ? [...heard, '/webhooks/dingtalk/cards'] : heard;
  return { adapter, http, stream: settings.mode === 'stream', paths };
}

async function openWecom(settings: WecomSettings, deps: Deps): Promise<Opened> {
  const ca = await readCertificates(settings.caFile);
  const { botName, mediaUrl, plainText, ...rest } = settings;
  const wecom = {
    ...rest,
    plainText,
    mediaUrls: [mediaUrl ?? publicMediaUrl],
    ...(botName === null ? {} : { botName }),
    ...(ca === undefined ? {} : { ca }),
  };
  const http = createHttp({ allowed: hostsOf(wecom), ca });
  const adapter = createWecomAdapter(wecom, { ...deps, http });
  const paths = [
    ...(settings.bot?.mode === 'webhook' ? ['/webhooks/wecom'] : []),
    ...(settings.app ? ['/webhooks/wecom/app'] : []),
  ];
  return { adapter, http, stream: settings.bot?.mode === 'stream', paths };
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
