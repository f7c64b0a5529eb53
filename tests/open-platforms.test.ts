import { createServer } from 'node:http';

import { pino } from 'pino';
import { afterEach, beforeEach, expect, it } from 'vitest';

import type { PlatformSettings } from '../src/config-platforms.js';
import { type OpenPlatforms, openPlatforms } from '../src/open-platforms.js';
import * as dingtalk from './platforms/dingtalk/simulator.js';
import { app, FeishuSimulator } from './platforms/feishu/simulator.js';
import { GroupBot } from './platforms/group-bot.js';
import { close, listen } from './platforms/loopback.js';
import { eventually } from './support/eventually.js';

const now = () => new Date('2023-09-25T10:00:00+08:00');
const none: PlatformSettings = { feishu: null, dingtalk: null, wecom: null };

let group: GroupBot;
let platforms: OpenPlatforms;
let connections: { close(): Promise<void> };
let logged: string[];

async function connect(settings: Partial<PlatformSettings>): Promise<void> {
  const log = pino({ level: 'trace' }, { write: (line) => void logged.push(line) });
  platforms = await openPlatforms({ ...none, ...settings }, { now, log });
  const [adapter] = platforms.adapters;
  if (!adapter) throw new Error('no adapter');
  await group.start(adapter);
  connections = platforms.connect(group.bot);
}

function feishu(baseUrl: string, appSecret = app.appSecret): PlatformSettings['feishu'] {
  return { mode: 'stream', appId: app.appId, appSecret, baseUrl, cards: true, caFile: null };
}

beforeEach(async () => {
  logged = [];
  group = await GroupBot.found(now);
});
afterEach(() => group.close());

it('closes at once what is still being opened, and does not say that it was given up', async () => {
  const calls: (string | undefined)[] = [];
  const silent = createServer(({ url }) => calls.push(url));
  silent.on('upgrade', ({ url }, socket) => {
    calls.push(url);
    socket.resume().on('end', () => socket.destroy());
  });
  const host = await listen(silent);
  const url = `http://${host}`;
  await connect({
    feishu: feishu(url),
    dingtalk: {
      ...dingtalk.app,
      mode: 'stream',
      apiUrl: url,
      oapiUrl: url,
      mediaUrls: undefined,
      cards: null,
      caFile: null,
    },
    wecom: {
      apiUrl: url,
      bot: { mode: 'stream', botId: 'AIB-demo', secret: 'bot-secret', streamUrl: `ws://${host}/line` },
      app: null,
      botName: null,
      mediaUrl: null,
      plainText: false,
      caFile: null,
    },
  });
  await eventually(() =>
    expect(calls.sort()).toEqual(['/callback/ws/endpoint', '/line', '/v1.0/gateway/connections/open']),
  );
  await connections.close();
  await platforms.close();
  await close(silent);
  expect(logged).toEqual([]);
}, 10_000);

it('closes what is up', async () => {
  const sim = await new FeishuSimulator().start();
  await connect({ feishu: feishu(sim.url) });
  await eventually(() => expect(sim.sockets.size).toBe(1));
  await connections.close();
  await eventually(() => expect(sim.sockets.size).toBe(0));
  await platforms.close();
  await sim.stop();
});

it('says so when the platform refuses the bot', async () => {
  const sim = await new FeishuSimulator().start();
  await connect({ feishu: feishu(sim.url, 'another') });
  await eventually(() => expect(logged.join('')).toContain('long connection given up'));
  await connections.close();
  await platforms.close();
  await sim.stop();
  expect(logged.join('')).not.toContain('"another"');
});
