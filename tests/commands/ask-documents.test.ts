import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { type TestBot, testBot } from '../support/test-bot.js';

let bot: TestBot;

beforeAll(async () => {
  bot = await testBot();
});
afterAll(() => bot.stop());

describe('/ask', () => {
  it.each([
    ['/ask 降尘量指标是多少', '降尘量不高于7吨/月·平方公里'],
    ['/ask 秸秆综合利用率要达到多少', '气附-14 秸秆综合利用：秸秆综合利用率达到90%以上（牵头：县农业农村局）'],
    ['/ask 尿素抽查几个批次', '抽检尿素2个批次'],
    ['/ask VOCs关键环节有几个', '10个关键环节'],
    ['/ask 国考点位有几个', '地下水国家考核点位1个'],
    ['/ask 气附-14 目标多少', '达到90%以上'],
    ['/ask 水环境的目标是什么', '2024年6月前，礼教小桥入河排污口'],
    ['/ask 同基建材要做什么改造', '同基建材有限公司水泥粉磨站超低排放改造'],
  ])('%s quotes the document with its code', async (typed, words) => {
    expect(await bot.say(typed)).toContain(words);
  });

  it.each([
    [
      '/ask 煤炭消费总量今年控多少万吨',
      '文件没有写多少万吨。',
      '气-8 控制煤炭消费总量：“完成年度万吨煤炭消费总量控制目标。”',
    ],
    ['/ask 百日攻坚什么时候开始', '文件没有写“百日攻坚”的时间。', '气-24'],
    ['/ask 水7预算多少', '水-7文件没有写这个数。', '水-7'],
    ['/ask 污水处理费多少钱一吨', '文件没有写', '水-'],
  ])('%s says that the document does not write it', async (typed, first, clause) => {
    const said = await bot.say(typed);
    expect(said.startsWith(first)).toBe(true);
    expect(said).toContain(clause);
    expect(said).not.toMatch(/78|90%|5个/);
  });

  it.each(['/ask 医保报销比例是多少', '/ask 招商引资任务是多少'])('%s is in no task', async (typed) => {
    expect(await bot.say(typed)).toMatch(/^没有找到/);
  });
});

describe('several that fit', () => {
  it('stand in a list, and a number says which is meant', async () => {
    expect(await bot.say('秸秆')).toMatch(/1\. 气-15 .*\n2\. 气附-14 .*看哪一条请回序号。$/su);
    expect(await bot.say('2')).toMatch(/^气附-14 秸秆综合利用\n/);
  });

  it('are asked back where dictation leaves the plan out', async () => {
    expect(await bot.say('第一谁牵头')).toMatch(/^“第一”是指哪一个？请回序号：\n1\. who 水-1\n/);
    expect(await bot.say('4')).toContain('地-1');
  });
});
