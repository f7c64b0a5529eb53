import { rm } from 'node:fs/promises';

import { plainText } from '../../src/chat/message.js';
import { type TestBot, testBot } from '../support/test-bot.js';
import { aCounty } from './a-county.js';
import { judge, type Verdict } from './judge.js';
import type { Question, QuestionSet } from './question-set.js';

export interface Outcome {
  question: Question;
  verdict: Verdict;
  said: string;
}

/** The real bot with the set's ledger and clock. */
export async function officeOf({ county, now }: QuestionSet): Promise<{ bot: TestBot; close(): Promise<void> }> {
  const dataFolder = county === null ? undefined : await aCounty(county);
  const bot = await testBot(dataFolder === undefined ? { now } : { now, dataFolder });
  const close = async () => {
    await bot.stop();
    if (dataFolder !== undefined) await rm(dataFolder, { recursive: true });
  };
  return { bot, close };
}

export async function askQuestions(bot: TestBot, questions: Question[]): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const question of questions) {
    const replies = await askOne(bot, question);
    outcomes.push({ question, verdict: judge(question, replies), said: replies.map(plainText).join('\n') });
  }
  return outcomes;
}

/** As if nothing had been said before but what the question needs. */
async function askOne(bot: TestBot, { q, as, chat, needs }: Question) {
  const where = { private: chat === 'private' };
  await bot.say('/help', as, where);
  for (const before of needs) await bot.say(before, as, where);
  return bot.replies(q, as, where);
}
