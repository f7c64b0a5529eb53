import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { type TestBot, testBot } from '../support/test-bot.js';

let bot: TestBot;

beforeEach(async () => {
  bot = await testBot({ now: '2023-09-25T08:00:00+08:00' });
});
afterEach(() => bot.stop());

it('posts on Monday at nine, once, with the whole message in the second line', async () => {
  await bot.at('2023-09-25T08:59:00+08:00');
  expect(bot.toGroup).toEqual([]);
  await bot.at('2023-09-25T09:00:00+08:00');
  await bot.at('2023-09-25T09:01:00+08:00');
  expect(bot.toGroup).toHaveLength(1);
  const lines = bot.toGroup[0]?.split('\n') ?? [];
  expect(lines[0]).toBe('督办周报 9月25日（周一）');
  expect(lines[1]).toContain('本周到期2项（4条），牵头都是市生态环境局芮城分局，请28日（周四）下班前报送');
  expect(bot.toGroup[0]).toContain('待补报（启用前已到时限，不计超期）');
  expect(bot.toGroup[0]).toContain('下一批：10月31日（周二） 气-9（含气附-7），县能源局');
  expect(bot.toGroup[0]).toContain('79条中53条未定时限');
  expect(lines.length).toBeLessThanOrEqual(30);
  const mentions = bot.toGroup[0]?.match(/@\S+/g) ?? [];
  expect(mentions).toEqual(['@市生态环境局芮城分局联络员', '@县自然资源局联络员']);
});

it('moves from the holiday to the next working day, covers both weeks and is not sent again', async () => {
  await bot.at('2023-09-25T09:00:00+08:00');
  await bot.at('2023-10-02T09:00:00+08:00');
  expect(bot.toGroup).toHaveLength(1);
  await bot.at('2023-10-07T09:00:00+08:00');
  expect(bot.toGroup).toHaveLength(2);
  expect(bot.toGroup[1]).toContain('督办周报 10月7日（周六，调休上班）【顺延】');
  expect(bot.toGroup[1]).toContain('9月30日到时限的2项（4条）还没收到办结报告');
  expect(bot.toGroup[1]).toContain('管到10月15日，10月9日不再重发');
  await bot.at('2023-10-09T09:00:00+08:00');
  expect(bot.toGroup).toHaveLength(2);
  await bot.at('2023-10-16T09:00:00+08:00');
  expect(bot.toGroup).toHaveLength(3);
});

it('is caught up within its grace and marked, else recorded as missed', async () => {
  await bot.at('2023-09-26T10:00:00+08:00');
  expect(bot.toGroup).toHaveLength(1);
  expect(bot.toGroup[0]).toContain('【补发】');
  await bot.at('2023-10-11T10:00:00+08:00');
  expect(bot.toGroup).toHaveLength(1);
});

it('is not called sent in a week in which it was missed', async () => {
  await bot.at('2023-10-20T10:00:00+08:00');
  expect(bot.toGroup).toEqual([]);
  expect(await bot.say('/digest')).toContain('本周的没有发出，下一期');
  await bot.at('2023-10-23T09:00:00+08:00');
  expect(await bot.say('/digest')).toContain('本周的已发，下一期');
});

it('waits for working hours when it is late', async () => {
  await bot.at('2023-09-25T20:00:00+08:00');
  expect(bot.toGroup).toEqual([]);
  await bot.at('2023-09-26T08:30:00+08:00');
  expect(bot.toGroup).toHaveLength(1);
});

it('is not sent twice in a week when its time is changed, and not at all when it is off', async () => {
  await bot.at('2023-09-25T09:00:00+08:00');
  expect(await bot.say('/digest 周二 10:00')).toContain('由督查室或管理员设置');
  expect(await bot.say('/digest 周二 10:00', '督查室')).toContain('每周二 10:00');
  await bot.at('2023-09-26T10:00:00+08:00');
  expect(bot.toGroup).toHaveLength(1);
  await bot.say('/digest off', '督查室');
  await bot.at('2023-10-17T10:00:00+08:00');
  expect(bot.toGroup).toHaveLength(1);
  await bot.say('/digest on', '督查室');
  await bot.at('2023-10-24T10:00:00+08:00');
  expect(bot.toGroup).toHaveLength(2);
});

it('says nothing of its own accord that judges', async () => {
  for (const day of ['2023-09-25', '2023-10-07', '2023-10-16', '2023-11-06', '2024-01-08']) {
    await bot.at(`${day}T09:00:00+08:00`);
  }
  expect(bot.toGroup.length).toBeGreaterThanOrEqual(5);
  for (const text of bot.toGroup) expect(text).not.toMatch(/未开展|未完成|逾期|滞后|不力/);
});

