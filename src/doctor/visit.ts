import type { ReadConfig } from '../config.js';
import type { PlatformSettings } from '../config-platforms.js';

export type ConnectedPlatform = keyof PlatformSettings;

export const platformNames: Record<string, string> = {
  wecom: '企业微信',
  dingtalk: '钉钉',
  feishu: '飞书',
  sandbox: '演示沙箱',
};

/** What is examined, and from where. */
export interface Visit extends ReadConfig {
  /** Those whose variables are set, rightly or wrongly. */
  platformsSet: ConnectedPlatform[];
  /** The one that was asked for; `null` for all. */
  only: ConnectedPlatform | null;
  publicUrl: string | null;
  /** The variable that names a proxy. */
  proxy: string | null;
  /** Where what was handed over is kept; `null` where a variable is wrong. */
  evidenceFolder: string | null;
  nodeVersion: string;
  /** The clock of this machine. */
  now: () => Date;
  /** The address of the server that runs on this ledger. */
  findServer(database: string): Promise<string | null>;
}

/** The time that it is on the ledger: the sandbox has its own. */
export function ledgerTime({ config, platformsSet, now }: Visit): Date {
  return platformsSet.length === 0 ? (config.sandboxStart ?? now()) : now();
}

/** Where people and groups have to be; in the sandbox when nothing is connected. */
export function placesMeant({ only, platformsSet }: Visit): string[] {
  if (only !== null) return [only];
  return platformsSet.length === 0 ? ['sandbox'] : platformsSet;
}

export const timeZoneOf = ({ config }: Visit): string => config.timeZone ?? 'Asia/Shanghai';
