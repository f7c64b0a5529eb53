import { randomBytes, randomInt } from 'node:crypto';

import { type Check, type Finding, fail, ok, skipped } from '../check/check.js';
import type { CheckDeps, Checkup } from '../check/checkup.js';
import { lineFinding } from '../check/dial.js';
import { reachChecks } from '../check/reach.js';
import { addressChecks, type Trial } from '../check/trial.js';
import type { Host } from '../check/unreachable.js';
import type { Http, HttpAnswer } from '../http.js';
import { AccessTokens } from './access-token.js';
import { CallbackCrypto } from './crypto.js';
import { answered, kindOf, sentFor } from './errors.js';
import { type AppSettings, accountOf, type BotByConnection, type WecomSettings } from './settings.js';
import { readWebhook } from './webhook-mouth.js';

type Site = Pick<Host, 'ca' | 'proxy'>;

const name = '企业微信';
const patienceMs = 8_000;

export function wecomCheckup(settings: WecomSettings, deps: CheckDeps): Checkup {
  const { apiUrl, bot, app } = settings;
  const site = { ca: { variable: 'WECOM_CA_FILE', isSet: deps.hasCa }, proxy: deps.proxy };
  const url = `${new URL(apiUrl).origin}/cgi-bin/`;
  const api = { platform: 'wecom', name, url, variable: 'WECOM_API_URL', ...site };
  return {
    platform: 'wecom',
    account: accountOf(settings),
    checks: [
      ...reachChecks(api, deps.http, deps.now),
      ...(bot?.mode === 'webhook' ? addressChecks({ ...botAddress, trials: () => [echo(bot, '', '')] }, deps) : []),
      ...(bot?.mode === 'stream' ? lineChecks(bot, settings.ca, site) : []),
      ...(app ? appChecks(apiUrl, app, deps) : []),
    ],
    reaches(webhook) {
      if (webhook === null) return bot?.mode === 'stream' ? 'yes' : 'no-robot';
      return readWebhook(webhook, apiUrl) === null ? 'foreign-robot' : 'yes';
    },
  };
}

const botAddress = {
  id: 'wecom.bot',
  title: '企业微信机器人',
  keys: 'WECOM_BOT_TOKEN、WECOM_BOT_AES_KEY',
};
const appAddress = {
  id: 'wecom.app',
  title: '企业微信应用',
  keys: 'WECOM_CORP_ID、WECOM_APP_TOKEN、WECOM_APP_AES_KEY',
};

/** The check of an address: the answer is the bare text. https://developer.work.weixin.qq.com/document/path/101033 */
function echo(keys: { token: string; aesKey: string }, receiveId: string, below: string): Trial {
  const crypto = new CallbackCrypto(keys, receiveId);
  const text = String(randomInt(1e9, 1e10));
  const echostr = crypto.encrypt(text);
  const timestamp = String(randomInt(1e9, 2e9));
  const nonce = randomBytes(8).toString('hex');
  return {
    path: `/webhooks/wecom${below}`,
    method: 'GET',
    query: { msg_signature: crypto.signature(timestamp, nonce, echostr), timestamp, nonce, echostr },
    headers: {},
    body: null,
    isAnswered: (status, answer) => status === 200 && answer === text,
  };
}

/** A bot has one live connection, and whoever logs in takes it away from the server that runs. */
function lineChecks({ streamUrl }: BotByConnection, certificates: string | undefined, site: Site): Check[] {
  return [
    {
      id: 'wecom.bot.line',
      title: '企业微信长连接地址',
      run: () => lineFinding(streamUrl, { ...site, variable: 'WECOM_STREAM_URL', certificates }),
    },
    {
      id: 'wecom.bot.login',
      title: '企业微信长连接登录',
      run: async () =>
        skipped('同一个机器人只能有一个长连接，试登录会把运行中的服务挤下线；ID和Secret对不对请看服务的日志'),
    },
  ];
}

function appChecks(apiUrl: string, app: AppSettings, deps: CheckDeps): Check[] {
  const told: { answer: HttpAnswer | null } = { answer: null };
  const http: Http = {
    ...deps.http,
    async call(call) {
      told.answer = await deps.http.call({ ...call, timeoutMs: patienceMs });
      return told.answer;
    },
  };
  let token = '';
  return [
    {
      id: 'wecom.app.token',
      title: '企业微信应用令牌',
      needs: 'wecom.reach',
      async run() {
        const got = await new AccessTokens({ apiUrl, corpId: app.corpId, secret: app.secret }, { ...deps, http }).get();
        if (typeof got !== 'string') {
          const { errcode, errmsg } = (told.answer?.json ?? {}) as { errcode?: unknown; errmsg?: unknown };
          return refused(Number(errcode), String(errmsg ?? ''), 'why' in got ? got.why : '');
        }
        token = got;
        return ok('企业ID和Secret换到了令牌');
      },
    },
    {
      id: 'wecom.app.call',
      title: '企业微信应用接口',
      needs: 'wecom.app.token',
      // Any call with the token shows whether this machine may make one: document/path/90238.
      async run() {
        const url = new URL('/cgi-bin/getcallbackip', apiUrl);
        url.searchParams.set('access_token', token);
        const answer = await answered(http.call({ method: 'GET', url: url.href }));
        const unknown = (why: string) => skipped(`${why}，没有核对企业可信IP`);
        if (answer.kind !== 'answered') return unknown('why' in answer ? answer.why : '没有应答');
        const { errcode, errmsg } = answer;
        if (errcode === 0) return ok('本机可以调用应用的接口');
        return ['token', 'config'].includes(kindOf(errcode)) ? refused(errcode, errmsg, '') : unknown(`返回${errcode}`);
      },
    },
    ...addressChecks({ ...appAddress, trials: () => [echo(app, app.corpId, '/app')] }, deps),
  ];
}

const todos: Record<number, string> = {
  40001: '请到管理后台“应用管理”查看该应用的 Secret，改 WECOM_APP_SECRET',
  40013: '请到管理后台“我的企业”查看企业ID，改 WECOM_CORP_ID',
  40056: '请核对 WECOM_AGENT_ID',
  40091: '请到管理后台“应用管理”查看该应用的 Secret，改 WECOM_APP_SECRET',
  45009: '调用太多，请过一小时再试',
  48002: '请在管理后台给应用开通这个接口的权限',
  50003: '请在管理后台启用这个应用',
  301002: '请核对 WECOM_AGENT_ID 和 WECOM_APP_SECRET 是同一个应用的',
};

function refused(errcode: number, errmsg: string, otherwise: string): Finding {
  if (!Number.isInteger(errcode)) return fail(otherwise, '请确认 WECOM_API_URL 指向企业微信，中间没有代理拦截');
  const told = sentFor(errcode, errmsg);
  const say = 'why' in told ? told.why : otherwise;
  const later = ['busy', 'rate', 'token'].includes(kindOf(errcode));
  if (errcode !== 60020) {
    return fail(say, todos[errcode] ?? (later ? '请稍后再试' : '请按错误码查企业微信的全局错误码说明'));
  }
  const ip = /from ip:\s*([\d.a-f:]+)/iu.exec(errmsg)?.[1];
  const which = ip === undefined ? '本机的出口IP' : `出口IP ${ip} `;
  return fail(say, `请在管理后台该应用的“企业可信IP”里加上${which}，约1分钟后生效`);
}
