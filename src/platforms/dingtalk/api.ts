import type { FormData } from 'undici';

import { answered } from './answered.js';
import type { DingtalkDeps } from './deps.js';
import { type Answer, apiAnswer, oapiAnswer } from './errors.js';
import type { RobotSettings } from './settings.js';
import { AccessToken } from './token.js';

const jsonType = { 'content-type': 'application/json; charset=utf-8', accept: 'application/json' };

/** The two APIs with the app's token, which is fetched anew once when the platform has dropped it. */
export class Api {
  readonly #settings: RobotSettings;
  readonly #deps: DingtalkDeps;
  readonly #token: AccessToken;

  constructor(settings: RobotSettings, deps: DingtalkDeps) {
    this.#settings = settings;
    this.#deps = deps;
    this.#token = new AccessToken(settings, deps);
  }

  /** `path` begins after /v1.0/. */
  post(path: string, body: object): Promise<Answer> {
    return this.#withToken((token) =>
      answered(this.#deps, path, apiAnswer, {
        method: 'POST',
        url: `${this.#settings.apiUrl}/v1.0/${path}`,
        headers: { ...jsonType, 'x-acs-dingtalk-access-token': token },
        body: JSON.stringify(body),
      }),
    );
  }

  /** To the old API, where the token stands in the address. */
  upload(path: string, form: FormData, timeoutMs: number): Promise<Answer> {
    return this.#withToken((token) =>
      answered(this.#deps, path, oapiAnswer, {
        method: 'POST',
        url: `${this.#settings.oapiUrl}/${path}${path.includes('?') ? '&' : '?'}access_token=${encodeURIComponent(token)}`,
        body: form,
        timeoutMs,
      }),
    );
  }

  async #withToken(call: (token: string) => Promise<Answer>): Promise<Answer> {
    const attempt = async (): Promise<Answer> => {
      const token = await this.#token.get();
      if (typeof token !== 'string') return token;
      const answer = await call(token);
      if (isTokenFailure(answer)) this.#token.drop(token);
      return answer;
    };
    const first = await attempt();
    return isTokenFailure(first) ? attempt() : first;
  }
}

const isTokenFailure = (answer: Answer) => answer.kind === 'failed' && answer.failure === 'token';
