import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { type Check, type Finding, fail, ok, warn } from '../check/check.js';
import type { CheckDeps, Checkup } from '../check/checkup.js';
import { lineFinding } from '../check/dial.js';
import { reachChecks } from '../check/reach.js';
import { addressChecks, type Trial } from '../check/trial.js';
import { type Host, unreachable } from '../check/unreachable.js';
import { HttpFailure } from '../http.js';
import { isSafeSocket } from '../safe-address.js';
import { Api } from './api.js';
import { encrypted } from './crypto.js';
import { failureKind } from './errors.js';
import { askGateway } from './gateway.js';
import { scopesFinding } from './scopes.js';
import type { FeishuSettings, StreamSettings, WebhookSettings } from './settings.js';
import { TenantToken, TokenRefused } from './token.js';

const patienceMs = 8_000;

export function feishuCheckup(given: FeishuSettings, deps: CheckDeps): Checkup {
  const settings = { ...given, baseUrl: given.baseUrl.replace(/\/+$/u, '') };
  const about = {
    variable: 'FEISHU_BASE_URL',
    ca: { variable: 'FEISHU_CA_FILE', isSet: deps.hasCa },
    proxy: deps.proxy,
  };
  const api = { ...about, platform: 'feishu', name: '飞书', url: `${settings.baseUrl}/open-apis/` };
  return {
    platform: 'feishu',
    account: settings.appId,
    checks: [
      ...reachChecks(api, deps.http, deps.now),
      ...appChecks(settings, deps, about),
      ...(settings.mode === 'webhook'
        ? addressChecks({ ...address, trials: () => [challenge(settings)] }, deps)
        : gatewayChecks(settings, deps, about)),
    ],
    reaches: () => 'yes',
  };
}

type About = Omit<Host, 'host'>;

const address = {
  id: 'feishu.events',
  title: '飞书事件',
  keys: 'FEISHU_ENCRYPT_KEY、FEISHU_VERIFICATION_TOKEN',
};

/** url_verification, which the platform encrypts and does not sign. */
function challenge({ encryptKey, verificationToken }: WebhookSettings): Trial {
  const asked = randomUUID();
  const plain = { type: 'url_verification', challenge: asked, token: verificationToken };
  return {
    path: '/webhooks/feishu',
    method: 'POST',
    query: {},
    headers: { 'content-type': 'application/json;charset=utf-8' },
    body: JSON.stringify({ encrypt: encrypted(plain, encryptKey) }),
    isAnswered: (status, text) => status === 200 && text === JSON.stringify({ challenge: asked }),
  };
}

function appChecks(settings: FeishuSettings, deps: CheckDeps, about: About): Check[] {
  const api = new Api(settings, deps);
  const get = (path: string) => api.call({ method: 'GET', path, timeoutMs: patienceMs });
  return [
    {
      id: 'feishu.token',
      title: '飞书应用令牌',
      needs: 'feishu.reach',
      async run() {
        try {
          await new TenantToken(settings, deps).get();
          return ok('App ID和App Secret换到了令牌');
        } catch (error) {
          if (error instanceof TokenRefused) return refused(error.code, error.status);
          if (error instanceof HttpFailure) return unreachable(error, { ...about, host: hostOf(settings) });
          throw error;
        }
      },
    },
    {
      id: 'feishu.bot',
      title: '飞书机器人',
      needs: 'feishu.token',
      async run() {
        const answer = await get('bot/v3/info');
        switch (answer.kind) {
          case 'ok':
            return botFinding(answer.json);
          case 'failed':
            return refused(answer.code, answer.status);
          case 'silent':
            return fail('飞书没有应答', '请稍后再试');
        }
      },
    },
    {
      id: 'feishu.scopes',
      title: '飞书权限',
      needs: 'feishu.token',
      run: async () => scopesFinding(await get('application/v6/scopes')),
    },
  ];
}

/** open.feishu.cn 《获取机器人信息》. */
const info = z.object({
  bot: z.object({ open_id: z.string().min(1), app_name: z.string().catch(''), activate_status: z.number().catch(2) }),
});
const enabled = 2;
const statuses: Record<number, string> = {
  0: '等待企业安装',
  1: '已被企业停用',
  3: '安装后还没有启用',
  4: '有新版本等待启用',
  5: 'license 过期停用',
  6: '套餐到期或降级停用',
};
const awaitsUpgrade = 4;

