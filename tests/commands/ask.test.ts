import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { type TestBot, testBot } from '../support/test-bot.js';

let bot: TestBot;

beforeAll(async () => {
  bot = await testBot();
});
afterAll(() => bot.stop());

const codesIn = (text: string) => [...new Set(text.match(/[水气土地]附?-\d+/g) ?? [])];

describe('/due', () => {
  it.each(['/due this week', '/due 本周', '到期 本周', '／due　本周', '本周到期', '/到期'])(
    '%s lists the week with works and rows counted',
    async (typed) => {
      const said = await bot.say(typed);
      expect(said).toContain('本周（9月25日至10月1日）到期2项（4条）');
      expect(codesIn(said)).toEqual(['气-3', '气附-3', '气附-6', '气-7', '土-10', '气-17', '气-18']);
      expect(said).toMatch(/周期：土-10.*三季度9月30日止/);
      expect(said).toMatch(/阶段：气-17、气-18（5—9月.*9月30日结束/);
      expect(said).toContain('9月30日（周六，国庆假期），节前最后工作日28日（周四），还有5天');
    },
  );

  it('keeps limits before the start date apart, in no overdue figure', async () => {
    const said = await bot.say('/due overdue');
    expect(said).toContain('没有计入超期的任务');
    expect(said).toContain('启用前已到时限、待补报（不计超期）2项');
    expect(codesIn(said)).toEqual(['气-5', '气-17']);
  });

  it.each([
    ['/due 下月 县能源局', '县能源局下月（10月1日至10月31日）到期1项（2条）', ['气-9', '气附-7']],
    ['/due 县能源局 2023-10', '到期1项（2条）', ['气-9', '气附-7']],
    ['/due 10月', '到期1项（2条）', ['气-9', '气附-7']],
    ['/due 年底前 水', '到期1项', ['水-2']],
    ['/due 未来7天', '到期2项（4条）', ['气-3', '气附-3', '气附-6', '气-7', '土-10', '气-17', '气-18']],
  ])('%s', async (typed, count, codes) => {
    const said = await bot.say(typed);
    expect(said).toContain(count);
    expect(codesIn(said)).toEqual(codes);
  });

  it('says what is wrong with an impossible day', async () => {
    expect(await bot.say('/due 2月30日')).toBe('2月没有30日，2023年2月最后一天是28日。');
  });

  it('names what it did not understand', async () => {
    expect(await bot.say('/due 哈哈哈')).toMatch(/^没看懂“哈哈哈”。可以这样发：/);
  });
});

describe('/who', () => {
  it.each(['/who 水-7', '水-7谁牵头', '谁牵头 水7', '／who　水－７', '水环境第7项 谁负责', '/who 水—7'])(
    '%s names the lead',
    async (typed) => {
      const said = await bot.say(typed);
      expect(said).toContain('牵头：县住建局');
      expect(said).not.toContain('县水利局');
      expect(said).toContain('文件未写时限');
    },
  );

  it('says that no lead is named and lists those responsible', async () => {
    const said = await bot.say('/who 土-4');
    expect(said).toContain('文件没有写牵头');
    expect(said).toContain('县自然资源局、县农业农村局、市生态环境局芮城分局、县市场监管局等');
  });

  it('answers for several codes in one reply', async () => {
    expect(await bot.replies('/who 水-7 气-3')).toHaveLength(1);
    expect(codesIn(await bot.say('/who 水-7、气-3'))).toEqual(expect.arrayContaining(['水-7', '气-3']));
  });

  it('finds a task by its words', async () => {
    expect(codesIn(await bot.say('/who 秸秆'))).toEqual(['气-15', '气附-14']);
  });

  it('says how far the codes go when there is no such task', async () => {
    expect(await bot.say('/who 水-99')).toBe('没有找到任务 水-99。水的编号到 水-12。');
  });
});

describe('other questions', () => {
  it.each([
    ['/task 气-5', '7月底前，7月31日（周一）'],
    ['气附-3', '是气-3 工业企业污染防治深度治理的分项'],
    ['/list 县住建局 水', '6项'],
    ['/search 黑臭水体', '水-8'],
    ['/status', '共66项（79条）：未报66'],
    ['/help', '/due'],
    ['/help due', '别名：到期、时限'],
    ['/digest', '每周一 09:00'],
    ['/deu', '是不是想输入 /due？'],
    ['/liist', '是不是想输入 /list？'],
    ['早上好', '没看懂“早上好”'],
    ['/mine', '你还没有登记单位'],
    ['/history 水-7', '还没有收到报告'],
  ])('%s', async (typed, expected) => {
    expect(await bot.say(typed)).toContain(expected);
  });

  it.each(['收到', '好的', '谢谢', '👍', '[OK]'])('%s is not answered', async (typed) => {
    expect(await bot.replies(typed)).toEqual([]);
  });

  it('lists a liaison what the unit owes, by role', async () => {
    const said = await bot.say('我的', '县住建局联络员');
    expect(said).toContain('牵头8项、负责3项、配合4项');
    expect(said.split('\n')[1]).toContain('气-18');
  });

  it('shows two pages of the whole ledger', async () => {
    expect(await bot.say('/list')).toContain('第1/5页');
    expect(await bot.say('/list 第5页')).toContain('地-15');
  });
});

it('says which years there are when another is typed', async () => {
  expect(await bot.say('2022水-7谁牵头')).toBe('没有找到任务 水-7。台账里是2023年的计划，没有2022年的。');
});
