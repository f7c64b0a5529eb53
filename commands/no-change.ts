import { z } from 'zod';

import { taskCodes } from '../src/chat/arguments.js';
import { defineCommand } from '../src/chat/command.js';
import { reply } from '../src/chat/message.js';
import { unitName } from '../src/domain/ledger.js';
import { answerRounds } from '../src/services/round/answer-rounds.js';

const codesShown = 12;

/** Answers a round for everything that has not changed. */
export default defineCommand({
  name: 'no-change',
  aliases: ['无变化', '没有变化', '没变化'],
  args: z.object({ tasks: taskCodes.optional() }),
  allow: 'member',
  writes: true,
  help: {
    summary: '调度时报其余各项无变化',
    verb: '报无变化',
    usage: '[编号…]',
    examples: ['/no-change', '无变化', '/无变化 水-7'],
  },

  preview: async ({ args }) =>
    args.tasks ? `${args.tasks.map(({ code }) => code).join('、')} 无变化` : '本单位其余各项无变化',

  async run({ args, ctx }) {
    const { unit, tasks, rounds } = await answerRounds(ctx, args.tasks ?? []);
    const codes = tasks.slice(0, codesShown).map((task) => task.code);
    const more = tasks.length > codesShown ? '等' : '';
    return reply.text(
      `已记：${rounds.join('、')}${unitName(ctx.ledger, unit)}${tasks.length}项无变化（${codes.join('、')}${more}）。`,
    );
  },
});
