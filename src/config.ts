import path from 'node:path';

import { z } from 'zod';
import { type PlatformSettings, readPlatforms } from './config-platforms.js';
import { localDate, momentOf } from './domain/local-date.js';

export interface Config {
  port: number;
  host: string;
  /** A SQLite path or a postgres:// URL. */
  database: string;
  dataFolder: string;
  /** Somebody named the folder, so its problems are told even when the ledger has no need of it. */
  dataFolderGiven: boolean;
  /** Where the sandbox's clock starts. */
  sandboxStart: Date;
  logLevel: string;
  timeZone: string;
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
  DUBAN_DATA: z.string().min(1, '不能为空').optional(),
  DUBAN_NOW: moment.default(defaultSandboxNow),
  DUBAN_LOG_LEVEL: z.enum(logLevels, `应是 ${logLevels.join('、')} 之一`).default('info'),
  DUBAN_TIME_ZONE: timeZone.default('Asia/Shanghai'),
});

export const generalVariables: string[] = Object.keys(variables.shape);

/** Reads and checks the environment; `root` is where relative defaults start. Throws `ConfigError`. */
export function loadConfig(env: Record<string, string | undefined>, root: string): Config {
  const parsed = variables.safeParse(env);
  const problems = (parsed.error?.issues ?? []).map((issue) => `环境变量 ${issue.path.join('.')}：${issue.message}`);
  const platforms = readPlatforms(env, problems);
  if (!parsed.success || problems.length > 0) throw new ConfigError(problems);
  const { data } = parsed;
  return {
    port: Number(data.PORT),
    host: data.HOST,
    database: data.DUBAN_DATABASE ?? path.join(root, 'var', 'duban.db'),
    dataFolder: path.resolve(data.DUBAN_DATA ?? path.join(root, 'data')),
    dataFolderGiven: data.DUBAN_DATA !== undefined,
    sandboxStart: momentFrom(data.DUBAN_NOW, data.DUBAN_TIME_ZONE),
    logLevel: data.DUBAN_LOG_LEVEL,
    timeZone: data.DUBAN_TIME_ZONE,
    platforms,
  };
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
