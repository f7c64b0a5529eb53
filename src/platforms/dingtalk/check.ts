import { randomBytes } from 'node:crypto';
import { type Check, type Finding, fail, ok, skipped } from '../check/check.js';
import type { CheckDeps, Checkup } from '../check/checkup.js';
import { lineFinding } from '../check/dial.js';
import { reachChecks } from '../check/reach.js';
import { addressChecks, type Trial } from '../check/trial.js';
import { type Host, unreachable } from '../check/unreachable.js';
import { HttpFailure } from '../http.js';
import { isSafeSocket } from '../safe-address.js';
import { readGroupWebhook, trimmed } from './addresses.js';
import { type Answer, apiAnswer } from './errors.js';
import { askGateway } from './gateway.js';
import type { DingtalkSettings, RobotSettings } from './settings.js';
import { cardSign, robotSign } from './sign.js';
import { AccessToken } from './token.js';

const patienceMs = 8_000;
const name = '钉钉';

export function dingtalkCheckup(settings: DingtalkSettings, deps: CheckDeps): Checkup {
  const site = { ca: { variable: 'DINGTALK_CA_FILE', isSet: deps.hasCa }, proxy: deps.proxy };
  const { oapiUrl, robotCode } = settings;
  const old = { ...site, platform: 'dingtalk', name, url: `${trimmed(oapiUrl)}/robot/`, variable: 'DINGTALK_OAPI_URL' };
  const isRobot = settings.mode !== 'send-only';
  return {
    platform: 'dingtalk',
    account: robotCode,
    checks: isRobot ? robotChecks(settings, deps, site) : reachChecks(old, deps.http, deps.now),
    reaches(webhook) {
      if (webhook === null) return isRobot ? 'yes' : 'no-robot';
      return readGroupWebhook(webhook, oapiUrl) === null ? 'foreign-robot' : 'yes';
    },
  };
}

type Site = Pick<Host, 'ca' | 'proxy'>;

function robotChecks(given: RobotSettings, deps: CheckDeps, site: Site): Check[] {
  const settings = { ...given, apiUrl: trimmed(given.apiUrl), oapiUrl: trimmed(given.oapiUrl) };
  const about = { ...site, variable: 'DINGTALK_API_URL' };
  const api = { ...about, platform: 'dingtalk', name, url: `${settings.apiUrl}/v1.0/` };
  const [old] = reachChecks(
    {
      ...site,
      platform: 'dingtalk.oapi',
      name: '钉钉旧版',
      url: `${settings.oapiUrl}/robot/`,
      variable: 'DINGTALK_OAPI_URL',
    },
    deps.http,
    deps.now,
  );
  return [
    ...reachChecks(api, deps.http, deps.now),
    old,
    tokenCheck(settings, deps),
    {
      id: 'dingtalk.bot',
      title: '钉钉机器人',
      run: async () => skipped('钉钉没有不发消息就能查机器人的接口；在群里@机器人说“/help”可以试'),
    },
    ...(settings.mode === 'webhook' ? webhookChecks(settings, deps) : gatewayChecks(settings, deps, about)),
  ];
}

function tokenCheck(settings: RobotSettings, deps: CheckDeps): Check {
  return {
    id: 'dingtalk.token',
    title: '钉钉应用令牌',
    needs: 'dingtalk.reach',
    async run() {
      const got = await new AccessToken(settings, deps).get();
      return typeof got === 'string' ? ok('Client ID和Client Secret换到了令牌') : refused(got, '令牌');
    },
  };
}

function webhookChecks(settings: RobotSettings, deps: CheckDeps): Check[] {
  const { clientSecret, cards } = settings;
  const cardSecret = cards?.callback?.secret;
  const robot = {
    id: 'dingtalk.robot',
    title: '钉钉机器人',
    keys: 'DINGTALK_CLIENT_SECRET',
    trials: signatureTrials('/webhooks/dingtalk', deps.now, (timestamp, isRight) => ({
      timestamp,
      sign: robotSign(timestamp, isRight ? clientSecret : wrongSecret()),
    })),
  };
  const clicks = {
    id: 'dingtalk.cards',
    title: '钉钉卡片',
    keys: 'DINGTALK_CARD_SECRET',
    trials: signatureTrials('/webhooks/dingtalk/cards', deps.now, (timestamp, isRight) => ({
      'x-ddpaas-signature-timestamp': timestamp,
      'x-ddpaas-signature': cardSign(timestamp, isRight && cardSecret ? cardSecret : wrongSecret()),
    })),
  };
  return [...addressChecks(robot, deps), ...(cardSecret ? addressChecks(clicks, deps) : [])];
}

