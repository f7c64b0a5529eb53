import { z } from 'zod';

import { type Given, HeldToken } from '../held-token.js';
import type { FeishuDeps } from './deps.js';
import { failureKind } from './errors.js';
import type { FeishuSettings } from './settings.js';

const refreshEarlyMs = 3 * 60_000;
const given = z.object({
  code: z.number(),
  tenant_access_token: z.string().optional(),
  expire: z.number().optional(),
});
const passing = ['rate', 'in-flight', 'transient'];

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

/** The app's tenant_access_token. open.feishu.cn 《自建应用获取 tenant_access_token》 */
export class TenantToken extends HeldToken<TokenRefused> {
  constructor(settings: FeishuSettings, deps: FeishuDeps) {
    super(() => ask(settings, deps), deps.now, refreshEarlyMs);
  }

  /** Rejects with `TokenRefused` or `HttpFailure`. */
  override async get(): Promise<string> {
    const token = await super.get();
    if (typeof token === 'string') return token;
    throw token;
  }
}

async function ask(
  { appId, appSecret, baseUrl }: FeishuSettings,
  { http, log }: FeishuDeps,
): Promise<Given<TokenRefused>> {
  const { status, json } = await http.call({
    method: 'POST',
    url: `${baseUrl}/open-apis/auth/v3/tenant_access_token/internal`,
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body: JSON.stringify({ app_id: appId, app_secret: appSecret }),
  });
  const { data } = given.safeParse(json);
  const token = data?.tenant_access_token;
  if (token && data.code === 0) return { kind: 'given', token, lifeMs: (data.expire ?? 0) * 1000 };
  const no = new TokenRefused(data?.code || null, status);
  log.error({ status, code: no.code }, 'feishu gives no tenant_access_token');
  return { kind: 'refused', no, isFinal: !passing.includes(failureKind(no)) };
}
