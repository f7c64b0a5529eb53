import type { Logger } from 'pino';

import type { Sent } from '../adapter.js';
import { type Given, HeldToken } from '../held-token.js';
import type { Http } from '../http.js';
import { answered, kindOf, sentFor } from './errors.js';

export interface TokenDeps {
  http: Http;
  now: () => Date;
  log: Logger;
}

const refreshEarlyMs = 5 * 60_000;

/** The app's access_token, or what becomes of a message that needs it. */
export class AccessTokens extends HeldToken<Sent> {
  constructor(settings: { apiUrl: string; corpId: string; secret: string }, deps: TokenDeps) {
    const url = new URL('/cgi-bin/gettoken', settings.apiUrl);
    url.searchParams.set('corpid', settings.corpId);
    url.searchParams.set('corpsecret', settings.secret);
    super(() => ask(url.href, deps), deps.now, refreshEarlyMs);
  }
}

async function ask(url: string, { http, log }: TokenDeps): Promise<Given<Sent>> {
  const answer = await answered(http.call({ method: 'GET', url }));
  if (answer.kind !== 'answered') {
    // Nothing of the message itself has been sent yet.
    const no: Sent = answer.kind === 'retry' ? { ...answer, arrived: 'no' } : answer;
    return { kind: 'refused', no, isFinal: false };
  }
  const { errcode, errmsg, body } = answer;
  if (errcode === 0 && typeof body.access_token === 'string') {
    return { kind: 'given', token: body.access_token, lifeMs: (Number(body.expires_in) || 0) * 1000 };
  }
  log.error({ errcode }, 'wecom gives no access_token');
  return { kind: 'refused', no: sentFor(errcode, errmsg), isFinal: kindOf(errcode) !== 'busy' };
}
