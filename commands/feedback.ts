import { z } from 'zod';

import { words } from '../src/chat/arguments.js';
import { defineCommand } from '../src/chat/command.js';
import { feedbackGiven, feedbackList } from '../src/chat/feedback-reply.js';
import { keepNote, tellsSomething } from '../src/domain/note.js';
import { holds } from '../src/domain/person.js';
import { BotError } from '../src/errors.js';
import { giveFeedback, listFeedback } from '../src/services/feedback/feedback.js';

const shown = 10;

/** 减负: anybody may complain, to the administrators alone and never before the group. */
export default defineCommand({
  name: 'feedback',
  aliases: ['意见'],
  args: z.object({ words: words.optional() }),
  allow: 'member',
  writes: ({ words }) => words !== undefined,
  help: {
    verb: '提意见',
    summary: '对督办助手或报送要求的意见，只转管理员，不在群里显示',
    usage: '要说的话',
    examples: ['/feedback 附表和正文重复，能不能只报一次'],
  },

  async preview({ args, ctx }) {
    // Nothing waits for somebody whom the roster does not know.
    if (ctx.actor.person === null) throw new BotError('invalid', '提意见请发“/feedback 要说的话”。');
    return `意见（只转管理员）：${args.words}`;
  },

  async run({ args, ctx }) {
    if (args.words !== undefined) {
      const said = keepNote(args.words);
      if (!tellsSomething(said))
        throw new BotError('invalid', '请写意见，如：/feedback 附表和正文重复，能不能只报一次');
      return feedbackGiven(ctx, await giveFeedback(ctx, said), said);
    }
    if (!holds(ctx.actor, 'administrator')) {
      throw new BotError('invalid', '请写意见，如：/feedback 附表和正文重复，能不能只报一次');
    }
    if (!ctx.chat.private) throw new BotError('invalid', '意见只在单聊里看。请单独发“/feedback”给我。');
    return feedbackList(ctx, await listFeedback(ctx, shown));
  },
});
