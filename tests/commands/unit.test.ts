import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { listUnitChanges } from '../../src/store/roster-changes.js';
import { ledgerVersion } from '../../src/store/workspaces.js';
import { workspaceOf } from '../support/ledger-state.js';
import { personNamed } from '../support/people.js';
import { type TestBot, testBot } from '../support/test-bot.js';

let bot: TestBot;

beforeEach(async () => {
  bot = await testBot();
});
afterEach(() => bot.stop());

const administrator = (text: string) => bot.say(text, '管理员', { private: true });
const own = (text: string, user: string) => bot.say(text, user, { private: true });
const change = async (typed: string, answer = '确认') => {
  await administrator(typed);
  return administrator(answer);
};
const workspace = () => workspaceOf(bot.store);
const changes = async () => listUnitChanges(bot.store.read, await workspace());
const personOf = (name: string) => personNamed(bot, name);

const science = '县工科局联络员';
const ecology = '市生态环境局芮城分局联络员';
const energy = '县能源局联络员';

describe('/unit 改名', () => {
  it('is shown first', async () => {
    expect(await administrator('/unit 县工科局 改名 县工业和信息化局')).toMatch(
      /^预览：县工科局改名县工业和信息化局，涉及\d+条任务。旧名留作别名，以前的历史仍写旧名。\n回“确认”改名。$/,
    );
    expect(await bot.say('/who 气-5')).toContain('县工科局');
  });

  it('keeps the old name as an alias, and in the lines written before', async () => {
    await own('/progress 气-5.1 锅炉摸底过半', science);
    expect(await change('/unit 县工科局 改名 县工业和信息化局')).toBe(
      '已改名：县工科局改为县工业和信息化局。写“县工科局”仍然认得。',
    );
    await bot.at('2023-09-25T09:10:00+08:00');
    await own('/progress 气-5.1 锅炉摸底完成八成', science);
    expect(await bot.say('/who 气-5')).toContain('县工业和信息化局');
    expect(await bot.say('/list 县工科局')).toMatch(/^县工业和信息化局/);
    const history = await bot.say('/history 气-5');
    expect(history).toContain('09:10 县工业和信息化局（县工科局联络员）');
    expect(history).toContain('09:00 县工科局（县工科局联络员）');
  });

  it('leaves a row, and a new version of the ledger', async () => {
    const before = await ledgerVersion(bot.store.read, await workspace());
    await change('/unit 县工科局 改名 县工业和信息化局');
    expect(await ledgerVersion(bot.store.read, await workspace())).toBeGreaterThan(before);
    expect(await changes()).toMatchObject([
      {
        changedBy: (await personOf('管理员'))?.id,
        before: { name: '县工科局' },
        after: { name: '县工业和信息化局' },
        words: '改名',
      },
    ]);
    expect(await administrator('/unit 县工科局')).toContain('曾用名：县工科局（到9月25日）');
  });

  it('refuses a name that another unit has, or that is none', async () => {
    expect(await administrator('/unit 县工科局 改名 县水利局')).toContain('“县水利局”已经是县水利局的名称或别名');
    expect(await administrator('/unit 县工科局 改名 环保局')).toContain('已经是市生态环境局芮城分局的名称或别名');
    expect(await administrator('/unit 县工科局 改名 <b>局')).toContain('单位名称写2到40个字');
    expect(await administrator('/unit 县工科局 撤销')).toContain('没看懂“撤销”');
    expect(await change('/unit 县工科局 改名 县工科局')).toContain('台账里已经写作');
  });
});

describe('/unit 别名', () => {
  it('adds a word by which people call it', async () => {
    expect(await bot.say('/list 工信科')).not.toMatch(/^县工科局/);
    expect(await change('/unit 县工科局 别名 工信科')).toBe('已加别名：“工信科”就是县工科局。');
    expect(await bot.say('/list 工信科')).toMatch(/^县工科局/);
    expect(await change('/unit 县工科局 别名 工信科')).toContain('已经是县工科局的名称或别名');
  });
});

