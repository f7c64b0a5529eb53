import { type Logger, pino } from 'pino';

import type { PlatformAdapter, Target } from '../../../src/platforms/adapter.js';
import { createHttp, type Http } from '../../../src/platforms/http.js';
import { createWecomAdapter } from '../../../src/platforms/wecom/adapter.js';
import { hostsOf, type WecomSettings } from '../../../src/platforms/wecom/settings.js';
import { agentId, botId, corpId, secrets, WecomSimulator } from './simulator.js';

export const groupChat = 'wrDemoChat01';

export interface WecomRig {
  simulator: WecomSimulator;
  adapter: PlatformAdapter;
  settings: WecomSettings;
  http: Http;
  log: Logger;
  now: Date;
  /** The group, spoken to by its robot. */
  group: Target;
  person: Target;
  /** How long the adapter waited between parts. */
  pauses: number[];
  logged(): string;
  close(): Promise<void>;
}

/** The adapter on a simulated 企业微信, with the bot by callback, the app, and a robot in the group. */
export async function wecomRig(change: (settings: WecomSettings) => void = () => undefined): Promise<WecomRig> {
  const simulator = await WecomSimulator.start();
  const settings: WecomSettings = {
    apiUrl: simulator.url,
    bot: { mode: 'webhook', botId, token: secrets.botToken, aesKey: secrets.botAesKey },
    app: { corpId, agentId, secret: secrets.appSecret, token: secrets.appToken, aesKey: secrets.appAesKey },
    botName: '督办助手',
  };
  change(settings);
  const real = createHttp({ allowed: hostsOf(settings) });
  const http: Http = { ...real, call: (call) => real.call({ ...call, timeoutMs: call.mostBytes ? 1_000 : 300 }) };
  const lines: string[] = [];
  const log = pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) });
  const pauses: number[] = [];
  const rig = {
    simulator,
    settings,
    http,
    log,
    pauses,
    now: new Date('2026-01-05T09:00:00+08:00'),
    group: { account: botId, chatId: groupChat, userId: null, route: null, webhook: simulator.webhook },
    person: { account: botId, chatId: '', userId: 'wangfang', route: null, webhook: null },
    logged: () => lines.join(''),
    async close() {
      await real.close();
      await simulator.close();
    },
  };
  const pause = async (ms: number) => void pauses.push(ms);
  const adapter = createWecomAdapter(settings, { http, now: () => rig.now, log, pause });
  return Object.assign(rig, { adapter });
}
