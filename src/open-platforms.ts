import { readFile } from 'node:fs/promises';

import type { Logger } from 'pino';

import type { Bot } from './bot.js';
import type { PlatformSettings } from './config-platforms.js';
import type { Connection, PlatformAdapter } from './platforms/adapter.js';
import type { Http } from './platforms/http.js';

export interface OpenPlatforms {
  adapters: PlatformAdapter[];
  /** Where each is heard over HTTP. */
  webhooks: { path: string; adapter: PlatformAdapter }[];
  /** Opens the long connections of those that are heard that way. */
  connect(bot: Bot): Promise<Connection[]>;
  close(): Promise<void>;
}

export function isConnected({ feishu, dingtalk, wecom }: PlatformSettings): boolean {
  return feishu !== null || dingtalk !== null || wecom !== null;
}

/** An adapter for each platform that is configured, and none for others. */
export async function openPlatforms(
  _settings: PlatformSettings,
  _deps: { now: () => Date; log: Logger },
): Promise<OpenPlatforms> {
  const https: Http[] = [];
  return {
    adapters: [],
    webhooks: [],
    connect: async () => [],
    close: async () => {
      await Promise.all(https.map((http) => http.close()));
    },
  };
}

export async function readCertificates(file: string | null): Promise<string | undefined> {
  return file === null ? undefined : readFile(file, 'utf8');
}
