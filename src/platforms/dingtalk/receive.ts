import type { Inbound } from '../adapter.js';
import { jsonOrNull } from '../json-or-null.js';
import { readBody } from '../read-body.js';
import { clickAnswer, hearClick } from './card-click.js';
import { type Heard, type Hearing, hearMessage } from './hear.js';
import { cardSign, judge, robotSign } from './sign.js';

const mostBytes = 1024 * 1024;

/** Says nothing in the chat: 《消息发送与接收类型》. */
const silence = { msgtype: 'empty' };

type Why = Extract<Inbound, { kind: 'rejected' }>['why'];

/**
 * `/webhooks/dingtalk` hears messages, `/webhooks/dingtalk/cards` clicks. The signature stands in the headers and does not
 * cover the body, so it is judged before anything is read.
 */
export async function receive(hearing: Hearing, request: Request): Promise<Inbound> {
  const { settings, deps } = hearing;
  const reject = (why: Why, status: number): Inbound => {
    deps.log.warn({ why, status }, 'dingtalk callback rejected');
    return { kind: 'rejected', why, response: Response.json({ error: why }, { status }) };
  };
  const isCards = new URL(request.url).pathname.endsWith('/cards');
  const secret = isCards ? settings.cards?.callback?.secret : settings.clientSecret;
  // Without its secret a click could be anybody's.
  if (!secret) return reject('signature', 404);
  if (request.method !== 'POST') return reject('malformed', 405);
  const header = (name: string) => request.headers.get(name);
  const verdict = isCards
    ? judge(
        { timestamp: header('x-ddpaas-signature-timestamp'), sign: header('x-ddpaas-signature') },
        (timestamp) => cardSign(timestamp, secret),
        deps.now(),
      )
    : judge(
        { timestamp: header('timestamp'), sign: header('sign') },
        (timestamp) => robotSign(timestamp, secret),
        deps.now(),
      );
  if (verdict === 'forged') return reject('signature', 401);
  if (verdict === 'stale') return reject('stale', 403);
  const body = await readBody(request, mostBytes);
  if (body === null) return reject('malformed', 413);
  const heard: Heard = (isCards ? hearClick : hearMessage)(hearing, jsonOrNull(body.toString('utf8')));
  const answer = isCards ? clickAnswer : silence;
  switch (heard.kind) {
    case 'message':
      return { kind: 'message', message: heard.message, answer: () => Response.json(answer) };
    case 'notice':
      return { kind: 'notice', notice: heard.notice, response: Response.json(answer) };
    case 'ignored':
      return { kind: 'ignored', why: heard.why, response: Response.json(isCards ? {} : answer) };
    case 'foreign':
      return reject('foreign', 403);
    case 'malformed':
      return reject('malformed', 400);
  }
}
