import { createHash } from 'node:crypto';

import type { Reply } from '../../chat/message.js';
import type { Delivery, Limits, MadeFile, Sent, Target } from '../adapter.js';
import type { HttpCall } from '../http.js';
import { Uploads } from '../uploads.js';
import type { AccessTokens, TokenDeps } from './access-token.js';
import { buttonsCard, cardButtons, wholeCard } from './card.js';
import { type Answered, type AnsweredOr, answered, kindOf, sentFor } from './errors.js';
import { type FileMessage, fileMessage, postingOf, uploadCall, uploadedFrom } from './media.js';
import { idFrom, type Mouth, PartsSent } from './mouth.js';
import { render } from './render.js';

const textBytes = 2048;
const duplicateSeconds = 1800;
const nobody: ReadonlyMap<string, string> = new Map();

/** Sends one to one by the app. https://developer.work.weixin.qq.com/document/path/90236 */
export class AppMouth implements Mouth {
  /** Beyond 30 a minute a member silently gets nothing (path/90454). */
  readonly limits: Limits = {
    textBytes,
    spacingMs: 500,
    sendsPerMinute: 20,
    keyHonouredMs: duplicateSeconds * 1000,
  };
  readonly #settings: AppMouthSettings;
  readonly #tokens: AccessTokens;
  readonly #deps: TokenDeps;
  readonly #parts = new PartsSent();
  readonly #uploads = new Uploads<string>();

  constructor(settings: AppMouthSettings, tokens: AccessTokens, deps: TokenDeps) {
    this.#settings = settings;
    this.#tokens = tokens;
    this.#deps = deps;
  }

  async send({ userId }: Target, { key, reply, makeFile }: Delivery): Promise<Sent> {
    // `|` joins several, and @all is everybody.
    if (userId === null || !/^[^|\s]{1,64}$/u.test(userId) || userId === '@all') {
      return { kind: 'refused', why: '不是企业微信的成员账号' };
    }
    if (reply.kind === 'file' && makeFile) return this.#sendFile(userId, key, reply.name, makeFile);
    const messages = appMessages(reply, key, this.#settings.plainText);
    return this.#parts.send(key, messages, (message) => this.#sendOne(userId, message));
  }

  #sendFile(userId: string, key: string, name: string, makeFile: () => Promise<MadeFile>): Promise<Sent> {
    return this.#uploads.send(
      key,
      async () => {
        const made = await makeFile();
        if (made.kind !== 'made') return made;
        return uploadedFrom(await this.#call('/cgi-bin/media/upload', (url) => uploadCall(url, name, made.bytes)));
      },
      async (mediaId) => {
        const message = fileMessage(mediaId);
        const first = await this.#post(userId, message);
        // The same file under the same id is dropped as a duplicate; after a restart it would have another.
        const isOpen = first.kind === 'retry' && first.arrived === 'maybe';
        const answer = isOpen ? await this.#post(userId, message) : first;
        return postingOf(answer, sentFrom);
      },
    );
  }

  async #sendOne(userId: string, message: AppMessage): Promise<Sent> {
    const answer = await this.#post(userId, message);
    return answer.kind === 'answered' ? sentFrom(answer) : answer;
  }

  #post(userId: string, message: AppMessage | FileMessage): Promise<AnsweredOr> {
    const body = {
      touser: userId,
      agentid: Number(this.#settings.agentId),
      ...message,
      enable_duplicate_check: 1,
      duplicate_check_interval: duplicateSeconds,
    };
    const headers = { 'content-type': 'application/json' };
    return this.#call('/cgi-bin/message/send', ({ href: url }) => ({
      method: 'POST',
      url,
      headers,
      body: JSON.stringify(body),
    }));
  }

  /** With the app's token, which is fetched anew once when the platform has dropped it. */
  async #call(path: string, callTo: (url: URL) => HttpCall): Promise<AnsweredOr> {
    for (let attempt = 1; ; attempt += 1) {
      const token = await this.#tokens.get();
      if (typeof token !== 'string') return token;
      const url = new URL(path, this.#settings.apiUrl);
      url.searchParams.set('access_token', token);
      const answer = await answered(this.#deps.http.call(callTo(url)));
      if (answer.kind !== 'answered' || kindOf(answer.errcode) !== 'token') return answer;
      this.#tokens.drop(token);
      if (attempt > 1) return answer;
    }
  }
}

function sentFrom({ errcode, errmsg, body }: Answered): Sent {
  if (errcode !== 0) return sentFor(errcode, errmsg);
  if (body.invaliduser || body.unlicenseduser) {
    return { kind: 'refused', why: '成员不在应用的可见范围内，或没有接口许可', target: 'gone' };
  }
  return { kind: 'sent', platformMessageId: typeof body.msgid === 'string' ? body.msgid : null };
}

export interface AppMouthSettings {
  apiUrl: string;
  agentId: string;
  plainText: boolean;
}

export type AppMessage =
  | { msgtype: 'text'; text: { content: string } }
  | { msgtype: 'markdown'; markdown: { content: string } }
  | { msgtype: 'template_card'; template_card: unknown };

/** What has buttons as one card where it fits, else beside them; cards of text as markdown, the rest as text. */
export function appMessages(said: Reply, key: string, plain: boolean): AppMessage[] {
  const taskId = idFrom('q', key);
  const card = plain ? null : wholeCard(said, taskId);
  if (card) return [{ msgtype: 'template_card', template_card: card }];
  const buttons = plain ? [] : cardButtons(said);
  const dialect = said.kind === 'card' && !plain ? 'v1' : 'text';
  const mark = distinct(key);
  const mostBytes = textBytes - Buffer.byteLength(mark);
  const texts = render(said, { dialect, mostBytes, userIds: nobody, shown: buttons.length }).map((text): AppMessage => {
    const content = `${text}${mark}`;
    return dialect === 'v1' ? { msgtype: 'markdown', markdown: { content } } : { msgtype: 'text', text: { content } };
  });
  if (buttons.length === 0) return texts;
  return [
    ...texts,
    { msgtype: 'template_card', template_card: buttonsCard(buttons, taskId, said.kind === 'question') },
  ];
}

/**
 * The duplicate check drops an equal text to the same member, also when somebody has asked the same again. So each delivery
 * ends in twelve characters that nobody sees and that are its own.
 */
function distinct(key: string): string {
  const bits = createHash('sha256').update(key).digest().readUInt16BE(0) >> 4;
  return bits.toString(2).padStart(12, '0').replaceAll('0', '\u200b').replaceAll('1', '\u200c');
}
