import type { Sent } from '../adapter.js';
import type { HttpAnswer } from '../http.js';

/** What a refused call means, whichever API refused it: open.dingtalk.com 《全局错误码》, 《调用频次与限流》 and the pages of the calls. */
export type FailureKind =
  | 'transient'
  /** The platform does not know itself whether it was posted. */
  | 'ambiguous'
  | 'qps'
  | 'qpm'
  /** This robot is silenced for ten minutes. */
  | 'robot-rate'
  /** This machine is shut out for five minutes. */
  | 'ban'
  | 'token'
  | 'quota'
  /** The address of the answers has expired. */
  | 'session'
  | 'clock'
  | 'config'
  | 'gone'
  | 'content'
  /** The card is there already: an earlier attempt arrived. */
  | 'card-exists'
  | 'unknown';

/** `errcode` of the old API, which says so with HTTP 200. */
const oapiCodes: Partial<Record<FailureKind, number[]>> = {
  transient: [-1, 15],
  qps: [90018, 90002],
  'robot-rate': [130101, 410100],
  token: [40001, 40014, 42001],
  quota: [90020],
  gone: [300005, 400101, 400102, 400106, 400013],
  content: [430101, 430102, 430103, 430104, 400105, 460101, 40004, 40005, 40006, 40035, 43004],
};

/** `code` of the new API; one that ends in a dot stands for all that begin so. */
const apiCodes: Partial<Record<FailureKind, string[]>> = {
  transient: ['system.error', 'system.busy'],
  ambiguous: ['unknown.send.result'],
  qps: ['Forbidden.AccessDenied.QpsLimitForAppkeyAndApi', 'Forbidden.AccessDenied.QpsLimitForApi'],
  qpm: ['Forbidden.AccessDenied.QpmLimitForAppkeyAndApi'],
  'robot-rate': ['send.too.fast', 'send.byToken.tooFast', 'too.many.group', 'too.many.people'],
  token: ['InvalidAuthentication'],
  quota: ['Forbidden.AccessDenied.ApiCountLimitForOrg'],
  session: ['session.expired', 'session.notExisted'],
  config: [
    'keywords.not.match',
    'sign.not.match',
    'ip.not.match',
    'Forbidden.AccessDenied.IpNotInWhiteList',
    'Forbidden.AccessDenied.AccessTokenPermissionDenied',
    'invalidClientIdOrSecret',
    'param.callbackRouteKeyExist',
  ],
  gone: [
    'group.disbanded',
    'bot.stopped',
    'resource.not.found',
    'resource.unavailable',
    'invalid.openConversationId',
    'invalidParameter.robotCode.',
    'conversation.org.notMatch',
    'bot.forbidden.sendMessage',
    'send.forbidden',
  ],
  content: [
    'contain.unsafe.url',
    'contain.notAllowed.',
    'invalidParameter.msgParam.',
    'miss.param.',
    'param.contentUnsafe',
  ],
  'card-exists': ['param.cardAlreadyExist'],
};

const listed = <Code>(table: Partial<Record<FailureKind, Code[]>>) =>
  Object.entries(table).flatMap(([kind, codes]) => codes.map((code) => [code, kind as FailureKind] as const));
const oapiKinds = new Map(listed(oapiCodes));
const apiKinds = listed(apiCodes);

export type Answer =
  | { kind: 'ok'; json: unknown }
  | { kind: 'failed'; failure: FailureKind; code: string; afterMs: number | null }
  | { kind: 'silent'; arrived: 'no' | 'maybe' };
export type Failed = Extract<Answer, { kind: 'failed' }>;

/** Of the old API, webhooks included: `errcode` alone decides, and 0 may come as a string. */
export function oapiAnswer(http: HttpAnswer): Answer {
  const body = objectOf(http.json);
  const { errcode, errmsg, sub_code: sub } = body;
  if (errcode === undefined) return strangeAnswer(http);
  const code = Number(errcode);
  if (code === 0) return { kind: 'ok', json: http.json };
  return failed(oapiKind(code, String(errmsg ?? ''), String(sub ?? '')), String(code), http);
}

function oapiKind(code: number, message: string, sub: string): FailureKind {
  if (/too fast/iu.test(message)) return 'robot-rate';
  switch (code) {
    case 88:
      return sub === '' ? 'transient' : 'config';
    case 300001:
      return /session/iu.test(message) ? 'session' : 'gone';
    case 310000:
      return /timestamp/iu.test(message) ? 'clock' : 'config';
    default:
      return oapiKinds.get(code) ?? 'unknown';
  }
}

