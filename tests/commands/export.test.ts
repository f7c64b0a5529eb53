import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { type TestBot, testBot } from '../support/test-bot.js';

let bot: TestBot;
beforeAll(async () => {
  bot = await testBot();
});
afterAll(() => bot.stop());

const named = async (text: string, user?: string) => {
  const replies = await bot.replies(text, user);
  return replies.map((said) => (said.kind === 'file' ? said.name : `${said.kind}: ${'text' in said ? said.text : ''}`));
};

describe('/export', () => {
  it.each([
    ['/export', '督办台账 2023-09-25.xlsx'],
    ['导出', '督办台账 2023-09-25.xlsx'],
    ['导出台账', '督办台账 2023-09-25.xlsx'],
    ['/export 县住建局', '县住建局督办台账 2023-09-25.xlsx'],
    ['导出住建局的水计划', '县住建局督办台账（水） 2023-09-25.xlsx'],
    ['/export 大气', '督办台账（气） 2023-09-25.xlsx'],
  ])('%s gives %s to any member', async (typed, name) => {
    expect(await named(typed)).toEqual([name]);
  });

  it('says what the file is, how much it holds and of when it is', async () => {
    expect(await bot.say('/export 水')).toBe(
      '《督办台账（水） 2023-09-25.xlsx》：12项，截至2023年9月25日09:00。\n办理情况是台账收到的报告，不代表实际进度。',
    );
  });

  it('means my own unit when I say so', async () => {
    expect(await named('/export 我们局', '县住建局联络员')).toEqual(['县住建局督办台账 2023-09-25.xlsx']);
    expect((await named('/export 我们局'))[0]).toContain('你还没有登记单位');
  });

  it('is refused where there is nothing to put in, and where it is not understood', async () => {
    expect(await named('/export 县消防救援大队 水')).toEqual([
      expect.stringMatching(/^refusal: .*(?:没有任务|没看懂)/u),
    ]);
    expect(await named('/export 明天')).toEqual([expect.stringContaining('可以这样发：/export')]);
  });

  it('stands beside other answers, each file once and no more than three', async () => {
    expect(await named('/who 水-7\n/export\n/due 本周\n/export')).toEqual([
      expect.stringContaining('水-7'),
      '督办台账 2023-09-25.xlsx',
    ]);
    expect(await named('/export 水\n/export 气\n/export 土\n/export 地')).toEqual([
      'refusal: 一条消息最多要3份文件，其余1份请另发一条。',
      '督办台账（水） 2023-09-25.xlsx',
      '督办台账（气） 2023-09-25.xlsx',
      '督办台账（土） 2023-09-25.xlsx',
    ]);
  });

  it('gives a resent message the same file', async () => {
    const again = () => bot.replies('/export', '成员', { id: 'm-export' });
    const first = await again();
    await bot.say('/done 水-7 五个建制镇污水处理设施已投运', '县住建局联络员');
    expect(await again()).toEqual(first);
  });

  it('is in the help', async () => {
    expect(await bot.say('/help')).toContain('/export [单位] [计划]：导出台账');
  });
});
