import type { Connection, Ears } from '../adapter.js';
import { ConnectionRefused, KeptOpen, type Times as KeptTimes, type Line, type Protocol } from '../kept-open.js';
import { isSafeSocket } from '../safe-address.js';
import { clickAnswer, hearClick } from './card-click.js';
import { apiAnswer } from './errors.js';
import { type Ack, ackFrame, dataOf, type Frame, readFrame, topics } from './frames.js';
import { askGateway } from './gateway.js';
import { type Heard, type Hearing, hearMessage } from './hear.js';

export interface Times extends KeptTimes {
  pingMs: number;
  /** How long a line that the platform gives up is kept for what is still to be acknowledged. */
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

/** Resolves when it is up the first time. */
export async function openStream(
  hearing: Hearing,
  ears: Ears,
  times: Partial<Times> = {},
  signal?: AbortSignal,
): Promise<Connection> {
  const { kept } = new Stream(hearing, ears, { ...usual, ...times });
  await kept.start(signal);
  return kept;
}

class Stream implements Protocol {
  readonly kept: KeptOpen;
  readonly pingMs: number;
  readonly #hearing: Hearing;
  readonly #ears: Ears;
  readonly #times: Times;

  constructor(hearing: Hearing, ears: Ears, times: Times) {
    this.#hearing = hearing;
    this.#ears = ears;
    this.#times = times;
    this.pingMs = times.pingMs;
    const { log } = hearing.deps;
    this.kept = new KeptOpen(this, { platform: 'dingtalk', times, log, ca: hearing.settings.ca });
  }

  async address(signal: AbortSignal): Promise<string> {
    const { settings, deps } = this.#hearing;
    const { http, place } = await askGateway(settings, deps.http, { timeoutMs: this.#times.openMs, signal });
    if (http.status === 200 && place) {
      if (!isSafeSocket(place.endpoint)) throw new Error('endpoint is not encrypted');
      return `${place.endpoint}?ticket=${encodeURIComponent(place.ticket)}`;
    }
    const answer = apiAnswer(http);
    if (answer.kind === 'failed' && ['token', 'config'].includes(answer.failure)) {
      throw new ConnectionRefused('dingtalk', answer.code);
    }
    throw new Error('no endpoint', { cause: answer.kind === 'failed' ? answer.code : 'no ticket' });
  }

  ping(line: Line): void {
    line.ping();
  }

  hear(line: Line, bytes: Buffer): void {
    const frame = readFrame(bytes.toString('utf8'));
    if (frame === null) {
      this.#hearing.deps.log.warn('dingtalk frame not read');
      return;
    }
    if (frame.type === 'SYSTEM') {
      if (frame.headers.topic === 'disconnect') this.kept.replace(line, this.#times.lingerMs);
      if (frame.headers.topic === 'ping') acknowledge(line, frame, { code: 200, data: frame.data });
      return;
    }
    this.kept.attend(async () => {
      const ack = await this.#hear(frame);
      if (ack) acknowledge(line, frame, ack);
    });
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

function acknowledge(line: Line, frame: Frame, ack: Ack): void {
  line.send(ackFrame(frame, ack), () => {});
}
