import { setTimeout as pause } from 'node:timers/promises';

import type { FileWay } from '../../chat/message.js';
import type { Ability, Ears, FetchedFile, Limits, PlatformAdapter, Sent, Target } from '../adapter.js';
import { again } from '../asked-again.js';
import { AccessTokens } from './access-token.js';
import { AppEar } from './app-ear.js';
import { AppMouth } from './app-mouth.js';
import { BotEar } from './bot-ear.js';
import { BotConnection } from './connection.js';
import { connectionEar } from './connection-ear.js';
import { ConnectionMouth } from './connection-mouth.js';
import { decryptFile } from './crypto.js';
import type { WecomDeps } from './deps.js';
import type { Mouth } from './mouth.js';
import { fetchFrom, mediaSource } from './people-file.js';
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

  /** No answer URL takes a file. */
  const fileMouth = (target: Target): Mouth | null =>
    connection && openRoute(target.route, deps.now())?.by === 'connection' ? connection : unasked(target);

  return {
    name: 'wecom',
    limits: webhook.limits,
    limitsFor: (target, kind): Limits =>
      kind === 'file' ? fileLimits(fileMouth(target) ?? webhook) : (mouthFor(target) ?? webhook).limits,
    // Of what is said in a group unasked; answers have buttons too.
    abilities: new Set<Ability>([
      'table',
      'card',
      'push',
      'file',
      ...(connection ? [] : (['mention', 'answer'] as const)),
    ]),

    // 智能机器人 hears by callback whether or not the group has a robot that speaks.
    speaksWhereItHears: ({ webhook: address }) => address === null && connection !== null,

    /** `/webhooks/wecom` is 智能机器人's, `/webhooks/wecom/app` the app's. */
    async receive(request) {
      const ear = new URL(request.url).pathname.endsWith('/app') ? oneToOne?.ear : botEar;
      if (!ear) return { kind: 'rejected', why: 'foreign', response: new Response('', { status: 404 }) };
      if (request.method === 'GET' || request.method === 'POST') return ear.receive(request);
      return { kind: 'rejected', why: 'malformed', response: new Response('', { status: 405 }) };
    },

    fileWay({ chat, answeredBy, route, text }, address): FileWay {
      if (connection) return { kind: 'with-answer' };
      if (!chat.private) return address === null ? noFileInGroup(oneToOne !== null, text) : fileByRobot;
      if (!oneToOne) return noFileOneToOne(text);
      // What the app hears it answers itself; the bot's callback takes no file.
      return answeredBy === 'delivery' && route === null ? { kind: 'with-answer' } : fileByApp;
    },

    async fetchFile(given, signal): Promise<FetchedFile> {
      const { data: source } = mediaSource.safeParse(given);
      const { http } = deps;
      switch (source?.by) {
        case 'callback':
          return fetchFrom(http, source.url, (content) => botEar?.decryptFile(content) ?? null, signal);
        case 'connection': {
          const { url, key } = source;
          return fetchFrom(http, url, (content) => (key === null ? null : decryptFile(content, key)), signal);
        }
        case 'app':
          if (oneToOne) return oneToOne.fetchMedia(source.mediaId, signal);
      }
      return { kind: 'refused', why: 'no channel for this file', say: null };
    },

    async send(target, delivery): Promise<Sent> {
      if (delivery.reply.kind === 'file') {
        const sent = await fileMouth(target)?.send(target, delivery);
        return sent === undefined || sent === 'elsewhere' ? { kind: 'refused', why: '没有能发文件的通道' } : sent;
      }
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

/** An upload has another id after a restart, so that nothing tells the second message from the first. */
const fileLimits = ({ limits }: Mouth): Limits => ({ ...limits, keyHonouredMs: 0 });

const fileByRobot: FileWay = { kind: 'apart', say: '文件随后由本群的消息推送机器人发出。' };
const fileByApp: FileWay = { kind: 'apart', say: '文件随后由自建应用单独发给你。' };
const noFileOneToOne = (asked: string): FileWay => ({
  kind: 'none',
  say: `这里发不了文件：没有设置自建应用。请在有消息推送机器人的工作群里@我发“${again(asked)}”，或请管理员在服务器上取。`,
});
const noFileInGroup = (hasApp: boolean, asked: string): FileWay => ({
  kind: 'none',
  say: hasApp
    ? `这里发不了文件，请单聊我发“${again(asked)}”。`
    : `这里发不了文件：本群没有设置消息推送机器人。请管理员设置后再发“${again(asked)}”，或在服务器上取。`,
});

function appChannel(settings: WecomSettings, app: AppSettings, deps: Required<WecomDeps>) {
  const { apiUrl, plainText = false } = settings;
  const { corpId, agentId } = app;
  const tokens = new AccessTokens({ apiUrl, corpId, secret: app.secret }, deps);
  const fetchMedia = async (mediaId: string, signal: AbortSignal): Promise<FetchedFile> => {
    const token = await tokens.get();
    if (typeof token !== 'string') return { kind: 'retry', why: 'no access_token for a file' };
    const url = new URL('/cgi-bin/media/get', apiUrl);
    url.searchParams.set('access_token', token);
    url.searchParams.set('media_id', mediaId);
    const fetched = await fetchFrom(deps.http, url.href, (content) => content, signal);
    if (fetched.kind === 'retry') tokens.drop(token);
    return fetched;
  };
  return {
    mouth: new AppMouth({ apiUrl, agentId, plainText }, tokens, deps),
    ear: new AppEar(app, accountOf(settings), deps),
    fetchMedia,
  };
}
