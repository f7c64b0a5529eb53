import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { listUrgingsSince } from '../../src/store/urgings.js';
import { listWorkspaces } from '../../src/store/workspaces.js';
import { type TestBot, testBot } from '../support/test-bot.js';

const ecology = '市生态环境局芮城分局联络员';
let bot: TestBot;

beforeEach(async () => {
  bot = await testBot();
  await bot.at('2023-09-25T10:00:00+08:00');
  bot.posted.length = 0;
});
afterEach(() => bot.stop());

const office = (text: string) => bot.say(text, '督查室', { private: true });
const urgings = async () => {
  const [workspace] = await listWorkspaces(bot.store.read);
  return workspace ? listUrgingsSince(bot.store.read, workspace.id, '2023-01-01' as never) : [];
};
/** What went out after the next pass. */
const posted = async (moment = '2023-09-25T10:05:00+08:00') => {
  // One message after another goes to the same group.
  for (let second = 0; second < 4; second += 1) await bot.at(moment.replace(':00+', `:0${second}+`));
  return bot.posted;
};

describe('/urge', () => {
  it('shows whom and what, and sends one message for each unit on 发送', async () => {
    expect(await office('提示 本周')).toBe(
      '预览：提示2家3项，发到工作群，每家一条：\n' +
        '市生态环境局芮城分局：气-3（含气附-3、气附-6）、气-7、土-10，28日（周四）下班前\n' +
        '县自然资源局：土-10，28日（周四）下班前\n' +
        '回“发送”发出。',
    );
    expect(await urgings()).toEqual([]);
    expect(await office('发送')).toBe('已提示2家：市生态环境局芮城分局、县自然资源局。');
    expect(await posted()).toEqual([
      '【提示】市生态环境局芮城分局\n' +
        '请于28日（周四）下班前报送气-3（含气附-3、气附-6）、气-7、土-10进展，能办结的一并报办结。 @市生态环境局芮城分局联络员\n' +
        '县政府办督查室',
      '【提示】县自然资源局\n请于28日（周四）下班前报送土-10进展，能办结的一并报办结。 @县自然资源局联络员\n县政府办督查室',
    ]);
    expect(await bot.say('/history 气-7')).toContain('提示');
  });

  it('reminds a unit once a working day, whoever asks', async () => {
    await office('/urge 气-7');
    await office('发送');
    expect(await office('/urge 市生态环境局芮城分局')).toBe(
      '市生态环境局芮城分局今天已提示过，一个单位一个工作日只提示一次。',
    );
    expect(await office('/urge 本周')).toContain('今天已提示过、这次不发：市生态环境局芮城分局。');
    await bot.at('2023-09-26T10:00:00+08:00');
    expect(await office('/urge 气-7')).toContain('预览：提示1家1项');
  });

  it('leaves out what has been reported, and those who owe nothing', async () => {
    await bot.say('/done 气-7 五家供热企业检修全部完成', ecology);
    expect(await office('/urge 本周')).not.toContain('气-7');
    expect(await office('/urge 气-7')).toBe('这几项没有待报的单位，不用提示。');
    expect(await office('/urge 县水利局')).toContain('没有到期待报的事项');
  });

  it('asks nothing about standing work that was withdrawn', async () => {
    expect(await office('/urge 水-8')).toContain('县住建局：水-8');
    await bot.say('/withdraw 水-8 并入管网工程', '县领导');
    expect(await office('/urge 水-8')).toBe('这几项没有待报的单位，不用提示。');
  });

  it('takes a task without a day when it is named, and the supervisor’s own words', async () => {
    expect(await office('/urge 水-7 请一并说明资金到位情况')).toContain('县住建局：水-7，26日（周二）下班前');
    await office('发送');
    expect((await posted())[0]).toContain('请一并说明资金到位情况');
  });

  it('waits for working hours, and goes out in the order of the document', async () => {
    await bot.at('2023-09-25T19:00:00+08:00');
    bot.posted.length = 0;
    await office('/urge 本周');
    await office('发送');
    expect(await posted('2023-09-25T20:00:00+08:00')).toEqual([]);
    expect(await posted('2023-09-26T08:31:00+08:00')).toHaveLength(2);
  });

  it('is acknowledged by 收到, which is never answered', async () => {
    await office('/urge 气-7');
    await office('发送');
    expect(await bot.say('收到', ecology)).toBe('');
    expect(await bot.say('收到', '县水利局联络员')).toBe('');
    const [urging] = await urgings();
    expect(urging?.acknowledgedAt).toEqual(new Date('2023-09-25T10:00:00+08:00'));
  });

  it('sends a leader’s instruction that the supervisor has checked, once', async () => {
    await bot.say('/instruct 市生态环境局芮城分局 28日前报送气-3、气-7进展', '县领导', { private: true });
    expect(await posted()).toEqual([expect.stringContaining('核后发到群里：/urge 批示1。')]);
    bot.posted.length = 0;
    expect(await office('/urge 批示1')).toBe('批示第1号已发到工作群，提示市生态环境局芮城分局。');
    expect(await office('/urge 批示1')).toContain('第1号');
    expect(await posted('2023-09-25T10:06:00+08:00')).toEqual([
      '【提示】市生态环境局芮城分局\n按领导批示：28日前报送气-3、气-7进展，截止9月28日（周四） @市生态环境局芮城分局联络员\n县政府办督查室',
    ]);
  });

  it('takes to the leaders one to one what was reminded of twice in vain, when told to', async () => {
    for (const day of ['2023-09-25', '2023-09-26']) {
      await bot.at(`${day}T10:00:00+08:00`);
      await office('/urge 气-7');
      await office('发送');
    }
    expect(await office('/urge 升级')).toContain('没有要报领导的');
    await bot.at('2023-10-07T10:00:00+08:00');
    expect(await office('/urge 升级')).toBe(
      '可以报分管领导的1项：\n' +
        '市生态环境局芮城分局 气-7 供热（供汽）企业排查整治：9月25日、9月26日已提示，之后没有收到报告\n' +
        '回“发送”单聊报分管领导，不发到群里。',
    );
    bot.posted.length = 0;
    expect(await office('发送')).toBe('已单聊报1位领导。');
    const told = (await posted('2023-10-07T10:01:00+08:00')).filter((text) => text.startsWith('【报告】'));
    expect(told).toHaveLength(1);
    await bot.say('/progress 气-7 四家已检修', ecology);
    expect(await office('/urge 升级')).toContain('没有要报领导的');
  });

  it.each([
    ['reported on, an annex row too', '/urge 气附-3', () => bot.say('/progress 气附-3 监测仪已到货', ecology)],
    ['paused', '/urge 气-7', () => bot.say('/pause 气-7 上级调整', '县领导')],
    ['asked more time for', '/urge 气-7', () => bot.say('/extend 气-7 11月15日 设备没到货', ecology)],
    [
      'not its own any more',
      '/urge 气-7',
      async () => {
        await bot.say('/na 气-7 已划转', ecology);
        await office('/approve 第1号');
      },
    ],
  ])('takes to no leader what was %s', async (_what, urge, settle) => {
    for (const day of ['2023-09-25', '2023-09-26']) {
      await bot.at(`${day}T10:00:00+08:00`);
      await office(urge);
      await office('发送');
    }
    await bot.at('2023-09-27T10:00:00+08:00');
    await settle();
    await bot.at('2023-10-07T10:00:00+08:00');
    expect(await office('/urge 升级')).toContain('没有要报领导的');
  });

  it.each(['成员', ecology, '县领导', '审计员', '管理员'])('is not for %s', async (user) => {
    expect(await bot.say('/urge 本周', user)).toContain('提示由督查室发出');
  });
});
