import type { Logger } from 'pino';

import type { Sent } from '../adapter.js';
import type { Http } from '../http.js';
import { answered, sentFor } from './errors.js';

export interface TokenDeps {
  http: Http;
  now: () => Date;
  log: Logger;
}

const refreshEarlyMs = 5 * 60_000;
/** Many wrong secrets have the address blocked for an hour. */
const afterRefusalMs = 60_000;

/** The app's access_token: asked for once at a time, kept until shortly before its end. */
export class AccessTokens {
  readonly #url: string;
  readonly #deps: TokenDeps;
  #held: { token: string; until: number } | null = null;
  #refused: { sent: Sent; until: number } | null = null;
  #asking: Promise<string | Sent> | null = null;

  constructor(settings: { apiUrl: string; corpId: string; secret: string }, deps: TokenDeps) {
    const url = new URL('/cgi-bin/gettoken', settings.apiUrl);
    url.searchParams.set('corpid', settings.corpId);
    url.searchParams.set('corpsecret', settings.secret);
    this.#url = url.href;
    this.#deps = deps;
  }

  /** The token, or what becomes of a message that needs it. */
  async get(): Promise<string | Sent> {
    const at = this.#deps.now().getTime();
    if (this.#held && this.#held.until > at) return this.#held.token;
    if (this.#refused && this.#refused.until > at) return this.#refused.sent;
    this.#asking ??= this.#ask().finally(() => {
      this.#asking = null;
    });
    return this.#asking;
  }

  /** The platform does not take this one any more. */
  drop(token: string): void {
    if (this.#held?.token === token) this.#held = null;
  }

  async #ask(): Promise<string | Sent> {
    const { http, now, log } = this.#deps;
    const answer = await answered(http.call({ method: 'GET', url: this.#url }));
    // Nothing of the message itself has been sent yet.
    if (answer.kind === 'retry') return { ...answer, arrived: 'no' };
    if (answer.kind !== 'answered') return answer;
    const { errcode, errmsg, body } = answer;
    const at = now().getTime();
    if (errcode !== 0 || typeof body.access_token !== 'string') {
      log.error({ errcode }, 'wecom gives no access_token');
      const sent = sentFor(errcode, errmsg);
      this.#refused = { sent, until: at + afterRefusalMs };
      return sent;
    }
    const seconds = Number(body.expires_in) || 0;
    this.#held = { token: body.access_token, until: at + Math.max(seconds * 1000 - refreshEarlyMs, 0) };
    this.#refused = null;
    return body.access_token;
  }
}
