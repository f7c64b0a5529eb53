import type { IncomingMessage } from '../../chat/message.js';
import type { Inbound } from '../adapter.js';
import { isRepeatable } from '../typed-buttons.js';
import { bodyOf, empty, handshake, openCallback, rejected } from './callback.js';
import { usedKey } from './card.js';
import { CallbackCrypto } from './crypto.js';
import type { WecomDeps } from './deps.js';
import { mediaFile } from './people-file.js';
import type { AppSettings } from './settings.js';
import { readXml, writeXml } from './xml.js';

type Elements = ReadonlyMap<string, string>;

/** Hears 自建应用: one-to-one chats only. https://developer.work.weixin.qq.com/document/path/90239 */
export class AppEar {
  readonly #crypto: CallbackCrypto;
  readonly #settings: AppSettings;
  readonly #account: string;
  readonly #deps: Required<WecomDeps>;

  constructor(settings: AppSettings, account: string, deps: Required<WecomDeps>) {
    this.#crypto = new CallbackCrypto(settings, settings.corpId);
    this.#settings = settings;
    this.#account = account;
    this.#deps = deps;
  }

  async receive(request: Request): Promise<Inbound> {
    const { log } = this.#deps;
    const url = new URL(request.url);
    if (request.method === 'GET') return handshake(this.#crypto, url, log);
    const body = await bodyOf(request);
    if (body === null) return rejected(log, 'malformed', 'longer than a megabyte');
    const envelope = readXml(body);
    if (!envelope) return rejected(log, 'malformed', 'not XML, or XML with a DTD');
    const encrypted = envelope.get('Encrypt');
    if (encrypted === undefined) return rejected(log, 'signature', 'not encrypted');
    const opened = openCallback(this.#crypto, url, encrypted, log);
    if (opened.kind === 'rejected') return opened;
    const said = readXml(opened.text);
    if (!said) return rejected(log, 'malformed', 'not XML, or XML with a DTD');
    if (this.#isForeign(envelope, said)) return rejected(log, 'foreign', 'another organisation or app');
    return this.#heard(said, opened.nonce);
  }

  /** The signed text must name both; the envelope, which nobody has signed, must at least name no others. */
  #isForeign(envelope: Elements, said: Elements): boolean {
    const { corpId, agentId } = this.#settings;
    const expected = { ToUserName: corpId, AgentID: agentId };
    return Object.entries(expected).some(
      ([name, value]) => said.get(name) !== value || (envelope.get(name) ?? value) !== value,
    );
  }

  #heard(said: Elements, nonce: string): Inbound {
    const sender = said.get('FromUserName') ?? '';
    const type = said.get('MsgType');
    const id = said.get('MsgId') ?? '';
    if (type === 'event') return this.#event(said, sender, nonce);
    if (sender === '' || id === '') return rejected(this.#deps.log, 'malformed', 'a message without sender or id');
    const message = this.#messageOf(sender, id, said.get('Content') ?? '');
    const mediaId = said.get('MediaId');
    if (type === 'text') return { kind: 'message', message, answer: empty };
    if (type === 'image' && mediaId) {
      return {
        kind: 'message',
        message: { ...message, files: [mediaFile('picture', { by: 'app', mediaId })] },
        answer: empty,
      };
    }
    return { kind: 'ignored', why: 'unsupported', response: empty() };
  }

  #event(said: Elements, sender: string, nonce: string): Inbound {
    const key = said.get('EventKey') ?? '';
    if (said.get('Event') !== 'template_card_event' || sender === '' || key === usedKey) {
      return { kind: 'ignored', why: 'unsupported', response: empty() };
    }
    // Events have no id: the sender and the second name one; card and button tell two clicks within a second apart.
    const id = ['event', sender, said.get('CreateTime'), said.get('TaskId'), key].join(' ');
    const message = this.#messageOf(sender, id, key);
    return { kind: 'message', message, answer: () => (isRepeatable(key) ? empty() : this.#clicked(sender, nonce)) };
  }

  #messageOf(sender: string, id: string, text: string): IncomingMessage {
    return {
      platform: 'wecom',
      account: this.#account,
      id,
      chat: { id: sender, private: true },
      sender,
      text: text.trim(),
      addressed: true,
      senderName: null,
      quoted: null,
      answeredBy: 'delivery',
      route: null,
    };
  }

  /** Greys the buttons for whoever has pressed one. */
  #clicked(sender: string, nonce: string): Response {
    const seconds = Math.floor(this.#deps.now().getTime() / 1000);
    const update = writeXml({
      ToUserName: sender,
      FromUserName: this.#settings.corpId,
      CreateTime: seconds,
      MsgType: 'update_button',
      Button: { ReplaceName: '已点' },
    });
    const encrypted = this.#crypto.encrypt(update);
    const signature = this.#crypto.signature(String(seconds), nonce, encrypted);
    const body = writeXml({ Encrypt: encrypted, MsgSignature: signature, TimeStamp: seconds, Nonce: nonce });
    return new Response(body, { headers: { 'content-type': 'application/xml; charset=utf-8' } });
  }
}
