import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { type TestBot, testBot } from '../support/test-bot.js';

const next = [
  '芮城县人民政府办公室关于印发《芮城县水环境质量再提升2024年行动计划》的通知',
  '各乡镇人民政府：',
  '《芮城县水环境质量再提升2024年行动计划》已经县政府同意，现印发给你们。',
  '芮城县人民政府办公室',
  '2023年12月20日',
  '芮城县水环境质量再提升2024年行动计划',
  '一、重点任务',
  '1．推进农村黑臭水体治理。全面排查农村黑臭水体。（县农业农村局牵头）',
  '2．完善城镇生活污水处理设施及管网建设。加快城中村、老旧城区、城乡接合部生活污水收集管网建设。（县住建局牵头）',
  '3．强化水资源刚性约束。实行水资源消耗总量和强度双控。（县水利局牵头）',
  '4．建设智慧水利平台。年底前建成投运。（县水利局牵头）',
].join('\n');

let bot: TestBot;

beforeEach(async () => {
  bot = await testBot({ now: '2023-12-26T09:00:00+08:00' });
  await bot.at('2023-12-26T09:00:00+08:00');
});
afterEach(() => bot.stop());

const office = (text: string) => bot.say(text, '督查室', { private: true });
const own = (text: string, user: string) => bot.say(text, user, { private: true });
const housing = '县住建局联络员';
const importNext = async () => {
  await bot.drop('2024水.txt', next);
  return office('确认导入 1 前缀 水=水');
};
const close = async (typed = '/close-plan 水 2023') => {
  await office(typed);
  return office('确认');
};

