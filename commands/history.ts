import { z } from 'zod';

import { taskCodes } from '../src/chat/arguments.js';
import { defineCommand } from '../src/chat/command.js';
import { evidenceNote, updateLine } from '../src/chat/history-reply.js';
import { joinReplies, type Reply, reply } from '../src/chat/message.js';
import { carriedLine } from '../src/chat/task-reply.js';
import { taskName } from '../src/domain/task.js';
import { getTask } from '../src/services/task/get-task.js';
import { updatesOfWork } from '../src/services/update/list-history.js';

const shown = 10;

/** Who reported what and when, as it was recorded. */
export default defineCommand({
  name: 'history',
  aliases: ['历史', '报送记录'],
  args: z.object({ tasks: taskCodes }),
  allow: 'member',
  help: { summary: '谁在什么时候报了什么', usage: '编号', examples: ['/history 水-7'] },

  async run({ args, ctx }) {
    const replies: Reply[] = [];
    for (const ref of args.tasks) {
      const task = getTask(ctx, ref);
      const entries = await updatesOfWork(ctx, task, { limit: shown + 1 });
      const more = entries.length > shown;
      const carried = carriedLine(ctx.ledger, task);
      replies.push(
        entries.length === 0
          ? reply.text(`${taskName(task)} 还没有收到报告。`)
          : reply.card(`${taskName(task)} 报送记录${more ? `（最近${shown}条）` : `${entries.length}条`}，新的在前：`, {
              blocks: [
                { kind: 'items', items: entries.slice(0, shown).map((entry) => updateLine(ctx, entry)) },
                ...evidenceNote(task, entries.slice(0, shown)),
                ...(carried === null ? [] : [{ kind: 'line' as const, text: carried }]),
              ],
            }),
      );
    }
    return joinReplies(replies);
  },
});
