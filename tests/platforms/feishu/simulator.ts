import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

import { type WebSocket, WebSocketServer } from 'ws';

import { decodeFrame, encodeFrame, type Frame, headerOf } from '../../../src/platforms/feishu/frames.js';
import type { Shown, ShownFile, Spoiled, Trouble, UploadTrouble } from '../contract.js';
import { close, elsewhere, listen } from '../loopback.js';
import { CardRefused, type Read, readCard, readText } from './reading.js';
import { sealed, signedRequest } from './sealing.js';

export const app = {
  appId: 'cli_a1b2c3d4e5f60718',
  appSecret: 'secret-of-the-demo-app',
  encryptKey: 'gov-demo-encrypt-key-01',
  verificationToken: 'vt_demo_8f3a',
};
export const bot = 'ou_bot';
export const tenant = 'tk1';

export interface Posted {
  id: string;
  chat: string;
  msgType: string;
  content: string;
  uuid: string;
  answers: string | null;
}

export interface Spoken {
  chat: string;
  user: string;
  text?: string;
  /** Puts the bot's mention before the text. */
  mention?: boolean;
  colleagues?: string[];
  id?: string;
  type?: string;
  content?: string;
  private?: boolean;
  parent?: string;
  senderType?: string;
  tenant?: string;
}

interface HttpReply {
  status: number;
  value: object;
  headers?: Record<string, string>;
}
type Answer = HttpReply | 'hang' | 'cut';

