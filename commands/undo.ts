import { z } from 'zod';

import { defineCommand } from '../src/chat/command.js';
import { reply } from '../src/chat/message.js';
import { onOneLine } from '../src/domain/note.js';
import { taskName } from '../src/domain/task.js';
import { type UpdateKind, updateKindNames } from '../src/domain/update-chain.js';
import { shorten } from '../src/domain/wording.js';
import { undoReport } from '../src/services/duty/undo-report.js';

/** Takes back the speaker's last report; the history keeps both. */
export default defineCommand({
  name: 'undo',
  aliases: ['撤销', '撤回'],
  args: z.object({}),
  allow: 'member',
  writes: true,
  help: { summary: '撤销我最近一次报送（24小时内、核查前）', usage: '', examples: ['/undo'] },

  async run({ ctx }) {
    const undone = await undoReport(ctx);
    const names = undone.map(
      ({ task, update }) =>
        `${taskName(task)} ${updateKindNames[update.kind as UpdateKind]}：${shorten(onOneLine(update.note), 30)}`,
    );
    return reply.text(`已撤销${undone.length}条，状态已恢复，历史里留有记录：`, ...names);
  },
});
