import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { listPeople } from '../../src/store/people.js';
import { addSomebody, changeSettings, workspaceOf } from '../support/requests.js';
import { type TestBot, testBot } from '../support/test-bot.js';

let bot: TestBot;
const ecology = '市生态环境局芮城分局联络员';

beforeEach(async () => {
  bot = await testBot();
});
afterEach(() => bot.stop());

describe('/mine of a supervisor', () => {
  it('says that nothing waits', async () => {
    expect(await bot.say('/mine', '督查室')).toBe('没有等你处理的。看全部任务发“/list”。');
  });

  it('shows everything that waits, counted in the first line, reports in the document’s order', async () => {
    await bot.say('/done 水-7 五镇投运', '县住建局联络员');
    await bot.say('/done 气-5.1 摸底完成', '县工科局联络员');
    await bot.say('/done 土-10 三季度已调度', ecology);
    await bot.say('/done 气-7 检修完成', ecology);
    await bot.say('/extend 气附-6 10.15 设备没到货', ecology);
    await bot.say('/object 气-18 不归商务管', '县商务局联络员');
    await bot.say('/na 气-17.1 只管加油站', '县商务局联络员');
    await bot.say('/instruct 县水利局 28日前报水-10进展', '县领导');
    await bot.say('/join 县水利局');
    expect((await bot.say('/mine', '督查室')).split('\n')).toEqual([
      '等你处理：已报办结待核查4条、延期1件、职责异议1件、不涉及1件、批示1件、联络员申请1件',
      '已报办结，待核查（按文件顺序）：',
      '市生态环境局芮城分局：气-7、土-10三季度',
      '县住建局：水-7',
      '县工科局：气-5.1',
      '等待决定或处理的：',
      '第1号 延期：市生态环境局芮城分局 气附-6 9月30日→10月15日，设备没到货（9月25日申请，待督查室提意见）',
      '第2号 职责异议：县商务局 气-18，不归商务管（9月25日申请，待督查室定）',
      '第3号 不涉及：县商务局 气-17.1，只管加油站（9月25日申请，待督查室定）',
      '第4号 批示：请县水利局28日前报水-10进展，截止9月28日（周四）（9月25日，待核后发出）',
      '联络员申请：',
      '第1号 成员：县水利局',
      '核查后发“销号 编号”或“退回 编号 理由”。延期发“编号延期 建议同意”。' +
        '职责异议、不涉及回“同意 第几号”或“不同意 第几号 理由”。批示核后按提示或交办发出。联络员申请回“/join 同意 号数”。',
    ]);
  });

  it('shows apart what waits for a leader', async () => {
    await bot.say('/extend 气附-6 10.15 设备没到货', ecology);
    await bot.say('建议同意', '督查室');
    expect(await bot.say('/mine', '督查室')).toMatch(
      /^没有等你处理的。\n在别人手里的：\n第1号 延期：.*督查室建议同意，待领导批）$/,
    );
  });

  it('is to decide extensions where the office says so', async () => {
    await changeSettings(bot, { extensionsBy: 'supervisor' });
    await bot.say('/extend 气附-6 10.15 设备没到货', ecology);
    const said = await bot.say('/mine', '督查室');
    expect(said).toContain('等你处理：延期1件');
    expect(said).toContain('延期回“同意 编号 延期”或“不同意 编号 延期 理由”。');
  });
});

describe('/mine of a leader', () => {
  it('shows what waits for the decision, and what is still with the supervisors', async () => {
    await bot.say('/extend 气附-6 10.15 设备没到货', ecology);
    await bot.say('/na 气-17.1 只管加油站', '县商务局联络员');
    expect(await bot.say('/mine', '县领导')).toMatch(
      /^没有等你处理的。\n在别人手里的：\n第1号 延期：.*待督查室提意见）$/,
    );
    await bot.say('建议同意', '督查室');
    expect(await bot.say('/mine', '县领导')).toMatch(
      /^等你处理：延期1件\n等待决定或处理的：\n第1号 延期：.*待领导批）\n延期回“同意 编号 延期”/,
    );
  });

  it('is followed by the unit’s work of whoever is its liaison too', async () => {
    const people = await listPeople(bot.store.read, await workspaceOf(bot));
    const unit = people.find(({ name }) => name === '县住建局联络员')?.unitId ?? null;
    await addSomebody(bot, { name: '局长', roles: ['leader', 'liaison'], unit });
    const said = await bot.say('/mine', '局长');
    expect(said).toMatch(/^没有等你处理的。/);
    expect(said).toContain('县住建局待办');
  });
});
