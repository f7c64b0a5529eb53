import { expect } from 'vitest';

import { evidenceFolderOf, readConfig } from '../../src/config.js';
import { platformsSet } from '../../src/config-platforms.js';
import { examine } from '../../src/doctor/examine.js';
import { type Result, runChecks } from '../../src/doctor/run-checks.js';
import type { Visit } from '../../src/doctor/visit.js';
import type { Finding } from '../../src/platforms/check/check.js';
import { type DingtalkSimulator, app as dingtalkApp } from '../platforms/dingtalk/simulator.js';
import { type FeishuSimulator, app as feishuApp } from '../platforms/feishu/simulator.js';
import { agentId, botId, corpId, secrets, type WecomSimulator } from '../platforms/wecom/simulator.js';

export type Env = Record<string, string>;

export const feishuEnv = ({ url }: Pick<FeishuSimulator, 'url'>): Env => ({
  FEISHU_APP_ID: feishuApp.appId,
  FEISHU_APP_SECRET: feishuApp.appSecret,
  FEISHU_ENCRYPT_KEY: feishuApp.encryptKey,
  FEISHU_VERIFICATION_TOKEN: feishuApp.verificationToken,
  FEISHU_BASE_URL: url,
});

export const dingtalkEnv = ({ url }: Pick<DingtalkSimulator, 'url'>): Env => ({
  DINGTALK_CLIENT_ID: dingtalkApp.clientId,
  DINGTALK_CLIENT_SECRET: dingtalkApp.clientSecret,
  DINGTALK_ROBOT_CODE: dingtalkApp.robotCode,
  DINGTALK_CORP_ID: dingtalkApp.corpId,
  DINGTALK_API_URL: url,
  DINGTALK_OAPI_URL: url,
});

export const wecomEnv = ({ url }: Pick<WecomSimulator, 'url'>): Env => ({
  WECOM_API_URL: url,
  WECOM_BOT_ID: botId,
  WECOM_BOT_TOKEN: secrets.botToken,
  WECOM_BOT_AES_KEY: secrets.botAesKey,
  WECOM_CORP_ID: corpId,
  WECOM_AGENT_ID: agentId,
  WECOM_APP_SECRET: secrets.appSecret,
  WECOM_APP_TOKEN: secrets.appToken,
  WECOM_APP_AES_KEY: secrets.appAesKey,
});

/** Neither what is configured nor what the simulators give for it may be told. */
export function expectNoSecret(said: string, env: Env): void {
  const kept = Object.entries(env).flatMap(([name, value]) => (/SECRET|TOKEN|_KEY$/.test(name) ? [value] : []));
  for (const secret of [...kept, secrets.webhookKey]) expect(said).not.toContain(secret);
  expect(said).not.toMatch(/\b(?:t|at|token)-\d+-|ticket/);
}

/** What the doctor says in this environment. */
export async function examined(env: Env, change: Partial<Visit> = {}): Promise<Result[]> {
  const read = readConfig(env, '/nowhere');
  const { database, evidence } = read.config;
  const { checks, close } = await examine({
    ...read,
    evidenceFolder:
      database === null || evidence === null ? null : evidenceFolderOf({ database, evidence }, '/nowhere'),
    platformsSet: platformsSet(env),
    only: null,
    publicUrl: null,
    proxy: null,
    nodeVersion: process.version,
    now: () => new Date(),
    findServer: async () => null,
    ...change,
  });
  const results: Result[] = [];
  const patience = { eachMs: 10_000, allMs: 60_000, longMs: 60_000, onLong: () => {} };
  for await (const result of runChecks(checks, patience)) results.push(result);
  await close();
  expectNoSecret(JSON.stringify(results), env);
  return results;
}

/** The findings of a check, which has to be there. */
export function findingsOf(results: Result[], id: string): Finding[] {
  const found = results.filter((result) => result.id === id).map(({ state, say, todo }) => ({ state, say, todo }));
  if (found.length === 0) throw new Error(`no check ${id} among ${results.map((result) => result.id).join(', ')}`);
  return found;
}

/** The states of the checks whose id begins so. */
export function statesOf(results: Result[], begin: string): Record<string, string> {
  return Object.fromEntries(results.filter(({ id }) => id.startsWith(begin)).map(({ id, state }) => [id, state]));
}
