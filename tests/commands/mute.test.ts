import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { type TestBot, testBot } from '../support/test-bot.js';

let bot: TestBot;
const housing = '县住建局联络员';

beforeEach(async () => {
  bot = await testBot({ now: '2023-09-27T09:00:00+08:00' });
  await bot.at('2023-09-27T09:00:00+08:00');
});
afterEach(() => bot.stop());

const own = (text: string, user = housing) => bot.say(text, user, { private: true });
/** What goes out on the last morning of a round on the unit's work. */
const reminders = async () => {
  await bot.say('/round 明天 县住建局', '督查室', { private: true });
  await bot.say('发送', '督查室', { private: true });
  await bot.at('2023-09-27T09:01:00+08:00');
  bot.posted.length = 0;
  for (const second of ['00', '01', '02']) await bot.at(`2023-09-28T08:36:${second}+08:00`);
  return bot.posted.filter((text) => text.includes('今天截止'));
};
const count = (text: string | undefined) => Number(/还有(\d+)项/.exec(text ?? '')?.[1]);

describe('/mute', () => {
  it('keeps back personal reminders about a task until a day', async () => {
    const before = count((await reminders())[0]);
    bot.posted.length = 0;
    await bot.stop();
    bot = await testBot({ now: '2023-09-27T09:00:00+08:00' });
    expect(await own('/mute 水-7 10月15日')).toBe(
      '已设：水-7到10月15日（周日）为止不单独提醒你。\n报送要求不变，群里的周报照常。结束发“取消免打扰 编号”。',
    );
    const [reminder, ...others] = await reminders();
    expect(others).toEqual([]);
    expect(count(reminder)).toBe(before - 1);
    expect(reminder).not.toContain('水-7');
    expect(await bot.say('/missing')).toContain('县住建局');
  });

  it('is over after its last day', async () => {
    await own('/mute 水-7 9月27日');
    expect((await reminders())[0]).toContain('水-7');
  });

  it('is for the one who asks alone', async () => {
    await own('/mute 水-7 10月15日', '县水利局联络员');
    expect((await reminders())[0]).toContain('水-7');
  });

  it('lists mine, and 取消免打扰 ends it', async () => {
    expect(await own('/mute')).toBe('你没有设免打扰。设一项发“/mute 水-7 10月15日”。');
    await own('/mute 水-7 10月15日');
    await own('/mute 水-5 本月底');
    expect(await own('免打扰')).toMatch(/^你的免打扰2项：\n水-5 .*，到9月30日\n水-7 .*，到10月15日\n结束发/);
    expect(await own('取消免打扰 水-7')).toBe('请核对，无误请回“是”：\n取消免打扰：水-7');
    expect(await own('是')).toBe('已恢复提醒：水-7。');
    expect(await own('/unmute 水-7')).toBe('这几项没有设免打扰。发“/mute”看设了哪些。');
    expect(await own('/mute')).toMatch(/^你的免打扰1项：\n水-5 /);
  });

  it('of an annex row is about the work it is part of', async () => {
    await own('/mute 气附-3 10月15日');
    expect(await own('/mute')).toContain('气-3');
  });

  it('takes a day to come, at most a year away', async () => {
    expect(await own('/mute 水-7')).toBe('请写到哪天，如：/mute 水-7 10月15日');
    expect(await own('/mute 水-7 9月1日')).toContain('9月1日已经过了');
    expect(await own('/mute 水-7 2025年1月1日')).toContain('最多免打扰一年');
  });

  it.each(['成员', housing, '督查室', '县领导', '审计员', '管理员'])('is open to %s', async (user) => {
    expect(await own('/mute 水-7 10月15日', user)).toContain('已设：水-7');
    expect(await own('/unmute 水-7', user)).toBe('已恢复提醒：水-7。');
  });

  it.each(['/mute 水-7 10月15日', '/mute', '/unmute 水-7'])('%s is nothing for a stranger', async (typed) => {
    expect(await bot.say(typed, '路人')).toContain('名单里还没有你，不会单独提醒你');
  });
});
