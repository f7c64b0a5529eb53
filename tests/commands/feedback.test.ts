import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { type TestBot, testBot } from '../support/test-bot.js';

let bot: TestBot;

beforeEach(async () => {
  bot = await testBot();
  await bot.at('2023-09-25T09:00:00+08:00');
  bot.posted.length = 0;
});
afterEach(() => bot.stop());

const administrator = (text: string) => bot.say(text, '管理员', { private: true });
const posted = async () => {
  for (const second of ['00', '01', '02']) await bot.at(`2023-09-25T09:05:${second}+08:00`);
  return bot.posted;
};

describe('/feedback', () => {
  it('goes to the administrators one to one, and is answered in one line', async () => {
    expect(await bot.say('/feedback 附表和正文重复，能不能只报一次', '县住建局联络员')).toBe(
      '已转管理员（意见1），不在群里显示。',
    );
    expect(await posted()).toEqual(['意见1（县住建局）：附表和正文重复，能不能只报一次\n看最近的发“/feedback”。']);
  });

  it('is listed for an administrator, with the unit and no name but an administrator’s', async () => {
    expect(await administrator('/feedback')).toBe('还没有收到意见。');
    await bot.say('/feedback 附表和正文重复', '县住建局联络员');
    await bot.say('/feedback 一天提示三次太多', '路人');
    await administrator('/feedback 群里的周报太长');
    expect(await administrator('意见')).toBe(
      '最近的意见3条，新的在前：\n3. 9月25日09:00（管理员）群里的周报太长\n' +
        '2. 9月25日09:00（没有登记单位）一天提示三次太多\n1. 9月25日09:00（县住建局）附表和正文重复',
    );
    expect(await bot.say('/feedback', '管理员')).toBe('意见只在单聊里看。请单独发“/feedback”给我。');
  });

  it('shows the last ten', async () => {
    for (let at = 1; at <= 6; at += 1) await bot.say(`/feedback 意见之${at}`, '县住建局联络员');
    for (let at = 1; at <= 6; at += 1) await bot.say(`/feedback 建议之${at}`, '县水利局联络员');
    const said = await administrator('/feedback');
    expect(said).toContain('最近的意见10条');
    expect(said).not.toContain('意见之2');
  });

  it('keeps no private number, and not more than ten a day of one person', async () => {
    await bot.say('/feedback 找我打13812345678', '县住建局联络员');
    expect(await administrator('/feedback')).toContain('138****5678');
    for (let at = 2; at <= 10; at += 1) await bot.say(`/feedback 第${at}条意见`, '县住建局联络员');
    expect(await bot.say('/feedback 再说一条', '县住建局联络员')).toBe('一天最多收10条意见，请明天再发。');
    await bot.at('2023-09-26T09:30:00+08:00');
    expect(await bot.say('/feedback 再说一条', '县住建局联络员')).toContain('已转管理员');
    expect(await bot.say(`/feedback ${'长'.repeat(1001)}`, '县住建局联络员')).toContain('最多1000字');
  });

  it('asks for words, and first without a slash', async () => {
    expect(await bot.say('/feedback', '县住建局联络员')).toContain('请写意见，如：');
    expect(await bot.say('/feedback 好的', '县住建局联络员')).toContain('请写意见，如：');
    expect(await bot.say('意见 周报太长', '县住建局联络员')).toContain(
      '请核对，无误请回“是”：\n意见（只转管理员）：周报太长',
    );
    expect(await bot.say('是', '县住建局联络员')).toContain('已转管理员');
    expect(await bot.say('意见 周报太长', '路人')).toBe('提意见请发“/feedback 要说的话”。');
  });

  it.each(['成员', '路人', '县住建局联络员', '督查室', '县领导', '审计员', '管理员'])('is open to %s', async (user) => {
    expect(await bot.say('/feedback 周报太长', user)).toBe('已转管理员（意见1），不在群里显示。');
    if (user !== '管理员') expect(await bot.say('/feedback', user)).toContain('请写意见');
  });
});
