import { createHmac, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

import { type WebSocket, WebSocketServer } from 'ws';

import type { Shown, ShownFile, Spoiled, Trouble, UploadTrouble } from '../contract.js';
import { close, elsewhere, listen } from '../loopback.js';
import { type Read, readCard, readRobotMessage, readWebhookMessage } from './reading.js';

export const app = {
  clientId: 'dingclientexample',
  clientSecret: 'demoAppSecret-0123456789-abcdefXYZ',
  robotCode: 'dingrobotexample',
  corpId: 'dingcorpexample',
};
export const webhookToken = 'token-of-the-group-robot';
export const webhookSecret = 'SECdemo0000111122223333444455556666777788889999aaaabbbbccccddddeeee';
export const cardTemplate = 'tpl-example.schema';
export const cardSecret = 'cardApiSecret-demo';
export const groupChat = 'cidEXAMPLEgroup0001==';
export const privateChat = 'cidEXAMPLEprivate0001==';
export const bot = '$:LWCP_v1:$botEXAMPLE';
export const speaker = '04200000000001';
export const colleague = '04200000000002';

export interface Posted extends Read {
  chat: string;
  way: 'session' | 'webhook' | 'group' | 'person' | 'card';
  answers: string | null;
  body: Record<string, unknown>;
  bytes: number;
  file?: { name: string; content: Buffer };
}

export interface Spoken {
  text?: string;
  id?: string;
  chat?: string;
  private?: boolean;
  user?: string;
  /** Instead of `text`. */
  more?: Record<string, unknown>;
}

type Failure =
  | Trouble
  | { kind: 'oapi'; errcode: number | string; errmsg?: string; sub_code?: string }
  | { kind: 'api'; status: number; code: string }
  | { kind: 'raw'; status: number; body: string; headers?: Record<string, string> }
  /** HTTP 200, and yet nobody got it. */
  | { kind: 'undelivered'; why: 'flow' | 'invalid' | 'card' };

interface HttpReply {
  status: number;
  body: string;
  headers?: Record<string, string>;
}
type Answer = HttpReply | 'hang' | 'cut';

const json = (status: number, value: unknown, headers: Record<string, string> = {}): HttpReply => ({
  status,
  body: JSON.stringify(value),
  headers,
});
const oapi = (errcode: number | string, errmsg = 'ok', more: object = {}) => json(200, { errcode, errmsg, ...more });
const api = (status: number, code: string) => json(status, { code, message: `refused: ${code}`, requestid: 'r-1' });

const sign = (secret: string, message: string) => createHmac('sha256', secret).update(message).digest('base64');

/** 钉钉's side of the protocol on a port of this machine: checks what it is sent, posts once per key, fails on request. */
export class DingtalkSimulator {
  readonly posted: Posted[] = [];
  readonly files = new Map<string, Buffer>();
  /** How often one was given out. */
  given = 0;
  readonly uploads: { name: string; bytes: Buffer }[] = [];
  /** By media_id; only they can be sent. */
  readonly media = new Map<string, Buffer>();
  /** Every call, as `METHOD path`. */
  readonly calls: string[] = [];
  readonly acks: { code: number; messageId: string; data: unknown }[] = [];
  readonly sockets = new Set<WebSocket>();
  opened = 0;
  pings = 0;
  tokensAsked = 0;
  /** Seconds. */
  tokenLife = 7200;
  /** What becomes of downloads instead. */
  spoiled: Spoiled | null = null;
  /** Where links to files point, if not here. */
  mediaUrl: string | null = null;
  /** What the gateway says instead of an address. */
  gateway: HttpReply | null = null;
  subscriptions: unknown = null;
  /** What the platform's clock shows in its headers, if not the time. */
  date: Date | null = null;
  /** The platform's clock; whoever is an hour away is refused. */
  now = () => Date.now();
  readonly #troubles: Failure[] = [];
  readonly #uploadTroubles: UploadTrouble[] = [];
  readonly #byUuid = new Set<string>();
  readonly #cards = new Set<string>();
  readonly #sessions = new Map<string, { chat: string; answers: string }>();
  readonly #tickets = new Set<string>();
  readonly #hanging = new Set<ServerResponse>();
  /** How many calls that hung were given up by the one who called. */
  givenUp = 0;
  #token = '';
  #serial = 0;
  readonly #server = createServer((request, response) => {
    this.#serve(request, response).catch((error) => response.writeHead(500).end(String(error)));
  });
  #lines = new WebSocketServer({ noServer: true, autoPong: true });
  url = '';

  get webhook(): string {
    return `${this.url}/robot/send?access_token=${webhookToken}&secret=${webhookSecret}`;
  }

  get token(): string {
    return this.#token;
  }

  async start(): Promise<this> {
    this.#server.on('upgrade', (request, socket, head) => {
      const ticket = new URL(request.url ?? '', this.url).searchParams.get('ticket') ?? '';
      if (!this.#tickets.delete(ticket)) {
        socket.end('HTTP/1.1 401 Unauthorized\r\n\r\n');
        return;
      }
      this.#lines.handleUpgrade(request, socket, head, (line) => this.#lineUp(line));
    });
    this.url = `http://${await listen(this.#server)}`;
    return this;
  }

  async stop(): Promise<void> {
    for (const response of this.#hanging) response.destroy();
    for (const line of this.sockets) line.terminate();
    await close(this.#server);
  }

  /** The next calls that send, in this order. */
  trouble(...next: Failure[]): void {
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

  shown(): Shown[] {
    return this.posted.filter(({ file }) => !file);
  }

  shownFiles(): ShownFile[] {
    return this.posted.flatMap(({ chat, file }) => (file ? [{ chat, ...file }] : []));
  }

  /** Answers no ping any more. */
  deafen(isDeaf: boolean): void {
    this.#lines = new WebSocketServer({ noServer: true, autoPong: !isDeaf });
  }

  // What people do, as callbacks.

  /** As the page shows it, each time with another address for answers, as in a resend. */
  spoken(said: Spoken = {}): Record<string, unknown> {
    this.#serial += 1;
    const { private: isPrivate = false, user = speaker } = said;
    const chat = said.chat ?? (isPrivate ? privateChat : groupChat);
    const id = said.id ?? `msgAAAAexample${this.#serial}==`;
    const session = `session-${this.#serial}`;
    this.#sessions.set(session, { chat, answers: id });
    const at = this.now();
    return {
      msgtype: 'text',
      text: { content: ` ${said.text ?? '/help'}` },
      msgId: id,
      createAt: at,
      conversationType: isPrivate ? '1' : '2',
      conversationId: chat,
      ...(isPrivate ? {} : { conversationTitle: '城东街道值守群', isInAtList: true, atUsers: [{ dingtalkId: bot }] }),
      senderNick: '王小明',
      senderStaffId: user,
      senderId: `$:LWCP_v1:$${user}`,
      senderCorpId: app.corpId,
      isAdmin: false,
      chatbotUserId: bot,
      chatbotCorpId: app.corpId,
      robotCode: app.robotCode,
      senderPlatform: 'Mac',
      sessionWebhook: `${this.url}/robot/sendBySession?session=${session}`,
      sessionWebhookExpiredTime: at + 5_400_000,
      ...said.more,
    };
  }

  /** 《事件回调》; `press` is what the button of a card carries. */
  pressed(outTrackId: string, press: string, user = speaker, more: Record<string, unknown> = {}) {
    const content = JSON.stringify({ cardPrivateData: { actionIds: ['press'], params: { press } } });
    return { type: 'actionCallback', outTrackId, corpId: app.corpId, userId: user, userIdType: 1, content, ...more };
  }

  /** As it arrives at the bot's address. */
  request(
    body: unknown,
    { at = this.now(), secret = app.clientSecret }: { at?: number; secret?: string } = {},
  ): Request {
    const timestamp = String(at);
    return new Request('http://127.0.0.1/webhooks/dingtalk', {
      method: 'POST',
      headers: {
        'content-type': 'application/json; charset=utf-8',
        timestamp,
        sign: sign(secret, `${timestamp}\n${secret}`),
      },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  }

  cardRequest(body: unknown, { at = this.now(), secret = cardSecret }: { at?: number; secret?: string } = {}): Request {
    return new Request('http://127.0.0.1/webhooks/dingtalk/cards', {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-ddpaas-signature-timestamp': String(at),
        'x-ddpaas-signature': sign(secret, String(at)),
      },
      body: JSON.stringify(body),
    });
  }

  /** Over the first open connection; returns the frame's id. */
  push(topic: string, data: unknown, { type = 'CALLBACK', messageId = `m_${randomUUID()}` } = {}): string {
    const headers = {
      appId: 'app-example',
      connectionId: 'c-1',
      contentType: 'application/json',
      messageId,
      time: String(this.now()),
      topic,
    };
    const frame = { specVersion: '1.0', type, headers, data: typeof data === 'string' ? data : JSON.stringify(data) };
    [...this.sockets].at(-1)?.send(JSON.stringify(frame));
    return messageId;
  }

  #lineUp(line: WebSocket): void {
    this.sockets.add(line);
    this.opened += 1;
    line.on('close', () => this.sockets.delete(line));
    line.on('ping', () => {
      this.pings += 1;
    });
    line.on('message', (bytes: Buffer) => {
      const { code, headers, data } = JSON.parse(bytes.toString());
      this.acks.push({ code, messageId: headers.messageId, data: JSON.parse(data) });
    });
  }

  // The API.

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '', this.url);
    this.calls.push(`${request.method} ${url.pathname}`);
    if (this.date) response.setHeader('date', this.date.toUTCString());
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const answer = await this.#answer(request, url, Buffer.concat(chunks));
    if (answer === 'hang') this.#hang(response);
    else if (answer === 'cut') response.destroy();
    else response.writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers }).end(answer.body);
  }

  #hang(response: ServerResponse): void {
    this.#hanging.add(response);
    response.once('close', () => {
      this.#hanging.delete(response);
      this.givenUp += 1;
    });
  }

  async #answer(request: IncomingMessage, url: URL, raw: Buffer): Promise<Answer> {
    const body = () => JSON.parse(raw.toString() || 'null');
    switch (url.pathname) {
      case '/v1.0/oauth2/accessToken':
        return this.#newToken(body());
      case '/v1.0/gateway/connections/open':
        return this.#open(request, body());
      case '/robot/sendBySession':
        return this.#troubled('oapi', () => this.#bySession(url, raw, body()));
      case '/robot/send':
        return this.#troubled('oapi', () => this.#byWebhook(url, raw, body()));
      case '/media/upload':
        return this.#upload(request, url, raw);
    }
    if (url.pathname.startsWith('/files/')) {
      const file = this.files.get(decodeURIComponent(url.pathname.slice(7)));
      if (this.spoiled === 'hangs') return 'hang';
      if (this.spoiled) return { status: 302, body: '', headers: { location: elsewhere } };
      if (file) this.given += 1;
      return file ? { status: 200, body: file as unknown as string } : { status: 404, body: '' };
    }
    if (request.headers['x-acs-dingtalk-access-token'] !== this.#token) return api(400, 'InvalidAuthentication');
    switch (url.pathname) {
      case '/v1.0/robot/groupMessages/send':
        return this.#troubled('api', () => this.#byRobot('group', body()));
      case '/v1.0/robot/oToMessages/batchSend':
        return this.#troubled('api', () => this.#byRobot('person', body()));
      case '/v1.0/card/instances/createAndDeliver':
        return this.#troubled('api', () => this.#card(body()));
      case '/v1.0/robot/messageFiles/download': {
        const { downloadCode, robotCode } = body();
        if (robotCode !== app.robotCode || !this.files.has(downloadCode)) {
          return api(400, 'invalidParameter.robotCode.downloadCode');
        }
        return json(200, { downloadUrl: `${this.mediaUrl ?? this.url}/files/${encodeURIComponent(downloadCode)}` });
      }
    }
    return api(404, 'InvalidAction.NotFound');
  }

  /** Old and new API fail in different words. */
  #troubled(which: 'oapi' | 'api', accept: () => HttpReply): Answer {
    const trouble = this.#troubles.shift() ?? { kind: 'none' };
    const isOld = which === 'oapi';
    switch (trouble.kind) {
      case 'none':
        return accept();
      case 'rate-limited':
        return isOld
          ? oapi(130101, 'send too fast, exceed 20 times per minute')
          : json(400, { code: 'send.too.fast', message: 'too fast', requestid: 'r' }, { 'retry-after': '1' });
      case 'token-expired':
        return isOld ? accept() : api(400, 'InvalidAuthentication');
      case 'server-error':
        return isOld ? oapi(-1, '系统繁忙') : api(500, 'system.error');
      case 'hang':
        return 'hang';
      case 'lost-answer':
        accept();
        return 'cut';
      case 'no-answer':
        accept();
        return 'hang';
      case 'gone':
        return isOld ? oapi(300005, 'token is not exist') : api(400, 'group.disbanded');
      case 'oapi':
        return oapi(
          trouble.errcode,
          trouble.errmsg ?? 'refused',
          trouble.sub_code ? { sub_code: trouble.sub_code } : {},
        );
      case 'api':
        return api(trouble.status, trouble.code);
      case 'raw':
        return { status: trouble.status, body: trouble.body, headers: trouble.headers ?? {} };
      case 'undelivered':
        switch (trouble.why) {
          case 'flow':
            return json(200, { processQueryKey: 'pqk', flowControlledStaffIdList: [speaker, colleague] });
          case 'invalid':
            return json(200, { processQueryKey: 'pqk', invalidStaffIdList: [speaker, colleague] });
          case 'card':
            return json(200, { success: true, result: { outTrackId: 'x', deliverResults: [{ success: false }] } });
        }
    }
  }

  #newToken({ appKey, appSecret }: Record<string, string>): HttpReply {
    this.tokensAsked += 1;
    if (appKey !== app.clientId || appSecret !== app.clientSecret) return api(400, 'invalidClientIdOrSecret');
    this.#token = `at-${this.tokensAsked}-demo`;
    return json(200, { accessToken: this.#token, expireIn: this.tokenLife });
  }

  #bySession(url: URL, raw: Buffer, body: Record<string, unknown>): HttpReply {
    const session = this.#sessions.get(url.searchParams.get('session') ?? '');
    if (!session) return oapi(300001, 'session 不存在');
    return this.#take('session', session.chat, session.answers, body, readWebhookMessage(body), raw.length);
  }

  /** The answers of every message so far have expired. */
  expireSessions(): void {
    this.#sessions.clear();
  }

  #byWebhook(url: URL, raw: Buffer, body: Record<string, unknown>): HttpReply {
    const { access_token, timestamp = '', sign: given, ...strange } = Object.fromEntries(url.searchParams);
    if (access_token !== webhookToken) return oapi(300005, 'token is not exist');
    if (Object.keys(strange).length > 0) return oapi(400105, `what is ${Object.keys(strange)}?`);
    if (Math.abs(Number(timestamp) - this.now()) > 3_600_000) return oapi(310000, 'invalid timestamp');
    if (given !== sign(webhookSecret, `${timestamp}\n${webhookSecret}`)) return oapi(310000, 'sign not match');
    const { msgUuid } = body;
    if (typeof msgUuid !== 'string' || msgUuid === '') return oapi(400105, 'msgUuid');
    if (this.#byUuid.has(msgUuid)) return oapi('0');
    const reply = this.#take('webhook', groupChat, null, body, readWebhookMessage(body), raw.length);
    if (JSON.parse(reply.body).errcode === 0) this.#byUuid.add(msgUuid);
    return reply;
  }

  #take(
    way: 'session' | 'webhook',
    chat: string,
    answers: string | null,
    body: Record<string, unknown>,
    read: Read | null,
    size: number,
  ): HttpReply {
    if (size > 20_000) return oapi(460101, 'message too long, exceed 20000 bytes');
    if (read === null) return oapi(400105, 'unsupported msgtype');
    const words = (body.text ?? body.markdown ?? body.actionCard) as { content?: string; text?: string };
    const bytes = Buffer.byteLength(JSON.stringify(words.content ?? words.text));
    this.posted.push({ ...read, chat, way, answers, body, bytes });
    return oapi(0);
  }

  #byRobot(way: 'group' | 'person', body: Record<string, unknown>): HttpReply {
    const { robotCode, openConversationId, userIds, msgKey, msgParam } = body as Record<string, string>;
    if (robotCode !== app.robotCode) return api(400, 'invalidParameter.robotCode.notExist');
    if (Buffer.byteLength(msgParam ?? '') > 15_000) return api(400, 'invalidParameter.msgParam.tooLong');
    const read = readRobotMessage(msgKey ?? '', msgParam ?? '');
    if (!read) return api(400, 'invalidParameter.msgParam.invalid');
    const [user] = (userIds ?? []) as unknown as string[];
    const chat = way === 'group' ? openConversationId : user;
    if (!chat) return api(400, 'miss.param.openConversationId');
    const isFile = msgKey === 'sampleFile' || msgKey === 'sampleImageMsg';
    const file = isFile ? this.#file(JSON.parse(msgParam ?? '')) : {};
    if (!file) return api(400, 'invalidParameter.msgParam.invalid');
    this.posted.push({ ...read, ...file, chat, way, answers: null, body, bytes: Buffer.byteLength(msgParam ?? '') });
    return json(200, { processQueryKey: `pqk-${this.posted.length}` });
  }

  #file({ photoURL, mediaId, fileName, fileType }: Record<string, string>): Pick<Posted, 'file'> | null {
    const picture = this.media.get(photoURL ?? '');
    if (photoURL !== undefined) return picture ? { file: { name: '图片', content: picture } } : null;
    const content = this.media.get(mediaId ?? '');
    if (!content || !fileName?.endsWith(`.${fileType}`)) return null;
    return { file: { name: fileName, content } };
  }

  #card(body: Record<string, unknown>): HttpReply {
    const { outTrackId, cardTemplateId, openSpaceId } = body as Record<string, string>;
    if (cardTemplateId !== cardTemplate) return api(400, 'param.templateNotExist');
    if (!outTrackId || this.#cards.has(outTrackId)) return api(400, 'param.cardAlreadyExist');
    const read = readCard(body);
    if (!read) return api(400, 'param.cardDataInvalid');
    this.#cards.add(outTrackId);
    const chat = openSpaceId?.replace(/^dtv1\.card\/\/IM_(?:GROUP|ROBOT)\./, '') ?? '';
    this.posted.push({ ...read, chat, way: 'card', answers: null, body, bytes: Buffer.byteLength(read.text) });
    return json(200, { success: true, result: { outTrackId, deliverResults: [{ success: true, carrierId: 'c' }] } });
  }

  async #upload(request: IncomingMessage, url: URL, raw: Buffer): Promise<Answer> {
    const trouble = this.#uploadTroubles.shift()?.kind;
    if (trouble === 'hang') return 'hang';
    if (trouble === 'server-error') return oapi(-1, '系统繁忙');
    if (trouble === 'token-expired') return oapi(40014, '不合法的access_token');
    if (trouble === 'too-large') return oapi(40006, '不合法的文件大小');
    if (url.searchParams.get('access_token') !== this.#token) return oapi(40014, '不合法的access_token');
    const headers = { 'content-type': request.headers['content-type'] ?? '' };
    const form = await new Response(new Uint8Array(raw), { headers }).formData();
    const media = form.get('media');
    const type = form.get('type');
    if (type !== url.searchParams.get('type') || !(media instanceof File)) return oapi(40004, '不合法的媒体文件类型');
    if (type !== (/\.(?:jpg|png|gif|bmp)$/u.test(media.name) ? 'image' : 'file'))
      return oapi(40004, '不合法的媒体文件类型');
    if (raw.includes('filename*')) return oapi(40004, '不合法的媒体文件类型');
    const bytes = Buffer.from(await media.arrayBuffer());
    this.uploads.push({ name: media.name, bytes });
    const media_id = `@lEXAMPLE${this.uploads.length}`;
    this.media.set(media_id, bytes);
    if (trouble === 'lost-answer') return 'cut';
    return oapi(0, 'ok', { media_id, type: 'file', created_at: 1 });
  }

  #open(request: IncomingMessage, body: Record<string, unknown>): HttpReply {
    if (this.gateway) return this.gateway;
    if (request.headers.accept !== 'application/json') return { status: 200, body: '<xml/>' };
    if (body.clientId !== app.clientId || body.clientSecret !== app.clientSecret) return api(401, 'authFailed');
    this.subscriptions = body.subscriptions;
    const ticket = randomUUID();
    this.#tickets.add(ticket);
    return json(200, { endpoint: `${this.url.replace('http', 'ws')}/connect`, ticket });
  }
}
