import { pino } from 'pino';

import type { PlatformAdapter, Target } from '../../../src/platforms/adapter.js';
import { createDingtalkAdapter } from '../../../src/platforms/dingtalk/adapter.js';
import { type DingtalkSettings, hostsOf, type RobotSettings } from '../../../src/platforms/dingtalk/settings.js';
import type { Times } from '../../../src/platforms/dingtalk/stream.js';
import { createHttp, type Http } from '../../../src/platforms/http.js';
import type { Rig, Said } from '../contract.js';
import {
  app,
  bot,
  cardSecret,
  cardTemplate,
  colleague,
  DingtalkSimulator,
  groupChat,
  type Posted,
  speaker,
  webhookSecret,
  webhookToken,
} from './simulator.js';

export const secrets = [app.clientSecret, webhookSecret, webhookToken, cardSecret, 'at-1-demo', 'session-1'];

export interface DingtalkRig {
  sim: DingtalkSimulator;
  adapter: PlatformAdapter;
  /** With its own robot. */
  group: Target;
  person: Target;
  now: Date;
  pauses: number[];
  logged(): string;
  close(): Promise<void>;
}

export const withCards: Partial<RobotSettings> = {
  cards: { templateId: cardTemplate, callback: { routeKey: 'duban', secret: cardSecret } },
};

/** The adapter as it is in use, but for its patience. */
export async function dingtalkRig(
  change: Partial<RobotSettings> | { mode: 'send-only' } = {},
  times: Partial<Times> = {},
): Promise<DingtalkRig> {
  const sim = await new DingtalkSimulator().start();
  const lines: string[] = [];
  const log = pino({ level: 'trace' }, { write: (line) => void lines.push(line) });
  const settings = {
    ...app,
    mode: 'webhook',
    apiUrl: `${sim.url}/`,
    oapiUrl: sim.url,
    mediaUrls: [],
    ...change,
  } as DingtalkSettings;
  const real = createHttp({ allowed: hostsOf(settings) });
  const http: Http = { ...real, call: (call) => real.call({ ...call, timeoutMs: 400 }) };
  const pauses: number[] = [];
  const target = { account: app.robotCode, chatId: groupChat, userId: null, route: null };
  const rig = {
    sim,
    group: { ...target, webhook: sim.webhook },
    person: { ...target, chatId: '', userId: colleague, webhook: null },
    now: new Date(1767225600000),
    pauses,
    logged: () => lines.join(''),
    async close() {
      await sim.stop();
      await real.close();
    },
  };
  sim.now = () => rig.now.getTime();
  const pause = async (ms: number) => void pauses.push(ms);
  const adapter = createDingtalkAdapter(settings, { http, now: () => rig.now, log, pause }, times);
  return Object.assign(rig, { adapter });
}

/** The first button of a card, as a click brings it back. */
export function pressOf(card: Posted | undefined, label?: string): { card: string; press: string } {
  if (!card) throw new Error('no card');
  const { cardParamMap } = card.body.cardData as { cardParamMap: { buttons: string } };
  const buttons: { label: string; press: string }[] = JSON.parse(cardParamMap.buttons);
  const [{ press } = { press: '' }] = buttons.filter((one) => (label ?? one.label) === one.label);
  return { card: String(card.body.outTrackId), press };
}

/** As the contract wants it; `way` is how the group is spoken to. */
export async function contractRig(way: 'webhook' | 'robot' | 'card'): Promise<Rig> {
  const rig = await dingtalkRig(way === 'card' ? withCards : {});
  const { sim } = rig;
  const group = way === 'robot' ? { ...rig.group, webhook: null } : rig.group;
  const pressed = async (send: string, id = 'c') => {
    const buttons = [{ label: '按', send }];
    const reply = { kind: 'question' as const, text: '请选', buttons };
    await rig.adapter.send(group, { key: `press ${id}`, reply, userIds: new Map() });
    const { card, press } = pressOf(sim.posted.pop());
    return sim.cardRequest(sim.pressed(card, press));
  };
  const event = async ({ text = '', colleague: name, id, private: isPrivate = false, file, button }: Said) => {
    if (button !== undefined) return way === 'card' ? pressed(button, id) : null;
    const common = { private: isPrivate, ...(id === undefined ? {} : { id }) };
    if (file) {
      sim.files.set('code1', Buffer.from(file.content));
      const content = { downloadCode: 'code1', fileName: file.name, spaceId: '1', fileId: '2' };
      return sim.request(sim.spoken({ ...common, more: { msgtype: 'file', text: undefined, content } }));
    }
    return sim.request(sim.spoken({ ...common, text: name === undefined ? text : `${text} @${name}` }));
  };
  // Waits as long as it is told, as the sender does.
  const patient: PlatformAdapter = {
    ...rig.adapter,
    limits: rig.adapter.limitsFor?.(group) ?? rig.adapter.limits,
    // Without a robot of its own nobody is rung in a group.
    abilities: new Set([...rig.adapter.abilities].filter((one) => way !== 'robot' || one !== 'mention')),
    async send(target, delivery) {
      const sent = await rig.adapter.send(target, delivery);
      if (sent.kind === 'retry') rig.now = new Date(rig.now.getTime() + sent.afterMs);
      return sent;
    },
  };
  const request = async () => sim.request(sim.spoken());
  return {
    adapter: patient,
    account: app.robotCode,
    group,
    person: rig.person,
    speaker,
    colleague,
    event,
    foreign: async () => sim.request(sim.spoken({ more: { robotCode: 'dinganother' } })),
    own: async () => sim.request(sim.spoken({ more: { senderId: bot, senderStaffId: undefined } })),
    unsupported: async () =>
      sim.request(
        sim.spoken({
          more: { msgtype: 'unknownMsgType', text: undefined, content: { unknownMsgType: '请更新客户端' } },
        }),
      ),
    async tampered() {
      const sent = await request();
      const headers = new Headers(sent.headers);
      headers.set('timestamp', String(Number(headers.get('timestamp')) + 1));
      return new Request(sent.url, { method: 'POST', headers, body: await sent.text() });
    },
    async unsigned() {
      const sent = await request();
      return new Request(sent.url, { method: 'POST', body: await sent.text() });
    },
    plaintext: async () => null,
    garbage: async () => sim.request('{"hello":'),
    stale: async () => sim.request(sim.spoken(), { at: rig.now.getTime() - 3_600_001 }),
    trouble: (...next) => sim.trouble(...next),
    uploadTrouble: (...next) => sim.uploadTrouble(...next),
    forgetUploads: () => sim.media.clear(),
    shown: () => sim.shown(),
    files: () => sim.shownFiles(),
    tokensAsked: () => sim.tokensAsked,
    logged: rig.logged,
    secrets: secrets.filter((one) => one !== 'session-1'),
    close: rig.close,
  };
}