function botFinding(json: unknown): Finding {
  const { data } = info.safeParse(json);
  if (!data) return fail('飞书没有说机器人是谁', '请在开发者后台“添加应用能力”里启用机器人，并发布新版本');
  const { app_name, activate_status: status } = data.bot;
  if (status === enabled) return ok(`机器人“${app_name}”已启用`);
  const say = `机器人“${app_name}”${statuses[status] ?? `状态是${status}`}`;
  const todo = '请企业管理员在管理后台启用应用';
  return status === awaitsUpgrade ? warn(say, todo) : fail(say, todo);
}

/** Only asked for; whoever connects gets a share of the events that are the running server's. */
function gatewayChecks(settings: StreamSettings, deps: CheckDeps, about: About): Check[] {
  let line = '';
  return [
    {
      id: 'feishu.gateway',
      title: '飞书长连接网关',
      needs: 'feishu.token',
      async run() {
        try {
          const { status, code, place } = await askGateway(settings, deps.http, { timeoutMs: patienceMs });
          if (!place) return gatewayRefused(code, status);
          line = place.url;
        } catch (error) {
          if (error instanceof HttpFailure) return unreachable(error, { ...about, host: hostOf(settings) });
          throw error;
        }
        if (isSafeSocket(line)) return ok('给了长连接地址');
        return fail('给的长连接地址没有加密', '请联系私有部署的维护方，地址应以 wss:// 开头');
      },
    },
    {
      id: 'feishu.line',
      title: '飞书长连接地址',
      needs: 'feishu.gateway',
      run: () =>
        lineFinding(
          line,
          { ...about, variable: null, certificates: settings.ca },
          '；没有真的接上，免得分走运行中服务的消息',
        ),
    },
  ];
}

function gatewayRefused(code: number | null, status: number): Finding {
  switch (code) {
    case 403:
    case 514:
      return fail(
        `飞书不让这个应用用长连接（${code}）`,
        '请核对 FEISHU_APP_ID 和 FEISHU_APP_SECRET，应用要是企业自建应用',
      );
    case 1000040350:
      return fail('这个应用的长连接太多（1000040350）', '一个应用最多50个长连接，请停掉多余的程序');
    case null:
      return fail(
        `长连接网关的应答不是飞书的（HTTP ${status}）`,
        '请核对 FEISHU_BASE_URL；私有部署请问维护方有没有长连接',
      );
    default:
      return fail(`长连接网关没有给地址（${code}）`, '请稍后再试');
  }
}

const todos: Record<number, string> = {
  10003: '请核对 FEISHU_APP_ID',
  10014: '请到开发者后台“凭证与基础信息”查看 App Secret，改 FEISHU_APP_SECRET',
  10015: '请到开发者后台“凭证与基础信息”查看 App Secret，改 FEISHU_APP_SECRET',
  20002: '请到开发者后台“凭证与基础信息”查看 App Secret，改 FEISHU_APP_SECRET',
  11205: '请在开发者后台“添加应用能力”里启用机器人，并发布新版本',
  230006: '请在开发者后台“添加应用能力”里启用机器人，并发布新版本',
  99991401: '请在开发者后台“安全设置”的IP白名单里加上本机的出口IP',
  99991662: '请企业管理员启用这个应用',
  99991673: '请发布应用版本，由企业管理员审核通过',
  99991672: '请在开发者后台“权限管理”里开通提示的权限，并发布新版本',
};
const says: Record<number, string> = {
  10003: 'App ID不对',
  10014: 'App Secret不对',
  10015: 'App Secret不对',
  20002: 'App Secret不对',
  11205: '应用没有启用机器人',
  230006: '应用没有启用机器人',
  99991401: '本机的出口IP不在白名单里',
  99991662: '应用已停用',
  99991673: '应用没有安装到本企业',
  99991672: '缺少权限',
};

function refused(code: number | null, status: number): Finding {
  if (code === null) {
    return fail(`应答不是飞书的（HTTP ${status}）`, '请核对 FEISHU_BASE_URL，并确认中间没有代理拦截');
  }
  const say = `飞书返回${code}${says[code] === undefined ? '' : `：${says[code]}`}`;
  const later = ['rate', 'transient', 'in-flight', 'quota'].includes(failureKind({ code, status }));
  return fail(say, todos[code] ?? (later ? '请稍后再试' : '请按错误码查飞书的通用错误码说明'));
}

const hostOf = ({ baseUrl }: FeishuSettings) => new URL(baseUrl).host;
