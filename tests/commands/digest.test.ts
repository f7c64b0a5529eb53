import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { changeSettings } from '../support/ledger-state.js';
import { type TestBot, testBot } from '../support/test-bot.js';

const ecology = '市生态环境局芮城分局联络员';
let bot: TestBot;

beforeEach(async () => {
  bot = await testBot({ now: '2023-09-25T08:00:00+08:00' });
});
afterEach(() => bot.stop());

const office = (text: string) => bot.say(text, '督查室');
const posts = () => bot.toGroup.map((text) => text.split('\n')[0]);
const at = async (...moments: string[]) => {
  for (const moment of moments) await bot.at(`2023-${moment}:00+08:00`);
};

describe('/digest', () => {
  it('shows when the digest comes, and what else is on', async () => {
    expect(await bot.say('/digest')).toBe(
      '本群周报：每周一 09:00发，遇节假日顺延到上班第一天。\n' +
        '下一期：9月25日（周一）09:00。现在看内容发“/digest 预览”。\n' +
        '另有：到期提醒（单聊，每工作日 08:35）、督查待办（单聊，每周一 08:35）。没开：月末小结、季度调度清单。',
    );
  });

  it.each([
    ['周三 10:00', '本群周报：每周三 10:00发，遇节假日顺延到上班第一天。', '9月27日（周三）10:00'],
    ['每工作日 8:30', '本群日报：每工作日 08:30发。', '9月25日（周一）08:30'],
    [
      '每月1日',
      '本群月报：每月1日 09:00发，遇节假日顺延到上班第一天。',
      '10月7日（周六，调休上班）09:00，10月1日逢假期顺延',
    ],
    ['每月31日 下午3点', '本群月报：每月31日 15:00发，遇节假日顺延到上班第一天。', '10月7日（周六，调休上班）15:00'],
    ['周一 9:00 县住建局', '本群周报（县住建局）：每周一 09:00发', '9月25日（周一）09:00'],
    ['水环境', '本群周报（“水”计划）：每周一 09:00发', '9月25日（周一）09:00'],
  ])('takes %s', async (typed, first, next) => {
    const said = await office(`/digest ${typed}`);
    expect(said).toContain(`已改。${first}`);
    expect(said).toContain(`下一期：${next}`);
  });

  it.each(['每月32日', '每月0日', '周八', '县某局', '周一 9:00 之后再说'])('refuses %s', async (typed) => {
    const before = await bot.say('/digest');
    expect(await office(`/digest ${typed}`)).toMatch(/^没看懂|^没有/);
    expect(await bot.say('/digest')).toBe(before);
  });

  it('speaks only of what its scope names, and of everything again', async () => {
    await office('/digest 县住建局');
    const said = await office('/digest 预览');
    expect(said.split('\n').slice(0, 2)).toEqual(['督办周报（县住建局） 9月25日（周一）', '本周没有到期任务。']);
    expect(said).not.toContain('土-10');
    await office('/digest 全部');
    expect(await office('/digest 预览')).toContain('土-10');
  });

  it('comes on every working day as a daily one, and not twice on the day of the change', async () => {
    await at('09-25T09:00');
    await office('/digest 每工作日 10:00');
    await at('09-25T10:00', '09-26T10:00', '09-30T10:00', '10-07T10:00');
    expect(posts()).toEqual([
      '督办周报 9月25日（周一）',
      '督办日报 9月26日（周二）',
      '督办日报 10月7日（周六，调休上班）',
    ]);
    expect(bot.toGroup[1]).toContain('9月26日至10月7日到期2项（4条）');
  });

  it('is a copy without markup that is the same as the preview', async () => {
    const [copy] = await bot.replies('/digest 复制', '督查室');
    expect(copy?.kind).toBe('text');
    expect(await office('/digest copy')).toBe(await office('/digest 预览'));
  });
});

describe('/digest 历史', () => {
  it('tells what became of every slot, and why', async () => {
    expect(await bot.say('/digest 历史')).toBe('三个月内本群还没有到点的周报。下一期什么时候发“/digest”。');
    await at('09-25T09:00', '10-07T08:35', '10-07T09:00', '10-09T09:00', '10-17T10:00', '10-27T10:00');
    const [first, ...lines] = (await bot.say('/digest history')).split('\n');
    expect(first).toBe('本群三个月内各期，新的在前：');
    expect(lines).toEqual([
      '10月23日（周一）09:00 漏发：停机超过补发期限',
      '10月16日（周一）09:00 已发，补发',
      '10月9日（周一）09:00 合并：上一期因假期顺延，两期合为一期',
      '10月7日（周六，调休上班）09:00 已发：因假期顺延',
      '9月25日（周一）09:00 已发',
      '到期提醒（单聊）：按时1次，补发4次，并入下一次16次。',
      '督查待办（单聊）：按时1次，补发3次，并入下一次1次。',
    ]);
  });
});

describe('a preview', () => {
  it.each(['09-25', '10-07', '10-16'])('on 2023-%s is what is sent a minute later, word for word', async (day) => {
    await office('/digest 每工作日 8:30');
    await office('/digest 周一 9:00');
    await at(`${day}T08:59`);
    const seen = await office('/digest 预览');
    await at(`${day}T09:00`);
    expect(bot.toGroup.at(-1)).toBe(seen);
  });
});

