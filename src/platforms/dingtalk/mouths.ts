import { createHash } from 'node:crypto';

import { z } from 'zod';

import type { Target } from '../adapter.js';
import { type GroupWebhook, signedUrl } from './addresses.js';
import { answered } from './answered.js';
import type { Api } from './api.js';
import type { DingtalkDeps } from './deps.js';
import { type Answer, oapiAnswer } from './errors.js';
import { type RobotMessage, robotMessage, webhookMessage } from './native.js';
import type { Part } from './render.js';

/** One way to speak to one target. */
export interface Mouth {
  /** Whose messages are counted together; closed together with all others that have it. */
  lane: string;
  /** Closed when the platform silences this robot. */
  robot: string;
  /** Whether the platform takes the same message once only. */
  keyed: boolean;
  mentions: boolean;
  /** Whether another way is to be taken when the platform says that it has expired. */
  expires: boolean;
  post(part: Part, form: 'rich' | 'plain', key: string): Promise<Answer>;
}

const jsonType = { 'content-type': 'application/json; charset=utf-8' };
const hash = (text: string) => createHash('sha256').update(text).digest('hex');

/** The same for every retry. */
export const msgUuidOf = (key: string) => hash(key).slice(0, 32);

/** Answers the very message, while its address holds. Whether a repeated msgUuid is honoured here nobody says. */
export function sessionMouth(sessionWebhook: string, { chatId }: Target, deps: DingtalkDeps): Mouth {
  const lane = `session ${chatId}`;
  return {
    lane,
    robot: lane,
    keyed: false,
    mentions: true,
    expires: true,
    post: (part, form) =>
      answered(deps, 'robot/sendBySession', oapiAnswer, {
        method: 'POST',
        url: sessionWebhook,
        headers: jsonType,
        body: JSON.stringify(webhookMessage(part, form)),
      }),
  };
}

/** The group's own robot, the only way to ring somebody unasked. 《自定义机器人发送群聊消息》 */
export function webhookMouth(webhook: GroupWebhook, deps: DingtalkDeps): Mouth {
  const lane = `webhook ${hash(webhook.url)}`;
  return {
    lane,
    robot: lane,
    keyed: true,
    mentions: true,
    expires: false,
    post: (part, form, key) =>
      answered(deps, 'robot/send', oapiAnswer, {
        method: 'POST',
        url: signedUrl(webhook, deps.now()),
        headers: jsonType,
        body: JSON.stringify({ ...webhookMessage(part, form), msgUuid: msgUuidOf(key) }),
      }),
  };
}

const apiRobot = 'robot';

/** 《机器人发送群聊消息》: takes no key and mentions nobody. */
export function groupMouth(api: Api, robotCode: string, { chatId }: Target): Mouth {
  return {
    lane: `group ${chatId}`,
    robot: apiRobot,
    keyed: false,
    mentions: false,
    expires: false,
    post: (part, form) =>
      api.post('robot/groupMessages/send', { robotCode, openConversationId: chatId, ...robotMessage(part, form) }),
  };
}

const batchResult = z.object({
  invalidStaffIdList: z.array(z.string()).nullish(),
  flowControlledStaffIdList: z.array(z.string()).nullish(),
});
const flowControlMs = 60_000;

/** 《批量发送人与机器人会话中机器人消息》: partial failure comes with HTTP 200. */
export function personMouth(api: Api, robotCode: string, userId: string): Mouth {
  return {
    lane: `person ${userId}`,
    robot: apiRobot,
    keyed: false,
    mentions: false,
    expires: false,
    post: async (part, form) => oneToOne(api, robotCode, userId, robotMessage(part, form)),
  };
}

async function oneToOne(api: Api, robotCode: string, userId: string, message: RobotMessage): Promise<Answer> {
  const answer = await api.post('robot/oToMessages/batchSend', { robotCode, userIds: [userId], ...message });
  const { data } = batchResult.safeParse(answer.kind === 'ok' ? answer.json : null);
  if (data?.flowControlledStaffIdList?.includes(userId)) {
    return { kind: 'failed', failure: 'qps', code: 'flowControlled', afterMs: flowControlMs };
  }
  if (data?.invalidStaffIdList?.includes(userId)) {
    return { kind: 'failed', failure: 'gone', code: 'invalidStaffId', afterMs: null };
  }
  return answer;
}

/** A file has no way but the robot's own calls. */
export function postFile(api: Api, robotCode: string, target: Target, message: RobotMessage): Promise<Answer> {
  return target.userId === null
    ? api.post('robot/groupMessages/send', { robotCode, openConversationId: target.chatId, ...message })
    : oneToOne(api, robotCode, target.userId, message);
}
