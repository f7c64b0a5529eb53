import { createCipheriv, randomBytes, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

import { decrypt, encrypt, getSignature } from '@wecom/crypto';

import type { Shown, ShownFile, Spoiled, Trouble, UploadTrouble } from '../contract.js';
import { close, elsewhere, listen } from '../loopback.js';
import { readNative } from './read-shown.js';

export const corpId = 'wwdemo0123456789';
export const botId = 'AIB-demo';
export const agentId = '1000002';
export const secrets = {
  botToken: 'JiceTestToken2026',
  botAesKey: 'usOiWAi9gE56KNT4RCcfUkZ4BXlm5nd5pzImpuUtAd4',
  appToken: 'AppToken2026',
  appAesKey: 'rHFV8CxgkecVQGDpdkxirjvN2nJHiuqK6Ot1YFukhaE',
  appSecret: 'app-secret-0123456789',
  webhookKey: '693a91f6-7xxx-4bc4-97a0-0ec2sifa5aaa',
};

export interface Told {
  text?: string;
  id?: string;
  user?: string;
  private?: boolean;
  chat?: string;
  /** Fields of the call besides these, or instead of them. */
  more?: Record<string, unknown>;
}

/** 企业微信 from the other side, on the loopback: it signs and encrypts with the official package, shows, limits and fails. */
export class WecomSimulator {
  readonly shown: Shown[] = [];
  readonly shownFiles: ShownFile[] = [];
  /** What becomes of downloads instead. */
  spoiled: Spoiled | null = null;
  /** By media_id: what was uploaded, and by whose credentials. */
  readonly media = new Map<string, { name: string; content: Buffer; owner: string }>();
  /** Times at which the group's robot was used, for its pace. */
  readonly webhookTimes: number[] = [];
  tokensAsked = 0;
  /** What the platform's clock shows, if not the time. */
  date: Date | null = null;
  /** The office has not let our address in. */
  isTrusted = true;
  /** Bodies of message/send, as they came. */
  readonly sends: Record<string, unknown>[] = [];
  readonly #server = createServer((request, response) => this.#serve(request, response));
  readonly #troubles: Trouble[] = [];
  readonly #uploadTroubles: UploadTrouble[] = [];
  /** How often a file was given out. */
  given = 0;
  readonly #files = new Map<string, { content: Uint8Array; disposition: string | null }>();
  readonly #usedResponses = new Set<string>();
  readonly #duplicates = new Set<string>();
  /** How many calls that hung were given up by the one who called. */
  givenUp = 0;
  #tokens = new Set<string>();
  url = '';

  static async start(): Promise<WecomSimulator> {
    const simulator = new WecomSimulator();
    simulator.url = `http://${await listen(simulator.#server)}`;
    return simulator;
  }

  close(): Promise<void> {
    return close(this.#server);
  }

  trouble(...next: Trouble[]): void {
    this.#troubles.push(...next);
  }

  /** No more trouble than there has been. */
  calm(): void {
    this.#troubles.length = 0;
  }

  /** The next uploads, in this order. */
  uploadTrouble(...next: UploadTrouble[]): void {
    this.#uploadTroubles.push(...next);
  }

  get webhook(): string {
    return `${this.url}/cgi-bin/webhook/send?key=${secrets.webhookKey}`;
  }

  /** What 智能机器人's address is told when somebody says something to the bot. */
  said({ text = '/help', id = randomUUID(), user = 'wangfang', more = {}, ...where }: Told = {}): Request {
    return this.bot({
      msgid: id,
      aibotid: botId,
      ...(where.private ? { chattype: 'single' } : { chatid: where.chat ?? 'wrDemoChat01', chattype: 'group' }),
      from: { userid: user },
      response_url: `${this.url}/cgi-bin/aibot/response?response_code=${encodeURIComponent(id)}`,
      msgtype: 'text',
      text: { content: where.private ? text : `@督办助手 ${text}` },
      ...more,
    });
  }

  clicked(send: string, told: Told = {}): Request {
    return this.said({
      ...told,
      more: {
        msgtype: 'event',
        text: undefined,
        create_time: 1_767_600_100,
        event: {
          eventtype: 'template_card_event',
          template_card_event: { card_type: 'button_interaction', event_key: send, task_id: 'q-1' },
        },
        ...told.more,
      },
    });
  }

  /** Any call, well signed and encrypted, wrapped anew each time. */
  bot(body: unknown, given: Partial<Wrapping> = {}): Request {
    const { path = '/webhooks/wecom', aesKey = secrets.botAesKey, token = secrets.botToken } = given;
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const encrypted = encrypt(aesKey, text, given.receiveId ?? '');
    return this.post(path, JSON.stringify({ encrypt: encrypted }), encrypted, token);
  }

  /** A call to the app's address. */
  app(elements: Record<string, string>, given: Partial<Wrapping> = {}): Request {
    const inner = Object.entries(elements).map(([name, value]) => `<${name}><![CDATA[${value}]]></${name}>`);
    return this.appXml(`<xml>${inner.join('')}</xml>`, given);
  }

  appXml(xml: string, given: Partial<Wrapping> = {}): Request {
    const encrypted = encrypt(given.aesKey ?? secrets.appAesKey, xml, given.receiveId ?? corpId);
    const body = `<xml><ToUserName><![CDATA[${corpId}]]></ToUserName><AgentID><![CDATA[${given.agentId ?? agentId}]]></AgentID><Encrypt><![CDATA[${encrypted}]]></Encrypt></xml>`;
    return this.post('/webhooks/wecom/app', body, encrypted, given.token ?? secrets.appToken);
  }

  appSaid({
    text = '/help',
    id = String(7_000_000_000_000_000_001n),
    user = 'wangfang',
    more = {},
  }: Told = {}): Request {
    return this.app({
      ToUserName: corpId,
      FromUserName: user,
      CreateTime: '1767600010',
      MsgType: 'text',
      Content: text,
      MsgId: id,
      AgentID: agentId,
      ...(more as Record<string, string>),
    });
  }

  /** A pressed button of a card that the app sent; the event has no id but its second. */
  appClicked(send: string, more: Record<string, string> = {}): Request {
    return this.app({
      ToUserName: corpId,
      FromUserName: 'wangfang',
      CreateTime: '1767600100',
      MsgType: 'event',
      Event: 'template_card_event',
      EventKey: send,
      TaskId: 'q-1',
      CardType: 'button_interaction',
      ResponseCode: 'rc',
      AgentID: agentId,
      ...more,
    });
  }

  post(path: string, body: string, encrypted: string, token: string, change: Record<string, string> = {}): Request {
    const timestamp = '1767600005';
    const nonce = randomBytes(5).toString('hex');
    const msg_signature = getSignature(token, timestamp, nonce, encrypted);
    const query = new URLSearchParams({ msg_signature, timestamp, nonce, ...change });
    return new Request(`http://127.0.0.1${path}?${query}`, { method: 'POST', body });
  }

  /** Checks and reads what 智能机器人 answered to a request; `null` for an empty answer. */
  async answered(request: Request, response: Response): Promise<Record<string, unknown> | null> {
    if (response.status !== 200) throw new Error(`answered ${response.status}`);
    const text = await response.text();
    if (text === '') return null;
    const answer = JSON.parse(text);
    const { nonce } = Object.fromEntries(new URL(request.url).searchParams);
    if (answer.nonce !== nonce || !Number.isInteger(answer.timestamp)) throw new Error('wrong nonce or timestamp');
    const signature = getSignature(secrets.botToken, answer.timestamp, answer.nonce, answer.encrypt);
    if (answer.msgsignature !== signature) throw new Error('the answer is not signed');
    return JSON.parse(decrypt(secrets.botAesKey, answer.encrypt).message);
  }

  /** Keeps a file as the platform does: encrypted with the callback's key, named only in the download. */
  hold(content: Uint8Array, disposition: string | null, encrypted = true): string {
    const id = randomUUID();
    const key = Buffer.from(`${secrets.botAesKey}=`, 'base64');
    const padding = 32 - (content.byteLength % 32);
    const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
    const padded = Buffer.concat([content, Buffer.alloc(padding, padding)]);
    const held = encrypted ? Buffer.concat([cipher.update(padded), cipher.final()]) : content;
    this.#files.set(id, { content: held, disposition });
    return `${this.url}/media/${id}`;
  }

  #serve(request: IncomingMessage, response: ServerResponse): void {
    const chunks: Buffer[] = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
      const url = new URL(request.url ?? '', this.url);
      const raw = Buffer.concat(chunks);
      if (url.pathname.endsWith('/upload_media') || url.pathname.endsWith('/media/upload')) {
        this.#upload(url, request.headers['content-type'] ?? '', raw, response).catch((error) => {
          response.writeHead(500).end(String(error));
        });
        return;
      }
      this.#route(url, raw.toString(), response);
    });
  }

  #route(url: URL, body: string, response: ServerResponse): unknown {
    const tell = (answer: unknown) =>
      response.setHeader('content-type', 'application/json').end(JSON.stringify(answer));
    const code = (errcode: number) =>
      tell({ errcode, errmsg: errcode === 0 ? 'ok' : `simulated, hint: [1], from ip: 203.0.113.7, more info at x` });
    if (this.date) response.setHeader('date', this.date.toUTCString());
    if (url.pathname === '/cgi-bin/gettoken') return tell(this.#token(url));
    if (url.pathname === '/cgi-bin/getcallbackip') {
      if (!this.#tokens.has(url.searchParams.get('access_token') ?? '')) return code(40014);
      return this.isTrusted ? tell({ errcode: 0, errmsg: 'ok', ip_list: ['203.0.113.0/24'] }) : code(60020);
    }
    if (url.pathname.startsWith('/media/')) return this.#download(url.pathname.slice(7), response);
    if (url.pathname === '/cgi-bin/media/get') {
      if (!this.#tokens.has(url.searchParams.get('access_token') ?? '')) return code(40014);
      return this.#download(url.searchParams.get('media_id') ?? '', response);
    }
    if (body === '') return response.writeHead(404).end();
    const trouble = this.#troubles.shift() ?? { kind: 'none' };
    if (trouble.kind === 'hang') return this.#hang(response);
    if (trouble.kind === 'server-error') return response.writeHead(500).end('oops');
    if (trouble.kind === 'rate-limited') {
      if (trouble.afterMs === 0) return code(45009);
      return response.writeHead(429, { 'retry-after': String(trouble.afterMs / 1000) }).end();
    }
    if (trouble.kind === 'token-expired') this.#tokens = new Set();
    if (trouble.kind === 'gone') return code(93000);
    const answer = this.#take(url, JSON.parse(body));
    if (trouble.kind === 'lost-answer') return response.socket?.destroy();
    if (trouble.kind === 'no-answer') return this.#hang(response);
    return typeof answer === 'number' ? code(answer) : tell(answer);
  }

  #hang(response: ServerResponse): void {
    response.once('close', () => {
      this.givenUp += 1;
    });
  }

  /** A robot's upload is good for its own key only, an app's for the whole organisation but for no robot. */
  async #upload(url: URL, type: string, raw: Buffer, response: ServerResponse): Promise<unknown> {
    const tell = (answer: unknown) =>
      response.setHeader('content-type', 'application/json').end(JSON.stringify(answer));
    const trouble = this.#uploadTroubles.shift()?.kind;
    if (trouble === 'hang') return;
    if (trouble === 'server-error') return response.writeHead(500).end('oops');
    if (trouble === 'token-expired') this.#tokens = new Set();
    if (trouble === 'too-large') return tell({ errcode: 45001, errmsg: 'media size out of limit' });
    const { key, access_token, type: kind } = Object.fromEntries(url.searchParams);
    if (kind !== 'file') return tell({ errcode: 40004, errmsg: 'invalid media type' });
    const byRobot = url.pathname === '/cgi-bin/webhook/upload_media';
    if (byRobot && key !== secrets.webhookKey) return tell({ errcode: 93000, errmsg: 'invalid webhook url' });
    if (!byRobot && !this.#tokens.has(access_token ?? '')) return tell({ errcode: 42001, errmsg: 'expired' });
    const form = await new Response(new Uint8Array(raw), { headers: { 'content-type': type } }).formData();
    const media = form.get('media');
    // Names in the form of RFC 5987 are not read.
    if (!(media instanceof File) || raw.includes('filename*')) return tell({ errcode: 41005, errmsg: 'media missing' });
    const content = Buffer.from(await media.arrayBuffer());
    if (content.length <= 5) return tell({ errcode: 44001, errmsg: 'empty media data' });
    if (content.length > 20 * 1024 * 1024) return tell({ errcode: 45001, errmsg: 'media size out of limit' });
    const media_id = `media-${this.media.size + 1}-${randomUUID()}`;
    this.media.set(media_id, { name: media.name, content, owner: byRobot ? 'robot' : 'app' });
    if (trouble === 'lost-answer') return response.socket?.destroy();
    return tell({ errcode: 0, errmsg: 'ok', type: 'file', media_id, created_at: '1767600000' });
  }

  #token(url: URL): unknown {
    this.tokensAsked += 1;
    const { corpid, corpsecret } = Object.fromEntries(url.searchParams);
    if (corpid !== corpId) return { errcode: 40013, errmsg: 'invalid corpid' };
    if (corpsecret !== secrets.appSecret) return { errcode: 40001, errmsg: 'invalid secret' };
    const access_token = `token-${this.tokensAsked}-${randomUUID()}`;
    this.#tokens.add(access_token);
    return { errcode: 0, errmsg: 'ok', access_token, expires_in: 7200 };
  }

  #download(id: string, response: ServerResponse): unknown {
    const file = this.#files.get(id);
    if (!file) return response.setHeader('content-type', 'application/json').end('{"errcode":40007}');
    if (this.spoiled === 'hangs') return this.#hang(response);
    if (this.spoiled) return response.writeHead(302, { location: elsewhere }).end();
    this.given += 1;
    response.writeHead(200, file.disposition === null ? {} : { 'content-disposition': file.disposition });
    return response.end(file.content);
  }

  // biome-ignore lint/suspicious/noExplicitAny: what comes is whatever the adapter sent
  #take(url: URL, body: any): number | Record<string, unknown> {
    switch (url.pathname) {
      case '/cgi-bin/webhook/send':
        return this.#webhook(url.searchParams.get('key'), body);
      case '/cgi-bin/aibot/response':
        return this.#respond(url.searchParams.get('response_code') ?? '', body);
      case '/cgi-bin/message/send':
        return this.#message(url.searchParams.get('access_token') ?? '', body);
      default:
        return 40066;
    }
  }

  // biome-ignore lint/suspicious/noExplicitAny: as above
  #webhook(key: string | null, body: any): number {
    if (key !== secrets.webhookKey) return 93000;
    if (body.msgtype === 'file') return this.#showFile('wrDemoChat01', body, 'robot');
    if (!['text', 'markdown', 'markdown_v2'].includes(body.msgtype)) return 40008;
    const { content } = body[body.msgtype];
    if (content.trim() === '') return 44004;
    if (Buffer.byteLength(content) > (body.msgtype === 'text' ? 2048 : 4096)) return 40058;
    this.webhookTimes.push(performance.now());
    this.#show('wrDemoChat01', body);
    return 0;
  }

  // biome-ignore lint/suspicious/noExplicitAny: as above
  #respond(code: string, body: any): number {
    if (body.msgtype !== 'markdown') return 40008;
    if (this.#usedResponses.has(code)) return 60140;
    if (Buffer.byteLength(body.markdown.content) > 20_480) return 40058;
    this.#usedResponses.add(code);
    this.#show('wrDemoChat01', body, code, true);
    return 0;
  }

  // biome-ignore lint/suspicious/noExplicitAny: as above
  #message(token: string, body: any): number | Record<string, unknown> {
    if (!this.#tokens.has(token)) return 42001;
    this.sends.push(body);
    if (body.agentid !== Number(agentId)) return 301002;
    if (body.touser === 'nobody') return 81013;
    if (body.touser === 'hidden') return { errcode: 0, errmsg: 'ok', invaliduser: 'hidden' };
    if (!['text', 'markdown', 'template_card', 'file'].includes(body.msgtype)) return 40008;
    const content = body.text?.content ?? body.markdown?.content ?? '';
    if (Buffer.byteLength(content) > 2048) return 40058;
    const whole = JSON.stringify(body);
    if (body.enable_duplicate_check === 1) {
      if (this.#duplicates.has(whole)) return { errcode: 0, errmsg: 'ok' };
      this.#duplicates.add(whole);
    }
    const refused = body.msgtype === 'file' ? this.#showFile(`single ${body.touser}`, body, 'app') : 0;
    if (refused !== 0) return refused;
    if (body.msgtype !== 'file') this.#show(`single ${body.touser}`, body);
    return { errcode: 0, errmsg: 'ok', msgid: `m-${this.sends.length}` };
  }

  // biome-ignore lint/suspicious/noExplicitAny: as above
  #showFile(chat: string, body: any, owner: string): number {
    const media = this.media.get(body.file.media_id);
    if (media?.owner !== owner) return 40007;
    this.shownFiles.push({ chat, name: media.name, content: media.content });
    return 0;
  }

  // biome-ignore lint/suspicious/noExplicitAny: as above
  #show(chat: string, body: any, answers: string | null = null, inBot = false): void {
    this.shown.push({ chat, ...readNative(body, inBot), answers });
  }
}

interface Wrapping {
  path: string;
  token: string;
  aesKey: string;
  receiveId: string;
  agentId: string;
}
