import { pino } from 'pino';

import type { PlatformAdapter, Target } from '../../../src/platforms/adapter.js';
import { createFeishuAdapter } from '../../../src/platforms/feishu/adapter.js';
import type { FeishuSettings } from '../../../src/platforms/feishu/settings.js';
import { createHttp, type Http } from '../../../src/platforms/http.js';
import type { Times } from '../../../src/platforms/kept-open.js';
import type { Rig, Said } from '../contract.js';
import { sealed, signedRequest } from './sealing.js';
import { app, bot, FeishuSimulator } from './simulator.js';

export const group: Target = { account: app.appId, chatId: 'oc_group', userId: null, route: null, webhook: null };
export const person: Target = { ...group, chatId: '', userId: 'ou_u2' };

export interface FeishuRig {
  sim: FeishuSimulator;
  adapter: PlatformAdapter;
  logged(): string;
  close(): Promise<void>;
}

const patienceMs = 400;

/** The adapter as it is in use, but for its patience. */
export async function feishuRig(
  change: Partial<FeishuSettings> = {},
  { now = () => new Date('2023-09-25T09:00:00+08:00'), times = {} }: { now?: () => Date; times?: Partial<Times> } = {},
): Promise<FeishuRig> {
  const sim = await new FeishuSimulator().start();
  const lines: string[] = [];
  const log = pino({ level: 'trace' }, { write: (line) => void lines.push(line) });
  const real = createHttp({ allowed: [sim.url] });
  const http: Http = { ...real, call: (call) => real.call({ ...call, timeoutMs: patienceMs }) };
  const settings = { ...app, mode: 'webhook', baseUrl: `${sim.url}/`, ...change } as FeishuSettings;
  const adapter = createFeishuAdapter(settings, { http, now, log }, times);
  return {
    sim,
    adapter,
    logged: () => lines.join(''),
    async close() {
      await sim.stop();
      await real.close();
    },
  };
}

/** As the contract wants it. */
export async function contractRig(): Promise<Rig> {
  const rig = await feishuRig();
  const { sim } = rig;
  const event = ({ text = '', colleague, id, private: isPrivate = false, file, button }: Said) => {
    if (button !== undefined) return sim.pressed('oc_group', 'ou_u1', { send: button, private: false }, 'om_card', id);
    const chat = isPrivate ? 'oc_private' : 'oc_group';
    const common = { chat, user: 'ou_u1', private: isPrivate, ...(id === undefined ? {} : { id }) };
    if (file) {
      sim.files.set('file_1', { name: file.name, type: 'stream', content: Buffer.from(file.content) });
      const content = JSON.stringify({ file_key: 'file_1', file_name: file.name });
      return sim.spoken({ ...common, type: 'file', content });
    }
    if (colleague !== undefined) sim.users.set('ou_u3', colleague);
    return sim.spoken({ ...common, text, mention: !isPrivate, colleagues: colleague === undefined ? [] : ['ou_u3'] });
  };
  const request = (said: Said) => sim.request(event(said));
  return {
    adapter: rig.adapter,
    account: app.appId,
    group,
    person,
    speaker: 'ou_u1',
    colleague: 'ou_u2',
    event: async (said) => request(said),
    foreign: async () =>
      sim.request(sim.spoken({ chat: 'oc_group', user: 'ou_u1', text: '查询' }, { app_id: 'cli_ffffffffffffffff' })),
    own: async () => sim.request(sim.spoken({ chat: 'oc_group', user: bot, text: '已记', senderType: 'bot' })),
    unsupported: async () =>
      sim.request(
        sim.spoken({ chat: 'oc_group', user: 'ou_u1', type: 'sticker', content: JSON.stringify({ file_key: 'x' }) }),
      ),
    async tampered() {
      const sent = request({ text: '查询' });
      const body = (await sent.text()).replace(/.(?="\}$)/, (last) => (last === '=' ? 'A' : '='));
      return new Request(sent.url, { method: 'POST', headers: sent.headers, body });
    },
    async unsigned() {
      const sent = request({ text: '查询' });
      return new Request(sent.url, { method: 'POST', body: await sent.text() });
    },
    plaintext: async () =>
      new Request('http://127.0.0.1/', { method: 'POST', body: JSON.stringify(event({ text: '查询' })) }),
    garbage: async () => signedRequest(sealed('{"hello":', app.encryptKey), app.encryptKey),
    stale: async () => null,
    async trouble(...next) {
      sim.trouble(...next);
    },
    uploadTrouble: (...next) => sim.uploadTrouble(...next),
    forgetUploads: () => sim.files.clear(),
    shown: () => sim.shown(),
    files: () => sim.shownFiles(),
    tokensAsked: () => sim.tokensAsked,
    logged: rig.logged,
    secrets: [app.appSecret, app.encryptKey, app.verificationToken, 't-1-demo'],
    close: rig.close,
  };
}
