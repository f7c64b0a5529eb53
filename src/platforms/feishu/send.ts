import { hash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

import { z } from 'zod';

import type { Delivery, Limits, MadeFile, Sent, Target } from '../adapter.js';
import { Uploads } from '../uploads.js';
import type { Api, ApiAnswer } from './api.js';
import { failureKind, sentOf } from './errors.js';
import { upload } from './files.js';
import { maskedContacts } from './mask.js';
import { type Part, render } from './render.js';
import { route } from './route.js';

const posted = z.object({ data: z.object({ message_id: z.string().min(1) }) });
const mostRemembered = 10_000;

interface Native {
  msgType: 'text' | 'interactive' | 'file';
  content: object;
  /** Tells the forms of one part from each other: other content needs another key. */
  form: string;
}

type Posting = { kind: 'posted'; messageId: string } | { kind: 'failed'; answer: Exclude<ApiAnswer, { kind: 'ok' }> };

/** Says one reply, in as many messages as it needs. */
export class Speaker {
  readonly #api: Api;
  readonly #limits: Limits;
  readonly #cards: boolean;
  /** Ids of the messages that arrived, by their key, so that a retry goes on behind them. */
  readonly #arrived = new Map<string, string>();
  readonly #uploads = new Uploads<string>();

  constructor(api: Api, limits: Limits, cards: boolean) {
    this.#api = api;
    this.#limits = limits;
    this.#cards = cards;
  }

  async say(target: Target, { key, reply, userIds, makeFile }: Delivery): Promise<Sent> {
    if (reply.kind === 'file' && makeFile) return this.#sayFile(target, key, reply.name, makeFile);
    const isPrivate = target.userId !== null;
    const parts = render(reply, { userIds, cards: this.#cards, private: isPrivate, bytes: this.#limits.textBytes });
    let last: Sent = { kind: 'refused', why: '没有内容' };
    for (const [at, part] of parts.entries()) {
      if (at > 0) await sleep(this.#limits.spacingMs);
      last = await this.#sayPart(target, `${key} ${at + 1}`, part);
      if (last.kind === 'sent') continue;
      // What went before has arrived: only the key keeps it from arriving again.
      return last.kind === 'retry' && at > 0 ? { ...last, arrived: 'maybe' } : last;
    }
    return last;
  }

  async #sayFile(target: Target, key: string, name: string, makeFile: () => Promise<MadeFile>): Promise<Sent> {
    const arrived = this.#arrived.get(uuidOf(key, 'file'));
    if (arrived !== undefined) return { kind: 'sent', platformMessageId: arrived };
    return this.#uploads.send(
      key,
      async () => {
        const made = await makeFile();
        return made.kind === 'made' ? upload(this.#api, name, made.bytes) : made;
      },
      async (fileKey) => {
        const content = { file_key: fileKey };
        const posting = await this.#post(target, key, { msgType: 'file', content, form: 'file' });
        return { sent: sentFrom(posting), stale: failed(posting) === 'file-key' };
      },
    );
  }

  /** As card, else as text, else with phone numbers masked; each step only when the platform takes the one before not. */
  async #sayPart(target: Target, key: string, { card, text }: Part): Promise<Sent> {
    let posting: Posting | null = null;
    if (card) {
      posting = await this.#post(target, key, { msgType: 'interactive', content: card, form: 'card' });
      if (failed(posting) !== 'form' && failed(posting) !== 'leak') return sentFrom(posting);
    }
    if (failed(posting) !== 'leak') {
      posting = await this.#post(target, key, { msgType: 'text', content: { text }, form: 'text' });
      if (failed(posting) !== 'leak') return sentFrom(posting);
    }
    const masked = { text: maskedContacts(text) };
    return sentFrom(await this.#post(target, key, { msgType: 'text', content: masked, form: 'masked' }));
  }

  async #post(target: Target, key: string, { msgType, content, form }: Native): Promise<Posting> {
    const uuid = uuidOf(key, form);
    const held = this.#arrived.get(uuid);
    if (held !== undefined) return { kind: 'posted', messageId: held };
    const message = { msg_type: msgType, content: JSON.stringify(content), uuid };
    const answered = route.safeParse(target.route).data;
    if (answered) {
      const path = `im/v1/messages/${encodeURIComponent(answered.messageId)}/reply`;
      const posting = this.#posting(uuid, await this.#api.call({ method: 'POST', path, body: message }));
      if (failed(posting) !== 'reply-target') return posting;
    }
    const [type, id] = target.chatId === '' ? ['open_id', target.userId ?? ''] : ['chat_id', target.chatId];
    const path = `im/v1/messages?receive_id_type=${type}`;
    const body = { receive_id: id, ...message };
    return this.#posting(uuid, await this.#api.call({ method: 'POST', path, body }));
  }

  #posting(uuid: string, answer: ApiAnswer): Posting {
    if (answer.kind !== 'ok') return { kind: 'failed', answer };
    const { data } = posted.safeParse(answer.json);
    // Something on the way answered for the platform.
    if (!data) return { kind: 'failed', answer: { kind: 'silent', arrived: 'maybe', why: 'no message id' } };
    const messageId = data.data.message_id;
    if (this.#arrived.size >= mostRemembered) this.#arrived.clear();
    this.#arrived.set(uuid, messageId);
    return { kind: 'posted', messageId };
  }
}

/** At most 50 characters; the same for every retry of the same content. */
export function uuidOf(key: string, form: string): string {
  return hash('sha256', `${key} ${form}`).slice(0, 48);
}

function failed(posting: Posting | null) {
  return posting?.kind === 'failed' && posting.answer.kind === 'failed' ? failureKind(posting.answer) : null;
}

function sentFrom(posting: Posting): Sent {
  if (posting.kind === 'posted') return { kind: 'sent', platformMessageId: posting.messageId };
  return sentOf(posting.answer);
}
