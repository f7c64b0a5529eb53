import { setTimeout as sleep } from 'node:timers/promises';

import { WebSocket } from 'ws';
import { z } from 'zod';

import type { Connection, Ears } from '../adapter.js';
import { isSafeSocket } from '../safe-address.js';
import { clickAnswer, hearClick } from './card-click.js';
import { hasCards } from './cards.js';
import { apiAnswer } from './errors.js';
import { type Ack, ackFrame, dataOf, type Frame, readFrame, topics } from './frames.js';
import { type Heard, type Hearing, hearMessage } from './hear.js';

export interface Times {
  /** Before the first new attempt; doubled with each that fails. */
  firstWaitMs: number;
  longestWaitMs: number;
  pingMs: number;
  /** For an answer to a ping: without one the connection is half open. */
  pongMs: number;
  openMs: number;
  /** How long a connection that the platform gives up is kept for what is still to be acknowledged. */
  lingerMs: number;
}

const usual: Times = {
  firstWaitMs: 1_000,
  longestWaitMs: 60_000,
  pingMs: 20_000,
  pongMs: 10_000,
  openMs: 15_000,
  lingerMs: 8_000,
};
const mostBytes = 4 * 1024 * 1024;

const place = z.object({ endpoint: z.string(), ticket: z.string().min(1) });

/** The platform will not have this app: no repetition changes that. */
export class ConnectionRefused extends Error {
  constructor(readonly code: string) {
    super(`dingtalk refuses the long connection: ${code}`);
    this.name = 'ConnectionRefused';
  }
}

/**
 * Keeps one connection to the platform open. Resolves when it is up the first time; an app that the platform refuses then
 * rejects, anything else is tried again, less and less often.
 */
export async function openStream(hearing: Hearing, ears: Ears, times: Partial<Times> = {}): Promise<Connection> {
  const stream = new Stream(hearing, ears, { ...usual, ...times });
  await stream.start();
  return stream;
}

class Stream implements Connection {
  readonly #hearing: Hearing;
  readonly #ears: Ears;
  readonly #times: Times;
  readonly #closing = new AbortController();
  readonly #working = new Set<Promise<void>>();
  readonly #sockets = new Set<WebSocket>();
  #running: Promise<void> = Promise.resolve();

  constructor(hearing: Hearing, ears: Ears, times: Times) {
    this.#hearing = hearing;
    this.#ears = ears;
    this.#times = times;
  }

