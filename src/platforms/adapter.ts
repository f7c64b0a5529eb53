import type { FileWay, IncomingMessage, PlatformName, Reply, ReplyKind } from '../chat/message.js';

/** What a channel can do; what it cannot is written as lines of text. `answer` takes the reply in the HTTP response. */
export type Ability = 'mention' | 'table' | 'card' | 'button' | 'file' | 'push' | 'answer';

/** Facts of the platform, each with its source in the adapter. */
export interface Limits {
  /** Of one message's text, in UTF-8 bytes. */
  textBytes: number;
  /** Between two messages to one target. */
  spacingMs: number;
  /** To one target within a minute. */
  sendsPerMinute: number;
  /** To all targets of one app together within a minute; absent where the platform names no such limit. */
  appPerMinute?: number;
  /** For how long the platform takes a second message with the same key for the same; 0 where it takes no key. */
  keyHonouredMs: number;
}

export interface Target {
  account: string;
  /** The group, or the one-to-one chat where its id is known. */
  chatId: string;
  /** The platform's user id for a one-to-one delivery; `null` for the group. */
  userId: string | null;
  /** What `receive` put into the message so that this very message can be answered; `null` for what is said unasked. */
  route: unknown;
  /** The group's own webhook robot, where the platform speaks through one. */
  webhook: string | null;
}

export interface Delivery {
  /** Unique for ever; the platform's idempotency key is made from it. */
  key: string;
  reply: Reply;
  /** The platform's user ids of those whom the reply mentions, by person; who is missing cannot be mentioned. */
  userIds: ReadonlyMap<string, string>;
  /** Makes the bytes of a reply that is a file, anew with each call. */
  makeFile?(): Promise<MadeFile>;
}

/** A file, or what becomes of a message that needs it. */
export type MadeFile = { kind: 'made'; bytes: Uint8Array } | Extract<Sent, { kind: 'retry' | 'refused' }>;

/** What became of a file that the platform holds. `why` is for the log. */
export type FetchedFile =
  /** `name` where the platform tells it only now. */
  | { kind: 'fetched'; bytes: Uint8Array; name: string | null }
  /** Not this time. */
  | { kind: 'retry'; why: string }
  /** Never again. `say` for the person, with what to do, where it helps to know: 文件超过20MB，没有收。请压缩或拆开再发。 */
  | { kind: 'refused'; why: string; say: string | null };

export interface PlatformAdapter {
  readonly name: PlatformName;
  readonly limits: Limits;
  /** Where targets or kinds of reply differ, because the platform speaks through several channels; else `limits` hold. */
  limitsFor?(target: Target, kind?: ReplyKind): Limits;
  readonly abilities: ReadonlySet<Ability>;
  /** Whether what is heard in a group proves that the bot can speak there unasked. It does where this is not given. */
  speaksWhereItHears?(group: { webhook: string | null }): boolean;
  /** Verifies, decrypts and parses. Decides nothing about commands. */
  receive(request: Request): Promise<Inbound>;
  /** How a file gets to whoever said this; `webhook` is the group's own robot. Absent where each goes with the answer. */
  fileWay?(message: IncomingMessage, webhook: string | null): FileWay;
  /**
   * Gets what somebody sent, for the `source` that `receive` told of it. Bounded in time and bytes; `signal` ends it. Absent
   * where files come with the message.
   */
  fetchFile?(source: unknown, signal: AbortSignal): Promise<FetchedFile>;
  /** Renders and delivers one reply; of a file the file alone. Failures that are expected come back as values. */
  send(target: Target, delivery: Delivery): Promise<Sent>;
  /**
   * Keeps a long connection open, for a site without a public address. Resolves when it is up the first time; a bot that the
   * platform refuses then rejects, anything else is tried again. `signal` closes it, also while it is not up yet.
   */
  connect?(ears: Ears, signal?: AbortSignal): Promise<Connection>;
}

/** What a long connection gives to the bot, with the answer that the platform takes over the same connection. */
export interface Ears {
  hear(message: IncomingMessage): Promise<Reply[]>;
  notice(notice: Notice): Promise<void>;
}

export interface Connection {
  close(): Promise<void>;
}

/** `answer` builds the HTTP answer once the message is committed; a platform that takes its reply there puts it in. */
export type Inbound =
  | { kind: 'message'; message: IncomingMessage; answer(replies: Reply[]): Response | Promise<Response> }
  | { kind: 'notice'; notice: Notice; response: Response }
  | { kind: 'handshake'; response: Response }
  | { kind: 'ignored'; why: 'own-message' | 'unsupported'; response: Response }
  | { kind: 'rejected'; why: 'signature' | 'stale' | 'foreign' | 'malformed'; response: Response };

/** What happened to a chat besides messages. */
export interface Notice {
  kind: 'bot-added' | 'bot-removed' | 'over-quota';
  account: string;
  chatId: string;
  chatName: string | null;
}

export type Sent =
  | { kind: 'sent'; platformMessageId: string | null }
  /** To be tried again with the same key, not before `afterMs`. `maybe` when it may have arrived already. */
  | { kind: 'retry'; afterMs: number; why: string; arrived: 'no' | 'maybe' }
  /** May have arrived, and the platform takes no key: never resent blindly. */
  | { kind: 'unknown'; why: string }
  /** `gone` when nothing can be sent to this target any more. */
  | { kind: 'refused'; why: string; target?: 'gone' };
