import { z } from 'zod';

import { words } from '../src/chat/arguments.js';
import { calendarReply } from '../src/chat/calendar-reply.js';
import { defineCommand } from '../src/chat/command.js';
import { burdenReply, historyReply, scheduleReply } from '../src/chat/digest-reply.js';
import { lexiconOf } from '../src/chat/lexicon.js';
import { plainText, reply } from '../src/chat/message.js';
import { readDigestSetting, readScheduleChange } from '../src/chat/read-digest.js';
import { scheduleNames, whenText } from '../src/domain/schedule.js';
import { BotError } from '../src/errors.js';
import { setWeeklyLimit, weeklyLimit } from '../src/services/digest/burden.js';
import {
  changedRule,
  changeSchedule,
  groupSchedule,
  groupSchedules,
  previewSchedule,
  switchSchedule,
} from '../src/services/digest/group-digest.js';
import { managerOf } from '../src/services/digest/manager.js';
import { burdenByWeek, pastSlots } from '../src/services/digest/slot-history.js';
import { scopeName } from '../src/services/task/tasks-in-view.js';

const slotsShown = 15;
const weeksShown = 5;

/** What this group is sent by itself: when it comes, what it would say, what became of it, on or off. */
export default defineCommand({
  name: 'digest',
  aliases: ['周报', '提醒'],
  args: z.object({ setting: words.optional() }),
  allow: 'member',
  writes: ({ setting }) => {
    const read = readDigestSetting(setting);
    return ['switch', 'change', 'limit'].includes(read.does) || (read.does === 'calendar' && read.step !== 'show');
  },
  help: {
    summary: '本群周报：看时间、预览、历史、条数；本单位时限日历',
    usage: '[预览, 历史, 复制, 条数, 上限, 日历]',
    examples: ['/digest', '/digest 预览', '/digest 历史'],
  },

  async preview({ args, ctx }) {
    const setting = readDigestSetting(args.setting);
    if (setting.does === 'calendar') return `${setting.step === 'close' ? '停用' : '打开'}本单位时限日历`;
    managerOf(ctx);
    if (setting.does === 'limit') return `本群每周最多主动发${setting.limit ?? ctx.settings.weeklyMessages}条`;
    if (setting.does === 'switch') return `${setting.on ? '打开' : '关闭'}本群${scheduleNames[setting.kind]}`;
    if (setting.does !== 'change') return '本群周报';
    const { rule } = await groupSchedule(ctx, setting.kind);
    const changed = changedRule(ctx, setting.kind, rule, readScheduleChange(setting.typed, lexiconOf(ctx)));
    const scope = scopeName(ctx, changed.scope);
    return `本群${scheduleNames[setting.kind]}改为${whenText(changed)}发${scope === '' ? '' : `，只说${scope}`}`;
  },

  async run({ args, ctx }) {
    const setting = readDigestSetting(args.setting);
    switch (setting.does) {
      case 'show': {
        const [digest, ...others] = await groupSchedules(ctx);
        return scheduleReply(ctx, '', digest ?? (await groupSchedule(ctx, 'digest')), others);
      }
      case 'preview':
        return previewSchedule(ctx, setting.kind);
      case 'copy':
        return reply.text(plainText(await previewSchedule(ctx, 'digest')));
      case 'history':
        return historyReply(ctx, await pastSlots(ctx, slotsShown));
      case 'burden':
        return burdenReply(await burdenByWeek(ctx, weeksShown), await weeklyLimit(ctx, ctx.group), ctx);
      case 'limit':
        return reply.text(
          `已改。本群每周最多主动发${await setWeeklyLimit(ctx, setting.limit)}条，超出的并入下一期。看发了多少发“/digest 条数”。`,
        );
      case 'calendar':
        return calendarReply(ctx, setting.step);
      case 'switch':
        return scheduleReply(
          ctx,
          setting.on ? '已开。' : '已关。',
          await switchSchedule(ctx, setting.kind, setting.on),
        );
      case 'change': {
        managerOf(ctx);
        const change = readScheduleChange(setting.typed, lexiconOf(ctx));
        return scheduleReply(ctx, '已改。', await changeSchedule(ctx, setting.kind, change));
      }
      case 'nothing':
        throw new BotError('invalid', setting.why);
    }
  },
});
