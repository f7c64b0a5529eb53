import type { IncomingMessage, PlatformName, Reply } from '../chat/message.js';

/** What a channel can do; what it cannot is written as lines of text. */
export type Ability = 'mention' | 'table' | 'card' | 'file' | 'push' | 'answer';

export interface Target {
  account: string;
  chatId: string;
  /** The platform's user id for a one-to-one delivery; `null` for the group. */
  userId: string | null;
}

export interface PlatformAdapter {
  readonly name: PlatformName;
  readonly limits: { textBytes: number; sendsPerMinute: number };
  readonly abilities: ReadonlySet<Ability>;
  /** Verifies, decrypts and parses. Decides nothing about commands. */
  receive(request: Request): Promise<Inbound>;
  /** Renders and delivers one reply. Failures that are expected come back as values. */
  send(target: Target, said: Reply, key: string): Promise<Sent>;
}

/** `answer` builds the HTTP answer once the message is committed; a platform that takes its reply there puts it in. */
export type Inbound =
  | { kind: 'message'; message: IncomingMessage; answer(replies: Reply[]): Response }
  | { kind: 'handshake'; response: Response }
  | { kind: 'ignored'; why: 'own-message' | 'unsupported'; response: Response }
  | { kind: 'rejected'; why: 'signature' | 'stale' | 'malformed'; response: Response };

export type Sent =
  | { kind: 'sent'; platformMessageId: string }
  | { kind: 'retry'; afterMs: number; why: string }
  /** May have arrived, and the platform takes no key: never resent blindly. */
  | { kind: 'unknown'; why: string }
  | { kind: 'refused'; why: string };
