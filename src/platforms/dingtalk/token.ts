import { z } from 'zod';

import { type Given, HeldToken } from '../held-token.js';
import { answered } from './answered.js';
import type { DingtalkDeps } from './deps.js';
import { type Answer, apiAnswer } from './errors.js';
import type { RobotSettings } from './settings.js';

const refreshEarlyMs = 5 * 60_000;
const given = z.object({ accessToken: z.string().min(1), expireIn: z.coerce.number().catch(0) });

type NoToken = Exclude<Answer, { kind: 'ok' }>;

/** The app's accessToken. 《获取企业内部应用的accessToken》 */
export class AccessToken extends HeldToken<NoToken> {
  constructor(settings: RobotSettings, deps: DingtalkDeps) {
    super(() => ask(settings, deps), deps.now, refreshEarlyMs);
  }
}

async function ask({ clientId, clientSecret, apiUrl }: RobotSettings, deps: DingtalkDeps): Promise<Given<NoToken>> {
  const path = 'oauth2/accessToken';
  const answer = await answered(deps, path, apiAnswer, {
    method: 'POST',
    url: `${apiUrl}/v1.0/${path}`,
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify({ appKey: clientId, appSecret: clientSecret }),
  });
  const { data } = given.safeParse(answer.kind === 'ok' ? answer.json : null);
  if (data) return { kind: 'given', token: data.accessToken, lifeMs: data.expireIn * 1000 };
  const no = notYet(answer);
  if (no.kind === 'failed') deps.log.error({ code: no.code }, 'dingtalk gives no accessToken');
  return { kind: 'refused', no, isFinal: no.kind === 'failed' && ['config', 'unknown'].includes(no.failure) };
}

/** Nothing of the message itself has been sent yet. */
function notYet(answer: Answer): NoToken {
  switch (answer.kind) {
    case 'ok':
      return { kind: 'failed', failure: 'transient', code: 'no token', afterMs: null };
    case 'silent':
      return { kind: 'silent', arrived: 'no' };
    case 'failed':
      return answer.failure === 'ambiguous' ? { ...answer, failure: 'transient' } : answer;
  }
}
