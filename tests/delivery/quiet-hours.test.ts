import { afterEach, beforeEach, expect, it } from 'vitest';

import { startSandbox, type TestSandbox } from '../support/sandbox.js';
import { type TestBot, testBot } from '../support/test-bot.js';

const housing = '县住建局联络员';
let bot: TestBot;
beforeEach(async () => {
  bot = await testBot({ now: '2023-09-25T19:30:00+08:00' });
});
afterEach(() => bot.stop());

it('what became due while nothing ran waits for working hours, and an answer waits for nothing', async () => {
  await bot.say('/extend 水-2 2024年1月15日 设备没到货', housing);
  // The program was down from before 8:30 until the evening.
  await bot.at('2023-09-26T19:40:00+08:00');
  expect(bot.posted).toEqual([]);
  await bot.hear({ text: '水-7谁牵头', answeredBy: 'delivery' });
  await bot.at('2023-09-26T19:41:00+08:00');
  expect(bot.posted).toEqual([expect.stringContaining('牵头：县住建局')]);
  await bot.at('2023-09-27T08:30:00+08:00');
  expect(bot.posted).toEqual([expect.anything(), expect.stringContaining('延期申请第1号')]);
});

it('a clock that is moved stops where something is to be sent', async () => {
  const sandbox: TestSandbox = await startSandbox({ sandboxStart: new Date('2023-09-25T19:30:00+08:00') });
  try {
    const post = (place: string, body: unknown) =>
      fetch(new URL(place, sandbox.url), {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    await post('/sandbox/messages', { user: housing, text: '/extend 水-2 2024年1月15日 设备没到货' });
    await post('/sandbox/clock', { now: '2023-09-28T16:00:00+08:00' });
    await post('/sandbox/messages', { user: housing, text: '/na 水-2 已划转' });
    await post('/sandbox/clock', { now: '2023-10-16T20:00:00+08:00' });
    const state = await (await fetch(new URL('/sandbox/state?as=督查室', sandbox.url))).json();
    const told = state.messages.filter(
      (message: { to: string | null }) => message.to === '督查室' && !JSON.stringify(message).includes('等你处理'),
    );
    expect(told.map(({ at }: { at: string }) => at.slice(0, 16))).toEqual(['2023-09-26T00:30', '2023-09-28T08:00']);
  } finally {
    await sandbox.stop();
  }
});
