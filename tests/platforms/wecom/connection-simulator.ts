import { createHash, randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';

import { type WebSocket, WebSocketServer } from 'ws';

import type { Shown, ShownFile } from '../contract.js';
import { readNative } from './read-shown.js';
import { botId } from './simulator.js';

export const botSecret = 'bot-secret-0123456789';

interface Frame {
  cmd: string;
  headers: { req_id: string };
  // biome-ignore lint/suspicious/noExplicitAny: what comes is whatever the adapter sent
  body?: any;
}

interface Upload {
  filename: string;
  total_chunks: number;
  total_size: number;
  md5: string;
  chunks: Buffer[];
}

/** The far end of the long connection: one live link for the bot, an answer for every frame unless told otherwise. */
export class ConnectionSimulator {
  readonly frames: Frame[] = [];
  readonly shown: Shown[];
  /** Answers to the next frames that say something: an errcode, or nothing at all. */
  readonly troubles: (number | 'silence' | 'cut')[] = [];
  readonly files: ShownFile[] = [];
  /** By media_id. */
  readonly media = new Map<string, { name: string; content: Buffer }>();
  /** Answers to the next frames of an upload. */
  readonly uploadTroubles: (number | 'silence' | 'cut')[] = [];
  /** How the next subscriptions are answered. */
  readonly subscriptions: (number | 'silence' | 'cut')[] = [];
  /** Pings get no answer, as on a dead line. */
  deaf = false;
  readonly #server: WebSocketServer;
  readonly #http: Server;
  readonly #protocol: string;
  #link: WebSocket | null = null;
  readonly #uploads = new Map<string, Upload>();

  private constructor(http: Server, protocol: string, shown: Shown[]) {
    const server = new WebSocketServer({ server: http });
    this.#http = http;
    this.#protocol = protocol;
    this.shown = shown;
    this.#server = server;
    server.on('connection', (socket) => {
      socket.on('message', (data) => this.#hear(socket, JSON.parse(String(data))));
      socket.on('close', () => {
        if (this.#link === socket) this.#link = null;
      });
    });
  }

  static async start(tls?: { key: string; cert: string }, shown: Shown[] = []): Promise<ConnectionSimulator> {
    const http = tls ? createSecureServer(tls) : createServer();
    await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
    return new ConnectionSimulator(http, tls ? 'wss' : 'ws', shown);
  }

  get url(): string {
    return `${this.#protocol}://127.0.0.1:${(this.#http.address() as AddressInfo).port}`;
  }

  get isLinked(): boolean {
    return this.#link !== null;
  }

  get subscribed(): number {
    return this.frames.filter(({ cmd }) => cmd === 'aibot_subscribe').length;
  }

  async close(): Promise<void> {
    for (const socket of this.#server.clients) socket.terminate();
    this.#server.close();
    await new Promise((resolve) => this.#http.close(resolve));
  }

  cut(): void {
    this.#link?.terminate();
  }

  /** Somebody says something to the bot; returns the request that may be answered. */
  say(body: Record<string, unknown>): string {
    return this.#call('aibot_msg_callback', {
      msgid: randomUUID(),
      aibotid: botId,
      chatid: 'wrDemoChat01',
      chattype: 'group',
      from: { userid: 'wangfang' },
      msgtype: 'text',
      text: { content: '@督办助手 /help' },
      ...body,
    });
  }

  event(event: Record<string, unknown>, more: Record<string, unknown> = {}): string {
    return this.#call('aibot_event_callback', {
      msgid: randomUUID(),
      aibotid: botId,
      chatid: 'wrDemoChat01',
      chattype: 'group',
      from: { userid: 'wangfang' },
      ...more,
      msgtype: 'event',
      event,
    });
  }

  raw(text: string): void {
    this.#link?.send(text);
  }

  #call(cmd: string, body: unknown): string {
    const req_id = randomUUID();
    this.#link?.send(JSON.stringify({ cmd, headers: { req_id }, body }));
    return req_id;
  }

  #hear(socket: WebSocket, frame: Frame): unknown {
    this.frames.push(frame);
    const { cmd, headers, body } = frame;
    const answer = (errcode: number | 'silence' | 'cut') => {
      if (errcode === 'cut') socket.terminate();
      if (typeof errcode !== 'number') return;
      socket.send(JSON.stringify({ headers, errcode, errmsg: errcode === 0 ? 'ok' : 'simulated' }));
    };
    if (cmd === 'ping') return answer(this.deaf ? 'silence' : 0);
    if (cmd === 'aibot_subscribe') {
      const right = body.bot_id === botId && body.secret === botSecret;
      const code = this.subscriptions.shift() ?? (right ? 0 : 853_000);
      if (code === 0) this.#linked(socket);
      return answer(code);
    }
    if (cmd.startsWith('aibot_upload_media_')) {
      const trouble = this.uploadTroubles.shift() ?? 0;
      if (trouble !== 0) return answer(trouble);
      const taken = this.#upload(cmd, body);
      if (typeof taken === 'number') return answer(taken);
      return socket.send(JSON.stringify({ headers, errcode: 0, errmsg: 'ok', body: taken }));
    }
    if (body?.msgtype === 'file' && !this.media.has(body.file.media_id)) return answer(40007);
    const code = this.troubles.shift() ?? 0;
    if (code === 0 || code === 'silence') this.#show(frame);
    return answer(code);
  }

  /** A new link puts the old one out. */
  #linked(socket: WebSocket): void {
    if (this.#link && this.#link !== socket) this.event({ eventtype: 'disconnected_event', disconnected_event: {} });
    this.#link = socket;
  }

  /** Chunks count from 0 and have 512 KB at most; the whole is checked against its length and hash. */
  // biome-ignore lint/suspicious/noExplicitAny: as above
  #upload(cmd: string, body: any): number | Record<string, string> {
    if (cmd === 'aibot_upload_media_init') {
      const { filename, total_chunks, total_size, md5 } = body;
      if (body.type !== 'file' || Buffer.byteLength(filename) > 256 || !(total_chunks >= 1 && total_chunks <= 100)) {
        return 40058;
      }
      const upload_id = randomUUID();
      this.#uploads.set(upload_id, { filename, total_chunks, total_size, md5, chunks: [] });
      return { upload_id };
    }
    const upload = this.#uploads.get(body.upload_id);
    if (!upload) return 40058;
    if (cmd === 'aibot_upload_media_chunk') {
      const chunk = Buffer.from(body.base64_data, 'base64');
      if (body.chunk_index !== upload.chunks.length || chunk.length === 0 || chunk.length > 512 * 1024) return 40058;
      upload.chunks.push(chunk);
      return {};
    }
    const content = Buffer.concat(upload.chunks);
    const isWhole = upload.chunks.length === upload.total_chunks && content.length === upload.total_size;
    if (!isWhole || createHash('md5').update(content).digest('hex') !== upload.md5) return 40058;
    const media_id = `media-${this.media.size + 1}`;
    this.media.set(media_id, { name: upload.filename, content });
    return { media_id };
  }

  #show({ cmd, headers, body }: Frame): void {
    if (cmd === 'aibot_respond_update_msg') return;
    if (body.msgtype === 'file') {
      const media = this.media.get(body.file.media_id);
      if (media) this.files.push({ chat: body.chatid, ...media });
      return;
    }
    const answers = cmd === 'aibot_respond_msg' ? headers.req_id : null;
    this.shown.push({ chat: body.chatid ?? 'wrDemoChat01', ...readNative(body, true), answers });
  }
}
