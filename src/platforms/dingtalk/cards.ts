import { createHash, createHmac } from 'node:crypto';
import { z } from 'zod';
import type { Reply } from '../../chat/message.js';
import type { Target } from '../adapter.js';
import { jsonOrNull } from '../json-or-null.js';
import { buttonsOf, typedButtons } from '../typed-buttons.js';
import type { Api } from './api.js';
import type { Answer } from './errors.js';
import { linesOf, plainLines, ringing, type UserIds, written } from './lines.js';
import { titleOf } from './render.js';
import type { RobotSettings } from './settings.js';
import { isSame } from './sign.js';

/** Of one variable: 《API 卡片数据的填写说明》. */
const mostBytes = 1024;
const longestLabel = 20;

/** What a button carries there and back: the words, and the chat, which a click does not always name; `''` one to one unasked. */
const pressed = z.object({ send: z.string().min(1), chat: z.string(), private: z.boolean(), sign: z.string() });
export type Pressed = z.infer<typeof pressed>;

/** The same for every retry: a second card with it is refused. */
export const outTrackIdOf = (key: string) => `duban-${createHash('sha256').update(key).digest('hex').slice(0, 40)}`;

const signed = (card: string, what: Omit<Pressed, 'sign'>, secret: string) =>
  createHmac('sha256', secret)
    .update(`card button\n${card}\n${what.chat}\n${what.private}\n${what.send}`)
    .digest('base64url')
    .slice(0, 22);

/** What was pressed, if it is a button of ours on this very card; clients could send anything. */
export function readPressed(value: unknown, outTrackId: string, secret: string): Pressed | null {
  const { data } = pressed.safeParse(typeof value === 'string' ? jsonOrNull(value) : null);
  return data && isSame(data.sign, signed(outTrackId, data, secret)) ? data : null;
}

/** Whether clicks would come back. */
export function hasCards({ mode, cards }: RobotSettings): boolean {
  return Boolean(cards) && (mode === 'stream' || Boolean(cards?.callback));
}

export interface CardRequest {
  outTrackId: string;
  body: Record<string, unknown>;
}

/**
 * A reply with buttons as a card of the office's template, whose variables are `title`, `text` (markdown) and `buttons` (a
 * list of `label` and `press`). `null` for what has no buttons or does not fit. 《创建并投放卡片》
 */
export function cardRequest(
  settings: RobotSettings,
  target: Target,
  { key, reply, userIds }: { key: string; reply: Reply; userIds: UserIds },
): CardRequest | null {
  const buttons = buttonsOf(reply);
  const { cards, robotCode, clientSecret, mode } = settings;
  const isPrivate = target.userId !== null;
  if (!cards || !hasCards(settings) || buttons.length === 0 || (target.chatId === '' && !isPrivate)) return null;
  const outTrackId = outTrackIdOf(key);
  const press = (send: string) => {
    const what = { send, chat: target.chatId, private: isPrivate };
    return JSON.stringify({ ...what, sign: signed(outTrackId, what, clientSecret) });
  };
  const lines = linesOf(reply);
  const words = [
    ...lines.map((line) => written({ ...line, mentions: [] }, 'markdown', userIds)),
    ...typedButtons(reply)
      .flatMap(plainLines)
      .map((line) => written(line, 'markdown', userIds)),
  ];
  const people = lines.flatMap(({ mentions }) => mentions);
  const rung = people.flatMap(({ person, name }) => {
    const id = ringing(person, userIds);
    return id === null ? [] : [[id, name.slice(0, 60)] as const];
  });
  const named = people.map(({ person, name }) => {
    const id = ringing(person, userIds);
    const shown = written({ strong: '', words: name, mentions: [] }, 'markdown', userIds);
    return id === null ? `@${shown}` : `<a atId=${id}>${shown}</a>`;
  });
  const cardParamMap = {
    title: titleOf(reply),
    text: [...words, named.join(' ')].filter((line) => line !== '').join('<br>'),
    buttons: JSON.stringify(
      buttons.map(({ label, send }) => ({ label: [...label].slice(0, longestLabel).join(''), press: press(send) })),
    ),
  };
  if (Object.values(cardParamMap).some((value) => Buffer.byteLength(value) > mostBytes)) return null;
  const space = isPrivate
    ? {
        openSpaceId: `dtv1.card//IM_ROBOT.${target.userId}`,
        imRobotOpenSpaceModel: { supportForward: false, notification: { alertContent: cardParamMap.title } },
        imRobotOpenDeliverModel: { spaceType: 'IM_ROBOT' },
      }
    : {
        openSpaceId: `dtv1.card//IM_GROUP.${target.chatId}`,
        imGroupOpenSpaceModel: { supportForward: false, notification: { alertContent: cardParamMap.title } },
        imGroupOpenDeliverModel: {
          robotCode,
          ...(rung.length === 0 ? {} : { atUserIds: Object.fromEntries(rung) }),
        },
        ...(rung.length === 0 ? {} : { cardAtUserIds: rung.map(([id]) => id) }),
      };
  const callback =
    mode === 'stream'
      ? { callbackType: 'STREAM' }
      : { callbackType: 'HTTP', callbackRouteKey: cards.callback?.routeKey };
  const body = {
    cardTemplateId: cards.templateId,
    outTrackId,
    userIdType: 1,
    ...callback,
    cardData: { cardParamMap },
    ...space,
  };
  return { outTrackId, body };
}

const delivered = z.object({
  success: z.literal(true),
  result: z.object({ deliverResults: z.array(z.object({ success: z.boolean() })).min(1) }),
});

/** Posts it, and once more when no answer came: the platform takes an outTrackId once. */
export async function postCard(api: Api, { body }: CardRequest): Promise<Answer> {
  const first = await api.post('card/instances/createAndDeliver', body);
  const isOpen = first.kind === 'silent' || (first.kind === 'failed' && first.failure === 'ambiguous');
  const answer = isOpen ? await api.post('card/instances/createAndDeliver', body) : first;
  if (answer.kind !== 'ok') return answer;
  const { data } = delivered.safeParse(answer.json);
  return data?.result.deliverResults.every(({ success }) => success)
    ? answer
    : { kind: 'failed', failure: 'content', code: 'deliverResults', afterMs: null };
}
