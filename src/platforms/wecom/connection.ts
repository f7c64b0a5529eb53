import { randomUUID } from 'node:crypto';

import type { Logger } from 'pino';
import { Agent, WebSocket } from 'undici';
import { z } from 'zod';

import type { Connection, Sent } from '../adapter.js';
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

export interface ConnectionTimes {
  pingMs: number;
  ackMs: number;
  firstRetryMs: number;
  longestRetryMs: number;
}

const usual: ConnectionTimes = { pingMs: 30_000, ackMs: 5_000, firstRetryMs: 1_000, longestRetryMs: 60_000 };
/** Two pings without an answer are a dead line. */
const missedPings = 2;
const wrongSecret = 853000;

/** Whoever waits for the first subscription. */
interface Opening {
  resolve: () => void;
  reject: (error: Error) => void;
}

export type Hear = (call: { body: unknown; requestId: string }) => Promise<void>;

/**
 * The long connection of 智能机器人: JSON frames over a WebSocket. One live connection per bot: whoever connects later puts the
 * earlier one out, which must then stay down. https://developer.work.weixin.qq.com/document/path/101463
 */
export class BotConnection implements Connection {
  readonly #settings: ConnectionSettings;
  readonly #hear: Hear;
  readonly #log: Logger;
  readonly #times: ConnectionTimes;
  readonly #agent: Agent;
  readonly #waiting = new Map<string, (answer: Answered | Sent) => void>();
  readonly #hearing = new Set<Promise<void>>();
  readonly #queues = new Map<string, Promise<unknown>>();
  #opening: Opening | null = null;
  #socket: WebSocket | null = null;
  #up = false;
  #stopped = false;
  #pings: NodeJS.Timeout | null = null;
  #retry: NodeJS.Timeout | null = null;
  #tries = 0;

  constructor(settings: ConnectionSettings, hear: Hear, log: Logger, times: Partial<ConnectionTimes> = {}) {
    this.#settings = settings;
    this.#hear = hear;
    this.#log = log;
    this.#times = { ...usual, ...times };
    this.#agent = new Agent({ connect: settings.ca === undefined ? {} : { ca: settings.ca } });
  }

  get isUp(): boolean {
    return this.#up;
  }

  /** Resolves when the bot is subscribed; rejects when the platform does not take its id and secret, or at `close`. */
  open(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#opening = { resolve, reject };
      this.#dial();
    });
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

  async close(): Promise<void> {
    this.#stop('长连接关了');
    await Promise.all(this.#hearing);
    await this.#agent.destroy();
  }

  #callNow(cmd: string, body: unknown, requestId: string): Promise<Answered | Sent> {
    if (!this.#up) {
      return Promise.resolve({ kind: 'retry', afterMs: 5_000, why: '和企业微信的长连接断了', arrived: 'no' });
    }
    return this.#exchange(cmd, body, requestId);
  }

  #exchange(cmd: string, body: unknown, requestId: string): Promise<Answered | Sent> {
    return new Promise((resolve) => {
      const done = (answer: Answered | Sent) => {
        clearTimeout(late);
        this.#waiting.delete(requestId);
        resolve(answer);
      };
      const late = setTimeout(() => done(lost('没有回执')), this.#times.ackMs);
      this.#waiting.set(requestId, done);
      this.#write({ cmd, headers: { req_id: requestId }, ...(body === null ? {} : { body }) });
    });
  }

  #write(given: unknown): void {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(given));
  }

  #dial(): void {
    const socket = new WebSocket(this.#settings.streamUrl, { dispatcher: this.#agent });
    this.#socket = socket;
    socket.addEventListener('open', () => {
      this.#subscribe().catch((error) =>
        this.#log.error({ platform: 'wecom', err: error }, 'the bot is not subscribed'),
      );
    });
    socket.addEventListener('message', ({ data }) => {
      if (this.#socket === socket) this.#read(String(data));
    });
    socket.addEventListener('error', () => this.#log.warn({ platform: 'wecom' }, 'the long connection had an error'));
    socket.addEventListener('close', () => {
      if (this.#socket === socket) this.#down();
    });
  }

  async #subscribe(): Promise<void> {
    const { botId, secret } = this.#settings;
    const answer = await this.#exchange('aibot_subscribe', { bot_id: botId, secret }, randomUUID());
    if (answer.kind === 'answered' && answer.errcode === 0) {
      this.#up = true;
      this.#tries = 0;
      this.#startPings();
      this.#log.info({ platform: 'wecom' }, 'the long connection is up');
      this.#opening?.resolve();
      return;
    }
    const why = answer.kind === 'answered' ? answer.errcode : answer.kind;
    this.#log.error({ platform: 'wecom', why }, 'the bot is not subscribed');
    if (answer.kind === 'answered' && answer.errcode === wrongSecret) {
      this.#stop('企业微信不认机器人的ID和Secret（853000）');
      return;
    }
    this.#socket?.close();
  }

  #startPings(): void {
    let missed = 0;
    this.#pings = setInterval(() => {
      if (missed >= missedPings) {
        this.#log.warn({ platform: 'wecom' }, 'the long connection is dead');
        // A dead line gives no close of its own.
        this.#abandon();
        return;
      }
      missed += 1;
      this.#exchange('ping', null, randomUUID())
        .then((answer) => {
          if (answer.kind === 'answered') missed = 0;
        })
        .catch(() => undefined);
    }, this.#times.pingMs);
    this.#pings.unref();
  }

  #abandon(): void {
    const socket = this.#socket;
    this.#socket = null;
    socket?.close();
    this.#down();
  }

  /** What was sent and not yet taken may have arrived. */
  #down(): void {
    this.#up = false;
    if (this.#pings) clearInterval(this.#pings);
    for (const done of [...this.#waiting.values()]) done(lost('长连接断了'));
    if (this.#stopped) return;
    const { firstRetryMs, longestRetryMs } = this.#times;
    const most = Math.min(firstRetryMs * 2 ** Math.min(this.#tries, 12), longestRetryMs);
    this.#tries += 1;
    this.#retry = setTimeout(() => this.#dial(), most / 2 + Math.random() * (most / 2));
  }

  #stop(why: string): void {
    this.#stopped = true;
    this.#opening?.reject(new Error(why));
    this.#up = false;
    if (this.#pings) clearInterval(this.#pings);
    if (this.#retry) clearTimeout(this.#retry);
    for (const done of [...this.#waiting.values()]) done(lost('长连接关了'));
    this.#socket?.close();
  }

  #read(data: string): void {
    const { data: read } = frame.safeParse(parsed(data));
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
      this.#log.error({ platform: 'wecom' }, 'another program has connected as this bot; this one stays down');
      this.#stop('另一个程序用同一个机器人连上了');
      return;
    }
    const hearing = this.#hear({ body, requestId: headers.req_id })
      .catch((error) => this.#log.error({ platform: 'wecom', err: error }, 'a message was not taken'))
      .finally(() => this.#hearing.delete(hearing));
    this.#hearing.add(hearing);
  }
}

const lost = (why: string): Sent => ({ kind: 'retry', afterMs: 1_000, why, arrived: 'maybe' });

function eventOf(body: unknown): unknown {
  return (body as { event?: { eventtype?: unknown } } | null)?.event?.eventtype;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