/** Of the new API: by its code, since limits too come as HTTP 400. */
export function apiAnswer(http: HttpAnswer): Answer {
  const body = objectOf(http.json);
  const code = body.code ?? body.Code;
  if (typeof code === 'string' && code !== '') {
    const known = apiKinds.find(([one]) => (one.endsWith('.') ? code.startsWith(one) : code === one));
    return failed(known?.[1] ?? kindOfStatus(http.status), code, http);
  }
  return http.status >= 200 && http.status < 300 && http.json !== null && !isBan(http)
    ? { kind: 'ok', json: http.json }
    : strangeAnswer(http);
}

/** Something that is not the API's own answer: the platform's gate against too many calls, or a proxy. */
function strangeAnswer(http: HttpAnswer): Failed {
  if (isBan(http)) return failed('ban', '1111', http);
  const kind = http.status >= 200 && http.status < 300 ? 'ambiguous' : kindOfStatus(http.status);
  return failed(kind, `HTTP ${http.status}`, http);
}

function isBan({ json, body }: HttpAnswer): boolean {
  if (json !== null) return Number(objectOf(json).status) === 1111;
  return /punish|x5secdata|source\W+x5/iu.test(Buffer.from(body).toString('utf8', 0, 4000));
}

function kindOfStatus(status: number): FailureKind {
  if (status === 401) return 'token';
  if (status === 403) return 'config';
  if (status === 429) return 'qps';
  // Whoever stands in between does not know what became of it.
  if (status === 502 || status === 504) return 'ambiguous';
  return status >= 500 ? 'transient' : 'unknown';
}

function failed(failure: FailureKind, code: string, { headers }: HttpAnswer): Failed {
  const seconds = Number(headers['retry-after'] ?? Number.NaN);
  const afterMs = Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : null;
  return { kind: 'failed', failure, code, afterMs };
}

function objectOf(json: unknown): Record<string, unknown> {
  return typeof json === 'object' && json !== null ? (json as Record<string, unknown>) : {};
}

const words: Record<FailureKind, string> = {
  transient: '钉钉暂时出错',
  ambiguous: '钉钉没有说消息是否发出',
  qps: '钉钉限流',
  qpm: '钉钉限流',
  'robot-rate': '机器人发得太快，钉钉要它停十分钟',
  ban: '本机调用太多，钉钉要它停五分钟',
  token: '钉钉不认应用的令牌',
  quota: '钉钉本月调用次数用完',
  session: '会话的回复地址已经失效',
  clock: '本机时间和钉钉相差太多，请校时',
  config: '钉钉机器人的设置或权限不对，请管理员检查',
  gone: '机器人不在群里，或群已解散',
  content: '钉钉没有收下这条内容',
  'card-exists': '卡片已经发过',
  unknown: '钉钉拒绝了这条消息',
};

const secondMs = 1000;
export const robotPauseMs = 600 * secondMs;
export const banPauseMs = 300 * secondMs;

/** What is written down about a call that did not succeed. `keyed` where the platform takes the same message once only. */
export function sentOf(answer: Exclude<Answer, { kind: 'ok' }>, keyed: boolean): Sent {
  if (answer.kind === 'silent') {
    const why = '钉钉没有应答';
    if (answer.arrived === 'maybe' && !keyed) return { kind: 'unknown', why };
    return { kind: 'retry', afterMs: secondMs, why, arrived: answer.arrived };
  }
  const { failure, code, afterMs } = answer;
  const why = `${words[failure]}（${code}）`;
  const later = (least: number): Sent => ({
    kind: 'retry',
    afterMs: Math.max(afterMs ?? 0, least),
    why,
    arrived: 'no',
  });
  switch (failure) {
    case 'transient':
    case 'qps':
      return later(secondMs);
    case 'qpm':
      return later(60 * secondMs);
    case 'robot-rate':
      return later(robotPauseMs);
    case 'ban':
      return later(banPauseMs);
    case 'quota':
      return later(6 * 3600 * secondMs);
    case 'ambiguous':
      return keyed
        ? { kind: 'retry', afterMs: Math.max(afterMs ?? 0, secondMs), why, arrived: 'maybe' }
        : { kind: 'unknown', why };
    case 'gone':
      return { kind: 'refused', why, target: 'gone' };
    case 'token':
    case 'session':
    case 'clock':
    case 'config':
    case 'content':
    case 'card-exists':
    case 'unknown':
      return { kind: 'refused', why };
  }
}
