import type { Reply } from '../../chat/message.js';

/** What the bot posted unasked, as the page is told of it. */
export interface PostedMessage {
  /** The delivery's key; a page that sees it twice shows it once. */
  id: string;
  /** Sandbox time, ISO. */
  at: string;
  /** The account it was sent to one to one, or `null` for the group. */
  to: string | null;
  reply: RenderedReply;
}

/** A reply with its plain form, which every client can show. */
export type RenderedReply = Reply & { text: string };

export type SandboxEvent = { event: 'message'; data: PostedMessage } | { event: 'clock'; data: { now: string } };

type Listener = (event: SandboxEvent) => void;

/** Tells every open page what happened. */
export class SandboxHub {
  readonly #listeners = new Set<Listener>();

  /** Returns how to stop listening. */
  listen(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  get listeners(): number {
    return this.#listeners.size;
  }

  tell(event: SandboxEvent): void {
    for (const listener of this.#listeners) listener(event);
  }
}
