import path from 'node:path';

import { z } from 'zod';
import { type PlatformSettings, readPlatforms } from './config-platforms.js';
import { localDate, momentOf } from './domain/local-date.js';

export interface Config {
  port: number;
  host: string;
  /** A SQLite path or a postgres:// URL. */
  database: string;
  /** Where what is handed over with reports is kept, `null` beside the database; and how much of it a workspace may have. */
  evidence: { folder: string | null; gigabytes: number };
  dataFolder: string;
  /** Somebody named the folder, so its problems are told even when the ledger has no need of it. */
  dataFolderGiven: boolean;
  /** Where the sandbox's clock starts. */
  sandboxStart: Date;
  logLevel: string;
  timeZone: string;
  /** Under which people reach this server, without a slash at the end; `null` where nobody has said. */
  address: string | null;
  /** Those whose variables are set; with none of them the sandbox is open. */
  platforms: PlatformSettings;
}

/** Every problem of the environment at once, each naming its variable. */
export class ConfigError extends Error {
  constructor(readonly problems: string[]) {
    super(problems.join('\n'));
    this.name = 'ConfigError';
  }
}

type Env = Record<string, string | undefined>;

/** The week of the notice with the most to see. */
export const defaultSandboxNow = '2023-09-25T09:00:00+08:00';

const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

const timeZone = z.string().refine((name) => {
  try {
    new Intl.DateTimeFormat('sv-SE', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}, '不是时区名，例：Asia/Shanghai');

const address = z
  .string()
  .refine(isAddress, '应是 http:// 或 https:// 开头的地址，不带 ? 和 #，如 https://duban.example.gov.cn')
  .transform((text) => text.replace(/\/+$/u, ''));

function isAddress(text: string): boolean {
  const url = URL.parse(text);
  if (!url || !['http:', 'https:'].includes(url.protocol)) return false;
  return url.search === '' && url.hash === '' && url.username === '' && !text.endsWith('?') && !text.endsWith('#');
}

const moment = z
  .string()
  .refine((text) => !Number.isNaN(momentFrom(text, 'UTC').getTime()), '不是时间，例：2023-09-25T09:00:00+08:00')
  .refine((text) => !isOutOfRange(momentFrom(text, 'UTC')), '应在2000年到2099年之间');

const isOutOfRange = (moment: Date) => moment.getUTCFullYear() < 2000 || moment.getUTCFullYear() > 2099;

const variables = z.object({
  PORT: z
    .string()
    .refine((text) => /^\d+$/.test(text) && Number(text) <= 65_535, '应是 0 到 65535 的端口号')
    .default('8787'),
  HOST: z.string().min(1, '不能为空').default('127.0.0.1'),
  DUBAN_DATABASE: z
    .string()
    .min(1, '不能为空')
    .refine((place) => !place.includes('://') || /^postgres(ql)?:\/\//.test(place), '应是文件路径或 postgres:// 地址')
    .optional(),
  DUBAN_EVIDENCE: z.string().min(1, '不能为空').optional(),
  DUBAN_EVIDENCE_GB: z.coerce.number('应是数字，单位GB').positive('应大于0').max(100_000, '应不超过100000').default(20),
  DUBAN_DATA: z.string().min(1, '不能为空').optional(),
  DUBAN_NOW: moment.default(defaultSandboxNow),
  DUBAN_LOG_LEVEL: z.enum(logLevels, `应是 ${logLevels.join('、')} 之一`).default('info'),
  DUBAN_URL: address.optional(),
  DUBAN_TIME_ZONE: timeZone.default('Asia/Shanghai'),
});

export const generalVariables: string[] = Object.keys(variables.shape);

/** What could be read, with `null` where a variable is wrong, and every problem by the name of its variable. */
export interface ReadConfig {
  config: { [Name in keyof Config]: Config[Name] | null } & Pick<Config, 'platforms'>;
  problems: string[];
}

/** Reads and checks the environment; `root` is where relative defaults start. Throws `ConfigError`. */
export function loadConfig(env: Env, root: string): Config {
  const { config, problems } = readConfig(env, root);
  if (problems.length > 0) throw new ConfigError(problems);
  return config as Config;
}

/** The same for whoever goes on with the rest when a part is wrong. */
export function readConfig(env: Env, root: string): ReadConfig {
  const problems: string[] = [];
  const read = <Name extends keyof typeof variables.shape>(name: Name) => {
    const parsed = variables.shape[name].safeParse(env[name]);
    for (const issue of parsed.error?.issues ?? []) problems.push(`环境变量 ${name}：${issue.message}`);
    return { isRight: parsed.success, value: parsed.data as z.infer<(typeof variables.shape)[Name]> | undefined };
  };
  const port = read('PORT');
  const host = read('HOST');
  const database = read('DUBAN_DATABASE');
  const evidence = read('DUBAN_EVIDENCE');
  const gigabytes = read('DUBAN_EVIDENCE_GB');
  const data = read('DUBAN_DATA');
  const now = read('DUBAN_NOW');
  const logLevel = read('DUBAN_LOG_LEVEL');
  const zone = read('DUBAN_TIME_ZONE');
  const url = read('DUBAN_URL');
  const config = {
    port: port.value === undefined ? null : Number(port.value),
    host: host.value ?? null,
    database: database.isRight ? (database.value ?? path.join(root, 'var', 'duban.db')) : null,
    evidence:
      evidence.isRight && gigabytes.value !== undefined
        ? { folder: evidence.value === undefined ? null : path.resolve(evidence.value), gigabytes: gigabytes.value }
        : null,
    dataFolder: data.isRight ? path.resolve(data.value ?? path.join(root, 'data')) : null,
    dataFolderGiven: env.DUBAN_DATA !== undefined,
    sandboxStart: now.value === undefined || zone.value === undefined ? null : momentFrom(now.value, zone.value),
    logLevel: logLevel.value ?? null,
    timeZone: zone.value ?? null,
    address: url.value ?? null,
    platforms: readPlatforms(env, problems),
  };
  return { config, problems };
}

/** The folder of the evidence: as given, else beside the file of the database and named for it. `root` is the project's. */
export function evidenceFolderOf({ database, evidence }: Pick<Config, 'database' | 'evidence'>, root: string): string {
  if (evidence.folder !== null) return evidence.folder;
  const isFile = !database.includes('://') && database !== ':memory:';
  return isFile
    ? `${path.resolve(database).replace(/\.(?:db|sqlite3?)$/i, '')}-evidence`
    : path.join(root, 'var', 'duban-evidence');
}

const momentForm = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2})?)(?:\.\d{1,3})?(Z|[+-]\d{2}:?\d{2})?)?$/i;

/** A time without an offset is one on the wall of the workspace's time zone. Anything else is an invalid date. */
export function momentFrom(text: string, timeZone: string): Date {
  const [, day, time = '00:00', offset] = momentForm.exec(text) ?? [];
  const date = localDate.safeParse(day);
  // Date.parse knows no such hour, and takes 30 February for 2 March.
  if (!date.success || Number.isNaN(Date.parse(`${day}T${time}Z`))) return new Date(Number.NaN);
  return offset ? new Date(`${day}T${time}${offset}`) : momentOf(date.data, time, timeZone);
}
