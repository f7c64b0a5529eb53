import type { Logger } from 'pino';

import type { IncomingMessage, Reply } from '../chat/message.js';
import type { PlatformAdapter } from '../platforms/adapter.js';

const quietMs = 60_000;
const mostChats = 10_000;
const mostAtOnce = 64;

/** Answers to chats that belong to no workspace, so that nothing can be owed there: sent once, at most one a minute. */
export class StrangerReplies {
  readonly #deps: { adapters: ReadonlyMap<string, PlatformAdapter>; now: () => Date; log: Logger };
  readonly #last = new Map<string, number>();
  readonly #sending = new Set<Promise<void>>();

  constructor(deps: { adapters: ReadonlyMap<string, PlatformAdapter>; now: () => Date; log: Logger }) {
    this.#deps = deps;
  }

  /**
   * Starts it: the platform waits for its acknowledgement and not for this. `hint` when the same is said to whoever asks, and
   * so not more than once a minute; anything else once for its message.
   */
  answer(message: IncomingMessage, replies: Reply[], hint: boolean): void {
    const { adapters, now } = this.#deps;
    const { platform, account, chat, sender, id } = message;
    const adapter = adapters.get(platform);
    const key = [platform, account, ...(hint ? [chat.id, sender] : ['message', id])].join(' ');
    const at = now().getTime();
    if (!adapter || at - (this.#last.get(key) ?? 0) < quietMs || this.#sending.size >= mostAtOnce) return;
    if (this.#last.size >= mostChats) this.#last.clear();
    this.#last.set(key, at);
    const sending = this.#send(adapter, message, replies).finally(() => this.#sending.delete(sending));
    this.#sending.add(sending);
  }

  /** Lets what is being sent end. */
  async stop(): Promise<void> {
    await Promise.all(this.#sending);
  }

  async #send(adapter: PlatformAdapter, message: IncomingMessage, replies: Reply[]): Promise<void> {
    const { log } = this.#deps;
    const { platform, account, chat, sender, route } = message;
    const target = { account, chatId: chat.id, userId: chat.private ? sender : null, route, webhook: null };
    for (const [index, reply] of replies.entries()) {
      const delivery = { key: `stranger ${message.id} ${index + 1}`, reply, userIds: new Map<string, string>() };
      try {
        const sent = await adapter.send(target, delivery);
        if (sent.kind !== 'sent') log.warn({ platform, why: sent.why }, 'a chat that is not bound was not answered');
      } catch (error) {
        log.warn({ platform, err: error }, 'a chat that is not bound was not answered');
      }
    }
  }
}
