import { setTimeout as sleep } from 'node:timers/promises';

import { z } from 'zod';

import type { ReplyKind } from '../../chat/message.js';
import type { Delivery, Limits, MadeFile, Sent, Target } from '../adapter.js';
import { Uploads } from '../uploads.js';
import { readGroupWebhook } from './addresses.js';
import type { Api } from './api.js';
import { cardRequest, hasCards, postCard } from './cards.js';
import type { DingtalkDeps } from './deps.js';
import { type Answer, banPauseMs, robotPauseMs, sentOf } from './errors.js';
import { upload } from './files.js';
import { Gate } from './gate.js';
import { isStaffId } from './identity.js';
import { groupMouth, type Mouth, personMouth, postFile, sessionMouth, webhookMouth } from './mouths.js';
import type { RobotMessage } from './native.js';
import { PartsSent } from './parts-sent.js';
import { messageBytes, type Part, render } from './render.js';
import { openRoute } from './route.js';
import type { DingtalkSettings } from './settings.js';

/** Twenty a minute for a webhook; the twenty-first silences it for ten minutes: 《自定义机器人发送群聊消息》. */
const perMinute = 18;
const betweenMs = 1_000;
const everything = 'everything';
const nobody = new Map<string, string>();

const unkeyed: Limits = { textBytes: messageBytes, spacingMs: 0, sendsPerMinute: perMinute, keyHonouredMs: 0 };
/** Twenty calls a second for an app (标准版): 《调用频率限制》. A group's own robot is no call of the app. */
const byApp: Limits = { ...unkeyed, appPerMinute: 20 * 60 };
/** For how long a msgUuid is remembered is not written; a retry after a time-out comes within minutes. */
const keyed: Limits = { ...unkeyed, spacingMs: betweenMs, keyHonouredMs: 300_000 };

const queryKey = z.object({ processQueryKey: z.string() });

/** Says one reply, in as many messages as it needs, by the best way that is open. */
export class Speaker {
  readonly #settings: DingtalkSettings;
  readonly #deps: DingtalkDeps;
  readonly #api: Api | null;
  readonly #gate = new Gate(perMinute);
  readonly #parts = new PartsSent();
  /** Cards that the platform did not deliver: a second attempt would be told that they exist. */
  readonly #refusedCards = new Set<string>();
  readonly #uploads = new Uploads<RobotMessage>();

  constructor(settings: DingtalkSettings, deps: DingtalkDeps, api: Api | null) {
    this.#settings = settings;
    this.#deps = deps;
    this.#api = api;
  }

  get limits(): Limits {
    return keyed;
  }

