import type { Delivery, Limits, Sent, Target } from '../adapter.js';
import type { Http } from '../http.js';
import { answered, kindOf, sentFor } from './errors.js';
import { type Mouth, withoutKey } from './mouth.js';
import { render } from './render.js';

export const answerBytes = 20_480;
export const cutShort = '（内容太长，其余没有显示，请缩小范围再问。）';
const nobody: ReadonlyMap<string, string> = new Map();

/** Answers a message later, once. https://developer.work.weixin.qq.com/document/path/101138 */
export class ResponseUrlMouth implements Mouth {
  readonly limits: Limits = { textBytes: answerBytes, spacingMs: 0, sendsPerMinute: 30, keyHonouredMs: 0 };
  readonly #origin: string;
  readonly #http: Http;

  constructor(apiUrl: string, http: Http) {
    this.#origin = new URL(apiUrl).origin;
    this.#http = http;
  }

  async send({ route }: Target, { reply }: Delivery): Promise<Sent | 'elsewhere'> {
    const { url } = route as { url: string };
    const mostBytes = answerBytes - Buffer.byteLength(cutShort) - 1;
    const [content = '', ...rest] = render(reply, { dialect: 'v2', mostBytes, userIds: nobody, shown: 0 });
    return this.post(url, rest.length > 0 ? `${content}\n${cutShort}` : content);
  }

  /** Posts to the platform's own host and to no other, whatever the message said. */
  async post(url: string, content: string): Promise<Sent | 'elsewhere'> {
    if (URL.parse(url)?.origin !== this.#origin) return 'elsewhere';
    const headers = { 'content-type': 'application/json' };
    const body = JSON.stringify({ msgtype: 'markdown', markdown: { content } });
    const answer = await answered(this.#http.call({ method: 'POST', url, headers, body }));
    if (answer.kind !== 'answered') return withoutKey(answer);
    if (answer.errcode === 0) return { kind: 'sent', platformMessageId: null };
    return kindOf(answer.errcode) === 'route' ? 'elsewhere' : sentFor(answer.errcode, answer.errmsg);
  }
}
