import { z } from 'zod';

import { words } from '../src/chat/arguments.js';
import { defineCommand } from '../src/chat/command.js';
import { type Reply, reply } from '../src/chat/message.js';
import { dayName, wallClock } from '../src/domain/local-date.js';
import { whenText } from '../src/domain/schedule.js';
import { dayText } from '../src/domain/wording.js';
import { BotError } from '../src/errors.js';
import { fold } from '../src/language/fold.js';
import type { Context } from '../src/services/context.js';
import {
  changeDigestTime,
  changedRule,
  type DigestFate,
  type DigestTime,
  type GroupDigest,
  groupDigest,
  managerOf,
  previewDigest,
  refuseQuietTime,
  switchDigest,
} from '../src/services/digest/group-digest.js';

const weekdays = '一二三四五六日';
const englishDays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

/** This group's weekly digest: when it comes, what it would say, on or off. */
export default defineCommand({
  name: 'digest',
  aliases: ['周报', '提醒'],
  args: z.object({ setting: words.optional() }),
  allow: 'member',
  writes: ({ setting }) => changes(readSetting(setting)),
  help: {
    summary: '本群周报：看时间、预览',
    usage: '[预览]',
    examples: ['/digest', '/digest 预览'],
  },

  async preview({ args, ctx }) {
    managerOf(ctx);
    const setting = readSetting(args.setting);
    if (setting.kind === 'switch') return setting.on ? '打开本群周报' : '关闭本群周报';
    if (setting.kind !== 'time') return '本群周报';
    refuseQuietTime(setting.time);
    const { rule } = await groupDigest(ctx);
    return `本群周报改为${whenText(changedRule(rule, setting.time, ctx.now))}发`;
  },

  async run({ args, ctx }) {
    const setting = readSetting(args.setting);
    switch (setting.kind) {
      case 'show':
        return digestReply(ctx, '', await groupDigest(ctx));
      case 'preview':
        return previewDigest(ctx);
      case 'switch':
        return digestReply(ctx, setting.on ? '已开。' : '已关。', await switchDigest(ctx, setting.on));
      case 'time':
        return digestReply(ctx, '已改。', await changeDigestTime(ctx, setting.time));
      case 'unknown':
        throw new BotError('invalid', setting.why);
    }
  },
});

type Setting =
  | { kind: 'show' | 'preview' }
  | { kind: 'switch'; on: boolean }
  | { kind: 'time'; time: DigestTime }
  | { kind: 'unknown'; why: string };

const changes = ({ kind }: Setting) => kind === 'switch' || kind === 'time';

function readSetting(typed = ''): Setting {
  const setting = fold(typed).toLowerCase();
  if (/^(?:|什么时候发?|几点发?|哪天发?|show)[?？呢啊]*$/.test(setting)) return { kind: 'show' };
  if (/^(?:preview|预览|看看|看一下)$/.test(setting)) return { kind: 'preview' };
  if (/^(?:off|关|关闭|关掉|停|停发)$/.test(setting)) return { kind: 'switch', on: false };
  if (/^(?:on|开|打开|开启|启用)$/.test(setting)) return { kind: 'switch', on: true };
  return readTime(setting);
}

const time =
  /^(?:(?:每个?)?(?:周|星期|礼拜)([一二三四五六日天])|(?:every )?(mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6})?(?: ?(?:改到?|at))?\s*(上午|下午)?\s*(?:(\d{1,2})(?::(\d{2})|点(半|整)?))?$/;

/** 每周一上午9点, 周二 8:30, 9:00, wed 10:00. */
function readTime(setting: string): Setting {
  const [whole, day, english, half, hour, minute, halfPast] = time.exec(setting) ?? [];
  if (whole === undefined || (day === undefined && english === undefined && hour === undefined)) {
    return {
      kind: 'unknown',
      why: '没看懂要怎么设。可以发“/digest 预览”“/digest 周一 9:00”“/digest 关”“/digest 开”。',
    };
  }
  const hours = Number(hour) + (half === '下午' && Number(hour) < 12 ? 12 : 0);
  const minutes = halfPast === '半' ? 30 : Number(minute ?? 0);
  const two = (number: number) => String(number).padStart(2, '0');
  if (hour !== undefined && (hours > 23 || minutes > 59)) {
    return { kind: 'unknown', why: `没有${hour}:${two(minutes)}这个时间。请写0:00到23:59，如“/digest 周一 9:00”。` };
  }
  const index =
    english === undefined ? weekdays.indexOf(day === '天' ? '日' : (day ?? '')) : englishDays.indexOf(english);
  return {
    kind: 'time',
    time: {
      ...(index < 0 || (day ?? english) === undefined ? {} : { on: { kind: 'weekly' as const, weekday: index + 1 } }),
      ...(hour === undefined ? {} : { time: `${two(hours)}:${two(minutes)}` }),
    },
  };
}

const fates: Record<DigestFate, string> = {
  sent: '本周的已发，',
  waiting: '本周的正在发，',
  unknown: '本周的不知道有没有发到，没有再发；',
  unsent: '本周的没有发出，',
};

function digestReply(ctx: Context, done: string, { rule, next, thisWeek }: GroupDigest): Reply {
  const when = whenText(rule);
  if (!next) return reply.text(`${done}本群周报：关（原定${when}）。要开发“/digest 开”。`);
  const moved = next.moved ? `，${dayName(next.nominal, ctx.today)}逢假期顺延` : '';
  const { date } = wallClock(next.at, ctx.timeZone);
  const fate = thisWeek === null ? '' : fates[thisWeek];
  return reply.text(
    `${done}本群周报：${when}发，遇节假日顺延到上班第一天。`,
    `${fate}下一期：${dayText(date, ctx.today)}${rule.time}${moved}。现在看内容发“/digest 预览”。`,
  );
}