describe('/close-plan', () => {
  it('shows what is closed, reported and left, and what that goes on as', async () => {
    await importNext();
    await own('/done 水-5 进水调节池改造完成', housing);
    const said = await office('/close-plan 水 2023');
    expect(said.split('\n')[0]).toBe(
      '预览：2023年“水”计划收尾，12项：已销号0项、已报办结待核查1项、没有报办结11项（其中长期坚持1项）。',
    );
    expect(said).toMatch(/\n结转到2024年\d项：\n/);
    expect(said).toContain('水-1→水-3 水资源刚性约束');
    expect(said).toContain('水-7→水-2 城镇生活污水处理设施及管网建设');
    expect(said).toMatch(/不结转\d项：.*水-12/);
    expect(said).not.toContain('水-5→');
    expect(said).toContain('要改回“水-1→水-3”这样的话，不结转的写“水-1→不结转”。');
    expect(said).toContain('回“确认”收尾。');
    expect(await bot.say('/task 水-7')).not.toContain('结转');
  });

  it('links what goes on, and the task and its history show it on either side', async () => {
    await importNext();
    expect(await close()).toMatch(/^已收尾：2023年“水”计划，2项结转到2024年。\n没有结转10项：水-2、/);
    expect(await bot.say('/task 2023水-7')).toMatch(/2023年的计划已收尾，结转为2024水-2 .*污水处理设施/);
    expect(await bot.say('/task 水-2')).toContain('由2023水-7结转。');
    expect(await bot.say('/history 2023水-7')).toContain('水-7 结转：结转为2024水-2');
    expect(await bot.say('/history 2024水-2')).toContain('水-2 结转：由2023水-7结转');
    expect(await bot.say('/history 2024水-2')).toContain('\n由2023水-7结转。');
  });

  it('means the next plan from then on, before its year has begun', async () => {
    await importNext();
    expect(await bot.say('/who 水-1')).toContain('水资源刚性约束');
    await close();
    expect(await bot.say('/who 水-1')).toContain('农村黑臭水体');
    expect(await bot.say('/who 2023水-1')).toContain('水资源刚性约束');
  });

  it('takes no reports any more, and the refusal names the new code', async () => {
    await importNext();
    await close();
    expect(await own('/done 2023水-7 五镇投运', housing)).toBe(
      '2023年“水”计划已经收尾，水-7不再报送，已结转为2024水-2，请报“/progress 2024水-2 情况”。',
    );
    expect(await own('2023水-7 进展 管网过半', housing)).toContain('已结转为2024水-2');
    expect(await own('/progress 2024水-2 管网过半', housing)).toContain('已记：水-2');
    expect(await own('/done 2023水-12 排污口整治完成', '市生态环境局芮城分局联络员')).toContain('没有结转到后来的计划');
    expect(await office('/settled 2023水-7')).toContain('不再报送');
    expect(await office('/urge 2023水-7')).toContain('不再报送');
    expect(await office('/record 县住建局 2023水-7 进展 电话 管网过半')).toContain('不再报送');
    expect(await own('/na 2023水-7 不归本单位管', housing)).toContain('不再报送');
    expect(await own('/pause 2023水-7 上级调整', '县领导')).toContain('不再报送');
    expect(await office('/set 2023水-7 时限 12月1日')).toContain('不再报送');
    expect(await office('/set 2023水-7 更正 建制镇应为集镇')).not.toContain('不再报送');
  });

  it('is set right pair by pair, and keeps what was set right before', async () => {
    await importNext();
    await office('/close-plan 水 2023');
    const once = await office('水-8→水-1');
    expect(once).toContain('水-8→水-1');
    const twice = await office('水-7→不结转');
    expect(twice).toContain('水-8→水-1');
    expect(twice).not.toContain('水-7→水');
    expect(await office('水-99→水-1')).toContain('水-99不在2023年“水”计划待结转的任务里');
    await office('/close-plan 水 2023 水-8→水-1 水-7→不结转');
    expect(await office('水-1->水-99')).toBe('2024年的计划里没有水-99。');
    expect(await close('/close-plan 水 2023 水-8→水-1 水-7→不结转')).toContain('没有结转');
    expect(await bot.say('/task 2023水-8')).toContain('结转为2024水-1');
    expect(await bot.say('/task 2023水-7')).toContain('2023年的计划已收尾，这一项没有结转。');
  });

  it('without a next plan stops reminders, and carries on when one is there', async () => {
    const alone = await office('/close-plan 水 2023');
    expect(alone).toMatch(/不结转12项：.*（还没有后一年的计划）/);
    expect(await office('确认')).toMatch(/^已收尾：2023年“水”计划。\n没有结转12项：/);
    expect(await bot.say('/who 水-7')).toContain('牵头：县住建局');
    expect(await own('/done 水-7 五镇投运', housing)).toContain('没有结转到后来的计划');
    expect(await office('/round 明天 水')).toContain('没有要调度的单位');
    expect(await bot.say('/digest 预览')).not.toMatch(/水-\d/);
    expect(await office('/close-plan 水 2023')).toContain('已经收尾，没有可结转的');
    await importNext();
    expect(await office('/close-plan 水 2023')).toContain('预览：2023年“水”计划补结转');
    expect(await office('确认')).toMatch(/^已补结转：2023年“水”计划，\d项结转到2024年。/);
    expect(await bot.say('/task 2023水-7')).toContain('结转为2024水-2');
  });

  it('asks nothing more in a round that is open', async () => {
    await office('/round 明天 县水利局');
    await office('发送');
    const before = await bot.say('/missing');
    expect(before).toContain('县水利局');
    await importNext();
    await close();
    expect(await own('/无变化 2023水-1', '县水利局联络员')).toContain('不再报送');
  });

  it('says what it did not understand', async () => {
    expect(await office('/close-plan')).toBe('请写具体内容，如：/close-plan 水 2023');
    expect(await office('/close-plan 水 2021')).toBe('没有2021年的“水”计划，有2023年的。');
    expect(await office('/close-plan 火 2023')).toContain('没看懂“火”');
    expect(await office('年终收尾 2023年水环境计划')).toContain('请核对，无误请回“是”：\n预览：2023年“水”计划收尾');
    expect(await office('是')).toContain('已收尾');
  });

  it.each(['成员', housing, '县领导', '审计员', '管理员'])('is not for %s', async (user) => {
    expect(await own('/close-plan 水 2023', user)).toContain('计划由督查室收尾');
  });
});

describe('a task of the year before', () => {
  const buttons = async (typed: string) => {
    const [said] = await bot.replies(typed, housing, { private: true });
    return said?.kind === 'card' ? said.buttons : [];
  };

  it('has its year on its button', async () => {
    await importNext();
    await bot.at('2024-02-01T09:00:00+08:00');
    expect(await buttons('/task 2023水-2')).toEqual([{ label: '办结', send: '/done 2023水-2' }]);
    expect(await buttons('/task 2024水-2')).toEqual([{ label: '办结', send: '/done 水-2' }]);
  });

  it('is not reported done once its plan is closed, and no words are asked for', async () => {
    await importNext();
    await close();
    expect(await buttons('/task 2023水-2')).toEqual([]);
    expect(await own('/done 2023水-2', housing)).toContain('2023年“水”计划已经收尾，水-2不再报送');
  });
});
