import type { FormData } from 'undici';
import { z } from 'zod';

import { type HttpAnswer, HttpFailure } from '../http.js';
import type { FeishuDeps } from './deps.js';
import { isTokenFailure } from './errors.js';
import type { FeishuSettings } from './settings.js';
import { TenantToken, TokenRefused } from './token.js';

export interface ApiCall {
  method: 'GET' | 'POST';
  /** After /open-apis/. */
  path: string;
  body?: object | FormData;
  timeoutMs?: number;
  mostBytes?: number;
  signal?: AbortSignal;
}

export type ApiAnswer =
  | { kind: 'ok'; json: unknown; body: Uint8Array }
  /** `code` is the platform's own, `null` where the answer was not the platform's. */
  | { kind: 'failed'; code: number | null; status: number; afterMs: number | null; msg: string }
  | { kind: 'silent'; arrived: 'no' | 'maybe'; why: string; tooLong?: boolean };

const envelope = z.object({ code: z.number(), msg: z.string().catch('') });
const jsonType = { 'content-type': 'application/json; charset=utf-8' };

/** The platform's API with the app's token, which is fetched anew once when the platform has dropped it. */
export class Api {
  readonly #settings: FeishuSettings;
  readonly #deps: FeishuDeps;
  readonly #token: TenantToken;

  constructor(settings: FeishuSettings, deps: FeishuDeps) {
    this.#settings = settings;
    this.#deps = deps;
    this.#token = new TenantToken(settings, deps);
  }

  async call(call: ApiCall): Promise<ApiAnswer> {
    const first = await this.#once(call);
    return first.kind === 'failed' && isTokenFailure(first) ? this.#once(call) : first;
  }

  async #once(call: ApiCall): Promise<ApiAnswer> {
    let token: string;
    try {
      token = await this.#token.get();
    } catch (error) {
      if (error instanceof TokenRefused) {
        return { kind: 'failed', code: error.code, status: error.status, afterMs: null, msg: error.message };
      }
      if (error instanceof HttpFailure) return { kind: 'silent', arrived: 'no', why: error.message };
      throw error;
    }
    try {
      const answer = await this.#deps.http.call({
        method: call.method,
        url: `${this.#settings.baseUrl}/open-apis/${call.path}`,
        headers: { authorization: `Bearer ${token}`, ...(isForm(call.body) ? {} : jsonType) },
        ...bodyOf(call.body),
        ...(call.timeoutMs === undefined ? {} : { timeoutMs: call.timeoutMs }),
        ...(call.mostBytes === undefined ? {} : { mostBytes: call.mostBytes }),
        ...(call.signal === undefined ? {} : { signal: call.signal }),
      });
      const read = this.#read(call, answer);
      if (read.kind === 'failed' && isTokenFailure(read)) this.#token.drop(token);
      return read;
    } catch (error) {
      if (error instanceof HttpFailure) {
        return { kind: 'silent', arrived: error.arrived, why: error.message, tooLong: error.tooLong };
      }
      throw error;
    }
  }

  /** The code decides whatever the HTTP status; a download that is well has none. */
  #read({ path }: ApiCall, { status, headers, json, body }: HttpAnswer): ApiAnswer {
    const { data } = envelope.safeParse(json);
    if (status === 200 && (data === undefined || data.code === 0)) return { kind: 'ok', json, body };
    const { code = null, msg = '' } = data ?? {};
    const logId = headers['x-tt-logid'];
    this.#deps.log.warn(
      { api: path.split('?')[0], status, code, msg: msg.slice(0, 300), logId },
      'feishu refused a call',
    );
    return { kind: 'failed', code, status, afterMs: waitOf(headers), msg };
  }
}

function isForm(body: object | FormData | undefined): body is FormData {
  return body !== undefined && Symbol.iterator in body && 'append' in body;
}

function bodyOf(body: object | FormData | undefined) {
  if (body === undefined) return {};
  return { body: isForm(body) ? body : JSON.stringify(body) };
}

function waitOf(headers: Record<string, string>): number | null {
  const seconds = Number(headers['x-ogw-ratelimit-reset'] ?? headers['retry-after']);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : null;
}
