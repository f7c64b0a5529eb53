import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import { z } from 'zod';
import type { Connection, Sent } from '../adapter.js';
import { jsonOrNull } from '../json-or-null.js';
import { ConnectionRefused, KeptOpen, type Times as KeptTimes, type Line, type Protocol } from '../kept-open.js';
import type { Answered } from './errors.js';

const frame = z.object({
  cmd: z.string().optional(),
  headers: z.object({ req_id: z.string() }),
  errcode: z.number().optional(),
  errmsg: z.string().optional(),
  body: z.unknown().optional(),
});
type Frame = z.infer<typeof frame>;

export interface ConnectionSettings {
  botId: string;
  secret: string;
  streamUrl: string;
  ca?: string | undefined;
}

export interface Times extends KeptTimes {
  pingMs: number;
  /** For the answer to a frame. */
  ackMs: number;
}

/** Two pings without an answer are a dead line. */
const usual: Times = {
  firstWaitMs: 1_000,
  longestWaitMs: 60_000,
  openMs: 15_000,
  pingMs: 30_000,
  pongMs: 60_000,
  ackMs: 5_000,
};
const wrongSecret = 853000;

export type Hear = (call: { body: unknown; requestId: string }) => Promise<void>;

/**
 * The long connection of 智能机器人: JSON frames over a WebSocket. One live connection per bot: whoever connects later puts the
 * earlier one out, which must then stay down. https://developer.work.weixin.qq.com/document/path/101463
 */
export class BotConnection implements Connection, Protocol {
  readonly pingMs: number;
  readonly #settings: ConnectionSettings;
  readonly #hear: Hear;
  readonly #log: Logger;
  readonly #ackMs: number;
  readonly #kept: KeptOpen;
  readonly #waiting = new Map<string, (answer: Answered | Sent) => void>();
  readonly #queues = new Map<string, Promise<unknown>>();

  constructor(settings: ConnectionSettings, hear: Hear, log: Logger, given: Partial<Times> = {}) {
    const times = { ...usual, ...given };
    this.#settings = settings;
    this.#hear = hear;
    this.#log = log;
    this.#ackMs = times.ackMs;
    this.pingMs = times.pingMs;
    this.#kept = new KeptOpen(this, { platform: 'wecom', times, log, ca: settings.ca });
  }

  get isUp(): boolean {
    return this.#kept.line !== null;
  }

  /** Resolves when the bot is subscribed the first time. */
  open(signal?: AbortSignal): Promise<void> {
    return this.#kept.start(signal);
  }

  close(): Promise<void> {
    return this.#kept.close();
  }

  /** Sends a frame and waits until it is taken; those with one request id go one after another. */
  call(cmd: string, body: unknown, requestId: string = randomUUID()): Promise<Answered | Sent> {
    const before = this.#queues.get(requestId) ?? Promise.resolve();
    const turn = before.then(() => this.#callNow(cmd, body, requestId));
    this.#queues.set(requestId, turn);
    return turn.finally(() => {
      if (this.#queues.get(requestId) === turn) this.#queues.delete(requestId);
    });
  }

  async address(): Promise<string> {
    return this.#settings.streamUrl;
  }

  async greet(line: Line): Promise<void> {
    const { botId, secret } = this.#settings;
    const answer = await this.#exchange(line, 'aibot_subscribe', { bot_id: botId, secret }, randomUUID());
    const code = answer.kind === 'answered' ? answer.errcode : answer.kind;
    if (code === wrongSecret) this.#kept.giveUp(new ConnectionRefused('wecom', code));
    if (code !== 0) throw new Error('the bot is not subscribed', { cause: code });
  }

  ping(line: Line): void {
    line.send(JSON.stringify({ cmd: 'ping', headers: { req_id: randomUUID() } }), () => {});
  }

  /** What was sent and not yet taken may have arrived. */
  ended(): void {
    for (const done of [...this.#waiting.values()]) done(lost('长连接断了'));
  }

  #callNow(cmd: string, body: unknown, requestId: string): Promise<Answered | Sent> {
    const { line } = this.#kept;
    if (line) return this.#exchange(line, cmd, body, requestId);
    return Promise.resolve({ kind: 'retry', afterMs: 5_000, why: '和企业微信的长连接断了', arrived: 'no' });
  }

  #exchange(line: Line, cmd: string, body: unknown, requestId: string): Promise<Answered | Sent> {
    return new Promise((resolve) => {
      const done = (answer: Answered | Sent) => {
        clearTimeout(late);
        this.#waiting.delete(requestId);
        resolve(answer);
      };
      const late = setTimeout(() => done(lost('没有回执')), this.#ackMs);
      this.#waiting.set(requestId, done);
      line.send(JSON.stringify({ cmd, headers: { req_id: requestId }, body }), () => {});
    });
  }

  hear(_line: Line, bytes: Buffer): void {
    const { data: read } = frame.safeParse(jsonOrNull(bytes.toString('utf8')));
    if (!read) {
      this.#log.warn({ platform: 'wecom' }, 'a frame of the long connection was not understood');
      return;
    }
    if (read.cmd === undefined) this.#acknowledged(read);
    else if (read.cmd === 'aibot_msg_callback' || read.cmd === 'aibot_event_callback') this.#heard(read);
  }

  #acknowledged({ headers, errcode, errmsg = '', body }: Frame): void {
    const done = this.#waiting.get(headers.req_id);
    done?.({ kind: 'answered', errcode: errcode ?? 0, errmsg, body: (body ?? {}) as Record<string, unknown> });
  }

  #heard({ headers, body }: Frame): void {
    if (eventOf(body) === 'disconnected_event') {
      this.#kept.giveUp(new Error('another program has connected as this bot; this one stays down'));
      return;
    }
    this.#kept.attend(() =>
      this.#hear({ body, requestId: headers.req_id }).catch((error) =>
        this.#log.error({ platform: 'wecom', err: error }, 'a message was not taken'),
      ),
    );
  }
}

const lost = (why: string): Sent => ({ kind: 'retry', afterMs: 1_000, why, arrived: 'maybe' });

function eventOf(body: unknown): unknown {
  return (body as { event?: { eventtype?: unknown } } | null)?.event?.eventtype;
}
