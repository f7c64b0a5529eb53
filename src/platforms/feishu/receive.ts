import type { KeyObject } from 'node:crypto';
import { z } from 'zod';
import type { Inbound } from '../adapter.js';
import { jsonOrNull } from '../json-or-null.js';
import { readBody } from '../read-body.js';
import { decrypted, isSame, isSigned, keyOf } from './crypto.js';
import { envelope } from './events.js';
import { type Hearing, hearEvent } from './hear.js';
import type { WebhookSettings } from './settings.js';

const mostBytes = 1024 * 1024;
const sealed = z.object({ encrypt: z.string().min(1) });
const challenge = z.object({ type: z.literal('url_verification'), challenge: z.string(), token: z.string() });

/** What an interactive card shows for a moment to the one who pressed. */
export const clickAnswer = { toast: { type: 'info', content: '已收到' } };

const ok = (body: object = {}) => Response.json(body);

/** What receives the events of one app. */
export function createReceiver(hearing: Hearing, settings: WebhookSettings): (request: Request) => Promise<Inbound> {
  const key = keyOf(settings.encryptKey);
  return (request) => receive(hearing, settings, key, request);
}

/**
 * Verifies, then decrypts, then reads. Only the challenge by which the platform checks our address comes without a
 * signature; it must decrypt and carry the token. An event is never stale: the platform repeats it for seven hours.
 */
async function receive(
  hearing: Hearing,
  settings: WebhookSettings,
  key: KeyObject,
  request: Request,
): Promise<Inbound> {
  const reject = (why: 'signature' | 'foreign' | 'malformed', status: number): Inbound => {
    hearing.deps.log.warn({ why, status }, 'feishu event rejected');
    return { kind: 'rejected', why, response: Response.json({ error: why }, { status }) };
  };
  const body = await readBody(request, mostBytes);
  if (body === null) return reject('malformed', 413);
  const encrypt = sealed.safeParse(jsonOrNull(body.toString('utf8'))).data?.encrypt;
  const signature = request.headers.get('x-lark-signature');
  if (signature === null) {
    const asked = encrypt === undefined ? null : readChallenge(decrypted(encrypt, key), settings);
    return asked === null ? reject('signature', 401) : { kind: 'handshake', response: ok({ challenge: asked }) };
  }
  const headers = {
    timestamp: request.headers.get('x-lark-request-timestamp') ?? '',
    nonce: request.headers.get('x-lark-request-nonce') ?? '',
    signature,
  };
  if (!isSigned(body, headers, settings.encryptKey)) return reject('signature', 401);
  if (encrypt === undefined) return reject('malformed', 400);
  const plain = decrypted(encrypt, key);
  const { data: event } = envelope.safeParse(plain);
  if (!event) {
    const asked = readChallenge(plain, settings);
    return asked === null ? reject('malformed', 400) : { kind: 'handshake', response: ok({ challenge: asked }) };
  }
  if (event.header.app_id !== settings.appId) return reject('foreign', 403);
  if (!isSame(event.header.token, settings.verificationToken)) return reject('signature', 401);
  const heard = await hearEvent(hearing, event);
  switch (heard.kind) {
    case 'message': {
      const { message, click } = heard;
      return { kind: 'message', message, answer: () => ok(click ? clickAnswer : {}) };
    }
    case 'notice':
      return { kind: 'notice', notice: heard.notice, response: ok() };
    case 'ignored':
      return { kind: 'ignored', why: heard.why, response: ok() };
    case 'malformed':
      return reject('malformed', 400);
  }
}

function readChallenge(plain: unknown, { verificationToken }: WebhookSettings): string | null {
  const { data } = challenge.safeParse(plain);
  return data && isSame(data.token, verificationToken) ? data.challenge : null;
}
