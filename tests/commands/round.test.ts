import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { type TestBot, testBot } from '../support/test-bot.js';

const housing = '县住建局联络员';
let bot: TestBot;

beforeEach(async () => {
  bot = await testBot({ now: '2023-09-27T09:00:00+08:00' });
  await bot.at('2023-09-27T09:00:00+08:00');
  bot.posted.length = 0;
});
afterEach(() => bot.stop());

const office = (text: string) => bot.say(text, '督查室', { private: true });
const own = (text: string, user = housing) => bot.say(text, user, { private: true });
const open = async (typed = '/round 明天') => {
  await office(typed);
  return office('发送');
};
/** The clock at this moment and the minute after, since one message after another goes to the same chat. */
const at = async (moment: string) => {
  for (let second = 0; second < 4; second += 1) await bot.at(moment.replace(':00+', `:0${second}+`));
};

describe('/round', () => {
  it('is shown first and opened by one message in the group', async () => {
    const preview = await office('/round 明天');
    expect(preview).toContain('预览：9月调度，县直及开发区牵头单位');
    expect(preview).toContain('9月28日（周四）下班前报');
    expect(preview).toContain('不含乡镇');
    expect(await bot.say('/missing')).toContain('责任单位已报0家');
    expect(await office('发送')).toBe('9月调度已开，发到工作群。看还差谁发“/missing”。');
    await at('2023-09-27T09:01:00+08:00');
    expect(bot.posted).toEqual([
      '【9月调度】请各牵头单位于28日（周四）下班前，把本单位牵头任务进展单聊发我：写编号和情况，可一次多条，没有变化回“无变化”。已报的不用再报。\n县政府办督查室',
    ]);
  });

  it.each(['开9月调度 明天下班前 只要县直牵头的', '发起调度，明天，不含乡镇'])(
    'is opened by a sentence: %s',
    async (said) => {
      expect(await office(said)).toBe(await office('/round 明天'));
      expect(await office('发送')).toContain('9月调度已开');
    },
  );

  it.each(['开10月调度 明天', '开9月调度 明天下班前 每人写检讨'])(
    'is not opened by what it does not do: %s',
    async (said) => {
      expect(await office(said)).toContain('没看懂');
    },
  );

  it('is opened by nobody else', async () => {
    expect(await own('开9月调度 明天下班前 只要县直牵头的')).not.toContain('预览');
  });

  it('counts what was reported this month before it, and asks for the rest only', async () => {
    await own('/progress 水-7 永乐镇已投运');
    await open('/round 明天 县住建局');
    const left = async () => /县住建局（余(\d+)项）/u.exec(await bot.say('/missing'))?.[1];
    const before = Number(await left());
    await own('/progress 水-5 主体完工');
    expect(Number(await left())).toBe(before - 1);
    expect(await own('/no-change')).toContain(`9月调度县住建局${before - 1}项无变化`);
    expect(await bot.say('/missing')).toBe('9月调度（28日（周四）下班前）：应报1家，都已报齐。');
    expect(await own('/no-change')).toContain('已报齐，不用再报');
    expect(await bot.say('/history 水-2')).toContain('报无变化');
  });

  it('takes 无变化 for single tasks', async () => {
    await open('/round 明天 县住建局');
    expect(await own('/无变化 水-7')).toBe('已记：9月调度县住建局1项无变化（水-7）。');
  });

  it('reminds those missing one to one on the last morning, once, and tells how it ended', async () => {
    await open('/round 明天 县住建局 县能源局');
    await own('/no-change');
    bot.posted.length = 0;
    await at('2023-09-28T08:34:00+08:00');
    expect(bot.posted.filter((text) => text.includes('今天截止'))).toEqual([]);
    await at('2023-09-28T08:36:00+08:00');
    await at('2023-09-28T10:00:00+08:00');
    const reminders = bot.posted.filter((text) => text.includes('今天截止'));
    expect(reminders).toHaveLength(1);
    expect(reminders[0]).toMatch(/^9月调度今天截止，县能源局还有\d项没有报：\n气-/);
    await at('2023-09-28T18:00:00+08:00');
    await at('2023-10-07T08:31:00+08:00');
    expect(bot.posted.filter((text) => text.includes('截止：'))).toEqual([
      expect.stringMatching(
        /^9月调度.*截止：应报2家，报齐1家。\n没有报齐的1家：县能源局（\d项）。以上只反映收到的报告。$/,
      ),
    ]);
    expect(await bot.say('/missing')).toContain('启用以来');
  });

  it('lights what was missed, until a report comes', async () => {
    await open('/round 明天 县住建局');
    await at('2023-10-07T09:00:00+08:00');
    expect(await bot.say('/why 水-7')).toContain('黄灯。9月28日截止的调度没有收到报告。');
    await own('/progress 水-7 永乐镇已投运');
    expect(await bot.say('/why 水-7')).toContain('灰灯');
  });

  it('can be put off, and leaves a full working day', async () => {
    expect(await office('/round 今天')).toContain('至少要留一个工作日，最早是9月28日');
    await open();
    expect(await office('/round 改到10月8日')).toBe('9月调度改到10月8日（周日，调休上班）下班前。');
    expect(await bot.say('/missing')).toContain('9月调度（10月8日（周日）下班前）');
  });

  it('reminds again on the morning of the day to which it was put off', async () => {
    await open('/round 明天 县住建局');
    await at('2023-09-28T09:00:00+08:00');
    expect(bot.posted.filter((text) => text.includes('今天截止'))).toHaveLength(1);
    await office('/round 改到10月8日');
    await at('2023-10-08T09:00:00+08:00');
    expect(bot.posted.filter((text) => text.includes('今天截止'))).toHaveLength(2);
  });

  it('asks townships when told to', async () => {
    expect(await office('/round 明天 含乡镇')).not.toContain('不含乡镇');
    await office('发送');
    expect(await bot.say('/missing')).toContain('永乐镇');
  });

  it.each(['成员', housing, '县领导', '审计员', '管理员'])('is not for %s', async (user) => {
    expect(await bot.say('/round 明天', user)).toContain('调度由督查室或计划的调度单位开');
  });

  it('needs no 无变化 while none is open', async () => {
    expect(await own('/no-change')).toBe(
      '现在没有要你单位报的调度，不用报“无变化”。有进展随时发“/progress 编号 情况”。',
    );
  });
});

describe('/missing', () => {
  it('tells without a round who has reported nothing yet, group nouns as one', async () => {
    await own('/progress 水-7 永乐镇已投运');
    const lines = (await bot.say('/missing')).split('\n');
    expect(lines[0]).toMatch(/^9月25日启用以来，\d+家责任单位已报1家（县住建局1条），未报\d+家：$/);
    expect(lines[1]).toContain('各乡镇人民政府');
    expect(lines[1]).not.toContain('永乐镇');
    expect(lines[2]).toBe('其中本周有事项的2家：市生态环境局芮城分局、县自然资源局。要提示发“提示 本周”。');
  });
});
