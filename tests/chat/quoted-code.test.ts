import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { type TestBot, testBot } from '../support/test-bot.js';

const housing = '县住建局联络员';
let bot: TestBot;

beforeEach(async () => {
  bot = await testBot();
});
afterEach(() => bot.stop());

const quoting = (words: string) => ({ quoted: { messageId: null, text: words } });

describe('a message that answers another', () => {
  it('is about the task of that one where it names none', async () => {
    const card = await bot.say('/task 水-7');
    expect(await bot.hear({ text: '谁牵头', ...quoting(card) })).toContain(
      '水-7 城镇生活污水处理设施及管网建设\n牵头：县住建局',
    );
    expect(await bot.hear({ text: '/why', ...quoting(card) })).toContain('水-7');
    expect(await bot.hear({ text: '/done 五镇全部投运', sender: housing, ...quoting(card) })).toContain(
      '已记：水-7 城镇生活污水处理设施及管网建设，县住建局报办结',
    );
  });

  it('is confirmed first without a slash', async () => {
    const said = await bot.hear({ text: '进展 永乐镇已投运', sender: housing, ...quoting('水-7 城镇生活污水') });
    expect(said).toBe('请核对，无误请回“是”：\n水-7 报进展：永乐镇已投运');
    expect(await bot.say('是', housing)).toContain('已记：水-7');
  });

  it('is about its own task where it names one, and about none where the other holds several', async () => {
    expect(await bot.hear({ text: '/why 水-5', ...quoting('水-7 城镇生活污水') })).toContain('水-5');
    expect(await bot.hear({ text: '/done 完成投运', sender: housing, ...quoting('水-7、水-5 都要报') })).toContain(
      '请写任务编号',
    );
    expect(await bot.hear({ text: '/due 本周', ...quoting('水-7 城镇生活污水') })).toContain('到期2项（4条）');
  });

  it('finds what the bot itself said by the id that the platform gave it', async () => {
    await bot.say('/assign 县住建局 明天 排查雨污混接', '督查室');
    await bot.at('2023-09-25T09:05:00+08:00');
    await bot.at('2023-09-25T09:05:01+08:00');
    const messageId = bot.messageIds.find((id) => id.startsWith('assign 2023')) ?? null;
    const answer = await bot.hear({
      text: '/progress 已排查三条街',
      sender: housing,
      quoted: { messageId, text: null },
    });
    expect(answer).toContain('已记：临-1 排查雨污混接');
  });
});
