import type { IncomingMessage } from '../../chat/message.js';
import type { Notice } from '../adapter.js';
import { isSessionWebhook } from './addresses.js';
import type { Api } from './api.js';
import type { DingtalkDeps } from './deps.js';
import { fileOf } from './files.js';
import { senderOf } from './identity.js';
import { isOverQuota, type RobotMessage, readQuoted, readSaid, robotMessage } from './robot-message.js';
import type { Route } from './route.js';
import type { RobotSettings } from './settings.js';

export interface Hearing {
  settings: RobotSettings;
  deps: DingtalkDeps;
  api: Api;
}

/** What a message says, over whichever road it came. */
export type Heard =
  | { kind: 'message'; message: IncomingMessage }
  | { kind: 'notice'; notice: Notice }
  | { kind: 'ignored'; why: 'own-message' | 'unsupported' }
  | { kind: 'foreign' }
  | { kind: 'malformed' };

const longestName = 60;

export function hearMessage(hearing: Hearing, body: unknown): Heard {
  const { settings, deps } = hearing;
  const { data } = robotMessage.safeParse(body);
  if (!data) return { kind: 'malformed' };
  if (!isOurs(data, settings)) return { kind: 'foreign' };
  if (isOverQuota(data)) {
    deps.log.error({ code: data.code }, 'dingtalk: messages come without words, the calls of this month are used up');
    const chatName = data.conversationTitle?.slice(0, longestName) ?? null;
    const notice = { account: settings.robotCode, chatId: data.conversationId ?? '', chatName };
    return { kind: 'notice', notice: { kind: 'over-quota', ...notice } };
  }
  const { msgId, conversationId, conversationType, senderId, chatbotUserId } = data;
  if (!msgId || !conversationId || !conversationType) return { kind: 'malformed' };
  if (senderId && senderId === chatbotUserId) return { kind: 'ignored', why: 'own-message' };
  const said = readSaid(data);
  if (said === null) return { kind: 'ignored', why: 'unsupported' };
  const isPrivate = conversationType === '1';
  const message: IncomingMessage = {
    platform: 'dingtalk',
    account: settings.robotCode,
    id: msgId,
    chat: {
      id: conversationId,
      private: isPrivate,
      name: isPrivate ? null : data.conversationTitle?.slice(0, longestName) || null,
    },
    sender: whoSaid(hearing, data),
    text: said.text,
    addressed: isPrivate || data.isInAtList !== false,
    senderName: data.senderNick?.slice(0, longestName) || null,
    quoted: readQuoted(data),
    answeredBy: 'delivery',
    route: routeOf(hearing, data),
    ...(said.files.length > 0 ? { files: said.files.map(fileOf) } : {}),
  };
  return { kind: 'message', message };
}

/** The robot's code is missing from some samples, never both. */
function isOurs({ robotCode, chatbotCorpId }: RobotMessage, settings: RobotSettings): boolean {
  if (!robotCode && !chatbotCorpId) return false;
  return (!robotCode || robotCode === settings.robotCode) && (!chatbotCorpId || chatbotCorpId === settings.corpId);
}

function whoSaid({ settings, deps }: Hearing, data: RobotMessage): string {
  const { senderStaffId = null, senderCorpId = null, senderId = null } = data;
  const { sender, known } = senderOf({ senderStaffId, senderCorpId, senderId }, settings.corpId);
  if (!known) {
    deps.log.warn({ messageId: data.msgId }, 'sender without a staff id: an outsider, or the app is not published yet');
  }
  return sender;
}

function routeOf({ settings, deps }: Hearing, data: RobotMessage): Route | null {
  const { sessionWebhook, sessionWebhookExpiredTime: expiresAt } = data;
  if (!sessionWebhook || !expiresAt) return null;
  if (isSessionWebhook(sessionWebhook, settings.oapiUrl)) return { sessionWebhook, expiresAt };
  deps.log.warn({ messageId: data.msgId }, 'the address for answers is not on the platform; it is not used');
  return null;
}
