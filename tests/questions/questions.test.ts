import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { chainsOf, dutiesOf } from '../support/ledger-state.js';
import type { TestBot } from '../support/test-bot.js';
import { askQuestions, type Outcome, officeOf } from './ask-questions.js';
import { type QuestionSet, readQuestionSets } from './question-set.js';

const sets = readQuestionSets();
const shown = (outcomes: Outcome[]) => outcomes.map(({ question, said }) => `${question.q} → ${said.slice(0, 80)}`);

async function outcomesOf(set: QuestionSet): Promise<Outcome[]> {
  const { bot, close } = await officeOf(set);
  const before = await ledgerOf(bot);
  const outcomes = await askQuestions(bot, set.questions);
  expect(await ledgerOf(bot)).toEqual(before);
  await close();
  return outcomes;
}

const ledgerOf = async (bot: TestBot) => ({
  chains: await chainsOf(bot),
  duties: [...(await dutiesOf(bot, 2023)), ...(await dutiesOf(bot, 2024))],
  posted: [...bot.posted],
});

it('answers what officials type, and says so where it does not understand', async () => {
  const outcomes: Outcome[] = [];
  for (const set of sets) outcomes.push(...(await outcomesOf(set)));
  const of = (verdict: string) => outcomes.filter((one) => one.verdict === verdict);
  expect(outcomes.length).toBeGreaterThan(600);
  expect(of('right').length / outcomes.length, shown(of('refused')).join('\n')).toBeGreaterThanOrEqual(0.97);
  expect(of('wrong').length / outcomes.length, shown(of('wrong')).join('\n')).toBeLessThan(0.01);
}, 120_000);

describe('whatever is typed without a slash', () => {
  const typed = sets.filter(({ county }) => county === null).flatMap(({ questions }) => questions.map(({ q }) => q));
  const unslashed = typed.filter((q) => !q.startsWith('/'));
  const pieces = fc.constantFrom(
    '',
    '，',
    '。',
    '？',
    '吗',
    '呢',
    ' ',
    '水7',
    '气-3',
    '已完成',
    '办结',
    '60%',
    '@督办助手 ',
    '\n',
  );
  /** A question with something put in, taken out or said twice, or two of them in one. */
  const mutated = fc
    .record({
      a: fc.constantFrom(...unslashed),
      b: fc.constantFrom(...unslashed),
      at: fc.nat(30),
      cut: fc.nat(3),
      piece: pieces,
      two: fc.boolean(),
    })
    .map(({ a, b, at, cut, piece, two }) => `${a.slice(0, at)}${piece}${a.slice(at + cut)}${two ? b : ''}`)
    // A yes is what writes.
    .filter(
      (line) => !/^[\s@]*(?:督办助手)?\s*(?:是|确认|对|y|yes|好，确认)[的\s]*$/iu.test(line) && !line.startsWith('/'),
    );

  it('changes nothing in the ledger before a yes', async () => {
    const [set] = sets.filter(({ county }) => county === null);
    if (!set) throw new Error('no set');
    const { bot, close } = await officeOf(set);
    const before = await ledgerOf(bot);
    await fc.assert(
      fc.asyncProperty(
        mutated,
        fc.constantFrom('成员', '县住建局联络员', '市生态环境局芮城分局联络员', '督查室', '县领导'),
        async (line, user) => {
          const said = await bot.say(line, user);
          expect(said).not.toMatch(/系统出错|undefined|NaN|\[object/u);
          // What waits for an answer is left, so that the next line is no answer to it.
          await bot.say('/help', user);
        },
      ),
      { numRuns: 300 },
    );
    expect(await ledgerOf(bot)).toEqual(before);
    await close();
  }, 120_000);
});
