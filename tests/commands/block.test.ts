import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { dutiesOf } from '../support/ledger-state.js';
import { type TestBot, testBot } from '../support/test-bot.js';

let bot: TestBot;
const housing = '县住建局联络员';

beforeEach(async () => {
  bot = await testBot();
});
afterEach(() => bot.stop());

const lineOf = (said: string, code: string) => said.split('\n').find((line) => line.startsWith(`${code} `));

describe('/block', () => {
  it('shows as 已报困难 everywhere until anything else is reported', async () => {
    expect(await bot.say('/block 水-7 风陵渡镇管网征地没有谈妥', housing)).toBe(
      '已记：水-7 城镇生活污水处理设施及管网建设，县住建局报困难\n记错了发“/undo”。',
    );
    const problem = '水-7 城镇生活污水处理设施及管网建设｜未写时限｜正在推进，已报困难';
    expect(await bot.say('/task 水-7')).toContain('报送：正在推进，已报困难\n');
    expect(lineOf(await bot.say('/list 水'), '水-7')).toBe(problem);
    expect(lineOf(await bot.say('/mine', housing), '水-7')).toBe(problem);
    expect(await bot.say('/list 困难')).toContain(`已报困难清单：1项\n${problem}`);
    expect(await bot.say('/status 水')).toContain('其中已报困难1项。');
    expect(await bot.say('/history 水-7')).toContain('水-7 报困难：风陵渡镇管网征地没有谈妥（未报→正在推进）');
    await bot.say('/progress 水-7 征地已谈妥', housing);
    expect(await bot.say('/task 水-7')).toContain('报送：正在推进\n');
    expect(await bot.say('/list 困难')).toContain('没有符合的任务');
    expect(await bot.say('/status 水')).not.toContain('困难');
  });

  it('names which of several units has one, and keeps the day', async () => {
    await bot.say('/block 气-5.1 醇基锅炉底数没有摸清', '县工科局联络员');
    expect(await bot.say('/task 气-5')).toContain('气-5.1 正在推进，已报困难：县工科局；');
    expect(await bot.say('/due 7月')).toContain('已报进展，已报困难：县工科局');
  });

  it.each(['/block 水-7', '/block 水-7 。', '水-7 困难'])('%s is asked for the reason', async (typed) => {
    expect(await bot.say(typed, housing)).toContain(
      '水-7 城镇生活污水处理设施及管网建设：请回复本条消息写明困难和原因。',
    );
    expect(await dutiesOf(bot)).toEqual([]);
  });

  it.each(['水-7有困难，征地没有谈妥', '困难 水-7 征地没有谈妥'])('%s is confirmed first', async (typed) => {
    expect(await bot.say(typed, housing)).toBe('请核对，无误请回“是”：\n水-7 报困难：征地没有谈妥');
    expect(await bot.say('是', housing)).toContain('县住建局报困难');
  });

  it('is taken back by /undo', async () => {
    await bot.say('/block 水-7 征地没有谈妥', housing);
    expect(await bot.say('/undo', housing)).toContain('已撤销1条');
    expect(await bot.say('/task 水-7')).toContain('报送：未报');
  });
});

it.each(['困难清单', '已报困难的清单', '暂缓清单', '销号清单'])('%s only asks', async (typed) => {
  expect(await bot.say(typed)).toMatch(/清单/);
});

describe('of a recurrence with two turns open', () => {
  const natural = '县自然资源局联络员';

  beforeEach(() => bot.at('2023-10-09T09:00:00+08:00'));

  it('the one that is chosen is recorded', async () => {
    expect(await bot.say('/done 土-10 分析已完成，通报一次', natural)).toContain('土-10有2个时限还没报办结');
    expect(await bot.say('1', natural)).toContain('县自然资源局报办结（待核查），三季度');
    expect(await bot.say('/task 土-10')).toContain('土-10三季度 已报办结 1/2');
  });

  it('the one that the words begin with is recorded', async () => {
    expect(await bot.say('/done 土-10 四季度分析已完成', natural)).toContain('报办结（待核查），四季度');
    expect((await dutiesOf(bot)).map(({ occurrence }) => occurrence)).toEqual(['2023-Q4']);
  });
});
