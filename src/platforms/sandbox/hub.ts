import type { FileReply, Reply } from '../../chat/message.js';
import type { ShelvedFile } from './file-shelf.js';

/** A reply with its plain form, which every client can show; a file with where it is fetched. */
export type RenderedReply =
  | (Exclude<Reply, FileReply> & { text: string })
  | ({ kind: 'file'; text: string; name: string } & ShelvedFile);

/** What the bot posted unasked, as the page is told of it. */
export interface PostedMessage {
  kind: 'posted';
  /** The delivery's key; a page that sees it twice shows it once. */
  id: string;
  /** Sandbox time, ISO. */
  at: string;
  /** The account it was sent to one to one, or `null` for the group. */
  to: string | null;
  reply: RenderedReply;
}

/** What a person said, and what the bot answered. */
export interface SaidMessage {
  kind: 'said';
  id: string;
  at: string;
  /** The person who talks with the bot one to one, or `null` for the group. */
  to: string | null;
  user: string;
  /** `null` where nothing of the words may be kept. */
  text: string | null;
  files: { name: string; size: number }[];
  replies: RenderedReply[];
}

export type SandboxMessage = PostedMessage | SaidMessage;

export type SandboxEvent =
  | { event: 'message'; data: PostedMessage }
  | { event: 'said'; data: SaidMessage }
  /** The bot wrote one to one to somebody other than the one who looks. */
  | { event: 'waiting'; data: { to: string } }
  | { event: 'clock'; data: { now: string } };

type Listener = (event: SandboxEvent) => void;

const mostPerChat = 50;
const mostCharacters = 4_000;

/** Tells every open page what happened, and remembers the last of each chat for pages that open later; in memory only. */
export class SandboxHub {
  readonly #listeners = new Map<Listener, string | null>();
  readonly #chats = new Map<string | null, SandboxMessage[]>();

  /** Listens as `person`, who sees the group and their own chat; `null` hears only what the bot posts. Returns how to stop. */
  listen(person: string | null, listener: Listener): () => void {
    this.#listeners.set(listener, person);
    return () => this.#listeners.delete(listener);
  }

  get listeners(): number {
    return this.#listeners.size;
  }

  said(message: Omit<SaidMessage, 'kind'>): void {
    const { text } = message;
    const shown = text !== null && text.length > mostCharacters ? `${text.slice(0, mostCharacters)}……` : text;
    const said: SaidMessage = { kind: 'said', ...message, text: shown?.toWellFormed() ?? null };
    if (this.#keep(said)) this.#tell({ event: 'said', data: said });
  }

  posted(message: Omit<PostedMessage, 'kind'>): void {
    const posted: PostedMessage = { kind: 'posted', ...message };
    if (this.#keep(posted)) this.#tell({ event: 'message', data: posted });
  }

  clockIs(now: string): void {
    this.#tell({ event: 'clock', data: { now } });
  }

  /** What `person` sees of the time since the start: each chat in its order. */
  kept(person: string | null): SandboxMessage[] {
    return [...(this.#chats.get(null) ?? []), ...(person === null ? [] : (this.#chats.get(person) ?? []))];
  }

  /** False when it is kept already: a resend. */
  #keep(message: SandboxMessage): boolean {
    const chat = this.#chats.get(message.to) ?? [];
    if (chat.some(({ id }) => id === message.id)) return false;
    chat.push(message);
    if (chat.length > mostPerChat) chat.shift();
    this.#chats.set(message.to, chat);
    return true;
  }

  #tell(event: SandboxEvent): void {
    for (const [listener, person] of this.#listeners) {
      const seen = asSeenBy(person, event);
      if (seen) listener(seen);
    }
  }
}

function asSeenBy(person: string | null, event: SandboxEvent): SandboxEvent | null {
  switch (event.event) {
    case 'said':
      return person !== null && (event.data.to === null || event.data.to === person) ? event : null;
    case 'message': {
      const { to } = event.data;
      return person === null || to === null || to === person ? event : { event: 'waiting', data: { to } };
    }
    default:
      return event;
  }
}
