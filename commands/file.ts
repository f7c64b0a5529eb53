import { z } from 'zod';
import { answerEach } from '../src/chat/answer-each.js';
import { taskCodes, words } from '../src/chat/arguments.js';
import { defineCommand } from '../src/chat/command.js';
import { evidenceFiles, evidenceList } from '../src/chat/evidence-list.js';
import { rights } from '../src/domain/rights.js';

/** What was handed over with the reports on a task: the list, or the files themselves. */
export default defineCommand({
  name: 'file',
  aliases: ['看材料', '取材料', '佐证材料'],
  args: z.object({ tasks: taskCodes, which: words.optional() }),
  allow: rights['see-evidence'].roles,
  right: 'see-evidence',
  help: {
    summary: '看一项任务的报送附了什么材料，写序号就发来',
    usage: '编号 [序号…、全部]',
    examples: ['/file 水-7', '/file 水-7 1 2', '/file 水-7 全部'],
  },

  async run({ args, ctx }) {
    const [only, ...others] = args.tasks;
    if (only && others.length === 0) return evidenceFiles(ctx, only, args.which ?? null);
    return answerEach(args.tasks, (code) => evidenceList(ctx, code));
  },
});
