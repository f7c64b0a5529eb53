import type { Ability, Inbound, Limits, PlatformAdapter } from '../adapter.js';
import type { Times } from '../kept-open.js';
import { Api } from './api.js';
import type { FeishuDeps } from './deps.js';
import { fetchFile } from './files.js';
import type { Hearing } from './hear.js';
import { Identity } from './identity.js';
import { openLongConnection } from './long-connection.js';
import { Names } from './names.js';
import { createReceiver } from './receive.js';
import { Speaker } from './send.js';
import type { FeishuSettings } from './settings.js';

/** open.feishu.cn 《发送消息》 and 《频控策略》. */
const limits: Limits = {
  /** A card may have 30 KB, measured after the platform has written it out; texts 150 KB. */
  textBytes: 25_000,
  /** Five a second for a group, shared by all its bots. */
  spacingMs: 250,
  sendsPerMinute: 240,
  /** And fifty a second, which an even pace keeps to as well. */
  appPerMinute: 1000,
  /** A uuid is honoured for an hour. */
  keyHonouredMs: 55 * 60_000,
};

export function createFeishuAdapter(
  given: FeishuSettings,
  deps: FeishuDeps,
  times: Partial<Times> = {},
): PlatformAdapter {
  const settings = { ...given, baseUrl: given.baseUrl.replace(/\/+$/u, '') };
  const { cards = true } = settings;
  const api = new Api(settings, deps);
  const hearing: Hearing = { settings, deps, api, identity: new Identity(api), names: new Names(api, deps.now) };
  const speaker = new Speaker(api, limits, cards);
  const withCards: Ability[] = cards ? ['table', 'card', 'button'] : [];
  return {
    name: 'feishu',
    limits,
    abilities: new Set<Ability>(['mention', 'file', 'push', ...withCards]),
    receive: settings.mode === 'webhook' ? createReceiver(hearing, settings) : refuse,
    fetchFile: (source, signal) => fetchFile(api, source, signal),
    send: (target, delivery) => speaker.say(target, delivery),
    ...(settings.mode === 'stream'
      ? { connect: (ears, signal) => openLongConnection(hearing, ears, times, signal) }
      : {}),
  };
}

/** Events come over the long connection; nothing that arrives at an address can be verified. */
async function refuse(): Promise<Inbound> {
  return { kind: 'rejected', why: 'signature', response: Response.json({ error: 'signature' }, { status: 404 }) };
}
