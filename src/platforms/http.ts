import { Agent, type FormData, request } from 'undici';

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
  constructor(
    readonly arrived: 'no' | 'maybe',
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'HttpFailure';
  }
}

export interface Http {
  /** Throws `HttpFailure` when no answer came, and an error for a host that is not on the list. Follows no redirect. */
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
      if (!url || !origins.has(url.origin)) throw new Error(`host not allowed: ${url?.host ?? 'not a URL'}`);
      const timeout = AbortSignal.timeout(call.timeoutMs ?? timeoutMs);
      const signal = call.signal ? AbortSignal.any([timeout, call.signal]) : timeout;
      try {
        const answer = await request(url, {
          method: call.method,
          headers: call.headers ?? {},
          body: call.body ?? null,
          dispatcher: agent,
          signal,
        });
        const body = await limited(answer.body, call.mostBytes ?? mostBytes);
        return { status: answer.statusCode, headers: flat(answer.headers), body, json: parsed(body) };
      } catch (cause) {
        const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
        const arrived = notSent.test(code) ? 'no' : 'maybe';
        throw new HttpFailure(arrived, `no answer from ${url.host}: ${code || 'timeout'}`, { cause });
      }
    },
    close: () => agent.close(),
  };
}

async function limited(stream: AsyncIterable<Uint8Array>, most: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stream) {
    size += chunk.byteLength;
    if (size > most) throw new Error(`answer longer than ${most} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function flat(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  const entries = Object.entries(headers).flatMap(([name, value]) =>
    value === undefined ? [] : [[name.toLowerCase(), Array.isArray(value) ? value.join(', ') : value]],
  );
  return Object.fromEntries(entries);
}

function parsed(body: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(body).toString('utf8'));
  } catch {
    return null;
  }
}
