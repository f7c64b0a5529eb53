import { z } from 'zod';

import { HttpFailure } from '../http.js';
import type { DingtalkDeps } from './deps.js';
import { type Answer, apiAnswer } from './errors.js';
import type { RobotSettings } from './settings.js';

const refreshEarlyMs = 5 * 60_000;
/** A wrong secret is not tried at every message. */
const afterRefusalMs = 60_000;
const given = z.object({ accessToken: z.string().min(1), expireIn: z.coerce.number().catch(0) });

type NoToken = Exclude<Answer, { kind: 'ok' }>;

/** The app's accessToken: asked for once at a time, kept until shortly before its end. 《获取企业内部应用的accessToken》 */
export class AccessToken {
  readonly #settings: RobotSettings;
  readonly #deps: DingtalkDeps;
  #held: { token: string; until: number } | null = null;
  #refused: { answer: NoToken; until: number } | null = null;
  #asking: Promise<string | NoToken> | null = null;

  constructor(settings: RobotSettings, deps: DingtalkDeps) {
    this.#settings = settings;
    this.#deps = deps;
  }

  /** The token, or what the platform said instead. */
  async get(): Promise<string | NoToken> {
    const at = this.#deps.now().getTime();
    if (this.#held && this.#held.until > at) return this.#held.token;
    if (this.#refused && this.#refused.until > at) return this.#refused.answer;
    this.#asking ??= this.#ask().finally(() => {
      this.#asking = null;
    });
    return this.#asking;
  }

  /** The platform does not take this one any more; whoever came later may have got another already. */
  drop(token: string): void {
    if (this.#held?.token === token) this.#held = null;
  }

  async #ask(): Promise<string | NoToken> {
    const { clientId, clientSecret, apiUrl } = this.#settings;
    let answer: Answer;
    try {
      const http = await this.#deps.http.call({
        method: 'POST',
        url: `${apiUrl}/v1.0/oauth2/accessToken`,
        headers: { 'content-type': 'application/json', accept: 'application/json' },
        body: JSON.stringify({ appKey: clientId, appSecret: clientSecret }),
      });
      answer = apiAnswer(http);
    } catch (error) {
      if (!(error instanceof HttpFailure)) throw error;
      // Nothing of the message itself has been sent yet.
      return { kind: 'silent', arrived: 'no' };
    }
    const at = this.#deps.now().getTime();
    const { data } = given.safeParse(answer.kind === 'ok' ? answer.json : null);
    if (!data) {
      const refused: NoToken =
        answer.kind === 'ok' ? { kind: 'failed', failure: 'transient', code: 'no token', afterMs: null } : answer;
      this.#deps.log.error({ code: refused.kind === 'failed' ? refused.code : null }, 'dingtalk gives no accessToken');
      if (refused.kind === 'failed' && (refused.failure === 'config' || refused.failure === 'unknown')) {
        this.#refused = { answer: refused, until: at + afterRefusalMs };
      }
      return refused.kind === 'failed' && refused.failure === 'ambiguous'
        ? { ...refused, failure: 'transient' }
        : refused;
    }
    this.#held = { token: data.accessToken, until: at + Math.max(data.expireIn * 1000 - refreshEarlyMs, 0) };
    this.#refused = null;
    return data.accessToken;
  }
}