describe('what it promises', () => {
  it.each([
    ['周三 9:00', '10月7日（周六，调休上班）09:00'],
    ['周四 9:00', '10月7日（周六，调休上班）09:00'],
    ['wed 10:00', '10月7日（周六，调休上班）10:00'],
  ])('names the week after for %s when the digest of this week has been sent', async (when, next) => {
    await bot.at('2023-09-25T09:00:00+08:00');
    expect(await bot.say(`/digest ${when}`, '督查室')).toContain(`本周的已发，下一期：${next}`);
    await bot.at('2023-10-01T23:00:00+08:00');
    expect(bot.toGroup).toHaveLength(1);
    await bot.at('2023-10-07T10:00:00+08:00');
    expect(bot.toGroup).toHaveLength(2);
  });

  it.each(['周三 3:00', '周三 13:00', '周三 20:00', '周五 18:00'])('refuses the quiet time %s', async (when) => {
    const before = await bot.say('/digest');
    expect(await bot.say(`/digest ${when}`, '督查室')).toMatch(/不发周报：午间（12:00—14:30）和下班后/);
    expect(await bot.say('/digest')).toBe(before);
  });

  it('says that there is no such time', async () => {
    expect(await bot.say('/digest 周三 25:00', '督查室')).toMatch(/^没有25:00这个时间/);
  });
});

describe('what was reported last week', () => {
  const ecology = '市生态环境局芮城分局联络员';
  const lately = () => bot.toGroup.at(-1)?.match(/\S+报办结：[^。]+。/)?.[0];

  it('is told when all parties have reported, in that week', async () => {
    await bot.at('2023-10-09T10:00:00+08:00');
    await bot.say('/done 水-7 五镇投运', '县住建局联络员');
    await bot.say('/done 气-5.1 摸底26台', '县工科局联络员');
    await bot.say('/done 气-15 禁烧巡查到位', '永乐镇联络员');
    await bot.say('/done 气-3 全部治理到位', ecology);
    await bot.at('2023-10-16T08:50:00+08:00');
    await bot.say('/done 气-5.1 摸底26台', ecology);
    await bot.say('/done 气-7 5家检修到位', ecology);
    await bot.at('2023-10-16T09:00:00+08:00');
    expect(lately()).toBe('10月2日至10月15日报办结：水-7、气-3。');
    await bot.at('2023-10-23T09:00:00+08:00');
    expect(lately()).toBe('上周报办结：气-5.1、气-7。');
  });

  it('is not told when it was taken back', async () => {
    await bot.at('2023-10-15T10:00:00+08:00');
    await bot.say('/done 水-7 五镇投运', '县住建局联络员');
    await bot.at('2023-10-16T08:50:00+08:00');
    await bot.say('/undo', '县住建局联络员');
    await bot.at('2023-10-16T09:00:00+08:00');
    expect(lately()).toBeUndefined();
  });
});

describe('what has come without a report', () => {
  it('names the turns of a recurring task on one line, and asks for all with a question that tells them', async () => {
    await bot.at('2024-01-02T09:00:00+08:00');
    const posted = bot.toGroup.at(-1) ?? '';
    expect(posted.match(/土-10 .*/g)).toEqual([
      '土-10 建设用地安全利用调度分析（三季度、四季度）：市生态环境局芮城分局、县自然资源局',
    ]);
    const [, question = ''] = /另有6项，发“([^”]+)”看全部/.exec(posted) ?? [];
    expect(await bot.say(question)).toContain('水-2');
  });

  it('says which parts have been reported', async () => {
    await bot.say('/done 气附-3 深度治理到位', '市生态环境局芮城分局联络员');
    await bot.at('2023-10-07T09:00:00+08:00');
    expect(bot.toGroup.at(-1)).toContain('气-3 工业企业污染防治深度治理（含气附-6），气附-3已报办结');
  });
});

it('says of what a leader has decided that it is paused or withdrawn, not that it was reported', async () => {
  await bot.say('/pause 气-7 上级调整', '县领导');
  await bot.say('/withdraw 气附-3 并入上级项目', '县领导');
  await bot.say('/block 气附-6 设备没有到货', '市生态环境局芮城分局联络员');
  const said = await bot.say('/digest 预览', '督查室');
  expect(said).toContain('本周到期2项（4条），牵头是市生态环境局芮城分局，请28日（周四）下班前报送');
  expect(said).toContain(`气-7 供热（供汽）企业排查整治，暂缓\n`);
  expect(said).toContain(`（含气附-3、气附-6），气附-6已报困难，气附-3调整取消\n`);
  await bot.say('/withdraw 气-3 并入上级项目', '县领导');
  const after = await bot.say('/digest 预览', '督查室');
  expect(after.split('\n')[1]).toBe('本周到期2项（4条），没有待报的。');
  expect(after).toContain('（含气附-3、气附-6），调整取消');
  await bot.at('2023-10-07T09:00:00+08:00');
  expect(bot.toGroup.at(-1)).not.toContain('已报办结');
});