  limitsFor(target: Target, kind?: ReplyKind): Limits {
    // Only the robot's own calls take a file, and they take no key.
    if (kind === 'file') return byApp;
    const answers = openRoute(target.route, this.#settings.oapiUrl, this.#deps.now()) !== null;
    if (answers) return unkeyed;
    return target.userId === null && target.webhook !== null ? keyed : byApp;
  }

  async say(target: Target, delivery: Delivery): Promise<Sent> {
    const { reply, makeFile } = delivery;
    if (reply.kind === 'file' && makeFile) return this.#sayFile(target, delivery.key, reply.name, makeFile);
    const byCard = await this.#sayByCard(target, delivery);
    if (byCard) return byCard;
    for (const mouth of this.#mouths(target)) {
      const sent = await this.#sayBy(mouth, delivery);
      if (sent !== 'elsewhere') return sent;
    }
    if (target.userId !== null) return { kind: 'refused', why: '没有这个人的员工号，发不了单聊' };
    const why = target.webhook === null ? '群里没有设置群机器人的地址' : '群机器人的地址不是本平台的';
    return { kind: 'refused', why, target: 'gone' };
  }

  async #sayFile(target: Target, key: string, name: string, makeFile: () => Promise<MadeFile>): Promise<Sent> {
    const api = this.#api;
    if (api === null) return { kind: 'refused', why: '只有群机器人时发不了文件' };
    if (target.userId !== null && !isStaffId(target.userId)) {
      return { kind: 'refused', why: '没有这个人的员工号，发不了单聊' };
    }
    if (this.#parts.of(`${key} file`) > 0) return { kind: 'sent', platformMessageId: null };
    const lane = `file ${target.userId ?? target.chatId}`;
    const closed = this.#closed([everything, 'robot', lane]);
    if (closed) return closed;
    return this.#uploads.send(
      key,
      async () => {
        const made = await makeFile();
        if (made.kind !== 'made') return made;
        const uploaded = await upload(api, name, made.bytes);
        if (uploaded.kind === 'uploaded' || uploaded.kind === 'refused') return uploaded;
        return this.#outcome(uploaded, 'robot', false);
      },
      async (message) => {
        this.#gate.count(lane, this.#deps.now().getTime());
        const answer = await postFile(api, this.#settings.robotCode, target, message);
        if (answer.kind === 'ok') this.#parts.arrived(`${key} file`, 1);
        return { sent: this.#outcome(answer, 'robot', false), stale: isFailure(answer, 'content') };
      },
    );
  }

  /** `null` where there is no card, or the platform does not take it: then the words go another way. */
  async #sayByCard(target: Target, delivery: Delivery): Promise<Sent | null> {
    const settings = this.#settings;
    if (this.#api === null || settings.mode === 'send-only' || !hasCards(settings)) return null;
    if (target.userId !== null && !isStaffId(target.userId)) return null;
    const request = cardRequest(settings, target, delivery);
    if (!request || this.#refusedCards.has(request.outTrackId)) return null;
    const lane = `card ${target.userId ?? target.chatId}`;
    const closed = this.#closed([everything, 'robot', lane]);
    if (closed) return closed;
    this.#gate.count(lane, this.#deps.now().getTime());
    const answer = await postCard(this.#api, request);
    if (answer.kind === 'failed') {
      switch (answer.failure) {
        case 'card-exists':
          return { kind: 'sent', platformMessageId: request.outTrackId };
        case 'content':
        case 'config':
        case 'unknown':
          if (this.#refusedCards.size >= 10_000) this.#refusedCards.clear();
          this.#refusedCards.add(request.outTrackId);
          return null;
        default:
      }
    }
    const sent = this.#outcome(answer, 'robot', true);
    return sent.kind === 'sent' ? { kind: 'sent', platformMessageId: request.outTrackId } : sent;
  }

  /** The best way first; the next one is taken where the address of the answers has expired. */
  #mouths(target: Target): Mouth[] {
    const { oapiUrl, robotCode } = this.#settings;
    const session = openRoute(target.route, oapiUrl, this.#deps.now());
    const answers = session === null ? [] : [sessionMouth(session, target, this.#deps)];
    if (target.userId !== null) {
      const isKnown = this.#api !== null && isStaffId(target.userId);
      return [...answers, ...(isKnown && this.#api ? [personMouth(this.#api, robotCode, target.userId)] : [])];
    }
    if (target.webhook !== null) {
      const webhook = readGroupWebhook(target.webhook, oapiUrl);
      return [...answers, ...(webhook ? [webhookMouth(webhook, this.#deps)] : [])];
    }
    return [...answers, ...(this.#api ? [groupMouth(this.#api, robotCode, target)] : [])];
  }

  async #sayBy(mouth: Mouth, { key, reply, userIds }: Delivery): Promise<Sent | 'elsewhere'> {
    const parts = render(reply, mouth.mentions ? userIds : nobody);
    let last: Sent = { kind: 'sent', platformMessageId: null };
    for (const [at, part] of parts.entries()) {
      if (at < this.#parts.of(key)) continue;
      if (at > 0) await (this.#deps.pause ?? sleep)(betweenMs);
      const sent = await this.#sayPart(mouth, part, `${key} ${at + 1}`);
      if (sent === 'elsewhere' || sent.kind !== 'sent') return sent;
      this.#parts.arrived(key, at + 1);
      last = sent;
    }
    return last;
  }

  /** As it is, else as plain text; each step only when the platform takes the one before not. */
  async #sayPart(mouth: Mouth, part: Part, key: string): Promise<Sent | 'elsewhere'> {
    const closed = this.#closed([everything, mouth.robot, mouth.lane]);
    if (closed) return closed;
    let answer = await this.#post(mouth, part, 'rich', key);
    if (isFailure(answer, 'clock')) answer = await this.#post(mouth, part, 'rich', key);
    if (isFailure(answer, 'content') && part.markdown !== null) {
      answer = await this.#post(mouth, part, 'plain', `${key} plain`);
    }
    return mouth.expires && isFailure(answer, 'session')
      ? 'elsewhere'
      : this.#outcome(answer, mouth.robot, mouth.keyed);
  }

  #post(mouth: Mouth, part: Part, form: 'rich' | 'plain', key: string): Promise<Answer> {
    this.#gate.count(mouth.lane, this.#deps.now().getTime());
    return mouth.post(part, form, key);
  }

  #closed(lanes: string[]): Sent | null {
    const afterMs = this.#gate.waitMs(lanes, this.#deps.now().getTime());
    return afterMs === 0 ? null : { kind: 'retry', afterMs, why: '钉钉限流，等候中', arrived: 'no' };
  }

  #outcome(answer: Answer, robot: string, isKeyed: boolean): Sent {
    if (answer.kind === 'ok') {
      return { kind: 'sent', platformMessageId: queryKey.safeParse(answer.json).data?.processQueryKey ?? null };
    }
    const now = this.#deps.now().getTime();
    if (isFailure(answer, 'robot-rate')) this.#gate.close(robot, now + robotPauseMs);
    if (isFailure(answer, 'ban')) this.#gate.close(everything, now + banPauseMs);
    if (isFailure(answer, 'quota')) this.#deps.log.error('dingtalk: the calls of this month are used up');
    return sentOf(answer, isKeyed);
  }
}

const isFailure = (answer: Answer, failure: string) => answer.kind === 'failed' && answer.failure === failure;
