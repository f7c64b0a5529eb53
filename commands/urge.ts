import { z } from 'zod';

import { dueRange, taskCodes, units, words } from '../src/chat/arguments.js';
import { defineCommand } from '../src/chat/command.js';
import { reply } from '../src/chat/message.js';
import { postUrgings, urgingPreview } from '../src/chat/urging-reply.js';
import { unitName, unitNames } from '../src/domain/ledger.js';
import { addDays, startOfWeek } from '../src/domain/local-date.js';
import { keepNote } from '../src/domain/note.js';
import { milestoneCode } from '../src/domain/task.js';
import { ask } from '../src/services/question/ask.js';
import { proposeUrgings, sendUrgings } from '../src/services/urging/urgings.js';

/** A supervisor reminds those who owe a report: one message for each unit, once a working day, after a preview. */
export default defineCommand({
  name: 'urge',
  aliases: ['提示', '催办'],
  args: z.object({
    tasks: taskCodes.optional(),
    units: units.optional(),
    range: dueRange.optional(),
    words: words.optional(),
  }),
  allow: ['supervisor'],
  help: {
    summary: '提示还没报的单位：按编号、单位或本周，先预览再发',
    usage: '编号、单位或本周 [要说的话]',
    examples: ['/urge 本周', '/urge 市生态环境局芮城分局', '/urge 气-3 请一并说明整改情况'],
  },

  async run({ args, ctx, confirmed }) {
    const { tasks = [], units = [], range } = args;
    const until = range?.kind === 'range' ? range.range.to : addDays(startOfWeek(ctx.today), 6);
    const words = keepNote(args.words ?? '');
    const proposal = await proposeUrgings(ctx, { tasks, units, until });
    const { urgings, resting, day } = proposal;
    if (urgings.length === 0) {
      return reply.refusal(`${unitNames(ctx.ledger, resting)}今天已提示过，一个单位一个工作日只提示一次。`);
    }
    if (!confirmed) {
      const codes = tasks.map(({ code, milestone }) => milestoneCode(code, milestone ?? 0));
      const named = units.map((unit) => unitName(ctx.ledger, unit));
      const again = ['/urge', ...codes, named.join('、'), range?.kind === 'range' ? range.label : '', words];
      const options = [{ words: ['发送', '发', '是', '确认'], say: again.filter(Boolean).join(' ') }];
      return ask(ctx, urgingPreview(ctx, proposal), options, [{ label: '发送', send: '发送' }]);
    }
    const sent = await sendUrgings(ctx, proposal, words);
    await postUrgings(ctx, sent, words, day);
    return reply.text(
      `已提示${sent.length}家：${unitNames(
        ctx.ledger,
        sent.map(({ unit }) => unit),
      )}。`,
    );
  },
});
