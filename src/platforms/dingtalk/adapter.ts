import type { FileWay } from '../../chat/message.js';
import type { Ability, PlatformAdapter } from '../adapter.js';
import { again } from '../asked-again.js';
import { trimmed } from './addresses.js';
import { Api } from './api.js';
import { hasCards } from './cards.js';
import type { DingtalkDeps } from './deps.js';
import { fetchFile } from './files.js';
import type { Hearing } from './hear.js';
import { isStaffId } from './identity.js';
import { receive } from './receive.js';
import { Speaker } from './send.js';
import type { DingtalkSettings } from './settings.js';
import { openStream, type Times } from './stream.js';

/**
 * 钉钉 hears by its 企业机器人, which is told only what mentions it. It answers by the address that comes with each message,
 * and speaks unasked by the group's own robot, since only that one rings whom it mentions; else by 企业机器人 itself.
 */
export function createDingtalkAdapter(
  given: DingtalkSettings,
  deps: DingtalkDeps,
  times: Partial<Times> = {},
): PlatformAdapter {
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
    limitsFor: (target, kind) => speaker.limitsFor(target, kind),
    fileWay: ({ chat, sender, text }) =>
      hearing === null || (chat.private && !isStaffId(sender)) ? noFile(text) : { kind: 'with-answer' },
    abilities: new Set<Ability>(['mention', 'card', 'push', ...more]),
    // 企业机器人 hears; the group's own robot, which another person made, may be gone all the same.
    speaksWhereItHears: ({ webhook }) => webhook === null && hearing !== null,
    async receive(request) {
      if (hearing?.settings.mode === 'webhook') return receive(hearing, request);
      // Nothing that arrives here could be expected.
      const response = Response.json({ error: 'signature' }, { status: 404 });
      return { kind: 'rejected', why: 'signature', response };
    },
    ...(hearing
      ? { fetchFile: (source, signal) => fetchFile(hearing.api, hearing.settings, deps, source, signal) }
      : {}),
    send: (target, delivery) => speaker.say(target, delivery),
    ...(hearing?.settings.mode === 'stream'
      ? { connect: (ears, signal) => openStream(hearing, ears, times, signal) }
      : {}),
  };
}

/** The robot's own calls reach a group, and whoever has a number in the organisation. */
const noFile = (asked: string): FileWay => ({
  kind: 'none',
  say: `这里发不了文件：钉钉没有给出你的员工号。请在工作群里@我发“${again(asked)}”。`,
});

function buttonsOf(settings: DingtalkSettings): Ability[] {
  return settings.mode !== 'send-only' && hasCards(settings) ? ['button'] : [];
}
