import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { listWorkspaces, setSettings } from '../../src/store/workspaces.js';
import { type TestBot, testBot } from '../support/test-bot.js';

let bot: TestBot;
beforeEach(async () => {
  bot = await testBot();
});
afterEach(() => bot.stop());

describe('/assign', () => {
  it('adds a task that is reported on, asked for and due like any other', async () => {
    expect(await bot.say('/assign 县水利局 10月15日 报送汛期值守情况，附照片', '督查室')).toBe(
      '已交办：临-1 报送汛期值守情况，县水利局牵头，时限10月15日（周日），前一工作日13日（周五）。\n已单聊告知县水利局联络员。',
    );
    expect(await bot.say('/due 10月')).toContain('临-1 报送汛期值守情况');
    expect(await bot.say('临1谁牵头')).toContain('牵头：县水利局');
    expect(await bot.say('/done 临-1 值守情况已报县防办', '县水利局联络员')).toContain('县水利局报办结（待核查）');
    expect(await bot.say('/why 临-1')).toContain('规则：交办事项（13710）。');
    expect(await bot.say('/history 临-1')).toContain('交办：报送汛期值守情况');
  });

  it('tells the liaison one to one, and who writes it down', async () => {
    await bot.say('/交办 县水利局、县住建局 明天 排查雨污混接', '督查室');
    await bot.at('2023-09-25T09:05:00+08:00');
    const told = bot.posted.filter((text) => text.startsWith('【交办】'));
    expect(told).toHaveLength(2);
    expect(told[0]).toBe(
      '【交办】临-1 排查雨污混接\n请县水利局于9月26日（周二）前办结，县住建局配合。\n' +
        '报进展发“/progress 临-1 情况”，办结发“/done 临-1 情况”。\n县政府办督查室',
    );
  });

  it('tells each member of a group of units', async () => {
    expect(await bot.say('/assign 各乡镇 明天 清理河道', '督查室')).toMatch(/已单聊告知古魏镇、.*学张乡联络员。$/u);
  });

  it('counts on, two in one message too', async () => {
    const said = await bot.say('/assign 县水利局 明天 第一件事\n/assign 县水利局 后天 第二件事', '督查室');
    expect(said).toContain('已交办：临-1');
    expect(said).toContain('已交办：临-2');
    expect(await bot.say('/assign 县住建局 周五 第三件事', '督查室')).toContain('已交办：临-3');
  });

  it('takes the day from the rules where none is written', async () => {
    expect(await bot.say('/assign 县水利局 报送汛期值守情况', '督查室')).toContain(
      '时限10月2日（周一，国庆假期），节前最后工作日9月28日（周四）（没有写时限，按交办事项的规则定）',
    );
    expect(await bot.say('/assign 县水利局 复杂事项：水源地整治方案', '督查室')).toContain('时限10月25日（周三）');
  });

  it.each([
    ['/assign 县水利局 9月1日 补报', '9月1日已经过了'],
    ['/assign 县水利局 明天', '县水利局 明天：请回复本条消息写明交办的内容。'],
    ['/assign 明天 排查', '请写单位名称'],
  ])('refuses %s', async (typed, why) => {
    expect(await bot.say(typed, '督查室')).toContain(why);
  });

  it.each(['成员', '县水利局联络员', '县领导', '审计员', '管理员'])('is not for %s', async (user) => {
    expect(await bot.say('/assign 县水利局 明天 排查', user)).toContain('交办由督查室下达');
    expect(await bot.say('/list 县水利局')).not.toContain('临-1');
  });

  it('takes it from the rules that the workspace chose, as the light does', async () => {
    const [workspace] = await listWorkspaces(bot.store.read);
    if (!workspace) throw new Error('no workspace');
    const settings = { ...workspace.settings, packs: { assigned: '别的' } };
    await bot.store.transaction((tx) => setSettings(tx, workspace.id, settings));
    expect(await bot.say('/assign 县水利局 报送汛期值守情况', '督查室')).toContain('没有找到规则包“别的”');
    expect(await bot.say('/assign 县水利局 明天 报送汛期值守情况', '督查室')).toContain('已交办：临-1');
    expect(await bot.say('/why 临-1')).toContain('没有找到规则包“别的”');
  });

  it('asks first without a slash', async () => {
    expect(await bot.say('交办 县水利局 明天 排查雨污混接', '督查室')).toContain('无误请回“是”');
    expect(await bot.say('是', '督查室')).toContain('已交办：临-1');
  });
});
