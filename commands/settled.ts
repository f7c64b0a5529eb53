import { z } from 'zod';

import { taskCodes } from '../src/chat/arguments.js';
import { defineCommand } from '../src/chat/command.js';
import { reply } from '../src/chat/message.js';
import { milestoneCode } from '../src/domain/task.js';
import { settleBeforeStart } from '../src/services/duty/settle-before-start.js';
import { getCurrentTask } from '../src/services/task/get-task.js';

/** After an import the supervisor says once what had been done before the ledger began. */
export default defineCommand({
  name: 'settled',
  aliases: ['启用前办结', '启用前已办结'],
  args: z.object({ tasks: taskCodes }),
  allow: ['supervisor'],
  writes: true,
  help: {
    summary: '登记台账启用前已经办结的任务',
    usage: '编号…',
    examples: ['/settled 水-2 气-5.1'],
  },

  preview: async ({ args, ctx }) => {
    const codes = args.tasks.map((ref) => milestoneCode(getCurrentTask(ctx, ref).code, ref.milestone ?? 0));
    return `登记启用前办结：${codes.join('、')}`;
  },

  async run({ args, ctx }) {
    // A code that means nothing refuses all of them, before anything is recorded.
    for (const ref of args.tasks) getCurrentTask(ctx, ref);
    const recorded: string[] = [];
    const skipped: string[] = [];
    for (const ref of args.tasks) {
      const { task, duties } = await settleBeforeStart(ctx, ref);
      (duties > 0 ? recorded : skipped).push(task.code);
    }
    return reply.text(
      recorded.length > 0
        ? `已登记${recorded.length}项启用前办结，待另一人核查：${recorded.join('、')}`
        : '没有新登记的。',
      skipped.length > 0 ? `没有登记（已报过，或长期坚持、按周期报送）：${skipped.join('、')}` : null,
    );
  },
});
