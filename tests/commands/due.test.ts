import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { type TestBot, testBot } from '../support/test-bot.js';

let bot: TestBot;

beforeEach(async () => {
  bot = await testBot();
});
afterEach(() => bot.stop());

const firstLine = (said: string) => said.split('\n')[0];

describe('/due 逾期', () => {
  beforeEach(() => bot.at('2023-10-09T09:00:00+08:00'));

  it('counts works and rows as /list does', async () => {
    expect(firstLine(await bot.say('/due 逾期'))).toBe('时限已到、未收到办结报告5项（7条）：');
    expect(firstLine(await bot.say('/list 逾期'))).toBe('时限已到、未收到办结报告清单：5项（7条）');
  });

  it('has one line for a task and its annex rows', async () => {
    expect(await bot.say('/due 逾期')).toContain(
      '气-3 工业企业污染防治深度治理（含气附-3、气附-6）｜2023年9月底前（9月30日）｜待报：市生态环境局芮城分局',
    );
  });

  it('names the row alone where the rest is reported', async () => {
    await bot.say('/done 气附-3 深度治理到位', '市生态环境局芮城分局联络员');
    expect(await bot.say('/due 逾期')).toContain('气-3 工业企业污染防治深度治理（含气附-6）');
  });
});

describe('a range', () => {
  it.each(['/due 上半年', '/due 2022-12'])('%s in the past points to no day in the past', async (typed) => {
    expect(await bot.say(typed)).toMatch(/没有到期任务。\n下一批：9月30日/);
  });

  it('says the year of a yearly task once', async () => {
    expect(await bot.say('/due 明年')).toContain('，2024年12月31日止');
  });

  it('of everything is all there is, not the week', async () => {
    expect(firstLine(await bot.say('/due 全部'))).toBe('全部时限（1月1日至12月31日）到期16项（26条），第1/2页：');
    expect(firstLine(await bot.say('/due 水 全部'))).toContain('“水”计划全部时限');
  });

  it('of many tasks is told page by page, to the last one', async () => {
    const said = await bot.say('/due 今年');
    expect(said).not.toContain('地-4');
    expect(said).toContain('在命令后加“第2页”');
    const next = await bot.say('/due 今年 第2页');
    expect(next).toContain('2023年（1月1日至12月31日）到期16项（26条），第2/2页');
    expect(next).toContain('地-4');
    expect(next).toContain('土-10');
    expect(await bot.say('/due 今年 第3页')).toBe('2023年（1月1日至12月31日）的到期任务只有2页。');
  });

  it.each(['/due 第0页', '/list 第0页', '/list 第-1页'])('%s is no page', async (typed) => {
    expect(await bot.say(typed)).toBe('页码从1开始，如“第1页”。');
  });
});

describe('one task', () => {
  it('is answered with its limits and what has been reported', async () => {
    expect(await bot.say('/due 气-7')).toMatch(/^气-7 供热（供汽）企业排查整治 时限：9月底，9月30日.*\n报送：未报$/);
    expect(await bot.say('/due 水-7')).toBe('水-7 城镇生活污水处理设施及管网建设：文件未写时限。');
  });
});

describe('as people ask', () => {
  it('今天到期的有哪些', async () => {
    expect(firstLine(await bot.say('今天到期的有哪些'))).toBe('今天（9月25日）没有到期任务。');
  });

  it('我们局这礼拜有要交的没', async () => {
    const said = await bot.say('我们局这礼拜有要交的没', '县住建局联络员');
    expect(firstLine(said)).toBe('县住建局本周（9月25日至10月1日）没有到期任务。');
    expect(said).toContain('气-18');
    expect(await bot.say('我们局这礼拜有要交的没')).toContain('你还没有登记单位');
  });
});
