import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { chainsOf, dutiesOf } from '../support/ledger-state.js';
import { type TestBot, testBot } from '../support/test-bot.js';

let bot: TestBot;
/** None of these names 县水利局, nor a group that it belongs to. */
const codes = ['水-5', '水-7', '水-9', '气-3', '气附-3', '气-5.1', '气-7', '土-10'];
const strangers = ['成员', '县水利局联络员', '路人', '审计员'];

beforeAll(async () => {
  bot = await testBot({ now: '2023-09-28T09:20:00+08:00' });
  const ecology = '市生态环境局芮城分局联络员';
  await bot.say('/done 水-7 已投运\n/progress 水-5 过半', '县住建局联络员');
  await bot.say('/done 水-9 已运行\n/done 气-7 检修完成\n/block 气附-3 缺设备\n/done 气-5.1 摸底', ecology);
  await bot.say('/record 县住建局 水-5 办结 电话 改造完成\n/accept 水-9\n/return 气-7 缺材料', '督查室');
  await bot.say('/pause 气-3 上级调整', '县领导');
});
afterAll(() => bot.stop());

const verbs = ['done', 'progress', 'block', 'accept', 'return', 'reopen', 'pause', 'resume', 'withdraw', 'undo'];
const aliases = ['办结', '进展', '困难', '销号', '退回', '重开', '暂缓', '恢复', '调整取消', '撤销'];
const words = ['', '已投运 已审签', '资料核查', '县住建局 缺材料', '60% 过半', '上级调整', '电话 办结 都好了'];

const code = fc.constantFrom(...codes);
const message = fc.oneof(
  fc
    .tuple(fc.constantFrom(...verbs), code, fc.constantFrom(...words))
    .map(([verb, on, note]) => `/${verb} ${on} ${note}`),
  fc
    .tuple(fc.constantFrom(...aliases), code, fc.constantFrom(...words))
    .map(([verb, on, note]) => `${on} ${verb} ${note}`),
  fc
    .tuple(
      fc.constantFrom('县住建局', '市生态环境局芮城分局', '县水利局'),
      code,
      fc.constantFrom('电话 在建', '办结 电话 已好', '无变化'),
    )
    .map(([unit, on, note]) => `/record ${unit} ${on} ${note}`),
  fc.constantFrom(
    '是',
    '确认',
    '确认 已审签',
    '已审签',
    '1',
    '2',
    '电话',
    '/undo',
    '撤销',
    '/settled 水-5',
    '/record 县水利局 无变化',
  ),
);
const conversation = fc.array(fc.tuple(fc.constantFrom(...strangers), message), { minLength: 1, maxLength: 12 });

it('nothing that a member or another unit says changes what is not theirs', { timeout: 120_000 }, async () => {
  const before = { duties: await dutiesOf(bot), chains: await chainsOf(bot) };
  expect(before.chains.broken).toEqual([]);
  expect(new Set(before.duties.map(({ status }) => status))).toEqual(
    new Set(['reported', 'closed', 'in-progress', 'paused']),
  );
  await fc.assert(
    fc.asyncProperty(conversation, async (said) => {
      for (const [who, text] of said) expect(await bot.say(text, who)).not.toContain('系统出错');
      expect(await dutiesOf(bot)).toEqual(before.duties);
      expect(await chainsOf(bot)).toEqual(before.chains);
    }),
    { numRuns: 60 },
  );
});

it('what a unit says of its own is no such thing', async () => {
  const before = await dutiesOf(bot);
  await bot.say('/progress 水-7 验收中', '县住建局联络员');
  expect((await chainsOf(bot)).broken).toEqual([]);
  await bot.say('/undo 水-7', '县住建局联络员');
  await bot.say('/undo 水-7', '县住建局联络员');
  expect(await dutiesOf(bot)).not.toEqual(before);
});
