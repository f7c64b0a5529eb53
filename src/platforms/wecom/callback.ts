import type { Logger } from 'pino';

import type { Inbound } from '../adapter.js';
import { readBody } from '../read-body.js';
import type { CallbackCrypto } from './crypto.js';

const mostBytes = 1024 * 1024;

export type Rejected = Extract<Inbound, { kind: 'rejected' }>;

/** What a callback carries, once its signature has been checked. */
export interface Callback {
  kind: 'callback';
  text: string;
  nonce: string;
}

const statuses = { signature: 403, stale: 403, foreign: 403, malformed: 400 };

export function rejected(log: Logger, why: Rejected['why'], detail: string): Rejected {
  log.warn({ platform: 'wecom', why }, `callback refused: ${detail}`);
  return { kind: 'rejected', why, response: new Response('', { status: statuses[why] }) };
}

/** The body of a POST, `null` when it is too long. */
export async function bodyOf(request: Request): Promise<string | null> {
  const body = await readBody(request, mostBytes);
  return body === null ? null : body.toString('utf8');
}

/** Checks the signature over what is encrypted, in constant time, and only then decrypts. */
export function openCallback(crypto: CallbackCrypto, url: URL, encrypted: string, log: Logger): Callback | Rejected {
  const get = (name: string) => url.searchParams.get(name) ?? '';
  const nonce = get('nonce');
  if (!crypto.signed(get('msg_signature'), get('timestamp'), nonce, encrypted)) {
    return rejected(log, 'signature', 'wrong signature');
  }
  const opened = crypto.decrypt(encrypted);
  if (opened.kind === 'malformed') return rejected(log, 'malformed', 'not decrypted: is the EncodingAESKey right?');
  if (opened.kind === 'foreign') return rejected(log, 'foreign', 'meant for another organisation or app');
  return { kind: 'callback', text: opened.text, nonce };
}

/** The check of the address when it is saved in the console: the answer is the bare plain text. */
export function handshake(crypto: CallbackCrypto, url: URL, log: Logger): Inbound {
  // A `+` that came unencoded was read as a space.
  const encrypted = (url.searchParams.get('echostr') ?? '').replaceAll(' ', '+');
  const opened = openCallback(crypto, url, encrypted, log);
  if (opened.kind === 'rejected') return opened;
  return { kind: 'handshake', response: plain(opened.text) };
}

/** An empty 200: taken, and nothing to say here. */
export const empty = () => plain('');

export const plain = (text: string) => new Response(text, { headers: { 'content-type': 'text/plain; charset=utf-8' } });
