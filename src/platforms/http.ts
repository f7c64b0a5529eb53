import { Agent, type Dispatcher, type FormData } from 'undici';
import { jsonOrNull } from './json-or-null.js';

export interface HttpCall {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH';
  url: string;
  headers?: Record<string, string>;
  body?: string | Uint8Array | FormData;
  /** Milliseconds for the whole call. */
  timeoutMs?: number;
  /** More than this of an answer is not read; for files. */
  mostBytes?: number;
  /** Ends the call; it is then as one without an answer. */
  signal?: AbortSignal;
}

export interface HttpAnswer {
  status: number;
  /** In lower case. */
  headers: Record<string, string>;
  body: Uint8Array;
  /** The body as JSON, `null` when it is none. */
  json: unknown;
}

/** No answer came. `maybe` when the request was sent and may have done its work. */
export class HttpFailure extends Error {
  /** The answer was longer than what may be read of it. */
  readonly tooLong: boolean;

  constructor(
    readonly arrived: 'no' | 'maybe',
    message: string,
    options: ErrorOptions & { tooLong?: boolean } = {},
  ) {
    super(message, options);
    this.name = 'HttpFailure';
    this.tooLong = options.tooLong ?? false;
  }
}

/** Nothing was sent. */
export class HostNotAllowed extends Error {
  override readonly name = 'HostNotAllowed';
}

export interface Http {
  /** Throws `HttpFailure` when no answer came, and `HostNotAllowed` for a host that is not on the list. Follows no redirect. */
  call(call: HttpCall): Promise<HttpAnswer>;
  close(): Promise<void>;
}

export interface HttpOptions {
  /** Base URLs whose hosts may be called; what a message brings in (sessionWebhook, response_url) is held to them too. */
  allowed: string[];
  /** Certificates of a private deployment, PEM. */
  ca?: string | undefined;
}

const timeoutMs = 10_000;
const connectMs = 5_000;
const mostBytes = 1024 * 1024;
const tooLong = 'answer too long';
const notSent =
  /^(?:UND_ERR_CONNECT_TIMEOUT|ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|CERT_|DEPTH_|UNABLE_TO|SELF_SIGNED|ERR_TLS)/;

/** Calls out to the hosts of one platform and to no others. An Agent, because `fetch` costs half the rate. */
export function createHttp({ allowed, ca }: HttpOptions): Http {
  const origins = new Set(allowed.map((url) => new URL(url).origin));
  const agent = new Agent({
    connections: 64,
    pipelining: 1,
    connect: { timeout: connectMs, ...(ca === undefined ? {} : { ca }) },
  });
  return {
    async call(call) {
      const url = URL.parse(call.url);
      if (!url || !origins.has(url.origin)) throw new HostNotAllowed(`host not allowed: ${url?.host ?? 'not a URL'}`);
      return new Promise((resolve, reject) => {
        const exchange = new Exchange(call.mostBytes ?? mostBytes, call.timeoutMs ?? timeoutMs, (outcome) => {
          if (outcome.kind === 'answered') return resolve(outcome.answer);
          const { arrived, code, cause } = outcome;
          reject(new HttpFailure(arrived, `no answer from ${url.host}: ${code}`, { cause, tooLong: code === tooLong }));
        });
        exchange.heed(call.signal);
        agent.dispatch(
          {
            origin: url.origin,
            path: `${url.pathname}${url.search}`,
            method: call.method,
            headers: call.headers ?? {},
            body: call.body ?? null,
          },
          exchange,
        );
      });
    },
    close: () => agent.close(),
  };
}

type ExchangeOutcome =
  | { kind: 'answered'; answer: HttpAnswer }
  | { kind: 'failed'; arrived: 'no' | 'maybe'; code: string; cause: unknown };

/** One call as undici's own handler of it: a stream for each answer costs as much as the rest of the call. */
class Exchange implements Dispatcher.DispatchHandler {
  readonly #most: number;
  readonly #end: (outcome: ExchangeOutcome) => void;
  readonly #timer: NodeJS.Timeout;
  readonly #chunks: Uint8Array[] = [];
  #size = 0;
  #status = 0;
  #headers: Record<string, string> = {};
  #controller: Dispatcher.DispatchController | null = null;
  #ended = false;

  constructor(most: number, patienceMs: number, end: (outcome: ExchangeOutcome) => void) {
    this.#most = most;
    this.#end = end;
    this.#timer = setTimeout(() => this.#giveUp('timeout'), patienceMs);
    this.#timer.unref();
  }

  /** Ends when the caller has no use for the answer any more. */
  heed(signal: AbortSignal | undefined): void {
    if (signal?.aborted) this.#giveUp('aborted');
    else signal?.addEventListener('abort', () => this.#giveUp('aborted'), { once: true });
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#ended) controller.abort(new Error('too late'));
  }

  onResponseStart(_: unknown, status: number, headers: Record<string, string | string[] | undefined>): void {
    if (status < 200) return;
    this.#status = status;
    this.#headers = flat(headers);
  }

  onResponseData(_: unknown, chunk: Uint8Array): void {
    this.#size += chunk.byteLength;
    if (this.#size > this.#most) this.#giveUp(tooLong);
    else this.#chunks.push(chunk);
  }

  onResponseEnd(): void {
    const body = Buffer.concat(this.#chunks);
    // What is longer than any answer of an API is a file.
    const json = body.byteLength > mostBytes ? null : jsonOrNull(body.toString('utf8'));
    const answer = { status: this.#status, headers: this.#headers, body, json };
    this.#finish({ kind: 'answered', answer });
  }

  onResponseError(_: unknown, cause: Error): void {
    const code = 'code' in cause ? String(cause.code) : cause.name;
    this.#finish({ kind: 'failed', arrived: notSent.test(code) ? 'no' : 'maybe', code, cause });
  }

  #giveUp(code: string): void {
    const cause = new Error(code);
    // Without a controller it still waits for a connection.
    this.#finish({ kind: 'failed', arrived: this.#controller ? 'maybe' : 'no', code, cause });
    this.#controller?.abort(cause);
  }

  #finish(outcome: ExchangeOutcome): void {
    if (this.#ended) return;
    this.#ended = true;
    clearTimeout(this.#timer);
    this.#end(outcome);
  }
}

function flat(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  const entries = Object.entries(headers).flatMap(([name, value]) =>
    value === undefined ? [] : [[name.toLowerCase(), Array.isArray(value) ? value.join(', ') : value]],
  );
  return Object.fromEntries(entries);
}
