import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { type TestBot, testBot } from '../support/test-bot.js';

const ecology = '市生态环境局芮城分局联络员';
let bot: TestBot;

beforeEach(async () => {
  bot = await testBot();
});
afterEach(() => bot.stop());

const why = (code: string) => bot.say(`/why ${code}`);

describe('/why', () => {
  it('tells rule, dates and arithmetic of what is near and silent', async () => {
    expect(await why('气-7')).toBe(
      '气-7 供热（供汽）企业排查整治：黄灯。时限9月30日（周六，国庆假期），按前一工作日9月28日算，还有3个工作日，' +
        '在3个工作日的临期范围内，近10个工作日没有报告（还没有收到报告）。\n规则：计划任务。',
    );
  });

  it('is green once something was reported lately', async () => {
    await bot.say('/progress 气-7 60% 检修四家', ecology);
    expect(await why('气-7')).toContain(
      '绿灯。时限9月30日（周六，国庆假期），按前一工作日9月28日算，还有3个工作日，9月25日报过',
    );
    await bot.say('/undo', ecology);
    expect(await why('气-7')).toContain('黄灯');
  });

  it('is red only after the first working day that follows the limit', async () => {
    await bot.at('2023-10-01T10:00:00+08:00');
    expect(await why('气-7')).toContain('黄灯');
    await bot.at('2023-10-07T17:00:00+08:00');
    expect(await why('气-7')).not.toContain('红灯');
    await bot.at('2023-10-09T09:00:00+08:00');
    expect(await why('气-7')).toContain(
      '红灯。时限9月30日（周六，国庆假期），10月7日下班前没有收到办结报告，已过2个工作日。',
    );
  });

  it('is never red for a limit before the start date', async () => {
    await bot.at('2023-12-01T09:00:00+08:00');
    expect(await why('气-5.1')).not.toContain('红灯');
    expect(await why('气-5')).toContain('早于台账启用日9月25日，列为待补报，不计超期。');
  });

  it('shows the worst of several duties first, and those alike together', async () => {
    const [first, second, ...others] = (await why('气-3')).split('\n');
    expect([first, second, others.length]).toEqual([expect.stringMatching(/^气-3 .*：黄灯。/), '规则：计划任务。', 0]);
    const lines = (await why('气-17')).split('\n');
    expect(lines[0]).toContain('黄灯，是6个应办里最重的。');
    expect(lines[1]).toMatch(/^黄灯 气-17\.2 市生态环境局芮城分局、县交通运输局、县商务局：/);
    expect(lines.length).toBeLessThanOrEqual(6);
  });

  it('is held while an extension waits, and follows the day that was agreed to', async () => {
    await bot.say('/extend 气附-6 10.15 德欣福利化工设备没到货', ecology);
    await bot.at('2023-10-09T09:00:00+08:00');
    expect(await why('气附-6')).toContain('绿灯。时限9月30日（周六，国庆假期），已在时限前申请延期，批准前不亮红灯。');
    await bot.say('/approve 气附-6', '县领导');
    expect(await why('气附-6')).toBe(
      '气附-6 VOCs综合治理：绿灯。原时限9月30日，县领导10月9日同意延至10月15日（周日）；' +
        '按前一工作日10月13日算，还有4个工作日，未进入3个工作日的临期范围。\n规则：计划任务。',
    );
  });

  it('is grey without a day, and green while a report waits for review', async () => {
    expect(await why('水-7')).toContain('灰灯。没有日期，也没有缺报的调度。');
    await bot.say('/done 水-7 五个建制镇污水处理设施已投运', '县住建局联络员');
    expect(await why('水-7')).toContain('绿灯。已报办结，待核查。');
  });
});
