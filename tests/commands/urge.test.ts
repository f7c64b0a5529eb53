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
      '预览：提示2家3项，发到本群，每家一条：\n' +
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

  it.each(['成员', ecology, '县领导', '审计员', '管理员'])('is not for %s', async (user) => {
    expect(await bot.say('/urge 本周', user)).toContain('由有权限的人用');
  });
});
