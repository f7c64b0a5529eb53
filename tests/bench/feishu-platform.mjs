import { once } from 'node:events';
import { createServer } from 'node:http';

import { Pool } from 'undici';

import { sealed, signature } from '../platforms/feishu/sealing.ts';
import { percentiles } from './figures.mjs';

export const app = {
  appId: 'cli_a1b2c3d4e5f60718',
  appSecret: 'secret-of-the-demo-app',
  encryptKey: 'gov-demo-encrypt-key-01',
  verificationToken: 'vt_demo_8f3a',
};
const bot = 'ou_bot';
const patienceMs = 10_000;
const answers = {
  token: { code: 0, msg: 'ok', tenant_access_token: 't-bench', expire: 7200 },
  bot: { code: 0, msg: 'ok', bot: { activate_status: 2, app_name: '督办助手', open_id: bot } },
  chat: { code: 0, msg: 'ok', data: { name: '工作群' } },
  user: { code: 0, msg: 'ok', data: { user: { name: '王五' } } },
};
const replyPath = /^\/open-apis\/im\/v1\/messages\/([^/]+)\/reply$/;

/** 飞书 on a port of this machine: people who ask in groups, and the calls by which a bot answers them. */
export class BenchPlatform {
  /** Who waits for the reply to which message. */
  #waiting = new Map();
  #serial = 0;
  #server = createServer((request, response) => this.#serve(request, response));

  async start() {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    this.#server.keepAliveTimeout = 60_000;
    this.url = `http://127.0.0.1:${this.#server.address().port}`;
    return this;
  }

  stop() {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  #serve(request, response) {
    const chunks = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
      const answer = this.#answer(request.url, () => JSON.parse(Buffer.concat(chunks).toString('utf8')));
      response.setHeader('content-type', 'application/json; charset=utf-8');
      response.end(JSON.stringify(answer));
    });
  }

  #answer(url, body) {
    const [, answered] = replyPath.exec(url) ?? [];
    if (answered !== undefined) {
      const { msg_type: type, content } = body();
      this.#waiting.get(answered)?.(type === 'text' ? JSON.parse(content).text : `(${type})`);
      return { code: 0, msg: 'success', data: { message_id: `om_bot_${answered}` } };
    }
    if (url.endsWith('/tenant_access_token/internal')) return answers.token;
    if (url.endsWith('/bot/v3/info')) return answers.bot;
    if (url.startsWith('/open-apis/im/v1/chats/')) return answers.chat;
    if (url.startsWith('/open-apis/contact/v3/users/')) return answers.user;
    return { code: 404, msg: `nothing at ${url}` };
  }

  /** What somebody says to the bot, sealed and signed as it goes over the wire. */
  spoken({ chat, user, text }) {
    this.#serial += 1;
    const id = `om_${this.#serial}`;
    const event = {
      schema: '2.0',
      header: {
        event_id: `ev_${this.#serial}`,
        event_type: 'im.message.receive_v1',
        create_time: '1775001600000',
        token: app.verificationToken,
        app_id: app.appId,
        tenant_key: 'tk1',
      },
      event: {
        sender: {
          sender_id: { open_id: user, union_id: `on_${user}`, user_id: '' },
          sender_type: 'user',
          tenant_key: 'tk1',
        },
        message: {
          message_id: id,
          create_time: '1775001599900',
          update_time: '1775001599900',
          chat_id: chat,
          chat_type: 'group',
          message_type: 'text',
          content: JSON.stringify({ text: `@_user_1 ${text}` }),
          mentions: [
            {
              key: '@_user_1',
              id: { open_id: bot, union_id: 'on_bot', user_id: '' },
              mentioned_type: 'bot',
              name: '督办助手',
              tenant_key: 'tk1',
            },
          ],
        },
      },
    };
    const body = sealed(JSON.stringify(event), app.encryptKey);
    const [timestamp, nonce] = ['1775001600', `nonce-${this.#serial}`];
    const headers = {
      'content-type': 'application/json;charset=utf-8',
      'x-lark-request-timestamp': timestamp,
      'x-lark-request-nonce': nonce,
      'x-lark-signature': signature(body, timestamp, nonce, app.encryptKey),
    };
    return { id, text, request: { method: 'POST', path: '/webhooks/feishu', headers, body } };
  }

  /**
   * Lets people say `turns` messages in each of `atOnce` lanes, each when the reply to the one before has arrived here.
   * `check` sees each question with its answer. Returns commands per second, and p50 and p99 of the way there and back in ms.
   */
  async drive(origin, { turns, atOnce, say, check }) {
    const lanes = Array.from({ length: atOnce }, (_, lane) =>
      Array.from({ length: turns }, (_, turn) => this.spoken(say(turn, lane))),
    );
    const pool = new Pool(origin, { connections: atOnce });
    const times = [];
    const started = performance.now();
    await Promise.all(
      lanes.map(async (messages) => {
        for (const message of messages) {
          const said = performance.now();
          const [reply] = await Promise.all([this.#replyTo(message.id), deliver(pool, message.request)]);
          times.push(reply.at - said);
          check(message.text, reply.text);
        }
      }),
    );
    const seconds = (performance.now() - started) / 1000;
    await pool.close();
    return { perSecond: times.length / seconds, ...percentiles(times) };
  }

  #replyTo(id) {
    return new Promise((resolve, reject) => {
      const tooLong = setTimeout(() => reject(new Error(`no reply to ${id}`)), patienceMs);
      this.#waiting.set(id, (text) => {
        clearTimeout(tooLong);
        this.#waiting.delete(id);
        resolve({ text, at: performance.now() });
      });
    });
  }
}

async function deliver(pool, request) {
  const answer = await pool.request(request);
  const body = await answer.body.text();
  if (answer.statusCode !== 200) throw new Error(`the bot answered ${answer.statusCode}: ${body}`);
}
