import { z } from 'zod';

import type { FeishuDeps } from './deps.js';
import type { FeishuSettings } from './settings.js';

const marginMs = 3 * 60_000;
const answer = z.object({
  code: z.number(),
  tenant_access_token: z.string().optional(),
  expire: z.number().optional(),
});

/** The platform gave no token; `code` is its reason, `null` when it made no sense. */
export class TokenRefused extends Error {
  constructor(
    readonly code: number | null,
    readonly status: number,
  ) {
    super(`no tenant_access_token: code ${code}, HTTP ${status}`);
    this.name = 'TokenRefused';
  }
}

/** The app's token, asked for once however many want it, and again before it ends. */
export class TenantToken {
  readonly #settings: FeishuSettings;
  readonly #deps: FeishuDeps;
  #held: { token: string; until: number } | null = null;
  #asking: Promise<string> | null = null;

  constructor(settings: FeishuSettings, deps: FeishuDeps) {
    this.#settings = settings;
    this.#deps = deps;
  }

  /** Rejects with `TokenRefused` or `HttpFailure`. */
  async get(): Promise<string> {
    if (this.#held && this.#deps.now().getTime() < this.#held.until) return this.#held.token;
    this.#asking ??= this.#ask().finally(() => {
      this.#asking = null;
    });
    return this.#asking;
  }

  /** The platform does not take this one any more; whoever came later may have got another already. */
  drop(token: string): void {
    if (this.#held?.token === token) this.#held = null;
  }

  async #ask(): Promise<string> {
    const { appId, appSecret, baseUrl } = this.#settings;
    const { status, json } = await this.#deps.http.call({
      method: 'POST',
      url: `${baseUrl}/open-apis/auth/v3/tenant_access_token/internal`,
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body: JSON.stringify({ app_id: appId, app_secret: appSecret }),
    });
    const { data } = answer.safeParse(json);
    if (!data?.tenant_access_token || data.code !== 0) throw new TokenRefused(data?.code ?? null, status);
    const lifeMs = (data.expire ?? 0) * 1000;
    const until = this.#deps.now().getTime() + Math.max(lifeMs - marginMs, lifeMs / 2);
    this.#held = { token: data.tenant_access_token, until };
    return data.tenant_access_token;
  }
}
