import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { type TestBot, testBot } from '../support/test-bot.js';

let bot: TestBot;
const housing = '县住建局联络员';
const ecology = '市生态环境局芮城分局联络员';

beforeEach(async () => {
  bot = await testBot();
});
afterEach(() => bot.stop());

describe('a mention of the bot', () => {
  it.each(['@督办助手 水-7谁牵头', '＠督办助手\u2005水-7谁牵头', '水-7谁牵头 @督办助手', '@督办助手 /who 水-7'])(
    'is no part of %s',
    async (typed) => {
      expect(await bot.say(typed)).toContain('牵头：县住建局');
    },
  );

  it('is no part of what is not answered, nor of a yes', async () => {
    expect(await bot.replies('@督办助手 收到')).toEqual([]);
    await bot.say('@督办助手 水-5 进展 主体完工', housing);
    expect(await bot.say('@督办助手 是', housing)).toContain('已记：水-5');
  });
});

describe('what changes something, without a slash', () => {
  it.each(['周报关', '提醒 关', '周报 周五 10:00', '@督办助手 周报 关'])('%s waits for 是', async (typed) => {
    const before = await bot.say('/digest');
    expect(await bot.say(typed, '督查室')).toMatch(
      /^请核对，无误请回“是”：\n(?:关闭本群周报|本群周报改为每周五 10:00发)$/,
    );
    expect(await bot.say('/digest')).toBe(before);
    expect(await bot.say('是', '督查室')).toMatch(/^已[关改]。/);
    expect(await bot.say('/digest')).not.toBe(before);
  });

  it.each(['周报', '周报 预览', '看看周报', '周报什么时候发？'])('%s is answered at once', async (typed) => {
    expect(await bot.say(typed)).toMatch(/^本群周报：每周一|^督办周报/);
  });

  it('is refused at once where it would be refused', async () => {
    expect(await bot.say('周报 关')).toContain('周报由督查室或管理员设置');
    expect(await bot.say('水-7 办结 五镇投运', '县水利局联络员')).toContain('水-7牵头是县住建局');
  });

  it('shows of several lines what is recorded, what not and why, and answers the rest', async () => {
    const said = await bot.say('水-5 进展 主体完工\n水-12 进展 不归我们\n到期 今天\n天气不错', housing);
    expect(said).toContain('无误请回“是”：\n水-5 报进展：主体完工\n不记：水-12牵头是市生态环境局芮城分局');
    expect(said).toContain('今天（9月25日）没有到期任务');
    expect(said).toContain('没看懂“天气不错”');
    expect(await bot.say('是', housing)).toMatch(/^已记：水-5/);
  });
});

describe('a report that tells nothing', () => {
  it.each(['/done 气-6 好的', '/done 气-6 完成了', '/done 气-6 👍', '气-6完成了', '/done 气-6'])(
    '%s is asked for a sentence',
    async (typed) => {
      expect(await bot.say(typed, ecology)).toMatch(/^气-6 工业企业无组织治理：请回复本条消息写明办结情况。/);
    },
  );

  it('is asked of nobody who may not report', async () => {
    expect(await bot.say('/done 气-6 完成了', '县水利局联络员')).toMatch(/^气-6牵头是市生态环境局芮城分局/);
  });
});

it('keeps private numbers out of a preview too', async () => {
  const said = await bot.say('水-5 进展 联系138 1234 5678', housing);
  expect(said).toContain('138****5678');
});

describe('what is typed below a change of the ledger', () => {
  it('is about the ledger as it is then', async () => {
    const said = await bot.say(
      '/set 水-7 时限 10月31日\n/due 10月31日\n/assign 县水利局 10月20日 报水质预警处置\n/who 临-1',
      '督查室',
    );
    expect(said).toMatch(/10月31日到期2项.*水-7 城镇生活污水处理设施及管网建设/su);
    expect(said).toMatch(/临-1 .*县水利局/su);
  });
});
