import type { Connection, Ears } from '../adapter.js';
import { ConnectionRefused, KeptOpen, type Line, type Protocol, type Times } from '../kept-open.js';
import { isSafeSocket } from '../safe-address.js';
import { envelope } from './events.js';
import { Fragments } from './fragments.js';
import { decodeFrame, encodeFrame, type Frame, headerOf, method } from './frames.js';
import { askGateway, clientConfig } from './gateway.js';
import { type Hearing, hearEvent } from './hear.js';
import { clickAnswer } from './receive.js';

const usual: Times = { firstWaitMs: 1_000, longestWaitMs: 120_000, pongMs: 10_000, openMs: 15_000 };
const defaultPingMs = 120_000;

/** 403 and 514: the app or its secret is wrong, which no repetition changes. */
const hopeless = new Set([403, 514]);

/** Resolves when it is up the first time. */
export async function openLongConnection(
  hearing: Hearing,
  ears: Ears,
  times: Partial<Times> = {},
  signal?: AbortSignal,
): Promise<Connection> {
  const { kept } = new LongConnection(hearing, ears, { ...usual, ...times });
  await kept.start(signal);
  return kept;
}

class LongConnection implements Protocol {
  readonly kept: KeptOpen;
  readonly #hearing: Hearing;
  readonly #ears: Ears;
  readonly #openMs: number;
  readonly #fragments = new Fragments();
  #service = 0;
  /** As often as the platform asks. */
  pingMs = defaultPingMs;

  constructor(hearing: Hearing, ears: Ears, times: Times) {
    this.#hearing = hearing;
    this.#ears = ears;
    this.#openMs = times.openMs;
    const { log } = hearing.deps;
    this.kept = new KeptOpen(this, { platform: 'feishu', times, log, ca: hearing.settings.ca });
  }

  async address(signal: AbortSignal): Promise<string> {
    const { settings, deps } = this.#hearing;
    const { code, place } = await askGateway(settings, deps.http, { timeoutMs: this.#openMs, signal });
    if (code !== null && hopeless.has(code)) throw new ConnectionRefused('feishu', code);
    if (!place) throw new Error('no endpoint', { cause: code });
    const { url, pingInterval } = place;
    if (!isSafeSocket(url)) throw new Error('endpoint is not encrypted');
    this.#service = Number(URL.parse(url)?.searchParams.get('service_id') ?? 0) || 0;
    this.pingMs = pingMsOf(pingInterval);
    return url;
  }

  ping(line: Line): void {
    line.send(encodeFrame(pingFrame(this.#service)));
  }

  hear(line: Line, bytes: Buffer): void {
    const frame = decodeFrame(bytes);
    if (frame.method === method.control) {
      this.pingMs = pongOf(frame) ?? this.pingMs;
      return;
    }
    const payload = this.#fragments.add(frame, this.#hearing.deps.now().getTime());
    if (payload !== null) this.kept.attend(() => this.#hearEvent(line, frame, payload));
  }

  /** Acknowledged once it is committed; what failed is not, and comes again. */
  async #hearEvent(line: Line, frame: Frame, payload: Uint8Array): Promise<void> {
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
    line.send(encodeFrame({ ...frame, headers, payload: Buffer.from(JSON.stringify(answer)) }), () => {});
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
