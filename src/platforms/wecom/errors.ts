import type { Sent } from '../adapter.js';
import { type HttpAnswer, HttpFailure } from '../http.js';

/**
 * What an errcode means for a sender. https://developer.work.weixin.qq.com/document/path/90313; `route` is an answer that
 * came too late for its own way and takes another; 93004 is a robot switched off by an administrator.
 */
const codes = {
  busy: [-1, 6000],
  rate: [45009, 45033],
  token: [40014, 42001],
  route: [60140, 846605, 846608],
  message: [
    40007, 40008, 40033, 40035, 40058, 40063, 41006, 42014, 42044, 42045, 44001, 44004, 45001, 45002, 45007, 45008,
  ],
  target: [40003, 40050, 46004, 49008, 60011, 60111, 81013, 82001, 86001, 86003, 86008, 93000, 93006, 93008],
  config: [40001, 40013, 40056, 40091, 41001, 48002, 50003, 60020, 93004, 301002, 853000],
} as const;

export type ErrorKind = keyof typeof codes;

const kinds = new Map<number, ErrorKind>(
  Object.entries(codes).flatMap(([kind, list]) => list.map((code) => [code, kind as ErrorKind] as const)),
);

/** What an administrator can do about it. */
const words: Record<number, string> = {
  40001: 'Secret不对',
  40003: '没有这个成员',
  40007: '上传的文件已失效',
  40013: '企业ID不对',
  44001: '文件是空的',
  45001: '文件超过20MB',
  48002: '应用没有这个接口的权限',
  49008: '群已解散',
  50003: '应用已停用',
  60011: '成员不在应用的可见范围内',
  60020: '本机的出口IP不在企业可信IP里',
  60111: '没有这个成员',
  81013: '接收人都不在应用的可见范围内',
  93000: '消息推送的地址不对，或机器人已移出群',
  93004: '消息推送机器人已停用',
  93008: '机器人不在群里',
  301002: '应用的AgentId和Secret不是一对',
  853000: '机器人ID或Secret不对',
};

const rateWaitMs = 60_000;
const busyWaitMs = 1_000;

/** A code that nobody has told us of is not tried again: the vendor advises that for failures of the system alone. */
export const kindOf = (errcode: number): ErrorKind => kinds.get(errcode) ?? 'message';

export function sentFor(errcode: number, errmsg: string): Sent {
  // The message ends with our own address, which is nobody's business.
  const told = errmsg.replace(/,?\s*from ip:.*$/u, '').slice(0, 200);
  const why = `企业微信返回${errcode}：${words[errcode] ?? told}`;
  switch (kindOf(errcode)) {
    case 'busy':
      return { kind: 'retry', afterMs: busyWaitMs, why, arrived: 'no' };
    case 'rate':
    case 'token':
      return { kind: 'retry', afterMs: rateWaitMs, why, arrived: 'no' };
    case 'target':
      return { kind: 'refused', why, target: 'gone' };
    case 'route':
    case 'message':
    case 'config':
      return { kind: 'refused', why };
  }
}

/** The answer of the API, or what became of a message when there was none. */
export type AnsweredOr = Answered | Sent;

export type Answered = { kind: 'answered'; errcode: number; errmsg: string; body: Record<string, unknown> };

export async function answered(calling: Promise<HttpAnswer>): Promise<AnsweredOr> {
  let answer: HttpAnswer;
  try {
    answer = await calling;
  } catch (error) {
    if (!(error instanceof HttpFailure)) throw error;
    return { kind: 'retry', afterMs: busyWaitMs, why: '企业微信没有应答', arrived: error.arrived };
  }
  const { status, headers, json } = answer;
  if (status === 429)
    return { kind: 'retry', afterMs: retryAfter(headers), why: '企业微信返回HTTP 429', arrived: 'no' };
  if (status >= 500) {
    // Whoever stands in between does not know what became of it.
    const arrived = status === 502 || status === 504 ? 'maybe' : 'no';
    return { kind: 'retry', afterMs: retryAfter(headers, busyWaitMs), why: `企业微信返回HTTP ${status}`, arrived };
  }
  if (status >= 400) return { kind: 'refused', why: `企业微信返回HTTP ${status}` };
  const body = json as Record<string, unknown> | null;
  if (status !== 200 || typeof body?.errcode !== 'number') {
    return { kind: 'retry', afterMs: rateWaitMs, why: `返回的不是企业微信的应答（HTTP ${status}）`, arrived: 'maybe' };
  }
  return { kind: 'answered', errcode: body.errcode, errmsg: String(body.errmsg ?? ''), body };
}

function retryAfter(headers: Record<string, string>, otherwise = rateWaitMs): number {
  const seconds = Number(headers['retry-after']);
  return Number.isFinite(seconds) && seconds >= 0 && headers['retry-after'] !== '' ? seconds * 1000 : otherwise;
}
