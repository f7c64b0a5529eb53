import { plainText, type Reply } from '../../src/chat/message.js';
import type { Question } from './question-set.js';

/** `refused`: the bot said that it did not understand, or asked back, where an answer was wanted. */
export type Verdict = 'right' | 'wrong' | 'refused';

export function judge(question: Question, replies: Reply[]): Verdict {
  const text = replies.map(plainText).join('\n');
  const declined = replies.every(({ kind }) => kind === 'refusal' || kind === 'question');
  if (/系统出错|undefined|NaN|\[object/u.test(text)) return 'wrong';
  if (question.silent) return replies.length === 0 ? 'right' : 'wrong';
  if (question.none.some((one) => text.includes(one))) return 'wrong';
  if (question.refused) return declined && replies.length > 0 ? 'right' : 'wrong';
  const right =
    replies.length > 0 &&
    question.all.every((one) => text.includes(one)) &&
    question.any.every((some) => some.some((one) => text.includes(one)));
  return right ? 'right' : declined ? 'refused' : 'wrong';
}
