import type { Ability, PlatformAdapter, Sent, Target } from '../adapter.js';
import { trimmed } from './addresses.js';
import { Api } from './api.js';
import { hasCards } from './cards.js';
import type { DingtalkDeps } from './deps.js';
import type { Hearing } from './hear.js';
import { receive } from './receive.js';
import { Speaker } from './send.js';
import type { DingtalkSettings } from './settings.js';
import { openStream, type Times } from './stream.js';

export interface DingtalkAdapter extends PlatformAdapter {
  /** doc, docx, xlsx, pdf, zip, rar, at most 10 MB. */
  sendFile(target: Target, file: { key: string; name: string; bytes: Uint8Array }): Promise<Sent>;
}

/**
 * 钉钉 hears by its 企业机器人, which is told only what mentions it. It answers by the address that comes with each message,
 * and speaks unasked by the group's own robot, since only that one rings whom it mentions; else by 企业机器人 itself.
 */
export function createDingtalkAdapter(
  given: DingtalkSettings,
  deps: DingtalkDeps,
  times: Partial<Times> = {},
): DingtalkAdapter {
  const settings: DingtalkSettings =
    given.mode === 'send-only'
      ? { ...given, oapiUrl: trimmed(given.oapiUrl) }
      : { ...given, oapiUrl: trimmed(given.oapiUrl), apiUrl: trimmed(given.apiUrl) };
  const hearing: Hearing | null =
    settings.mode === 'send-only' ? null : { settings, deps, api: new Api(settings, deps) };
  const speaker = new Speaker(settings, deps, hearing?.api ?? null);
  const more: Ability[] = [...(hearing ? (['file'] as const) : []), ...buttonsOf(settings)];
  return {
    name: 'dingtalk',
    limits: speaker.limits,
    limitsFor: (target) => speaker.limitsFor(target),
    abilities: new Set<Ability>(['mention', 'card', 'push', ...more]),
    async receive(request) {
      if (hearing?.settings.mode === 'webhook') return receive(hearing, request);
      // Nothing that arrives here could be expected.
      const response = Response.json({ error: 'signature' }, { status: 404 });
      return { kind: 'rejected', why: 'signature', response };
    },
    send: (target, delivery) => speaker.say(target, delivery),
    sendFile: (target, file) => speaker.sayFile(target, file),
    ...(hearing?.settings.mode === 'stream'
      ? { connect: (ears, signal) => openStream(hearing, ears, times, signal) }
      : {}),
  };
}

function buttonsOf(settings: DingtalkSettings): Ability[] {
  return settings.mode !== 'send-only' && hasCards(settings) ? ['button'] : [];
}
