import type { Reply } from '../../chat/message.js';
import type { Inbound } from '../adapter.js';
import { jsonOrNull } from '../json-or-null.js';
import { isRepeatable } from '../typed-buttons.js';
import { type BotCall, isForeign, messageOf, readBotCall, type Whose } from './bot-call.js';
import { bodyOf, empty, handshake, openCallback, plain, rejected } from './callback.js';
import { buttonsCard, cardButtons, usedCard, usedKey } from './card.js';
import { CallbackCrypto } from './crypto.js';
import type { WecomDeps } from './deps.js';
import { idFrom } from './mouth.js';
import { mediaFile } from './people-file.js';
import { render } from './render.js';
import { answerBytes, cutShort, type ResponseUrlMouth } from './response-url-mouth.js';
import { responseRoute } from './route.js';
import type { BotByCallback } from './settings.js';

const nobody: ReadonlyMap<string, string> = new Map();
/** What goes on elsewhere must not stand before what it goes on from. */
const afterAnswerMs = 1_500;

/** Hears 智能机器人 by callback, and answers in the answer. https://developer.work.weixin.qq.com/document/path/101031 */
export class BotEar {
  readonly #crypto: CallbackCrypto;
  readonly #whose: Whose;
  readonly #later: ResponseUrlMouth;
  readonly #deps: Required<WecomDeps>;

  constructor(bot: BotByCallback, whose: Whose, later: ResponseUrlMouth, deps: Required<WecomDeps>) {
    this.#crypto = new CallbackCrypto(bot, '');
    this.#whose = whose;
    this.#later = later;
    this.#deps = deps;
  }

