import { setTimeout as sleep } from 'node:timers/promises';

import { WebSocket } from 'ws';
import { z } from 'zod';

import type { Connection, Ears } from '../adapter.js';
import { HttpFailure } from '../http.js';
import { isSafeSocket } from '../safe-address.js';
import { envelope } from './events.js';
import { Fragments } from './fragments.js';
import { decodeFrame, encodeFrame, type Frame, headerOf, method } from './frames.js';
import { type Hearing, hearEvent } from './hear.js';
import { clickAnswer } from './receive.js';

export interface Times {
  /** Before the first new attempt; doubled with each that fails. */
  firstWaitMs: number;
  longestWaitMs: number;
  /** For an answer to a ping: without one the connection is half open. */
  pongMs: number;
  openMs: number;
}

const usual: Times = { firstWaitMs: 1_000, longestWaitMs: 120_000, pongMs: 10_000, openMs: 15_000 };
const mostBytes = 4 * 1024 * 1024;
const defaultPingMs = 120_000;

const clientConfig = z.object({ PingInterval: z.number().positive().max(3600).optional().catch(undefined) });
const endpoint = z.object({
  code: z.number(),
  data: z
    .object({ URL: z.string(), ClientConfig: clientConfig.nullish().catch(null) })
    .nullish()
    .catch(null),
});
/** 403 and 514: the app or its secret is wrong, which no repetition changes. */
const hopeless = new Set([403, 514]);

/** The platform will not have this app. */
export class ConnectionRefused extends Error {
  constructor(readonly code: number) {
    super(`feishu refuses the long connection: code ${code}`);
    this.name = 'ConnectionRefused';
  }
}

/**
 * Keeps one connection to the platform open. Resolves when it is up the first time; an app that the platform refuses then
 * rejects, anything else is tried again, less and less often.
 */
export async function openLongConnection(
  hearing: Hearing,
  ears: Ears,
  times: Partial<Times> = {},
): Promise<Connection> {
  const connection = new LongConnection(hearing, ears, { ...usual, ...times });
  await connection.start();
  return connection;
}

