import { setTimeout as sleep } from 'node:timers/promises';

import type { Logger } from 'pino';
import { WebSocket } from 'ws';

import type { Connection } from './adapter.js';

/** One WebSocket of a connection. */
export type Line = WebSocket;

/** What a platform wants said over its lines. */
export interface Protocol {
  /** Between two pings. */
  readonly pingMs: number;
  /** Where to connect. */
  address(signal: AbortSignal): Promise<string>;
  /** Says who we are, where the platform wants to know; then the line is up. */
  greet?(line: Line): Promise<void>;
  ping(line: Line): void;
  /** One frame; what it throws is logged. */
  hear(line: Line, bytes: Buffer): void;
  /** Nothing comes over the line any more. */
  ended?(): void;
}

export interface Times {
  /** Before the first new attempt; doubled with each that fails. */
  firstWaitMs: number;
  longestWaitMs: number;
  openMs: number;
  /** For a sign of life after a ping: without one the line is half open. */
  pongMs: number;
}

export interface KeptOpenDeps {
  platform: string;
  times: Times;
  log: Logger;
  /** Certificates of a private deployment, PEM. */
  ca?: string | undefined;
}

/** The platform will not have this bot: no repetition changes that. */
export class ConnectionRefused extends Error {
  constructor(platform: string, code: string | number) {
    super(`${platform} refuses the long connection: ${code}`, { cause: code });
    this.name = 'ConnectionRefused';
  }
}

const mostBytes = 4 * 1024 * 1024;

type Ended = 'lost' | 'replaced';

/** Keeps one line to a platform open until it is closed: what fails or ends is opened again, less and less often. */
export class KeptOpen implements Connection {
  readonly #protocol: Protocol;
  readonly #deps: KeptOpenDeps;
  readonly #closing = new AbortController();
  readonly #lines = new Set<Line>();
  readonly #attended = new Set<Promise<void>>();
  #opening: Line | null = null;
  #up: { line: Line; replaced: () => void } | null = null;
  #running: Promise<void> = Promise.resolve();

  constructor(protocol: Protocol, deps: KeptOpenDeps) {
    this.#protocol = protocol;
    this.#deps = deps;
  }

  /** The one that is up now. */
  get line(): Line | null {
    const line = this.#up?.line;
    return line?.readyState === WebSocket.OPEN ? line : null;
  }

  /** Resolves when a line is up the first time; rejects when the platform refuses the bot then, or when it is closed before. */
  async start(signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    signal?.addEventListener('abort', () => void this.close(), { once: true });
    await new Promise<void>((resolve, reject) => {
      this.#running = this.#run(resolve);
      this.#running.then(() => reject(this.#closing.signal.reason), reject);
    });
  }

  /** Does what was heard, unless it is closing; closing waits for it. */
  attend(work: () => Promise<void>): void {
    if (this.#closing.signal.aborted) return;
    const attended = work().finally(() => this.#attended.delete(attended));
    this.#attended.add(attended);
  }

  /** The platform gives this line up: another is opened at once, and this one kept for what is still to be acknowledged. */
  replace(line: Line, lingerMs: number): void {
    if (this.#up?.line === line) this.#up.replaced();
    const timer = setTimeout(() => line.terminate(), lingerMs);
    line.once('close', () => clearTimeout(timer));
  }

  /** Stays closed, whatever comes. */
  giveUp(why: Error): void {
    const { platform, log } = this.#deps;
    log.error({ platform, why: why.message }, 'long connection stays closed');
    this.#closing.abort(why);
    this.#cut();
  }

  async close(): Promise<void> {
    this.#closing.abort(new Error(`${this.#deps.platform}: long connection closed before it was up`));
    this.#opening?.terminate();
    // What is being heard is acknowledged before the line is cut.
    await Promise.all(this.#attended);
    this.#cut();
    await this.#running;
  }

  #cut(): void {
    for (const line of this.#lines) line.terminate();
  }

  async #run(onUp: () => void): Promise<void> {
    const { platform, log, times } = this.#deps;
    const { signal } = this.#closing;
    let failures = 0;
    let wasUp = false;
    while (!signal.aborted) {
      let ended: Ended = 'lost';
      try {
        ended = await this.#hold(await this.#protocol.address(signal), () => {
          failures = 0;
          wasUp = true;
          onUp();
        });
        if (signal.aborted) return;
        log.warn({ platform, ended }, 'long connection ended');
      } catch (error) {
        if (error instanceof ConnectionRefused && !wasUp) this.#closing.abort(error);
        if (signal.aborted) return;
        // The address holds a ticket, and an error of the socket may hold the address.
        const why = error instanceof Error ? error.name : 'error';
        log.error({ platform, why, code: codeOf(error) }, 'no long connection');
      }
      const least = ended === 'replaced' && failures === 0 ? 0 : times.firstWaitMs * 2 ** Math.min(failures, 10);
      failures += 1;
      const wait = Math.min(least, times.longestWaitMs) * (0.5 + Math.random() / 2);
      await sleep(wait, undefined, { signal }).catch(() => {});
    }
  }

  /** One line, until it has ended or is replaced. */
  async #hold(address: string, onUp: () => void): Promise<Ended> {
    this.#closing.signal.throwIfAborted();
    const { platform, log, times, ca } = this.#deps;
    const line = new WebSocket(address, {
      handshakeTimeout: times.openMs,
      maxPayload: mostBytes,
      followRedirects: false,
      ...(ca === undefined ? {} : { ca }),
    });
    this.#lines.add(line);
    this.#opening = line;
    return new Promise((resolve, reject) => {
      let failure: unknown = null;
      const fail = (error: unknown) => {
        failure ??= error;
        line.terminate();
      };
      const up = () => {
        if (line.readyState !== line.OPEN) return;
        log.info({ platform }, 'long connection is up');
        this.#opening = null;
        this.#up = { line, replaced: () => resolve('replaced') };
        onUp();
        this.#beat(line);
      };
      line.on('open', () => Promise.resolve(this.#protocol.greet?.(line)).then(up).catch(fail));
      line.on('message', (bytes: Buffer) => {
        try {
          this.#protocol.hear(line, bytes);
        } catch (error) {
          log.warn({ platform, err: error }, 'frame not read');
        }
      });
      line.on('error', fail);
      line.on('close', () => {
        this.#lines.delete(line);
        if (this.#opening === line) this.#opening = null;
        if (this.#up?.line === line) this.#up = null;
        this.#protocol.ended?.();
        if (failure === null) resolve('lost');
        else reject(failure);
      });
    });
  }

  /** Pings until the line is closed, and cuts it where nothing comes back. */
  #beat(line: Line): void {
    const { platform, log, times } = this.#deps;
    let next: NodeJS.Timeout | undefined;
    let late: NodeJS.Timeout | undefined;
    const ping = () => {
      this.#protocol.ping(line);
      late ??= setTimeout(() => {
        log.warn({ platform }, 'long connection is half open');
        line.terminate();
      }, times.pongMs);
      next = setTimeout(ping, this.#protocol.pingMs);
    };
    const alive = () => {
      clearTimeout(late);
      late = undefined;
    };
    line.on('message', alive);
    line.on('pong', alive);
    line.on('close', () => {
      clearTimeout(next);
      clearTimeout(late);
    });
    ping();
  }
}

function codeOf(error: unknown): unknown {
  if (!(error instanceof Error)) return undefined;
  if ('code' in error) return error.code;
  return ['string', 'number'].includes(typeof error.cause) ? error.cause : error.message.slice(0, 100);
}