  async receive(request: Request): Promise<Inbound> {
    const { log } = this.#deps;
    const url = new URL(request.url);
    if (request.method === 'GET') return handshake(this.#crypto, url, log);
    const body = await bodyOf(request);
    if (body === null) return rejected(log, 'malformed', 'longer than a megabyte');
    const encrypted = encryptedIn(jsonOrNull(body));
    if (encrypted === null) return rejected(log, 'signature', 'not encrypted');
    const opened = openCallback(this.#crypto, url, encrypted, log);
    if (opened.kind === 'rejected') return opened;
    const call = readBotCall(jsonOrNull(opened.text), this.#whose.botName);
    if (!call) return rejected(log, 'malformed', 'not a message of a bot');
    if (isForeign(call, this.#whose)) return rejected(log, 'foreign', `meant for the bot ${call.bot}`);
    return this.#heard(call, opened.nonce);
  }

  #heard(call: BotCall, nonce: string): Inbound {
    const { what } = call;
    switch (what.kind) {
      case 'said':
        return this.#said(call, what, nonce);
      case 'clicked':
        return this.#clicked(call, what, nonce);
      case 'poll':
        // Every answer is finished at once, so whoever is asked to go on has lost it.
        return ignored(this.#encrypted(finished(what.streamId, '没有完整收到答复，请再发一次。'), nonce));
      case 'event':
        this.#deps.log.info({ platform: 'wecom', event: what.name }, 'event not used');
        return ignored(empty());
      case 'unsupported':
        return ignored(empty());
    }
  }

  /** Fetching a file takes longer than the platform waits, so what is said about files alone comes later. */
  #said(call: BotCall, { text, quoted, media }: Extract<BotCall['what'], { kind: 'said' }>, nonce: string): Inbound {
    const files = media.map(({ kind, url, quoted }) => mediaFile(kind, { by: 'callback', url }, quoted));
    const later = this.#laterBy(call);
    if (text === '' && files.length > 0) {
      const message = messageOf(call, this.#whose, { text, quoted, files, ...later });
      return { kind: 'message', message, answer: () => empty() };
    }
    const heard = {
      text,
      quoted,
      files,
      answeredBy: 'response',
      route: files.length > 0 ? later.route : null,
    } as const;
    const message = messageOf(call, this.#whose, heard);
    return { kind: 'message', message, answer: (replies) => this.#answer(call, replies, nonce) };
  }

  /** What a file holds that came by this callback. */
  decryptFile(content: Uint8Array): Uint8Array | null {
    return this.#crypto.decryptFile(content);
  }

  /** A click takes nothing but a new card for its answer; the card of a command stays, to be read and pressed again. */
  #clicked(call: BotCall, { send, taskId }: { send: string; taskId: string }, nonce: string): Inbound {
    if (send === usedKey) return ignored(empty());
    const message = messageOf(call, this.#whose, { text: send, quoted: null, files: [], ...this.#laterBy(call) });
    if (isRepeatable(send)) return { kind: 'message', message, answer: () => empty() };
    const card = {
      response_type: 'update_template_card',
      // One person's click must not take the buttons from the others.
      ...(call.chat.private ? {} : { userids: [call.sender] }),
      template_card: usedCard(send, taskId),
    };
    return { kind: 'message', message, answer: () => this.#encrypted(card, nonce) };
  }

  #laterBy({ responseUrl }: BotCall) {
    return { answeredBy: 'delivery', route: responseRoute(responseUrl, this.#deps.now()) } as const;
  }

  #answer(call: BotCall, replies: Reply[], nonce: string): Response {
    const [first = '', ...rest] = answerTexts(replies);
    if (replies.length === 0) return empty();
    const buttons = replies.flatMap(cardButtons).slice(0, 6);
    if (rest.length > 0) this.#goOn(call, rest);
    const stream = finished(idFrom('s', call.id), first);
    if (buttons.length === 0) return this.#encrypted(stream, nonce);
    const isQuestion = replies.some(({ kind }) => kind === 'question');
    const template_card = buttonsCard(buttons, idFrom('q', call.id), isQuestion);
    return this.#encrypted({ ...stream, msgtype: 'stream_with_template_card', template_card }, nonce);
  }

  /** What did not fit into the answer: one more message, which the platform takes once, also when the answer is resent. */
  #goOn({ responseUrl }: BotCall, [next = '', ...rest]: string[]): void {
    const { pause, log } = this.#deps;
    if (responseUrl === null) return;
    const content = rest.length > 0 ? `${next}\n${cutShort}` : next;
    pause(afterAnswerMs)
      .then(() => this.#later.post(responseUrl, content))
      .then((sent) => {
        if (sent === 'elsewhere' || sent.kind === 'sent') return;
        log.warn({ platform: 'wecom', why: sent.why }, 'the rest of a long answer was not sent');
      })
      .catch((error) => log.warn({ platform: 'wecom', err: error }, 'the rest of a long answer was not sent'));
  }

  #encrypted(body: unknown, nonce: string): Response {
    const encrypt = this.#crypto.encrypt(JSON.stringify(body));
    const timestamp = Math.floor(this.#deps.now().getTime() / 1000);
    const msgsignature = this.#crypto.signature(String(timestamp), nonce, encrypt);
    // The vendor's sample has this content type, and not JSON's.
    return plain(JSON.stringify({ encrypt, msgsignature, timestamp, nonce }));
  }
}

function finished(id: string, content: string) {
  return { msgtype: 'stream', stream: { id, finish: true, content } };
}

function answerTexts(replies: Reply[]): string[] {
  const mostBytes = answerBytes - Buffer.byteLength(cutShort) - 1;
  const texts = replies.map((one) =>
    render(one, { dialect: 'v2', mostBytes, userIds: nobody, shown: cardButtons(one).length }),
  );
  const together = texts.map((parts) => parts.join('\n\n')).join('\n\n');
  return Buffer.byteLength(together) <= mostBytes ? [together] : texts.flat();
}

function encryptedIn(body: unknown): string | null {
  const { encrypt, Encrypt } = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>;
  const given = encrypt ?? Encrypt;
  return typeof given === 'string' ? given : null;
}

const ignored = (response: Response): Inbound => ({ kind: 'ignored', why: 'unsupported', response });
