import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { type TestBot, testBot } from '../support/test-bot.js';

const ecology = '市生态环境局芮城分局联络员';
const land = '县自然资源局联络员';
let bot: TestBot;

beforeEach(async () => {
  bot = await testBot({ now: '2023-09-25T08:00:00+08:00' });
});
afterEach(() => bot.stop());

const own = (text: string, user: string) => bot.say(text, user, { private: true });
const reported = async (...lines: string[]) => {
  for (const line of lines) await own(`/done ${line}`, ecology);
};
/** What is told one to one from that moment on; one message after another goes to the same chat. */
const told = async (day: string, time = '08:35') => {
  bot.posted.length = 0;
  for (const second of ['00', '01', '02']) await bot.at(`${day}T${time}:${second}+08:00`);
  return bot.posted.filter((text) => !text.startsWith('督办周报'));
};
/** The mornings before, on which the program runs too. */
const upTo = async (...days: string[]) => {
  for (const day of days) await told(day);
};

describe('what is due soon', () => {
  it('is told on the last working day before a holiday, and what was put off stands apart', async () => {
    await own('/extend 气附-6 10.15 德欣福利化工设备没到货', ecology);
    await own('建议同意', '督查室');
    await own('同意，要抓紧', '县领导');
    await reported('土-10 三季度调度分析完成');
    await own('/done 土-10 三季度调度分析完成', land);
    await bot.at('2023-09-27T17:00:00+08:00');
    expect(await told('2023-09-28')).toEqual([
      '今天是节前最后一个工作日：气-7、气附-3时限9月30日，还没收到办结报告，请下班前报一句情况。气附-6已同意延至10月15日，不在此列。',
    ]);
    await upTo('2023-10-07', '2023-10-08', '2023-10-09');
    await reported('气附-3 治理完成', '气-7 检修完成');
    expect(await told('2023-10-10')).toEqual([
      '快到时限：气附-6时限10月15日（周日），前一工作日13日（周五），还有3个工作日。预计完不成的，13日（周五）前提出延期。',
    ]);
  });

  it('counts back from the last working day: seven, three and one before, that day and the first one after', async () => {
    const coming = (left: number) =>
      `快到时限：气-9（含气附-7）时限10月31日（周二），还有${left}个工作日。预计完不成的，31日（周二）前提出延期。`;
    await own('/settled 气-7 气附-3 气附-6 气-3', '督查室');
    const heard: [string, string[]][] = [];
    for (let day = 18; day <= 31; day += 1) {
      const about = (await told(`2023-10-${day}`)).filter((text) => text.includes('气-9'));
      if (about.length > 0) heard.push([`10-${day}`, about]);
    }
    const last = '今天到时限：气-9（含气附-7），还没收到办结报告，请下班前报一句情况。';
    const after = '气-9（含气附-7）时限10月31日已到，还没收到办结报告，请今天下班前报一句情况，材料可后补。';
    expect(heard).toEqual([
      ['10-20', [coming(7)]],
      ['10-26', [coming(3)]],
      ['10-30', [coming(1)]],
      ['10-31', [last]],
    ]);
    expect(await told('2023-11-01')).toEqual([after]);
    expect(await told('2023-11-02')).toEqual([]);
  });

  it('is one message for each liaison, with the turns of a recurring task and what has ended', async () => {
    await upTo('2023-09-26', '2023-09-27');
    expect((await told('2023-09-28')).sort()).toEqual([
      '今天是节前最后一个工作日：气-3（含气附-3、气附-6）、气-7时限9月30日，还没收到办结报告，请下班前报一句情况。\n' +
        '土-10三季度9月30日止，还没收到报告，请今天下班前报一次。',
      '土-10三季度9月30日止，还没收到报告，请今天下班前报一次。',
    ]);
    const after = await told('2023-10-07');
    expect(after).toContain('气-17.2、气-18“5—9月”措施已结束，请报一次总体情况。');
    expect(after.filter((text) => text.startsWith('气-3（含气附-3、气附-6）、气-7时限9月30日已到'))).toHaveLength(1);
  });

  it('is not told of what was reported, a row of it included, or asked to be put off', async () => {
    await upTo('2023-09-26', '2023-09-27');
    await reported('气附-3 治理完成', '土-10 三季度调度分析完成');
    await own('/extend 气-7 10.15 锅炉厂家排期', ecology);
    await own('/done 土-10 三季度调度分析完成', land);
    expect(await told('2023-09-28')).toEqual([
      '今天是节前最后一个工作日：气附-6时限9月30日，还没收到办结报告，请下班前报一句情况。气-7已申请延期、待批，不在此列。',
    ]);
    await reported('气附-6 治理完成');
    expect(await told('2023-10-07')).not.toContainEqual(expect.stringContaining('气-3'));
  });

  it('keeps back what somebody has muted', async () => {
    await upTo('2023-09-26', '2023-09-27');
    await own('/mute 气-3 10月15日', ecology);
    const [first, ...others] = (await told('2023-09-28')).filter((text) => text.startsWith('今天是'));
    expect(others).toEqual([]);
    expect(first).toMatch(/^今天是节前最后一个工作日：气-7时限9月30日，/);
  });

  it('goes in the same message as what a round that ends today still asks', async () => {
    await upTo('2023-09-26');
    await own('/round 9月28日 市生态环境局芮城分局', '督查室');
    await own('发送', '督查室');
    await upTo('2023-09-27');
    const mine = (await told('2023-09-28')).filter((text) => text.includes('气-7'));
    expect(mine).toHaveLength(1);
    expect(mine[0]?.split('\n').slice(0, 3)).toEqual([
      '今天是节前最后一个工作日：气-3（含气附-3、气附-6）、气-7时限9月30日，还没收到办结报告，请下班前报一句情况。',
      '土-10三季度9月30日止，还没收到报告，请今天下班前报一次。',
      expect.stringMatching(/^9月调度今天截止，市生态环境局芮城分局还有\d+项没有报：$/),
    ]);
    expect(await told('2023-09-28', '10:00')).toEqual([]);
  });
});

describe('mornings on which the program did not run', () => {
  const about = (texts: string[]) => texts.filter((text) => text.includes('气-9'));

  it('are made up for by the next one, once', async () => {
    await upTo('2023-10-19');
    expect(about(await told('2023-10-24'))).toEqual([expect.stringContaining('还有5个工作日')]);
    expect(about(await told('2023-10-25'))).toEqual([]);
    expect(about(await told('2023-10-26'))).toEqual([expect.stringContaining('还有3个工作日')]);
  });

  it('wait for working hours, and not for the day after', async () => {
    await upTo('2023-10-19');
    expect(about(await told('2023-10-20', '12:10'))).toEqual([]);
    expect(about(await told('2023-10-20', '14:30'))).toEqual([expect.stringContaining('还有7个工作日')]);
  });
});