  start(): Promise<void> {
    return new Promise((resolve, reject) => {
      let isUp = false;
      this.#running = this.#run(() => {
        isUp = true;
        resolve();
      })
        .then(() => {
          if (!isUp) reject(new Error('dingtalk connection closed before it was up'));
        })
        .catch((error) => {
          if (isUp) this.#hearing.deps.log.error({ err: error }, 'dingtalk connection ended');
          else reject(error);
        });
    });
  }

  async close(): Promise<void> {
    this.#closing.abort();
    // What is being heard is acknowledged before the line is cut.
    await Promise.all(this.#working);
    for (const socket of this.#sockets) socket.terminate();
    await this.#running;
  }

  async #run(onUp: () => void): Promise<void> {
    const { log } = this.#hearing.deps;
    const { firstWaitMs, longestWaitMs } = this.#times;
    let failures = 0;
    let wasUp = false;
    while (!this.#closing.signal.aborted) {
      let ended: 'asked' | 'lost' = 'lost';
      try {
        ended = await this.#hold(await this.#place(), () => {
          failures = 0;
          wasUp = true;
          onUp();
        });
        log.warn({ ended }, 'dingtalk connection ended; it is opened again');
      } catch (error) {
        if (error instanceof ConnectionRefused && !wasUp) throw error;
        // The address holds a ticket, and an error of the socket may hold the address.
        log.error(
          { why: error instanceof Error ? error.name : 'error', code: codeOf(error) },
          'no dingtalk connection',
        );
      }
      const least = ended === 'asked' && failures === 0 ? 0 : firstWaitMs * 2 ** Math.min(failures, 10);
      failures += 1;
      const wait = Math.min(least, longestWaitMs) * (0.5 + Math.random() / 2);
      await sleep(wait, undefined, { signal: this.#closing.signal }).catch(() => {});
    }
  }

  /** A ticket holds for 90 seconds and for one connection. */
  async #place(): Promise<string> {
    const { settings, deps } = this.#hearing;
    const topic = (name: string) => ({ type: 'CALLBACK', topic: name });
    const http = await deps.http.call({
      method: 'POST',
      url: `${settings.apiUrl}/v1.0/gateway/connections/open`,
      // The answer is XML otherwise.
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify({
        clientId: settings.clientId,
        clientSecret: settings.clientSecret,
        ua: 'duban/1.0',
        subscriptions: [topic(topics.messages), ...(hasCards(settings) ? [topic(topics.cards)] : [])],
      }),
      timeoutMs: this.#times.openMs,
    });
    const { data } = place.safeParse(http.json);
    if (http.status === 200 && data) {
      if (!isSafeSocket(data.endpoint)) throw new Error('endpoint is not encrypted');
      return `${data.endpoint}?ticket=${encodeURIComponent(data.ticket)}`;
    }
    const answer = apiAnswer(http);
    if (answer.kind === 'failed' && ['token', 'config'].includes(answer.failure)) {
      throw new ConnectionRefused(answer.code);
    }
    throw new Error('no endpoint', { cause: answer.kind === 'failed' ? answer.code : 'no ticket' });
  }

  /** Resolves when the connection has ended, or when the platform asks for another. */
  async #hold(url: string, onUp: () => void): Promise<'asked' | 'lost'> {
    if (this.#closing.signal.aborted) return 'lost';
    const { settings, deps } = this.#hearing;
    const socket = new WebSocket(url, {
      handshakeTimeout: this.#times.openMs,
      maxPayload: mostBytes,
      followRedirects: false,
      ...(settings.ca === undefined ? {} : { ca: settings.ca }),
    });
    this.#sockets.add(socket);
    let pinging: NodeJS.Timeout | undefined;
    let waiting: NodeJS.Timeout | undefined;
    const ping = () => {
      socket.ping();
      waiting = setTimeout(() => {
        deps.log.warn('dingtalk connection is half open');
        socket.terminate();
      }, this.#times.pongMs);
      pinging = setTimeout(ping, this.#times.pingMs);
    };
    return new Promise((resolve, reject) => {
      socket.on('open', () => {
        deps.log.info('dingtalk connection is up');
        onUp();
        ping();
      });
      socket.on('pong', () => clearTimeout(waiting));
      socket.on('message', (bytes: Buffer) => {
        clearTimeout(waiting);
        if (this.#hearFrame(socket, bytes.toString('utf8')) === 'disconnect') {
          resolve('asked');
          this.#linger(socket);
        }
      });
      socket.on('error', reject);
      socket.on('close', () => {
        clearTimeout(pinging);
        clearTimeout(waiting);
        this.#sockets.delete(socket);
        resolve('lost');
      });
    });
  }

  #linger(socket: WebSocket): void {
    const timer = setTimeout(() => socket.terminate(), this.#times.lingerMs);
    socket.once('close', () => clearTimeout(timer));
  }

  #hearFrame(socket: WebSocket, text: string): 'disconnect' | null {
    const frame = readFrame(text);
    if (frame === null) {
      this.#hearing.deps.log.warn('dingtalk frame not read');
      return null;
    }
    if (frame.type === 'SYSTEM') {
      if (frame.headers.topic === 'disconnect') return 'disconnect';
      if (frame.headers.topic === 'ping') acknowledge(socket, frame, { code: 200, data: frame.data });
      return null;
    }
    if (this.#closing.signal.aborted) return null;
    const work = this.#hear(frame)
      .then((ack) => {
        if (ack) acknowledge(socket, frame, ack);
      })
      .finally(() => this.#working.delete(work));
    this.#working.add(work);
    return null;
  }

  /** Acknowledged once it is committed; what failed is not, since only what stays unanswered is known to come again. */
  async #hear(frame: Frame): Promise<Ack | null> {
    const { log } = this.#hearing.deps;
    try {
      if (frame.type === 'EVENT') return { code: 200, data: { status: 'SUCCESS' } };
      switch (frame.headers.topic) {
        case topics.messages:
          return await this.#heard(hearMessage(this.#hearing, dataOf(frame)), null);
        case topics.cards:
          return await this.#heard(hearClick(this.#hearing, dataOf(frame)), clickAnswer);
        default:
          return { code: 404, data: { response: null } };
      }
    } catch (error) {
      log.error({ err: error }, 'dingtalk message failed');
      return null;
    }
  }

  async #heard(heard: Heard, response: object | null): Promise<Ack> {
    switch (heard.kind) {
      case 'message':
        await this.#ears.hear(heard.message);
        return { code: 200, data: { response } };
      case 'notice':
        await this.#ears.notice(heard.notice);
        return { code: 200, data: { response } };
      case 'ignored':
        return { code: 200, data: { response: null } };
      case 'foreign':
      case 'malformed':
        this.#hearing.deps.log.warn({ why: heard.kind }, 'dingtalk message rejected');
        return { code: 400, data: { response: null } };
    }
  }
}

function acknowledge(socket: WebSocket, frame: Frame, ack: Ack): void {
  if (socket.readyState === socket.OPEN) socket.send(ackFrame(frame, ack), () => {});
}

function codeOf(error: unknown): unknown {
  if (error instanceof ConnectionRefused) return error.code;
  if (!(error instanceof Error)) return undefined;
  return 'code' in error ? error.code : (error.cause ?? error.message.slice(0, 100));
}
