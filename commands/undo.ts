import { z } from 'zod';

import { taskCodes } from '../src/chat/arguments.js';
import { defineCommand } from '../src/chat/command.js';
import { updateText } from '../src/chat/history-reply.js';
import { reply } from '../src/chat/message.js';
import { evidenceText } from '../src/domain/evidence.js';
import { reportsToUndo, undoReports } from '../src/services/duty/undo-report.js';
import { evidenceOf } from '../src/services/evidence/evidence-of.js';

const noteLength = 30;

/** Takes back the speaker's last report that still stands, or the one on a task; the history keeps both. */
export default defineCommand({
  name: 'undo',
  aliases: ['撤销', '撤回'],
  args: z.object({ tasks: taskCodes.optional() }),
  allow: 'member',
  writes: true,
  help: {
    summary: '撤销我最近一次报送（24小时内、核查前），可指定编号',
    usage: '[编号]',
    examples: ['/undo', '/undo 水-7'],
  },

  async preview({ args, ctx }) {
    const updates = await reportsToUndo(ctx, args.tasks ?? []);
    return `撤销：${updates.map((update) => updateText(ctx, update, noteLength)).join('；')}`;
  },

  async run({ args, ctx }) {
    const updates = await reportsToUndo(ctx, args.tasks ?? []);
    const alongside = await evidenceOf(ctx, updates);
    const { undone, refusals } = await undoReports(ctx, updates);
    const lines = undone.map((update) => {
      const pieces = alongside.get(update.sequence) ?? [];
      const along = pieces.length > 0 ? `（连同${evidenceText(pieces)}）` : '';
      return `${updateText(ctx, update, noteLength)}${along}`;
    });
    return reply.text(`已撤销${undone.length}条，状态已恢复，历史里留有记录：`, ...lines, ...refusals);
  },
});
