import { z } from 'zod';

import { dueRange, taskCodes, units, words } from '../src/chat/arguments.js';
import { defineCommand } from '../src/chat/command.js';
import { type Reply, reply } from '../src/chat/message.js';
import {
  escalationPreview,
  postInstruction,
  postUrgings,
  tellEscalations,
  urgingPreview,
} from '../src/chat/urging-reply.js';
import { unitName, unitNames } from '../src/domain/ledger.js';
import { addDays, startOfWeek } from '../src/domain/local-date.js';
import { keepNote } from '../src/domain/note.js';
import type { Context } from '../src/services/context.js';
import { ask } from '../src/services/question/ask.js';
import { codeToType } from '../src/services/task/code-to-type.js';
import { getCurrentTask } from '../src/services/task/get-task.js';
import { escalate, proposeEscalations } from '../src/services/urging/escalations.js';
import { sendInstruction } from '../src/services/urging/send-instruction.js';
import { proposeUrgings, sendUrgings } from '../src/services/urging/urgings.js';

/** 批示1: a leader's instruction that waits to be sent. */
const instructed = /^批示\s*第?(\d{1,6})号?$/u;

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
  right: 'urge',
  help: {
    summary: '提示还没报的单位：按编号、单位或本周，先预览再发',
    usage: '编号、单位或本周 [要说的话]',
    examples: [
      '/urge 本周',
      '/urge 升级',
      '/urge 批示1',
      '/urge 市生态环境局芮城分局',
      '/urge 气-3 请一并说明整改情况',
    ],
  },

  async run({ args, ctx, confirmed }) {
    const { tasks = [], units = [], range } = args;
    const words = keepNote(args.words ?? '');
    const [, instruction] = instructed.exec(words) ?? [];
    if (instruction !== undefined) return postInstruction(ctx, await sendInstruction(ctx, Number(instruction)));
    const until = range?.kind === 'range' ? range.range.to : addDays(startOfWeek(ctx.today), 6);
    if (/^(?:升级|报领导)$/u.test(words) && tasks.length + units.length === 0) return escalated(ctx, confirmed);
    const proposal = await proposeUrgings(ctx, { tasks, units, until });
    const { urgings, resting, day } = proposal;
    if (urgings.length === 0) {
      return reply.refusal(`${unitNames(ctx.ledger, resting)}今天已提示过，一个单位一个工作日只提示一次。`);
    }
    if (!confirmed) {
      const codes = tasks.map((ref) => codeToType(ctx, getCurrentTask(ctx, ref), ref.milestone ?? 0));
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

/** Takes to the leaders in charge, one to one, what was reminded of in vain. */
async function escalated(ctx: Context, confirmed: boolean): Promise<Reply> {
  const escalations = await proposeEscalations(ctx);
  if (!confirmed) {
    const options = [{ words: ['发送', '发', '是', '确认'], say: '/urge 升级' }];
    return ask(ctx, escalationPreview(ctx, escalations), options, [{ label: '发送', send: '发送' }]);
  }
  const told = await escalate(ctx, escalations);
  await tellEscalations(ctx, told, ctx.today);
  return reply.text(`已单聊报${told.size}位领导。`);
}
