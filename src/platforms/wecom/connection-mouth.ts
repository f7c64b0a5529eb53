import type { Reply } from '../../chat/message.js';
import type { Delivery, Limits, MadeFile, Sent, Target } from '../adapter.js';
import { Uploads } from '../uploads.js';
import { wholeCard } from './card.js';
import type { BotConnection } from './connection.js';
import { uploadOver } from './connection-upload.js';
import { type Answered, type AnsweredOr, kindOf, sentFor } from './errors.js';
import { fileMessage, postingOf } from './media.js';
import { idFrom, type Mouth, PartsSent, withoutKey } from './mouth.js';
import { render } from './render.js';
import { answerBytes } from './response-url-mouth.js';
import { openRoute } from './route.js';

const nobody: ReadonlyMap<string, string> = new Map();

type BotMessage =
  | { msgtype: 'template_card'; template_card: unknown }
  | { msgtype: 'markdown'; markdown: { content: string } };

/**
 * Speaks over the long connection: answers a message by its request, and sends unasked to whoever has once spoken to the bot.
 * Mentions do not ring here. https://developer.work.weixin.qq.com/document/path/101463
 */
export class ConnectionMouth implements Mouth {
  /** Thirty a minute for one chat, answers and the rest together. */
  readonly limits: Limits = { textBytes: answerBytes, spacingMs: 0, sendsPerMinute: 25, keyHonouredMs: 0 };
  readonly #link: () => BotConnection | null;
  readonly #now: () => Date;
  readonly #parts = new PartsSent();
  readonly #uploads = new Uploads<string>();

  constructor(link: () => BotConnection | null, now: () => Date) {
    this.#link = link;
    this.#now = now;
  }

  async send(target: Target, { key, reply, makeFile }: Delivery): Promise<Sent | 'elsewhere'> {
    if (reply.kind === 'file' && makeFile) return this.#sendFile(target, key, reply.name, makeFile);
    const route = openRoute(target.route, this.#now());
    const requestId = route?.by === 'connection' ? route.requestId : null;
    const messages = botMessages(reply, key, requestId !== null || target.userId !== null);
    return this.#parts.send<BotMessage, 'elsewhere'>(key, messages, (message, index) =>
      requestId !== null && index === 0 ? this.#answer(requestId, key, message) : this.#push(target, message),
    );
  }

  async #answer(requestId: string, key: string, message: BotMessage): Promise<Sent | 'elsewhere'> {
    const body =
      message.msgtype === 'markdown'
        ? { msgtype: 'stream', stream: { id: idFrom('s', key), finish: true, content: message.markdown.content } }
        : message;
    return this.#outcome('aibot_respond_msg', body, requestId);
  }

  #sendFile(target: Target, key: string, name: string, makeFile: () => Promise<MadeFile>): Promise<Sent> {
    return this.#uploads.send(
      key,
      async () => {
        const made = await makeFile();
        return made.kind === 'made' ? uploadOver((cmd, body) => this.#call(cmd, body), name, made.bytes) : made;
      },
      async (mediaId) => {
        const answer = await this.#call('aibot_send_msg', pushed(target, fileMessage(mediaId)));
        const { sent, stale } = postingOf(answer, sentFrom);
        return { sent: withoutKey(sent), stale };
      },
    );
  }

  #push(target: Target, message: BotMessage): Promise<Sent | 'elsewhere'> {
    return this.#outcome('aibot_send_msg', pushed(target, message));
  }

  async #outcome(cmd: string, body: unknown, requestId?: string): Promise<Sent | 'elsewhere'> {
    const answer = await this.#call(cmd, body, requestId);
    if (answer.kind !== 'answered') return withoutKey(answer);
    return kindOf(answer.errcode) === 'route' ? 'elsewhere' : sentFrom(answer);
  }

  #call(cmd: string, body: unknown, requestId?: string): Promise<AnsweredOr> {
    const link = this.#link();
    if (link) return link.call(cmd, body, requestId);
    return Promise.resolve({ kind: 'retry', afterMs: 5_000, why: '和企业微信的长连接没有建立', arrived: 'no' });
  }
}

const pushed = ({ chatId, userId }: Target, message: object) => ({
  chatid: userId ?? chatId,
  chat_type: userId === null ? 2 : 1,
  ...message,
});

function sentFrom({ errcode, errmsg }: Answered): Sent {
  return errcode === 0 ? { kind: 'sent', platformMessageId: null } : sentFor(errcode, errmsg);
}

/** What fits a card with its buttons is one where cards are taken: in answers and one to one. Words beside a card are not safe here. */
export function botMessages(said: Reply, key: string, takesCards: boolean): BotMessage[] {
  const card = takesCards ? wholeCard(said, idFrom('q', key)) : null;
  if (card) return [{ msgtype: 'template_card', template_card: card }];
  const contents = render(said, { dialect: 'v2', mostBytes: answerBytes, userIds: nobody, shown: 0 });
  return contents.map((content) => ({ msgtype: 'markdown', markdown: { content } }));
}
