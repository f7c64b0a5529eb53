import { z } from 'zod';

import { type Given, HeldToken } from '../held-token.js';
import { HttpFailure } from '../http.js';
import type { FeishuDeps } from './deps.js';
import { failureKind, type NoAnswer } from './errors.js';
import type { FeishuSettings } from './settings.js';

const refreshEarlyMs = 3 * 60_000;
const given = z.object({
  code: z.number(),
  tenant_access_token: z.string().optional(),
  expire: z.number().optional(),
});
const passing = ['rate', 'in-flight', 'transient'];

/** The app's tenant_access_token. open.feishu.cn 《自建应用获取 tenant_access_token》 */
export class TenantToken extends HeldToken<NoAnswer> {
  constructor(settings: FeishuSettings, deps: FeishuDeps) {
    super(() => ask(settings, deps), deps.now, refreshEarlyMs);
  }
}

async function ask({ appId, appSecret, baseUrl }: FeishuSettings, { http, log }: FeishuDeps): Promise<Given<NoAnswer>> {
  try {
    const { status, json } = await http.call({
      method: 'POST',
      url: `${baseUrl}/open-apis/auth/v3/tenant_access_token/internal`,
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body: JSON.stringify({ app_id: appId, app_secret: appSecret }),
    });
    const { data } = given.safeParse(json);
    const token = data?.tenant_access_token;
    if (token && data.code === 0) return { kind: 'given', token, lifeMs: (data.expire ?? 0) * 1000 };
    const code = data?.code || null;
    log.error({ status, code }, 'feishu gives no tenant_access_token');
    const no: NoAnswer = { kind: 'failed', code, status, afterMs: null, msg: 'no tenant_access_token' };
    return { kind: 'refused', no, isFinal: !passing.includes(failureKind(no)) };
  } catch (error) {
    if (!(error instanceof HttpFailure)) throw error;
    return { kind: 'refused', no: { kind: 'silent', arrived: 'no', why: error.message }, isFinal: false };
  }
}