describe('what a group is sent of its own accord', () => {
  it('is bounded for each group by its own number, else by the workspace’s', async () => {
    expect(await bot.say('/digest 上限 1')).toContain('由督查室或管理员设置');
    expect(await office('/digest 上限 0')).toContain('上限是每周1到50条');
    expect(await office('/digest 上限 1')).toBe(
      '已改。本群每周最多主动发1条，超出的并入下一期。看发了多少发“/digest 条数”。',
    );
    await office('/digest 每工作日 9:00');
    await at('09-25T09:00', '09-26T09:00');
    expect(bot.toGroup).toHaveLength(1);
    expect(await bot.say('/digest 条数')).toContain('本群本周主动发了1条，上限每周1条');
    expect(await bot.say('/digest 历史')).toContain('9月26日（周二）09:00 合并：本周已发1条，并入下一期');
    expect(await office('/digest 上限 默认')).toContain('每周最多主动发5条');
    await at('09-27T09:00');
    expect(bot.toGroup).toHaveLength(2);
  });

  it('is counted, without answers and what a person sends', async () => {
    await at('09-25T09:00');
    await office('/urge 水-7');
    await office('发送');
    await at('09-25T09:05');
    const lines = (await bot.say('/digest 条数')).split('\n');
    expect(lines.slice(0, 3)).toEqual([
      '本群本周主动发了1条，上限每周5条，超出的并入下一期。',
      '本周1条（周报1条）；有人发起的（提示、调度、通知）1条，不计',
      '9月18日那周0条',
    ]);
  });

  it('is merged into the next one above its limit, with what it would have told', async () => {
    await changeSettings(bot, { weeklyMessages: 2 });
    await office('/digest 每工作日 9:00');
    await office('/digest 月末 开');
    await at('09-25T09:00', '09-26T09:00', '09-27T09:00');
    await bot.say('/done 气-7 5家检修到位', ecology);
    await at('09-28T09:00', '09-28T16:00');
    expect(posts()).toEqual(['督办日报 9月25日（周一）', '督办日报 9月26日（周二）']);
    await at('10-07T09:00');
    const last = bot.toGroup.at(-1) ?? '';
    expect(last).toContain('9月26日至10月6日报办结：气-7。');
    expect(last).toContain('月末小结：9月到期2项（4条）：已报办结待核查1项，还没收到办结报告1项。');
    const history = await bot.say('/digest 历史');
    expect(history).toContain('9月28日（周四）16:00 月末小结，合并：本周已发2条，并入下一期');
    expect(history).toContain('9月27日（周三）09:00 合并：本周已发2条，并入下一期');
  });
});

describe('月末小结', () => {
  it('comes on the last working day of the month when it is on', async () => {
    expect(await office('/digest 月末 开')).toContain('已开。本群月末小结：每月最后一个工作日 16:00发');
    await bot.say('/done 气-7 5家检修到位', ecology);
    await at('09-28T15:59');
    const before = bot.toGroup.length;
    await at('09-28T16:00');
    expect(bot.toGroup.slice(before)).toEqual([
      [
        '督办月末小结 9月28日（周四）',
        '9月到期2项（4条）：已报办结待核查1项，还没收到办结报告1项。',
        '还没收到办结报告1项',
        '气-3 工业企业污染防治深度治理（含气附-3、气附-6）：市生态环境局芮城分局',
        '下月到期1项',
        '气-9 清洁取暖改造和散煤清零（含气附-7），10月31日',
        '以上只反映收到的报告，不代表实际进度。',
      ].join('\n'),
    ]);
  });
});

describe('季度调度清单', () => {
  it('comes five working days before the last one of the quarter, and asks whoever has not reported', async () => {
    await bot.stop();
    bot = await testBot({ now: '2023-09-18T08:00:00+08:00' });
    await office('/digest 季度 开');
    await bot.say('/done 土-10 三季度已调度分析', '县自然资源局联络员');
    await at('09-21T08:59', '09-21T09:00');
    expect(bot.toGroup.at(-1)).toBe(
      [
        '督办季度调度清单 9月21日（周四）',
        '三季度调度1项，9月30日止，待报1家，请28日（周四）下班前报送（中秋国庆假期前）。',
        '按文件顺序1项 @市生态环境局芮城分局联络员',
        '土-10 建设用地安全利用调度分析：县自然资源局已报，市生态环境局芮城分局待报',
        '以上只反映收到的报告，不代表实际进度。',
      ].join('\n'),
    );
  });

  it('is not sent where nothing recurs', async () => {
    await office('/digest 季度 水环境');
    expect(await office('/digest 预览 季度')).toBe('季度调度清单现在没有要说的，不会发。');
  });
});

describe('督查待办', () => {
  it('is told a supervisor on Monday morning when something waits, and not otherwise', async () => {
    await at('09-25T08:35');
    expect(bot.posted.filter((text) => text.includes('等你处理'))).toEqual([]);
    await bot.say('/done 水-7 五镇投运', '县住建局联络员');
    await at('10-07T08:35', '10-07T08:36', '10-07T08:37');
    expect(bot.posted.filter((text) => text.includes('等你处理'))).toEqual([
      '等你处理：已报办结待核查1条。看明细发“我的”。',
    ]);
  });

  it('and 到期提醒 can be switched off, and come at another time', async () => {
    expect(await office('/digest 待办 关')).toBe(
      '已关。本群督查待办：关（原定每周一 08:35）。要开发“/digest 督查待办 开”。',
    );
    expect(await office('/digest 提醒 9:30')).toContain('已改。本群到期提醒：每工作日 09:30发。');
    expect(await office('/digest 提醒 周一')).toContain('一对一发');
    await office('/digest 提醒 关');
    await at('09-28T08:35', '09-28T09:30');
    expect(bot.posted.filter((text) => text.includes('节前最后一个工作日'))).toEqual([]);
  });
});

it.each(['/digest 每工作日 9:00', '/digest 月末 开', '/digest 提醒 关'])('%s is for supervisors', async (typed) => {
  expect(await bot.say(typed, ecology)).toContain('由督查室或管理员设置');
});
