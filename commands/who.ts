import { z } from 'zod';

import { answerEach } from '../src/chat/answer-each.js';
import { taskCodes, words } from '../src/chat/arguments.js';
import { defineCommand } from '../src/chat/command.js';
import { contentOf } from '../src/chat/content-of.js';
import { variantsTyped } from '../src/chat/find-content.js';
import { type Reply, reply } from '../src/chat/message.js';
import { requestLines } from '../src/chat/request-line.js';
import { foundReply, notFoundReply } from '../src/chat/search-reply.js';
import { limitLines, partsLine, responsibilityLines, retiredMark } from '../src/chat/task-reply.js';
import { workOf } from '../src/domain/ledger.js';
import { taskName } from '../src/domain/task.js';
import { BotError } from '../src/errors.js';
import type { Context } from '../src/services/context.js';
import { liaisonsOfTask } from '../src/services/person/liaisons-of-task.js';
import { getTask, type TaskRef } from '../src/services/task/get-task.js';
import { searchTasks } from '../src/services/task/search-tasks.js';

/** Answers "who leads this, and whom do I call?" without opening the document. */
export default defineCommand({
  name: 'who',
  aliases: ['谁牵头', '谁负责', '责任单位', '牵头单位', '归谁管', '谁管', '谁配合', '配合单位'],
  args: z.object({ tasks: taskCodes.optional(), keyword: words.optional() }),
  allow: 'member',
  help: {
    summary: '查询牵头、配合、负责单位和联络员',
    usage: '编号或关键词',
    examples: ['/who 水-7', '水-7谁牵头', '/who 秸秆'],
  },

  async run({ args, ctx, sentences }) {
    if (args.tasks) return answerEach(args.tasks, (ref) => whoAnswers(ctx, ref));
    if (!args.keyword) throw new BotError('invalid', '请写任务编号或关键词，如：/who 水-7，/who 秸秆');
    const { index } = contentOf(ctx, sentences);
    const found = searchTasks(ctx, index, variantsTyped(args.keyword, sentences));
    if (found.length === 0) return notFoundReply(ctx, args.keyword, index);
    const [only, ...others] = found;
    if (only && others.length === 0) return whoAnswers(ctx, { ...only.task, milestone: null });
    return foundReply(ctx, args.keyword, found, { withUnits: true });
  },
});

async function whoAnswers(ctx: Context, ref: TaskRef): Promise<Reply> {
  const task = getTask(ctx, ref);
  const limits = limitLines(ctx, task);
  const liaisons = await liaisonsOfTask(ctx, workOf(ctx.ledger, task).task);
  const names = liaisons.map((person) => person.name).join('、');
  return reply.text(
    `${taskName(task)}${retiredMark(task)}`,
    ...responsibilityLines(ctx.ledger, task),
    ...(await requestLines(ctx, task)).relieved,
    partsLine(ctx.ledger, task),
    limits.length > 0 ? `时限：${limits.slice(0, 3).join('；')}` : '文件未写时限。',
    names ? `联络员：${names}` : null,
  );
}
