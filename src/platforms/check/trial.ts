import type { PlatformAdapter } from '../adapter.js';
import type { HttpAnswer } from '../http.js';
import { type Check, type Finding, fail, ok, skipped, warn } from './check.js';
import type { CheckDeps } from './checkup.js';
import { unreachable } from './unreachable.js';

/** A call to the bot's address as the platform makes it, without effect on anything, and the answer that proves its keys. */
export interface Trial {
  /** /webhooks/wecom */
  path: string;
  method: 'GET' | 'POST';
  query: Record<string, string>;
  headers: Record<string, string>;
  body: string | null;
  isAnswered(status: number, text: string): boolean;
}

export interface Address {
  /** `wecom.bot`: the checks are `wecom.bot.callback` and `wecom.bot.address`. */
  id: string;
  /** 企业微信机器人 */
  title: string;
  /** The variables that hold its keys. */
  keys: string;
  /** Made anew each time; the first is the one for the public address. */
  trials(): [Trial, ...Trial[]];
}

const patienceMs = 8_000;
/** The platforms give the check of an address one second: 企业微信 D-101033, 飞书 《将事件发送至开发者服务器》. */
const platformsPatienceMs = 1_000;

/** The keys in process, then the whole way from the public address to the server that runs. */
export function addressChecks(address: Address, { adapter, publicAddress, proxy }: CheckDeps): [Check, Check] {
  const { id, title } = address;
  return [
    { id: `${id}.callback`, title: `${title}回调自测`, run: () => inProcess(address, adapter) },
    {
      id: `${id}.address`,
      title: `${title}公网地址`,
      run: async () =>
        publicAddress === null
          ? skipped('没有给公网地址；加上 --url https://公网域名 就从公网试一遍')
          : throughPublic(address, publicAddress, proxy),
    },
  ];
}

async function inProcess({ keys, trials }: Address, adapter: PlatformAdapter): Promise<Finding> {
  for (const trial of trials()) {
    const { method, headers, body } = trial;
    const inbound = await adapter.receive(new Request(urlOf('http://127.0.0.1', trial), { method, headers, body }));
    const response = inbound.kind === 'message' ? null : inbound.response;
    if (response === null || !trial.isAnswered(response.status, await response.text())) {
      return fail('按配置的密钥加密签名的回调，程序自己没有答对', `请核对 ${keys}`);
    }
  }
  return ok('按配置的密钥加密签名，程序自己答得对');
}

async function throughPublic(
  address: Address,
  { url, http }: NonNullable<CheckDeps['publicAddress']>,
  proxy: string | null,
): Promise<Finding> {
  const [trial] = address.trials();
  const { method, headers, body } = trial;
  const whole = urlOf(url, trial);
  const { host, pathname } = new URL(whole);
  const started = performance.now();
  let answer: HttpAnswer;
  try {
    const call = { method, url: whole, headers, timeoutMs: patienceMs };
    answer = await http.call(body === null ? call : { ...call, body });
  } catch (error) {
    return unreachable(error, { host, variable: '--url', ca: null, proxy });
  }
  const tookMs = Math.round(performance.now() - started);
  if (!trial.isAnswered(answer.status, Buffer.from(answer.body).toString('utf8'))) {
    return wrong(address, pathname, answer);
  }
  if (tookMs <= platformsPatienceMs) return ok(`经 ${host}${pathname} 到达运行中的服务，答得对`);
  return warn(`答得对，但用了${(tookMs / 1000).toFixed(1)}秒`, '平台只等1秒，请检查反向代理和网络');
}

function wrong({ keys }: Address, path: string, { status, json }: HttpAnswer): Finding {
  if (status >= 300 && status < 400) {
    return fail(`公网地址跳转到别处（HTTP ${status}）`, `平台不跟随跳转，请让反向代理直接转发 ${path}`);
  }
  if (status === 404 && isOurs(json)) {
    return fail(`到了督办，但运行中的服务没有接 ${path}`, '请用这里的环境变量重新启动服务');
  }
  switch (status) {
    case 404:
      return fail(`公网地址上没有 ${path}（HTTP 404）`, `请让反向代理把 ${path} 原样转发到督办的端口`);
    case 400:
    case 401:
    case 403:
      return fail(
        `${path} 有应答，但没有通过验证（HTTP ${status}）`,
        `请核对运行中的服务用的 ${keys} 和这里是否一样，改过要重启；也可能是网关拦截`,
      );
    case 502:
    case 503:
    case 504:
      return fail(`反向代理到不了督办（HTTP ${status}）`, '请确认服务在运行，反向代理的目标地址和端口写对');
    default:
      return fail(`${path} 的应答不是督办的（HTTP ${status}）`, '请确认公网地址指向督办，中间不改写请求和应答');
  }
}

/** As the server says for an address that it does not have. */
const isOurs = (json: unknown) => (json as { error?: unknown } | null)?.error === '没有这个地址。';

function urlOf(base: string, { path, query }: Trial): string {
  const url = new URL(`${base.replace(/\/+$/u, '')}${path}`);
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  return url.href;
}
