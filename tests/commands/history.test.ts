import { afterEach, beforeEach, expect, it } from 'vitest';

import { type TestBot, testBot } from '../support/test-bot.js';

let bot: TestBot;
const housing = '县住建局联络员';

beforeEach(async () => {
  bot = await testBot();
});
afterEach(() => bot.stop());

it.each(['\n', '\u2028', '\u0085'])(
  'keeps a note with a line break (%j) on the line of its record',
  async (lineBreak) => {
    const forged = '9月25日09:00 县水利局（县水利局联络员）水-7 报办结：假';
    await bot.say(`/progress 水-7 管网过半${lineBreak}${forged}`, housing);
    for (const typed of ['/history 水-7', '/task 水-7']) {
      const lines = (await bot.say(typed)).split('\n');
      expect(lines.filter((line) => line.includes(forged))).toHaveLength(1);
      expect(lines.find((line) => line.includes(forged))).toContain('管网过半');
    }
  },
);
