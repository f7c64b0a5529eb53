import { afterEach, expect, it } from 'vitest';

import { type TestBot, testBot } from '../support/test-bot.js';

let bot: TestBot;
afterEach(() => bot.stop());

it('is no time for what answers nobody, whatever held it up', async () => {
  bot = await testBot({ now: '2023-09-25T08:00:00+08:00' });
  bot.outOfReach = true;
  await bot.at('2023-09-25T09:00:00+08:00');
  bot.outOfReach = false;
  for (const hour of ['12:10', '14:29']) await bot.at(`2023-09-25T${hour}:00+08:00`);
  expect(bot.toGroup).toEqual([]);
  await bot.at('2023-09-25T14:30:00+08:00');
  expect(bot.toGroup).toEqual([expect.stringMatching(/^督办周报 9月25日/)]);
});

it('passes over a holiday', async () => {
  bot = await testBot({ now: '2023-09-28T17:30:00+08:00' });
  await bot.say('/urge 水-7', '督查室', { private: true });
  bot.outOfReach = true;
  await bot.say('发送', '督查室', { private: true });
  await bot.at('2023-09-28T17:31:00+08:00');
  bot.outOfReach = false;
  for (const moment of ['09-28T18:30', '09-29T10:00', '10-06T10:00']) await bot.at(`2023-${moment}:00+08:00`);
  expect(bot.toGroup).toEqual([]);
  await bot.at('2023-10-07T08:30:00+08:00');
  expect(bot.toGroup).toEqual([expect.stringMatching(/^【提示】/)]);
});