const wrongSecret = () => randomBytes(24).toString('hex');

/**
 * The platform has no handshake. A wrong signature must be refused in the bot's own words, which proves that the address
 * reaches it; a right one, in process alone, is taken as far as the body, which holds nothing.
 */
function signatureTrials(
  path: string,
  now: () => Date,
  headersOf: (timestamp: string, isRight: boolean) => Record<string, string>,
): () => [Trial, Trial] {
  const trial = (isRight: boolean): Trial => ({
    path,
    method: 'POST',
    query: {},
    headers: { 'content-type': 'application/json', ...headersOf(String(now().getTime()), isRight) },
    body: 'null',
    isAnswered: (status, text) =>
      isRight
        ? status === 400 && said(text) === 'malformed'
        : [401, 403].includes(status) && said(text) === 'signature',
  });
  return () => [trial(false), trial(true)];
}

function said(text: string): unknown {
  try {
    return (JSON.parse(text) as { error?: unknown } | null)?.error;
  } catch {
    return null;
  }
}

/** A ticket that nobody uses takes nothing from the server that runs. */
function gatewayChecks(settings: RobotSettings, deps: CheckDeps, about: Omit<Host, 'host'>): Check[] {
  let line = '';
  return [
    {
      id: 'dingtalk.gateway',
      title: '钉钉长连接网关',
      needs: 'dingtalk.token',
      async run() {
        try {
          const { http, place } = await askGateway(settings, deps.http, { timeoutMs: patienceMs });
          const answer = apiAnswer(http);
          if (answer.kind !== 'ok') return refused(answer, '长连接地址');
          if (!place) return fail('长连接网关没有给地址', '请核对 DINGTALK_API_URL，并确认中间没有代理改写应答');
          line = place.endpoint;
        } catch (error) {
          if (!(error instanceof HttpFailure)) throw error;
          return unreachable(error, { ...about, host: new URL(settings.apiUrl).host });
        }
        if (isSafeSocket(line)) return ok('给了长连接地址');
        return fail('给的长连接地址没有加密', '请核对 DINGTALK_API_URL，地址应以 wss:// 开头');
      },
    },
    {
      id: 'dingtalk.line',
      title: '钉钉长连接地址',
      needs: 'dingtalk.gateway',
      run: () =>
        lineFinding(
          line,
          { ...about, variable: null, certificates: settings.ca },
          '；没有真的接上，免得分走运行中服务的消息',
        ),
    },
  ];
}

const todos: Record<string, string> = {
  invalidClientIdOrSecret: '请到开发者后台“凭证与基础信息”查看，改 DINGTALK_CLIENT_ID 和 DINGTALK_CLIENT_SECRET',
  authFailed: '请到开发者后台“凭证与基础信息”查看，改 DINGTALK_CLIENT_ID 和 DINGTALK_CLIENT_SECRET',
  'Forbidden.AccessDenied.IpNotInWhiteList': '请在开发者后台“安全设置”的服务器出口IP里加上本机的出口IP',
  'Forbidden.AccessDenied.AccessTokenPermissionDenied': '请在开发者后台“权限管理”里开通，并发布新版本',
};
const says: Record<string, string> = {
  invalidClientIdOrSecret: 'Client ID或Client Secret不对',
  authFailed: 'Client ID或Client Secret不对',
  'Forbidden.AccessDenied.IpNotInWhiteList': '本机的出口IP不在白名单里',
  'Forbidden.AccessDenied.AccessTokenPermissionDenied': '应用没有这个权限',
};

function refused(answer: Exclude<Answer, { kind: 'ok' }>, what: string): Finding {
  if (answer.kind === 'silent') return fail(`问${what}没有应答`, '请检查网络，稍后再试');
  const { code, failure } = answer;
  if (/^HTTP /.test(code)) {
    return fail(`应答不是钉钉的（${code}）`, '请核对 DINGTALK_API_URL，并确认中间没有代理拦截');
  }
  const say = `钉钉返回${code.slice(0, 80)}${says[code] === undefined ? '' : `：${says[code]}`}`;
  switch (failure) {
    case 'ban':
      return fail('调用太多，钉钉暂时不让本机调用', '请五分钟后再试');
    case 'quota':
      return fail('本月的调用次数用完了', '请管理员到钉钉后台加量');
    case 'qps':
    case 'qpm':
    case 'transient':
      return fail(say, '请稍后再试');
    default:
      return fail(say, todos[code] ?? '请按错误码查钉钉的全局错误码说明');
  }
}