class LongConnection implements Connection {
  readonly #hearing: Hearing;
  readonly #ears: Ears;
  readonly #times: Times;
  readonly #closing = new AbortController();
  readonly #working = new Set<Promise<void>>();
  readonly #fragments = new Fragments();
  #socket: WebSocket | null = null;
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
      }).catch((error) => {
        if (isUp) this.#hearing.deps.log.error({ err: error }, 'feishu connection ended');
        else reject(error);
      });
    });
  }

  async close(): Promise<void> {
    this.#closing.abort();
    // What is being heard is acknowledged before the line is cut.
    await Promise.all(this.#working);
    this.#socket?.terminate();
    await this.#running;
  }

  async #run(onUp: () => void): Promise<void> {
    const { log } = this.#hearing.deps;
    const { firstWaitMs, longestWaitMs } = this.#times;
    let failures = 0;
    let wasUp = false;
    while (!this.#closing.signal.aborted) {
      try {
        const { url, pingMs } = await this.#endpoint();
        await this.#hold(url, pingMs, () => {
          failures = 0;
          wasUp = true;
          onUp();
        });
        log.warn('feishu connection lost');
      } catch (error) {
        if (error instanceof ConnectionRefused && !wasUp) throw error;
        // The address holds a ticket, and an error of the socket may hold the address.
        log.error({ why: error instanceof Error ? error.name : 'error', code: codeOf(error) }, 'no feishu connection');
      }
      const wait = Math.min(firstWaitMs * 2 ** Math.min(failures, 10), longestWaitMs);
      failures += 1;
      await sleep(wait * (0.5 + Math.random() / 2), undefined, { signal: this.#closing.signal }).catch(() => {});
    }
  }

  async #endpoint(): Promise<{ url: string; pingMs: number }> {
    const { settings, deps } = this.#hearing;
    const { json } = await deps.http.call({
      method: 'POST',
      url: `${settings.baseUrl}/callback/ws/endpoint`,
      headers: { 'content-type': 'application/json', locale: 'zh' },
      body: JSON.stringify({ AppID: settings.appId, AppSecret: settings.appSecret }),
      timeoutMs: this.#times.openMs,
    });
    const { data } = endpoint.safeParse(json);
    if (data && hopeless.has(data.code)) throw new ConnectionRefused(data.code);
    if (!data?.data || data.code !== 0) throw new Error('no endpoint', { cause: data?.code });
    const url = data.data.URL;
    if (!isSafeSocket(url)) throw new Error('endpoint is not encrypted');
    return { url, pingMs: pingMsOf(data.data.ClientConfig?.PingInterval) };
  }

  /** Resolves when the connection has ended. */
  async #hold(url: string, pingMs: number, onUp: () => void): Promise<void> {
    if (this.#closing.signal.aborted) return;
    const { settings, deps } = this.#hearing;
    const service = Number(URL.parse(url)?.searchParams.get('service_id') ?? 0) || 0;
    const socket = new WebSocket(url, {
      handshakeTimeout: this.#times.openMs,
      maxPayload: mostBytes,
      followRedirects: false,
      ...(settings.ca === undefined ? {} : { ca: settings.ca }),
    });
    this.#socket = socket;
    let pinging: NodeJS.Timeout | undefined;
    let waiting: NodeJS.Timeout | undefined;
    let every = pingMs;
    const ping = () => {
      socket.send(encodeFrame(pingFrame(service)));
      waiting = setTimeout(() => {
        deps.log.warn('feishu connection is half open');
        socket.terminate();
      }, this.#times.pongMs);
      pinging = setTimeout(ping, every);
    };
    try {
      await new Promise<void>((resolve, reject) => {
        socket.on('open', () => {
          deps.log.info('feishu connection is up');
          onUp();
          ping();
        });
        socket.on('message', (bytes: Buffer) => {
          clearTimeout(waiting);
          every = this.#hearFrame(socket, bytes) ?? every;
        });
        socket.on('error', reject);
        socket.on('close', () => resolve());
      });
    } finally {
      clearTimeout(pinging);
      clearTimeout(waiting);
      socket.terminate();
      // An error after the end, of which nobody else would hear.
      socket.on('error', () => {});
    }
  }

  /** Returns the ping interval that the platform asks for, where it does. */
  #hearFrame(socket: WebSocket, bytes: Buffer): number | null {
    try {
      const frame = decodeFrame(bytes);
      if (frame.method === method.control) return pongOf(frame);
      const payload = this.#fragments.add(frame, this.#hearing.deps.now().getTime());
      if (payload === null || this.#closing.signal.aborted) return null;
      const work = this.#hearEvent(socket, frame, payload).finally(() => this.#working.delete(work));
      this.#working.add(work);
    } catch (error) {
      this.#hearing.deps.log.warn({ err: error }, 'feishu frame not read');
    }
    return null;
  }

  /** Acknowledged once it is committed; what failed is not, and comes again. */
  async #hearEvent(socket: WebSocket, frame: Frame, payload: Uint8Array): Promise<void> {
    const { log, now } = this.#hearing.deps;
    const started = now().getTime();
    let answer: { code: number; data?: string };
    try {
      const said = await this.#heard(payload);
      answer = { code: 200, ...(said === null ? {} : { data: Buffer.from(JSON.stringify(said)).toString('base64') }) };
    } catch (error) {
      log.error({ err: error }, 'feishu event failed; the platform sends it again');
      answer = { code: 500 };
    }
    const headers: Frame['headers'] = [...frame.headers, ['biz_rt', String(now().getTime() - started)]];
    if (socket.readyState === socket.OPEN) {
      socket.send(encodeFrame({ ...frame, headers, payload: Buffer.from(JSON.stringify(answer)) }), () => {});
    }
  }

  async #heard(payload: Uint8Array): Promise<object | null> {
    const { settings, deps } = this.#hearing;
    const { data: event } = envelope.safeParse(JSON.parse(Buffer.from(payload).toString('utf8')));
    if (event?.header.app_id !== settings.appId) {
      deps.log.warn({ why: event ? 'foreign' : 'malformed' }, 'feishu event rejected');
      return null;
    }
    const heard = await hearEvent(this.#hearing, event);
    switch (heard.kind) {
      case 'message':
        await this.#ears.hear(heard.message);
        return heard.click ? clickAnswer : null;
      case 'notice':
        await this.#ears.notice(heard.notice);
        return null;
      case 'ignored':
      case 'malformed':
        return null;
    }
  }
}

function pingFrame(service: number): Frame {
  return {
    seqId: 0n,
    logId: 0n,
    service,
    method: method.control,
    headers: [['type', 'ping']],
    payload: new Uint8Array(),
  };
}

function pongOf(frame: Frame): number | null {
  if (headerOf(frame, 'type') !== 'pong' || frame.payload.byteLength === 0) return null;
  const { data } = clientConfig.safeParse(JSON.parse(Buffer.from(frame.payload).toString('utf8')));
  return data?.PingInterval === undefined ? null : pingMsOf(data.PingInterval);
}

function pingMsOf(seconds: number | undefined): number {
  return seconds === undefined ? defaultPingMs : Math.max(seconds, 1) * 1000;
}

function codeOf(error: unknown): unknown {
  if (error instanceof ConnectionRefused) return error.code;
  if (error instanceof HttpFailure) return error.message;
  if (!(error instanceof Error)) return undefined;
  return 'code' in error ? error.code : (error.cause ?? error.message.slice(0, 100));
}