/** 飞书's side of the protocol on a port of this machine: checks what it is sent, posts once per uuid, fails on request. */
export class FeishuSimulator {
  readonly posted: Posted[] = [];
  /** The code with which files of people are refused. */
  withheld: number | null = null;
  /** What becomes of downloads instead. */
  spoiled: Spoiled | null = null;
  readonly files = new Map<string, { name: string; type: string; content: Buffer }>();
  /** By id; only they can be mentioned. */
  readonly users = new Map([
    ['ou_u1', '王五'],
    ['ou_u2', '李四'],
    [bot, '督办助手'],
  ]);
  readonly chats = new Map([['oc_group', '应急值班群']]);
  /** Messages that somebody took back. */
  readonly recalled = new Set<string>();
  /** Every call, as `METHOD path`. */
  readonly calls: string[] = [];
  readonly acks: { code: number; data?: string }[] = [];
  /** The ids that `push` gave, of what has been acknowledged. */
  readonly acknowledged = new Set<string>();
  tokensAsked = 0;
  /** How many seconds a token lives. */
  tokenLife = 7200;
  endpointCode = 0;
  /** What the platform's clock shows, if not the time. */
  date: Date | null = null;
  /** What the app may do; `null` where the deployment does not tell. */
  scopes: string[] | null = [
    'im:message.group_at_msg:readonly',
    'im:message.p2p_msg:readonly',
    'im:message:send_as_bot',
    'im:message:readonly',
    'im:chat.members:bot_access',
  ];
  activateStatus = 2;
  pingSeconds = 120;
  /** Answers no ping. */
  deaf = false;
  pings = 0;
  readonly sockets = new Set<WebSocket>();
  /** How many connections came up so far. */
  opened = 0;
  readonly #troubles: (Trouble | { kind: 'code'; code: number; status?: number; msg?: string })[] = [];
  readonly #uploadTroubles: UploadTrouble[] = [];
  readonly #byUuid = new Map<string, Posted>();
  readonly #hanging = new Set<ServerResponse>();
  /** How many calls that hung were given up by the one who called. */
  givenUp = 0;
  #token = '';
  #serial = 0;
  readonly #server = createServer((request, response) => {
    this.#serve(request, response).catch((error) => response.writeHead(500).end(String(error)));
  });
  url = '';

  async start(): Promise<this> {
    const lines = new WebSocketServer({ server: this.#server });
    lines.on('connection', (line) => this.#lineUp(line));
    this.url = `http://${await listen(this.#server)}`;
    return this;
  }

  async stop(): Promise<void> {
    for (const response of this.#hanging) response.destroy();
    for (const line of this.sockets) line.terminate();
    await close(this.#server);
  }

  /** The next calls that send, in this order. */
  trouble(...next: (Trouble | { kind: 'code'; code: number; status?: number; msg?: string })[]): void {
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

  shownFiles(): ShownFile[] {
    return this.posted
      .filter(({ msgType }) => msgType === 'file')
      .map(({ chat, content }) => {
        const file = this.files.get(JSON.parse(content).file_key);
        if (!file) throw new Error('a file that was never uploaded is shown');
        return { chat, name: file.name, content: file.content };
      });
  }

  shown(): Shown[] {
    return this.posted
      .filter(({ msgType }) => msgType !== 'file')
      .map((message) => ({
        chat: message.chat,
        answers: message.answers,
        bytes: Buffer.byteLength(JSON.stringify(message.content)),
        ...this.#read(message),
      }));
  }

  #read({ msgType, content }: Pick<Posted, 'msgType' | 'content'>): Read {
    if (msgType === 'interactive') return readCard(content, this.users);
    if (msgType === 'text') return readText(content);
    return { text: content, mentions: [], links: [], formatted: [], buttons: [] };
  }

  // What people do, as events.

  header(type: string, changes: Record<string, string> = {}) {
    this.#serial += 1;
    return {
      event_id: `ev_${this.#serial}`,
      event_type: type,
      create_time: '1775001600000',
      token: app.verificationToken,
      app_id: app.appId,
      tenant_key: tenant,
      ...changes,
    };
  }

  /** Wrapped anew each time, as a resend is. */
  spoken(said: Spoken, header: Record<string, string> = {}): object {
    this.#serial += 1;
    const mentions: object[] = [];
    const mention = (id: string) => {
      const key = `@_user_${mentions.length + 1}`;
      const ids = { open_id: id, union_id: `on_${id}`, user_id: '' };
      mentions.push({ key, id: ids, mentioned_type: id === bot ? 'bot' : 'user', name: this.users.get(id) });
      return key;
    };
    const before = said.mention ? `${mention(bot)} ` : '';
    const after = (said.colleagues ?? []).map((id) => ` ${mention(id)}`).join('');
    return {
      schema: '2.0',
      header: this.header('im.message.receive_v1', header),
      event: {
        sender: {
          sender_id: { open_id: said.user, union_id: `on_${said.user}`, user_id: '' },
          sender_type: said.senderType ?? 'user',
          tenant_key: said.tenant ?? tenant,
        },
        message: {
          message_id: said.id ?? `om_${this.#serial}`,
          ...(said.parent ? { parent_id: said.parent, root_id: said.parent } : {}),
          create_time: '1775001599900',
          update_time: '1775001599900',
          chat_id: said.chat,
          chat_type: said.private ? 'p2p' : 'group',
          message_type: said.type ?? 'text',
          content: said.content ?? JSON.stringify({ text: `${before}${said.text ?? ''}${after}` }),
          ...(mentions.length > 0 ? { mentions } : {}),
        },
      },
    };
  }

  pressed(chat: string, user: string, value: unknown, message = 'om_card', id?: string): object {
    return {
      schema: '2.0',
      header: this.header('card.action.trigger', {
        create_time: '1775001600000000',
        ...(id ? { event_id: id } : {}),
      }),
      event: {
        operator: { tenant_key: tenant, open_id: user, union_id: `on_${user}`, user_id: '7f2a' },
        token: 'c-9d1f',
        action: { value, tag: 'button', timezone: 'Asia/Shanghai' },
        host: 'im_message',
        context: { open_message_id: message, open_chat_id: chat },
      },
    };
  }

  chat(type: string, chatId: string, more: object = {}): object {
    const event = { chat_id: chatId, operator_id: { open_id: 'ou_u1' }, operator_tenant_key: tenant, ...more };
    return { schema: '2.0', header: this.header(type), event };
  }

  /** As it arrives at the bot's address. */
  request(event: object): Request {
    return signedRequest(sealed(JSON.stringify(event), app.encryptKey), app.encryptKey);
  }

  /** Over the first open connection, in `pieces`. */
  push(event: object, pieces = 1, type = 'event'): string {
    this.#serial += 1;
    const id = `line-${this.#serial}`;
    const payload = Buffer.from(JSON.stringify(event));
    const size = Math.ceil(payload.length / pieces);
    const [line] = this.sockets;
    for (let seq = 0; seq < pieces; seq += 1) {
      const headers: Frame['headers'] = [
        ['type', type],
        ['message_id', id],
        ['sum', String(pieces)],
        ['seq', String(seq)],
        ['trace_id', 'trace'],
      ];
      line?.send(
        encodeFrame({
          seqId: BigInt(this.#serial),
          logId: 18446744073709551615n,
          service: 33554678,
          method: 1,
          headers,
          payload: payload.subarray(seq * size, (seq + 1) * size),
        }),
      );
    }
    return id;
  }

  #lineUp(line: WebSocket): void {
    this.sockets.add(line);
    this.opened += 1;
    line.on('close', () => this.sockets.delete(line));
    line.on('message', (bytes: Buffer) => {
      const frame = decodeFrame(bytes);
      if (frame.method === 1) {
        const ack = JSON.parse(Buffer.from(frame.payload).toString());
        this.acks.push(ack);
        if (ack.code === 200) this.acknowledged.add(headerOf(frame, 'message_id'));
        return;
      }
      if (headerOf(frame, 'type') !== 'ping') return;
      this.pings += 1;
      if (this.deaf) return;
      const payload = Buffer.from(JSON.stringify({ PingInterval: this.pingSeconds, ReconnectCount: -1 }));
      line.send(encodeFrame({ ...frame, headers: [['type', 'pong']], payload }));
    });
  }

  // The API.

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', this.url);
    this.calls.push(`${request.method} ${url.pathname}`);
    if (this.date) response.setHeader('date', this.date.toUTCString());
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const raw = Buffer.concat(chunks);
    const json = (status: number, value: object, headers: Record<string, string> = {}) => {
      response.writeHead(status, { 'content-type': 'application/json', 'x-tt-logid': 'log-1', ...headers });
      response.end(JSON.stringify(value));
    };
    const body = () => JSON.parse(raw.toString('utf8'));
    if (url.pathname === '/open-apis/auth/v3/tenant_access_token/internal') return json(200, this.#newToken(body()));
    if (url.pathname === '/callback/ws/endpoint') return json(200, this.#endpoint(body()));
    if (request.headers.authorization !== `Bearer ${this.#token}`) {
      return json(400, { code: 99991663, msg: 'Invalid access token for authorization.' });
    }
    const sends = /^\/open-apis\/im\/v1\/messages(?:\/([^/]+)\/reply)?$/.exec(url.pathname);
    if (request.method === 'POST' && sends) {
      const answer = this.#send(url, sends[1] ?? null, body());
      if (answer === 'hang') this.#hang(response);
      else if (answer === 'cut') response.destroy();
      else json(answer.status, answer.value, answer.headers);
      return;
    }
    const resource = /^\/open-apis\/im\/v1\/messages\/([^/]+)\/resources\/([^/]+)$/.exec(url.pathname);
    if (resource) {
      if (this.withheld !== null)
        return json(400, { code: this.withheld, msg: 'The message is in confidential mode.' });
      const file = this.files.get(resource[2] ?? '');
      if (!file) return json(400, { code: 234003, msg: 'File not in msg.' });
      if (this.spoiled === 'hangs') {
        this.#hang(response);
        return;
      }
      if (this.spoiled) {
        response.writeHead(302, { location: elsewhere }).end();
        return;
      }
      response.writeHead(200, { 'content-type': 'application/octet-stream' });
      response.end(file.content);
      return;
    }
    if (url.pathname === '/open-apis/im/v1/files') {
      const trouble = this.#uploadTroubles.shift()?.kind;
      if (trouble === 'hang') {
        this.#hanging.add(response);
        return;
      }
      if (trouble === 'server-error') return json(500, { code: 2200, msg: 'Internal Error' });
      if (trouble === 'token-expired') return json(400, { code: 99991663, msg: 'Invalid access token.' });
      if (trouble === 'too-large') return json(400, { code: 234006, msg: 'The file size exceed the max value.' });
      const headers = { 'content-type': request.headers['content-type'] ?? '' };
      const form = await new Response(new Uint8Array(raw), { headers }).formData();
      const content = Buffer.from(await (form.get('file') as File).arrayBuffer());
      if (content.length === 0) return json(400, { code: 234010, msg: 'File size is 0.' });
      const key = `file_${this.files.size + 1}`;
      this.files.set(key, { name: String(form.get('file_name')), type: String(form.get('file_type')), content });
      if (trouble === 'lost-answer') {
        response.destroy();
        return;
      }
      return json(200, { code: 0, msg: 'success', data: { file_key: key } });
    }
    if (url.pathname === '/open-apis/bot/v3/info') {
      return json(200, {
        code: 0,
        msg: 'ok',
        bot: { activate_status: this.activateStatus, app_name: '督办助手', open_id: bot },
      });
    }
    if (url.pathname === '/open-apis/application/v6/scopes' && this.scopes) {
      const scopes = this.scopes.map((scope_name) => ({ scope_name, grant_status: 1 }));
      return json(200, {
        code: 0,
        msg: 'success',
        data: { scopes: [...scopes, { scope_name: 'im:resource', grant_status: 2 }] },
      });
    }
    const chat = /^\/open-apis\/im\/v1\/chats\/([^/]+)$/.exec(url.pathname);
    if (chat) {
      const name = this.chats.get(chat[1] ?? '');
      return name ? json(200, { code: 0, msg: 'ok', data: { name } }) : json(400, { code: 232006, msg: 'no chat' });
    }
    const user = /^\/open-apis\/contact\/v3\/users\/([^/]+)$/.exec(url.pathname);
    if (user) {
      const name = this.users.get(user[1] ?? '');
      return name
        ? json(200, { code: 0, msg: 'success', data: { user: { name } } })
        : json(400, { code: 99991672, msg: 'Access denied. One of the following scopes is required' });
    }
    return json(404, { code: 404, msg: 'not found' });
  }

  #hang(response: ServerResponse): void {
    this.#hanging.add(response);
    response.once('close', () => {
      this.#hanging.delete(response);
      this.givenUp += 1;
    });
  }

  #newToken({ app_id, app_secret }: { app_id: string; app_secret: string }): object {
    this.tokensAsked += 1;
    if (app_id !== app.appId || app_secret !== app.appSecret) return { code: 10014, msg: 'app secret invalid' };
    this.#token = `t-${this.tokensAsked}-demo`;
    return { code: 0, msg: 'ok', tenant_access_token: this.#token, expire: this.tokenLife };
  }

  get token(): string {
    return this.#token;
  }

  #endpoint({ AppID, AppSecret }: { AppID: string; AppSecret: string }): object {
    if (AppID !== app.appId || AppSecret !== app.appSecret) return { code: 514, msg: 'auth failed' };
    if (this.endpointCode !== 0) return { code: this.endpointCode, msg: 'busy' };
    const ClientConfig = {
      PingInterval: this.pingSeconds,
      ReconnectCount: -1,
      ReconnectInterval: 1,
      ReconnectNonce: 0,
    };
    const address = `${this.url.replace('http', 'ws')}/ws?fpid=1&device_id=d1&service_id=33554678&ticket=ticket-1`;
    return { code: 0, msg: '', data: { URL: address, ClientConfig } };
  }

  #send(url: URL, answers: string | null, body: Record<string, string>): Answer {
    const trouble = this.#troubles.shift() ?? { kind: 'none' };
    const refused = (status: number, code: number, msg: string): Answer => ({ status, value: { code, msg } });
    switch (trouble.kind) {
      case 'rate-limited': {
        const headers = { 'x-ogw-ratelimit-limit': '50', 'x-ogw-ratelimit-reset': String(trouble.afterMs / 1000) };
        return { status: 429, value: { code: 99991400, msg: 'request trigger frequency limit' }, headers };
      }
      case 'token-expired':
        return refused(400, 99991663, 'Invalid access token for authorization.');
      case 'server-error':
        return refused(500, 2200, 'Internal Error');
      case 'hang':
        return 'hang';
      case 'gone':
        return refused(400, 230002, 'Bot/User can NOT be out of the chat.');
      case 'code':
        return refused(trouble.status ?? 400, trouble.code, trouble.msg ?? 'refused');
      case 'lost-answer':
        this.#accept(url, answers, body);
        return 'cut';
      case 'no-answer':
        this.#accept(url, answers, body);
        return 'hang';
      case 'none':
    }
    const outcome = this.#accept(url, answers, body);
    if ('code' in outcome) return refused(400, outcome.code, outcome.msg);
    const { id, chat, msgType } = outcome;
    const data = { message_id: id, chat_id: chat, msg_type: msgType };
    return { status: 200, value: { code: 0, msg: 'success', data } };
  }

  #accept(url: URL, answers: string | null, body: Record<string, string>): Posted | { code: number; msg: string } {
    const { msg_type: msgType = '', content = '', uuid = '' } = body;
    if (uuid === '' || uuid.length > 50) return { code: 99992402, msg: 'field validation failed: uuid' };
    const before = this.#byUuid.get(uuid);
    if (before) return before;
    if (answers !== null && this.recalled.has(answers)) return { code: 230011, msg: 'The message was recalled.' };
    const type = url.searchParams.get('receive_id_type');
    if (answers === null && type !== 'chat_id' && type !== 'open_id') return { code: 230001, msg: 'receive_id_type' };
    const size = Buffer.byteLength(JSON.stringify(body));
    if (size > (msgType === 'interactive' ? 30 : 150) * 1024) return { code: 230025, msg: 'too long' };
    if (msgType === 'file' && !this.files.has(JSON.parse(content).file_key)) {
      return { code: 230017, msg: 'Bot is NOT the owner of the resource.' };
    }
    try {
      const { mentions, text } = this.#read({ msgType, content });
      if (text === '') return { code: 230001, msg: 'empty' };
      if (mentions.includes('all')) return { code: 230099, msg: 'at all not allowed ErrCode: 100290' };
    } catch (error) {
      if (error instanceof CardRefused) return { code: error.code, msg: error.message };
      throw error;
    }
    this.#serial += 1;
    const chat = answers === null ? (body.receive_id ?? '') : (this.#chatOf.get(answers) ?? 'oc_group');
    const posted: Posted = { id: `om_bot_${this.#serial}`, chat, msgType, content, uuid, answers };
    this.posted.push(posted);
    this.#byUuid.set(uuid, posted);
    return posted;
  }

  readonly #chatOf = new Map<string, string>();

  /** In which chat a message stands that is answered; the group where nothing is said. */
  place(messageId: string, chat: string): void {
    this.#chatOf.set(messageId, chat);
  }
}
