import { createHash } from 'node:crypto';
import { z } from 'zod';
import { jsonOrNull } from '../json-or-null.js';
import { isRepeatable } from '../typed-buttons.js';

import { readPressed } from './cards.js';
import type { Heard, Hearing } from './hear.js';
import { isStaffId } from './identity.js';

const id = z.string().max(500);
const callback = z.object({
  type: id.optional(),
  outTrackId: id.min(1),
  corpId: id.nullish(),
  userId: id.min(1),
  /** JSON in a string; one page calls it `value`. */
  content: z.string().max(20_000).nullish(),
  value: z.string().max(20_000).nullish(),
});
const params = z.object({ press: z.unknown() });
const content = z.object({
  cardPrivateData: z.object({ params: params.nullish().catch(null) }).nullish(),
  params: params.nullish().catch(null),
});

/** What the clicker's card shows: 《卡片更新》. */
export const clickAnswer = {
  cardUpdateOptions: { updateCardDataByKey: true, updatePrivateDataByKey: true },
  userPrivateData: { cardParamMap: { said: '已收到' } },
};

const dayMs = 86_400_000;
const fiveMinutesMs = 300_000;
const shanghaiMs = 8 * 3_600_000;

/** A pressed button as the words that it stands for: 《事件回调》. */
export function hearClick({ settings, deps }: Hearing, body: unknown): Heard {
  const { data } = callback.safeParse(body);
  if (!data) return { kind: 'malformed' };
  const { outTrackId, userId, corpId } = data;
  if (corpId && corpId !== settings.corpId) return { kind: 'foreign' };
  const inner = content.safeParse(jsonOrNull(data.content ?? data.value ?? '')).data;
  const value = inner?.cardPrivateData?.params?.press ?? inner?.params?.press;
  const pressed = readPressed(value, outTrackId, settings.clientSecret);
  if (!pressed || !isStaffId(userId)) return { kind: 'ignored', why: 'unsupported' };
  return {
    kind: 'message',
    message: {
      platform: 'dingtalk',
      account: settings.robotCode,
      id: clickId([outTrackId, userId, pressed.send], isRepeatable(pressed.send), deps.now()),
      chat: { id: pressed.chat, private: pressed.private },
      sender: userId,
      text: pressed.send,
      addressed: true,
      senderName: null,
      quoted: null,
      answeredBy: 'delivery',
      route: null,
    },
  };
}

/**
 * A click has no id of its own, and one that is told again comes as another frame. So of each person one a day counts, and of
 * a command, which may be pressed again, one in five minutes.
 */
function clickId(what: string[], again: boolean, now: Date): string {
  const turn = Math.floor((now.getTime() + shanghaiMs) / (again ? fiveMinutesMs : dayMs));
  return `click ${createHash('sha256')
    .update([...what, turn].join('\n'))
    .digest('hex')
    .slice(0, 40)}`;
}
