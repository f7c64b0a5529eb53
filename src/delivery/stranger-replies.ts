import type { Logger } from 'pino';

import type { IncomingMessage, Reply } from '../chat/message.js';
import type { PlatformAdapter } from '../platforms/adapter.js';

const quietMs = 60_000;
const mostChats = 10_000;

/** Answers to chats that belong to no workspace, so that nothing can be owed there: sent once, at most one a minute. */
export class StrangerReplies {
  readonly #deps: { adapters: ReadonlyMap<string, PlatformAdapter>; now: () => Date; log: Logger };
  readonly #last = new Map<string, number>();

  constructor(deps: { adapters: ReadonlyMap<string, PlatformAdapter>; now: () => Date; log: Logger }) {
    this.#deps = deps;
  }

  /** `hint` when the same is said to whoever asks, and so not more than once a minute. */
  async answer(message: IncomingMessage, replies: Reply[], hint: boolean): Promise<void> {
    const { adapters, now, log } = this.#deps;
    const { platform, account, chat, sender, route } = message;
    const adapter = adapters.get(platform);
    const key = `${platform} ${account} ${chat.id} ${sender}`;
    const at = now().getTime();
    if (!adapter || (hint && at - (this.#last.get(key) ?? 0) < quietMs)) return;
    if (this.#last.size >= mostChats) this.#last.clear();
    if (hint) this.#last.set(key, at);
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
