import { z } from 'zod';

import { words } from '../src/chat/arguments.js';
import { defineCommand } from '../src/chat/command.js';
import { type Reply, reply } from '../src/chat/message.js';
import { dayName, wallClock } from '../src/domain/local-date.js';
import { dayText } from '../src/domain/wording.js';
import { BotError } from '../src/errors.js';
import { fold } from '../src/language/fold.js';
import type { Context } from '../src/services/context.js';
import {
  changeDigestTime,
  type GroupDigest,
  groupDigest,
  previewDigest,
  switchDigest,
} from '../src/services/digest/group-digest.js';

const weekdays = '一二三四五六日';

/** This group's weekly digest: when it comes, what it would say, on or off. */
export default defineCommand({
  name: 'digest',
  aliases: ['周报', '提醒'],
  args: z.object({ setting: words.optional() }),
  allow: 'member',
  help: {
    summary: '本群周报：看时间、预览，督查室可改时间和开关',
    usage: '[预览|周一 9:00|关|开]',
    examples: ['/digest', '/digest 预览', '/digest 周一 9:00'],
  },

  async run({ args, ctx }) {
    const setting = fold(args.setting ?? '').toLowerCase();
    if (setting === '') return digestReply(ctx, '', await groupDigest(ctx));
    if (/^(?:preview|预览|看看)$/.test(setting)) return previewDigest(ctx);
    if (/^(?:off|关|关闭|停)$/.test(setting)) return digestReply(ctx, '已关。', await switchDigest(ctx, false));
    if (/^(?:on|开|打开|启用)$/.test(setting)) return digestReply(ctx, '已开。', await switchDigest(ctx, true));
    const when = readWhen(setting);
    if (!when) {
      throw new BotError(
        'invalid',
        '没看懂要怎么设。可以发“/digest 预览”“/digest 周一 9:00”“/digest 关”“/digest 开”。',
      );
    }
    return digestReply(ctx, '已改。', await changeDigestTime(ctx, when));
  },
});

/** 每周一上午9点, 周二 8:30, 9:00. */
function readWhen(text: string): { weekday?: number; time?: string } | null {
  const pattern = /^(?:每?(?:周|星期|礼拜)([一二三四五六日天]))?\s*(上午|下午)?\s*(?:(\d{1,2})(?::(\d{2})|点(半)?))?$/;
  const [whole, day, half, hour, minute, halfPast] = pattern.exec(text) ?? [];
  if (whole === undefined || (day === undefined && hour === undefined)) return null;
  const hours = Number(hour) + (half === '下午' && Number(hour) < 12 ? 12 : 0);
  const minutes = halfPast ? 30 : Number(minute ?? 0);
  if (hour !== undefined && (hours > 23 || minutes > 59)) return null;
  return {
    ...(day === undefined ? {} : { weekday: weekdays.indexOf(day === '天' ? '日' : day) + 1 }),
    ...(hour === undefined ? {} : { time: `${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}` }),
  };
}

function digestReply(ctx: Context, done: string, { rule, next }: GroupDigest): Reply {
  const when = `每周${weekdays[rule.weekday - 1]} ${rule.time}`;
  if (!next) return reply.text(`${done}本群周报：关（原定${when}）。要开发“/digest 开”。`);
  const moved = next.moved ? `，${dayName(next.nominal, ctx.today)}逢假期顺延` : '';
  const { date } = wallClock(next.at, ctx.timeZone);
  return reply.text(
    `${done}本群周报：${when}发，遇节假日顺延到上班第一天。`,
    `下一期：${dayText(date, ctx.today)}${rule.time}${moved}。现在看内容发“/digest 预览”。`,
  );
}
