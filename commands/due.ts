import { z } from 'zod';

import { answerEach } from '../src/chat/answer-each.js';
import { dueRange, page, plan, status, taskCodes, unit } from '../src/chat/arguments.js';
import { defineCommand } from '../src/chat/command.js';
import { limitsReply, listDueReply, listOverdueReply } from '../src/chat/due-reply.js';
import { listDue, onlyAwaited, spanOfLimits, tasksDue } from '../src/domain/due.js';
import { addDays, startOfWeek } from '../src/domain/local-date.js';
import { BotError } from '../src/errors.js';
import { readDutyBook } from '../src/services/duty/duty-book.js';
import { readAskedExtensions } from '../src/services/request/waiting-requests.js';
import { tasksInView } from '../src/services/task/tasks-in-view.js';

/** What is due, for the question asked most often in a work group. */
export default defineCommand({
  name: 'due',
  aliases: ['到期', '时限', '要交', '该交'],
  args: z.object({
    tasks: taskCodes.optional(),
    page: page.optional(),
    range: dueRange.optional(),
    unit: unit.optional(),
    plan: plan.optional(),
    status: status.optional(),
  }),
  allow: 'member',
  help: {
    summary: '查询到期任务：本周、下周、本月、10月、年底前、本季度、逾期、未来7天、全部，或某一项的时限',
    usage: '[时间] [单位] [计划] [未报]',
    examples: ['/due 本周', '/due 下月 县能源局', '/due 逾期', '/due 国庆前 未报', '/due 气-3'],
  },

  async run({ args, ctx }) {
    if (args.tasks) return answerEach(args.tasks, (ref) => limitsReply(ctx, ref));
    if (args.status && args.status !== 'unreported') {
      throw new BotError('invalid', '到期任务只分未报的，如：/due 本周 未报。按办理情况看发“/list 已销号”。');
    }
    const view = tasksInView(ctx, args);
    if (args.range?.kind === 'overdue') {
      return listOverdueReply(ctx, view, await readDutyBook(ctx, view.tasks, await readAskedExtensions(ctx)));
    }
    const from = startOfWeek(ctx.today);
    const week = { range: { from, to: addDays(from, 6) }, label: '本周' };
    const asked =
      args.range?.kind === 'all'
        ? { range: spanOfLimits(view.tasks, ctx.today), label: '全部时限' }
        : (args.range ?? week);
    const all = listDue(ctx.ledger, view.tasks, asked.range, ctx.startOn);
    const book = await readDutyBook(ctx, tasksDue(all), await readAskedExtensions(ctx));
    const awaited = args.status !== undefined;
    const due = awaited ? onlyAwaited(ctx.ledger, all, book) : all;
    return listDueReply(ctx, view, due, book, { ...asked, page: args.page ?? 1, awaited });
  },
});
