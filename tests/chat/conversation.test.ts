import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { chainsOf, historyOf } from '../support/ledger-state.js';
import { type TestBot, testBot } from '../support/test-bot.js';

let bot: TestBot;
const housing = '县住建局联络员';
const market = '县市场监管局联络员';

beforeEach(async () => {
  bot = await testBot();
});
afterEach(() => bot.stop());

describe('what goes on from the answer before', () => {
  it('is about the task that was asked for', async () => {
    await bot.say('气9谁牵头');
    expect(await bot.say('什么时候到期')).toMatch(/^气-9 .*10月31日/);
    expect(await bot.say('那水8呢')).toMatch(/^水-8 黑臭水体排查整治 ?：?.*时限/);
  });

  it('is forgotten after five minutes, and is nobody else’s', async () => {
    await bot.say('气9谁牵头');
    expect(await bot.say('什么时候到期', '县领导')).toContain('没看懂');
    await bot.at('2023-09-25T09:05:01+08:00');
    expect(await bot.say('什么时候到期')).toContain('没看懂');
  });

  it('is not what a slash command left in between', async () => {
    await bot.say('水9谁牵头');
    await bot.say('/who 水-7');
    expect(await bot.say('它什么时候完成')).toMatch(/^水-7 /);
    await bot.say('/help');
    expect(await bot.say('它什么时候完成')).toContain('没看懂');
  });
});

describe('a report in a sentence', () => {
  it('is written on 是, once', async () => {
    expect(await bot.say('水-7 已完成，五个建制镇投运', housing)).toMatch(
      /^请核对，无误请回“是”：\n水-7 报办结：已完成，五个建制镇投运/,
    );
    expect((await chainsOf(bot)).rows).toBe(0);
    expect(await bot.say('是', housing)).toMatch(/^已记：水-7/);
    expect(await historyOf(bot, '水-7')).toMatchObject([{ kind: 'done', note: '已完成，五个建制镇投运' }]);
    expect(await bot.say('是', housing)).toContain('没有等你确认的内容');
  });

  it('keeps the value of an indicator beside its target, and takes it for no progress', async () => {
    expect(await bot.say('油抽了52批次', market)).toContain(
      '气附-11 报进展：油抽了52批次（指标：抽检车用汽柴油52/78批次）',
    );
    expect(await bot.say('是', market)).toContain('指标：抽检车用汽柴油52/78批次，不当作整项进度。');
    expect(await historyOf(bot, '气附-11')).toMatchObject([
      { kind: 'progress', percent: null, details: { indicator: { value: 52, unit: '批次' } } },
    ]);
  });

  it('stands with forty others in one preview and one yes', async () => {
    const lines = Array.from({ length: 40 }, (_, index) => `水-${index % 2 === 0 ? 5 : 7}：第${index + 1}段进展正常`);
    const said = await bot.say(`本周进展如下：\n${lines.join('\n')}`, housing, { private: true });
    expect(said).toMatch(/^读到40条，请核对，无误请回“是”：/);
    expect((await bot.say('是', housing, { private: true })).match(/已记：/gu)).toHaveLength(40);
  });

  it('shows what is not recorded and why', async () => {
    const said = await bot.say('水5 主体完工\n水12 不归我们\n气12 每天洒水4次', housing);
    expect(said).toContain('读到2条');
    expect(said).toContain('不记：水-12牵头是市生态环境局芮城分局');
  });
});

it.each([
  ['把水7删了', /^没看懂“把水7删了”。可以发“\/who 水-7”、“\/task 水-7”，或发“\/help”看能问什么。$/],
  ['住建局小李去哪了', /可以发“\/list 县住建局”、“\/due 本周 县住建局”/],
  ['今天谁请假了', /可以发“\/due 今天”/],
])('%s is not understood, and the nearest is named', async (typed, words) => {
  expect(await bot.say(typed)).toMatch(words);
});
