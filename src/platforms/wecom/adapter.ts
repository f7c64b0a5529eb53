import { setTimeout as pause } from 'node:timers/promises';

import type { Ability, Ears, Limits, PlatformAdapter, Sent, Target } from '../adapter.js';
import { AccessTokens } from './access-token.js';
import { AppEar } from './app-ear.js';
import { AppMouth } from './app-mouth.js';
import { BotEar } from './bot-ear.js';
import { BotConnection } from './connection.js';
import { connectionEar } from './connection-ear.js';
import { ConnectionMouth } from './connection-mouth.js';
import type { WecomDeps } from './deps.js';
import type { Mouth } from './mouth.js';
import { PeopleFile } from './people-file.js';
import { ResponseUrlMouth } from './response-url-mouth.js';
import { openRoute } from './route.js';
import { type AppSettings, accountOf, type WecomSettings } from './settings.js';
import { WebhookMouth } from './webhook-mouth.js';

/**
 * 企业微信 hears and speaks through several channels, each with its own limits. 智能机器人 hears the group, by callback (which
 * takes the answer at once) or by long connection; 自建应用 hears and answers one to one; what is said in a group unasked goes
 * by the group's own 消息推送 robot, because only that one rings whom it mentions, else by the long connection.
 */
export function createWecomAdapter(settings: WecomSettings, given: WecomDeps): PlatformAdapter {
  const deps: Required<WecomDeps> = { pause: (ms) => pause(ms), ...given };
  const { bot, app, apiUrl, plainText = false } = settings;
  const whose = {
    account: accountOf(settings),
    botId: bot?.botId ?? '',
    botName: settings.botName ?? null,
    corpId: app?.corpId ?? null,
  };
  const answers = new ResponseUrlMouth(apiUrl, deps.http);
  const webhook = new WebhookMouth({ apiUrl, plainText }, deps);
  const oneToOne = app && appChannel(settings, app, deps);
  let link: BotConnection | null = null;
  const connection = bot?.mode === 'stream' ? new ConnectionMouth(() => link, deps.now) : null;
  const botEar = bot?.mode === 'webhook' ? new BotEar(bot, whose, answers, deps) : null;

  const unasked = ({ userId, webhook: address }: Target): Mouth | null =>
    userId === null ? (address === null ? connection : webhook) : (oneToOne?.mouth ?? connection);
  const mouthFor = (target: Target): Mouth | null => {
    const route = openRoute(target.route, deps.now());
    if (route?.by === 'response-url') return answers;
    return (route?.by === 'connection' ? connection : null) ?? unasked(target);
  };

  return {
    name: 'wecom',
    limits: webhook.limits,
    limitsFor: (target): Limits => (mouthFor(target) ?? webhook).limits,
    // Of what is said in a group unasked; answers have buttons too.
    abilities: new Set<Ability>(['table', 'card', 'push', ...(connection ? [] : (['mention', 'answer'] as const))]),

    /** `/webhooks/wecom` is 智能机器人's, `/webhooks/wecom/app` the app's. */
    async receive(request) {
      const ear = new URL(request.url).pathname.endsWith('/app') ? oneToOne?.ear : botEar;
      if (!ear) return { kind: 'rejected', why: 'foreign', response: new Response('', { status: 404 }) };
      if (request.method === 'GET' || request.method === 'POST') return ear.receive(request);
      return { kind: 'rejected', why: 'malformed', response: new Response('', { status: 405 }) };
    },

    async send(target, delivery): Promise<Sent> {
      const sent = await mouthFor(target)?.send(target, delivery);
      if (sent !== undefined && sent !== 'elsewhere') return sent;
      const mouth = unasked(target);
      const other = sent === 'elsewhere' ? await mouth?.send({ ...target, route: null }, delivery) : undefined;
      if (other !== undefined && other !== 'elsewhere') return other;
      if (target.userId !== null) return { kind: 'refused', why: '没有设置能单聊的自建应用或长连接' };
      const why = '群里没有设置消息推送机器人的地址';
      // An answer that came too late says nothing about what is sent unasked.
      return target.route === null ? { kind: 'refused', why, target: 'gone' } : { kind: 'refused', why };
    },

    ...(bot?.mode === 'stream'
      ? {
          async connect(ears: Ears, signal?: AbortSignal) {
            const hear = connectionEar(whose, ears, {
              ...deps,
              answer: (cmd, body, requestId) => opened.call(cmd, body, requestId),
            });
            const opened = new BotConnection({ ...bot, ca: settings.ca }, hear, deps.log);
            link = opened;
            await opened.open(signal);
            return opened;
          },
        }
      : {}),
  };
}

function appChannel(settings: WecomSettings, app: AppSettings, deps: Required<WecomDeps>) {
  const { apiUrl, plainText = false } = settings;
  const { corpId, agentId } = app;
  const tokens = new AccessTokens({ apiUrl, corpId, secret: app.secret }, deps);
  const fileOf = (mediaId: string) =>
    new PeopleFile(deps.http, '图片', async () => {
      const token = await tokens.get();
      if (typeof token !== 'string') throw new Error('no access_token for a file');
      const url = new URL('/cgi-bin/media/get', apiUrl);
      url.searchParams.set('access_token', token);
      url.searchParams.set('media_id', mediaId);
      return url.href;
    });
  return {
    mouth: new AppMouth({ apiUrl, agentId, plainText }, tokens, deps),
    ear: new AppEar(app, accountOf(settings), fileOf, deps),
  };
}
