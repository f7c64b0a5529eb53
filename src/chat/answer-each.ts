import { BotError } from '../errors.js';
import type { CodeMention } from '../language/codes.js';
import { joinReplies, type Reply, reply } from './message.js';

/**
 * One reply for several codes; what is refused for one of them stands beside the answers for the others. Words that are
 * missing are missing for all.
 */
export async function answerEach(codes: CodeMention[], answer: (code: CodeMention) => Promise<Reply>): Promise<Reply> {
  const replies: Reply[] = [];
  for (const code of codes) {
    try {
      replies.push(await answer(code));
    } catch (error) {
      if (!(error instanceof BotError) || error.code === 'incomplete') throw error;
      replies.push(reply.refusal(error.say));
    }
  }
  return joinReplies(replies);
}
