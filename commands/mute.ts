import { z } from 'zod';

import { dueRange, taskCodes } from '../src/chat/arguments.js';
import { defineCommand } from '../src/chat/command.js';
import { reply } from '../src/chat/message.js';
import { dayName } from '../src/domain/local-date.js';
import { taskName } from '../src/domain/task.js';
import { dayText } from '../src/domain/wording.js';
import { BotError } from '../src/errors.js';
import { mutedTasks, muteTasks } from '../src/services/person/mute-tasks.js';

/** No personal reminders about a task until a day; for the speaker only, and the ledger stays as it is. */
export default defineCommand({
  name: 'mute',
  aliases: ['免打扰'],
  args: z.object({ tasks: taskCodes.optional(), range: dueRange.optional() }),
  allow: 'member',
  writes: ({ tasks }) => tasks !== undefined,
  help: {
    verb: '设免打扰',
    summary: '某项任务到哪天之前不单独提醒我；不写编号看我设了哪些',
    usage: '[编号 日期]',
    examples: ['/mute 水-7 10月15日', '/mute'],
  },

  preview: async ({ args }) => `免打扰：${args.tasks?.map(({ code }) => code).join('、')}`,

  async run({ args, ctx }) {
    if (args.tasks === undefined) {
      const muted = await mutedTasks(ctx);
      if (muted.length === 0) return reply.text('你没有设免打扰。设一项发“/mute 水-7 10月15日”。');
      return reply.card(`你的免打扰${muted.length}项：`, {
        blocks: [
          {
            kind: 'items',
            items: muted.map(({ task, untilOn }) => `${taskName(task)}，到${dayName(untilOn, ctx.today)}`),
          },
          { kind: 'note', text: '结束发“取消免打扰 编号”。' },
        ],
      });
    }
    if (args.range?.kind !== 'range') throw new BotError('invalid', '请写到哪天，如：/mute 水-7 10月15日');
    const { to } = args.range.range;
    const tasks = await muteTasks(ctx, args.tasks, to);
    const codes = tasks.map(({ code }) => code).join('、');
    return reply.text(
      `已设：${codes}到${dayText(to, ctx.today)}为止不单独提醒你。`,
      '报送要求不变，群里的周报照常。结束发“取消免打扰 编号”。',
    );
  },
});
