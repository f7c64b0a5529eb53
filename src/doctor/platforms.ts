import { pino } from 'pino';

import { type Opened, openDingtalk, openFeishu, openWecom } from '../open-platforms.js';
import { type Check, type Finding, fail, skipped } from '../platforms/check/check.js';
import type { CheckDeps, Checkup } from '../platforms/check/checkup.js';
import { dingtalkCheckup } from '../platforms/dingtalk/check.js';
import { feishuCheckup } from '../platforms/feishu/check.js';
import { createHttp, type Http } from '../platforms/http.js';
import { wecomCheckup } from '../platforms/wecom/check.js';
import { certificatesFinding } from './certificates.js';
import { type ConnectedPlatform, platformNames, type Visit } from './visit.js';

export interface PlatformVisit {
  checkups: Checkup[];
  checks: Check[];
  close(): Promise<void>;
}

const order: ConnectedPlatform[] = ['wecom', 'dingtalk', 'feishu'];
const log = pino({ level: 'silent' });

/** The checkups of the platforms that are configured, and a line for what stands in the way of one. */
export async function visitPlatforms(visit: Visit): Promise<PlatformVisit> {
  const { only, platformsSet, publicUrl } = visit;
  const publicHttp = publicUrl === null ? null : createHttp({ allowed: [publicUrl] });
  const opened: Http[] = publicHttp ? [publicHttp] : [];
  const visited: PlatformVisit = {
    checkups: [],
    checks: [],
    close: async () => {
      await Promise.all(opened.map((http) => http.close()));
    },
  };
  const meant = order.filter((name) => (only === null ? platformsSet.includes(name) : name === only));
  for (const name of meant) {
    const amiss = troubleOf(name, visit);
    if (amiss) visited.checks.push(settingsCheck(name, amiss));
    if (visit.config.platforms[name] === null) continue;
    try {
      const { http, checkup, checks } = await open(name, visit, publicHttp);
      opened.push(http);
      // What is half configured does not say who the bot is.
      if (!amiss) visited.checkups.push(checkup);
      visited.checks.push(...checks, ...checkup.checks);
    } catch (error) {
      visited.checks.push(settingsCheck(name, unreadable(name, error)));
    }
  }
  if (meant.length > 0) return visited;
  const none = skipped('没有配置平台，打开的是演示沙箱');
  visited.checks.push({ id: 'platforms', title: '平台', run: async () => none });
  return visited;
}

function settingsCheck(name: ConnectedPlatform, finding: Finding): Check {
  return { id: `${name}.settings`, title: platformNames[name] ?? name, run: async () => finding };
}

function troubleOf(name: ConnectedPlatform, { platformsSet, problems, config }: Visit): Finding | null {
  const prefix = `${name.toUpperCase()}_`;
  if (!platformsSet.includes(name)) {
    const todo = `请设置 ${prefix} 开头的变量，见 README.zh-CN.md`;
    return fail(`没有设置${platformNames[name]}的环境变量`, todo);
  }
  if (!problems.some((problem) => problem.includes(prefix))) return null;
  const rest = config.platforms[name] === null ? '' : '，只查了其余部分';
  return skipped(`环境变量有误，见“环境变量”${rest}`);
}

function unreadable(name: ConnectedPlatform, error: unknown): Finding {
  const { code, path } = error as { code?: unknown; path?: unknown };
  if (typeof path !== 'string') throw error;
  return fail(`${name.toUpperCase()}_CA_FILE 的文件 ${path} 读不到（${String(code)}）`, '请检查路径和权限');
}

async function open(
  name: ConnectedPlatform,
  { config, now, proxy, publicUrl }: Visit,
  publicHttp: Http | null,
): Promise<{ http: Http; checkup: Checkup; checks: Check[] }> {
  const { wecom, dingtalk, feishu } = config.platforms;
  const publicAddress = publicUrl !== null && publicHttp !== null ? { url: publicUrl, http: publicHttp } : null;
  const examined = <Settings extends { ca?: string | undefined }>(
    { adapter, http, settings }: Opened<Settings>,
    checkupOf: (settings: Settings, deps: CheckDeps) => Checkup,
  ) => {
    const { ca } = settings;
    const variable = `${name.toUpperCase()}_CA_FILE`;
    const title = `${platformNames[name]}证书文件`;
    const run = async () => certificatesFinding(variable, ca ?? '', now());
    const checks: Check[] = ca === undefined ? [] : [{ id: `${name}.certificates`, title, run }];
    const deps: CheckDeps = { adapter, http, now, log, hasCa: ca !== undefined, proxy, publicAddress };
    return { http, checks, checkup: checkupOf(settings, deps) };
  };
  const deps = { now, log };
  if (name === 'wecom' && wecom) return examined(await openWecom(wecom, deps), wecomCheckup);
  if (name === 'dingtalk' && dingtalk) return examined(await openDingtalk(dingtalk, deps), dingtalkCheckup);
  if (name === 'feishu' && feishu) return examined(await openFeishu(feishu, deps), feishuCheckup);
  throw new Error(`${name} is not configured`);
}