describe('/unit 并入', () => {
  const merge = '/unit 县能源局 并入 县发改局';

  it('shows what goes over, and asks about the liaisons', async () => {
    expect(await administrator(merge)).toMatch(
      /^预览：县能源局并入县发改局，\d+条任务以后由县发改局负责（气-\d+.*）。\n县能源局已报的算县发改局已报，没报的由县发改局接着报，历史仍写县能源局。\n县能源局联络员（县能源局联络员）转为县发改局联络员：回“确认”。不转的回“不转”。$/,
    );
    expect(await bot.say('/who 气-9')).toContain('牵头：县能源局');
  });

  it('makes the second decide what the first did', async () => {
    const before = /牵头(\d+)项/.exec(await own('/mine', '县发改局联络员'))?.[1] ?? '0';
    const more = /牵头(\d+)项/.exec(await own('/mine', energy))?.[1] ?? '0';
    expect(await change(merge)).toMatch(
      /^已并入：县能源局并入县发改局，\d+条任务由县发改局负责。\n县能源局联络员现在是县发改局联络员。\n写“县能源局”就是县发改局。$/,
    );
    expect(await bot.say('/who 气-9')).toContain('牵头：县发改局');
    expect(await own('/done 气-9 散煤清零完成', '县发改局联络员')).toContain('已记：气-9');
    expect(await own('/mine', energy)).toContain(`牵头${Number(before) + Number(more) - 1}项`);
    expect(await bot.say('县能源局10月到期', '成员')).toContain('县发改局');
  });

  it('leaves reported what the first reported, and open what it did not', async () => {
    await own('/done 气-9 散煤清零完成', energy);
    await own('/progress 气-8 60% 煤炭消费控制方案已定', energy);
    await change(merge);
    expect(await bot.say('/task 气-9')).toContain('报送：已报办结（待核查）');
    expect(await own('/done 气-9 又报一次', '县发改局联络员')).toContain(
      '气-9 县发改局9月25日已报办结，待核查，这次没有重复记',
    );
    expect(await bot.say('/task 气-8')).toContain('正在推进');
    const history = await bot.say('/history 气-9');
    expect(history).toContain('县能源局（县能源局联络员）气-9 报办结：散煤清零完成');
    expect(history).toContain('修订：机构改革：县能源局并入县发改局');
  });

  it('leaves what was entered for the first to be closed by somebody else, with its report', async () => {
    await own('/record 县能源局 气-9 办结 电话 散煤清零完成', '督查室');
    await change(merge);
    expect(await own('/accept 气-9', '督查室')).toContain('是你代录的，请另一位督查员或分管领导销号');
  });

  it('shows the report of the first to whoever closes', async () => {
    await own('/done 气-9 散煤清零完成', energy);
    await change(merge);
    expect(await own('销号 气-9', '督查室')).toContain('县能源局9月25日报：散煤清零完成');
  });

  it('counts as not reported yet what both owed and one has not', async () => {
    await own('/done 气-5.1 摸底排查完成', science);
    const preview = await administrator('/unit 县工科局 并入 市生态环境局芮城分局');
    expect(preview).toContain('两家都要报、进展不同的，按还没报完的算：气-5。');
    await administrator('确认');
    expect(await bot.say('/task 气-5')).toContain('正在推进');
    expect(await own('/done 气-5.1 摸底排查完成', ecology)).toContain('已记：气-5');
    expect(await bot.say('/task 气-5')).toContain('气-5.1 已报办结');
  });

  it('leaves the liaisons of the first without the role on 不转', async () => {
    expect(await change(merge, '不转')).toContain('县能源局联络员不再是联络员。');
    expect(await own('/done 气-9 散煤清零完成', energy)).toContain('报送由责任单位的联络员来报');
    expect((await personOf(energy))?.roles).toEqual([]);
  });

  it('moves a leader’s scope, and a round that is open', async () => {
    await administrator('/people 县领导 分管 县能源局');
    await bot.say('/round 明天 县能源局', '督查室');
    await bot.say('发送', '督查室');
    await change(merge);
    expect((await personOf('县领导'))?.scope?.units).toEqual([(await personOf('县发改局联络员'))?.unitId]);
    expect(await bot.say('/missing')).toContain('县发改局');
    expect(await own('/no-change', '县发改局联络员')).toContain('县发改局');
    expect(await bot.say('/missing')).toContain('都已报齐');
  });

  it('can follow another, and is known by every name', async () => {
    await change(merge);
    expect(await change('/unit 县发改局 并入 县工科局')).toContain('已并入：县发改局并入县工科局');
    expect(await bot.say('/who 气-9')).toContain('牵头：县工科局');
    expect(await bot.say('/list 县能源局')).toMatch(/^县工科局/);
    expect((await changes()).map(({ words }) => words).filter((words) => words.includes('并入'))).toEqual([
      '县能源局并入县发改局',
      '县发改局并入县工科局',
    ]);
  });

  it('is refused for a group of units, one unit, and one that is not there', async () => {
    expect(await administrator('/unit 各乡镇人民政府 并入 县发改局')).toContain('是一组单位，不能并入');
    expect(await administrator('/unit 县能源局 并入 能源局')).toContain('并入要写两个单位');
    expect(await administrator('/unit 县能源局 并入 县火星局')).toContain('台账里没有“县火星局”这个单位');
  });

  it('of one township into another keeps the group noun', async () => {
    expect(await change('/unit 学张乡 并入 东垆乡')).toContain('已并入：学张乡并入东垆乡');
    expect(await bot.say('/list 学张乡')).toMatch(/^东垆乡/);
  });
});

describe.each([
  '/unit 县工科局 改名 县工业和信息化局',
  '/unit 县能源局 并入 县发改局',
  '/unit 县工科局 别名 工信科',
  '/unit 县工科局',
])('%s', (typed) => {
  it.each(['成员', '县水利局联络员', '县领导', '审计员', '督查室'])('is not for %s', async (user) => {
    expect(await own(typed, user)).toContain('单位由管理员调整');
  });
});
