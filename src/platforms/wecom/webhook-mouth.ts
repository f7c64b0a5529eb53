import type { Reply } from '../../chat/message.js';
import { mentionedIn } from '../../chat/message.js';
import type { Delivery, Limits, MadeFile, Sent, Target } from '../adapter.js';
import type { Http } from '../http.js';
import { Uploads } from '../uploads.js';
import { type Answered, type AnsweredOr, answered, sentFor } from './errors.js';
import { type FileMessage, fileMessage, postingOf, uploadCall, uploadedFrom } from './media.js';
import { type Mouth, PartsSent, withoutKey } from './mouth.js';
import { render, ringing } from './render.js';

const markdownBytes = 4096;
const textBytes = 2048;
/** Twenty messages a minute for one robot. */
const spacingMs = 3_000;

export interface WebhookDeps {
  http: Http;
  pause: (ms: number) => Promise<void>;
}

/** Speaks in a group by its 消息推送 robot. https://developer.work.weixin.qq.com/document/path/99110 */
export class WebhookMouth implements Mouth {
  readonly limits: Limits = { textBytes: markdownBytes, spacingMs, sendsPerMinute: 20, keyHonouredMs: 0 };
  readonly #settings: { apiUrl: string; plainText: boolean };
  readonly #deps: WebhookDeps;
  readonly #parts = new PartsSent();
  readonly #uploads = new Uploads<string>();

  constructor(settings: { apiUrl: string; plainText: boolean }, deps: WebhookDeps) {
    this.#settings = settings;
    this.#deps = deps;
  }

  async send({ webhook }: Target, { key, reply, userIds, makeFile }: Delivery): Promise<Sent> {
    const { apiUrl, plainText } = this.#settings;
    const url = readWebhook(webhook, apiUrl);
    if (url === null) {
      return { kind: 'refused', why: '群的消息推送地址不是本站的', target: 'gone' };
    }
    if (reply.kind === 'file' && makeFile) return this.#sendFile(url, key, reply.name, makeFile);
    let first = true;
    return this.#parts.send(key, webhookMessages(reply, userIds, plainText), async (message) => {
      if (!first) await this.#deps.pause(spacingMs);
      first = false;
      return this.#sendOne(url.href, message);
    });
  }

  /** A media_id of `upload_media` is good for the robot of the same key only. */
  #sendFile(url: URL, key: string, name: string, makeFile: () => Promise<MadeFile>): Promise<Sent> {
    return this.#uploads.send(
      key,
      async () => {
        const made = await makeFile();
        if (made.kind !== 'made') return made;
        const address = new URL(url);
        address.pathname = address.pathname.replace(/send$/u, 'upload_media');
        return uploadedFrom(await answered(this.#deps.http.call(uploadCall(address, name, made.bytes))));
      },
      async (mediaId) => {
        const { sent, stale } = postingOf(await this.#post(url.href, fileMessage(mediaId)), sentFrom);
        return { sent: withoutKey(sent), stale };
      },
    );
  }

  async #sendOne(url: string, message: WebhookMessage): Promise<Sent> {
    const answer = await this.#post(url, message);
    return answer.kind === 'answered' ? sentFrom(answer) : withoutKey(answer);
  }

  #post(url: string, message: WebhookMessage | FileMessage): Promise<AnsweredOr> {
    const headers = { 'content-type': 'application/json' };
    return answered(this.#deps.http.call({ method: 'POST', url, headers, body: JSON.stringify(message) }));
  }
}

function sentFrom({ errcode, errmsg }: Answered): Sent {
  return errcode === 0 ? { kind: 'sent', platformMessageId: null } : sentFor(errcode, errmsg);
}

/** The address of a group's robot; `null` for one that is not on this site. */
export function readWebhook(webhook: string | null, apiUrl: string): URL | null {
  const url = URL.parse(webhook ?? '');
  const isOurs = url?.origin === new URL(apiUrl).origin && url.pathname.endsWith('/webhook/send');
  return isOurs && url.searchParams.get('key') ? url : null;
}

export type WebhookMessage =
  | { msgtype: 'text'; text: { content: string; mentioned_list?: string[] } }
  | { msgtype: 'markdown'; markdown: { content: string } }
  | { msgtype: 'markdown_v2'; markdown_v2: { content: string } };

/** Mentions ring only in markdown and in text, tables stand only in markdown_v2; no button ever comes back from here. */
export function webhookMessages(said: Reply, userIds: ReadonlyMap<string, string>, plain: boolean): WebhookMessage[] {
  const how = { userIds, shown: 0 };
  if (said.kind === 'table' && !plain) {
    const contents = render(said, { ...how, dialect: 'v2', mostBytes: markdownBytes });
    return contents.map((content) => ({ msgtype: 'markdown_v2', markdown_v2: { content } }));
  }
  if (said.kind === 'card' && !plain) {
    const contents = render(said, { ...how, dialect: 'v1', mostBytes: markdownBytes });
    return contents.map((content) => ({ msgtype: 'markdown', markdown: { content } }));
  }
  const mentioned = mentionedIn(said).flatMap((person) => ringing(person, userIds) ?? []);
  return render(said, { ...how, dialect: 'text', mostBytes: textBytes }).map((content, index) => ({
    msgtype: 'text',
    text: { content, ...(index === 0 && mentioned.length > 0 ? { mentioned_list: mentioned } : {}) },
  }));
}
