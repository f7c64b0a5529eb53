import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { localDate } from '../../src/domain/local-date.js';
import { personId } from '../../src/domain/person.js';
import { taskKey } from '../../src/domain/task.js';
import { groupId } from '../../src/domain/workspace.js';
import { readLedger } from '../../src/store/ledger.js';
import { chainsOf, changeSettings, dutiesOf, historyOf, toldOneToOne, workspaceOf } from '../support/ledger-state.js';
import { seat } from '../support/people.js';
import { type TestBot, testBot } from '../support/test-bot.js';

let bot: TestBot;
const water = '县水利局联络员';
const office = '督查室';

beforeEach(async () => {
  bot = await testBot({ now: '2023-09-28T09:20:00+08:00' });
});
afterEach(async () => {
  expect((await chainsOf(bot)).broken).toEqual([]);
  await bot.stop();
});

const statusOf = async (code: string) => /报送：(.*)/.exec(await bot.say(`/task ${code}`))?.[1];

describe('/record', () => {
  it.each([
    ['/record 县水利局 水-1 电话 边界线方案已报县政府', 'progress', '正在推进'],
    ['/record 县水利局 水-1 进展 电话 边界线方案已报县政府', 'progress', '正在推进'],
    ['/record 县水利局 水-1 办结 电话 边界线方案已报县政府', 'done', '已报办结（待核查）'],
    ['/record 县水利局 水-1 电话 办结 边界线方案已报县政府', 'done', '已报办结（待核查）'],
    ['/record 水-1 县水利局 完成 边界线方案已报县政府 电话', 'done', '已报办结（待核查）'],
    ['/代录 水利局水1 困难 来电 边界线方案已报县政府', 'block', '正在推进，已报困难'],
  ])('%s', async (typed, kind, status) => {
    expect(await bot.say(typed, office)).toMatch(/^已代录（电话）：水-1 .*，县水利局报/);
    expect(await statusOf('水-1')).toBe(status);
    const [row] = await historyOf(bot, '水-1');
    expect(row).toMatchObject({ kind, note: '边界线方案已报县政府', role: 'recorder', details: { source: '电话' } });
    expect(await bot.say('/history 水-1')).toContain('县水利局（督查室代录，电话）水-1 报');
  });

  it('tells the unit’s liaison one to one what was entered for it', async () => {
    await bot.say('/record 县水利局 水-1 40% 电话 方案在编', office);
    await bot.say('/record 县水利局 水-1 电话 40% 方案在编', office);
    expect((await historyOf(bot, '水-1')).map(({ percent, note }) => [percent, note])).toEqual([
      [40, '方案在编'],
      [40, '方案在编'],
    ]);
    const told = await toldOneToOne(bot);
    expect(told.map(({ to }) => to)).toEqual([water, water]);
    expect(told[1]?.text).toBe(
      '督查室代录（电话）：水-1 水资源刚性约束，县水利局报进展40%：方案在编\n和实际有出入的，发“/progress 水-1 情况”说明，或请督查室更正。',
    );
    await bot.say('/undo', office);
    expect(await toldOneToOne(bot)).toHaveLength(2);
  });

  it('asks how it came, and records with the answer', async () => {
    expect(await bot.say('/record 县水利局 水-1 水-3 办结 方案已批复 已审签', office)).toBe(
      '县水利局水-1、水-3的这条是怎么来的？请回：电话、纸质、来文、会议、当面。还没有记。',
    );
    expect(await dutiesOf(bot)).toEqual([]);
    expect(await bot.say('纸质', office)).toMatch(/^已代录（纸质）：水-1 .*报办结（待核查，已审签）/);
    expect((await historyOf(bot, '水-3'))[0]).toMatchObject({
      note: '方案已批复',
      details: { source: '纸质', signedOff: true },
    });
  });

  it('asks which limit, and stays a record', async () => {
    expect(await bot.say('/record 县工科局 气-5 办结 电话 摸底26台', office)).toContain('1. 气-5.1 7月底前');
    expect(await bot.say('1', office)).toContain('已代录（电话）：气-5 ');
    expect((await historyOf(bot, '气-5'))[0]).toMatchObject({ role: 'recorder', kind: 'done' });
  });

  it('is confirmed first without a slash', async () => {
    expect(await bot.say('代录 县水利局 水-1 办结 电话 边界线已定', office)).toBe(
      '请核对，无误请回“是”：\n代录（电话）：县水利局 水-1 报办结：边界线已定',
    );
    expect(await bot.say('是', office)).toMatch(/^已代录（电话）：水-1/);
  });

  it('keeps a supporting unit’s part, which decides nothing', async () => {
    expect(await bot.say('/record 县住建局 水-9 办结 电话 配合完成', office)).toContain('县住建局配合部分：配合完成');
    expect(await statusOf('水-9')).toBe('未报');
  });

  it('is taken back by whoever entered it, and by nobody else', async () => {
    await bot.say('/record 县水利局 水-1 办结 电话 边界线已定', office);
    expect(await bot.say('/undo', water)).toContain('没有找到你报送过的内容');
    expect(await bot.say('/undo', office)).toContain('已撤销1条');
    expect(await statusOf('水-1')).toBe('未报');
  });

  it('says when the unit has no liaison', async () => {
    await bot.say('/join 县商务局', water);
    await bot.say('/join 同意 1', '管理员');
    expect(await bot.say('/record 县水利局 水-1 电话 方案在编', office)).toContain(
      '县水利局没有联络员，没有人收到单聊。',
    );
  });

  it.each([
    ['/record 县水利局', '请写任务编号，如：/record 县水利局 水-1 电话 进展 做到哪一步了'],
    ['/record 水-1 电话 方案在编', '请写单位名称，如：/record 县水利局 水-1 电话 边界线方案已报县政府'],
    ['/record 县水利局 水-7 电话 方案在编', '水-7牵头是县住建局，没有写县水利局，没有记。'],
    ['/record 各乡镇 气-2 电话 无新增', '“各乡镇人民政府”是一组单位，请写具体单位的名称。'],
    ['/record 县水利局 水-99 电话 方案在编', '没有找到任务 水-99。水的编号到 水-12。'],
  ])('%s is refused with what to send', async (typed, line) => {
    expect(await bot.say(typed, office)).toBe(line);
    expect(await dutiesOf(bot)).toEqual([]);
    expect(await toldOneToOne(bot)).toEqual([]);
  });

  it('asks for what came where that is not said', async () => {
    expect(await bot.say('/record 县水利局 水-1 办结 电话', office)).toContain(
      '县水利局 水-1 办结 电话：请回复本条消息写明报来的情况。',
    );
    expect(await bot.say('边界线方案已批复', office)).toContain('已代录（电话）：水-1');
    expect(await historyOf(bot, '水-1')).toMatchObject([{ kind: 'done', note: '边界线方案已批复' }]);
  });

  it('does not take a report twice', async () => {
    await bot.say('/done 水-1 边界线已定', water);
    expect(await bot.say('/record 县水利局 水-1 办结 电话 边界线已定', office)).toContain(
      '县水利局9月28日已报办结，待核查，这次没有重复记。',
    );
    expect(await toldOneToOne(bot)).toEqual([]);
  });

  it('closes at once with review turned off', async () => {
    await changeSettings(bot, { review: false });
    expect(await bot.say('/record 县水利局 水-1 办结 电话 边界线已定', office)).toContain('县水利局报办结，已销号');
    expect(await statusOf('水-1')).toBe('已销号');
  });
});

describe('a coordinator', () => {
  const coordinator = '水专班';
  beforeEach(() => seat(bot, { name: coordinator, roles: ['coordinator'], scope: { plans: ['水'], units: [] } }));

  it('records progress and problems of the plan', async () => {
    expect(await bot.say('/record 县水利局 水-1 电话 方案在编', coordinator)).toContain('已代录（电话）：水-1');
    expect(await bot.say('/record 县水利局 水-1 困难 电话 缺资金', coordinator)).toContain('县水利局报困难');
    expect(await bot.say('/undo', coordinator)).toContain('已撤销1条');
    expect(await bot.say('/record 县水利局 水-3 无变化', coordinator)).toContain('已代录：县水利局无变化，1项：水-3');
  });

  it('records nothing done, nothing of another plan, and closes nothing', async () => {
    expect(await bot.say('/record 县水利局 水-1 办结 电话 边界线已定', coordinator)).toBe(
      '调度单位只代录进展，办结由县水利局联络员报或督查室代录。记进展发“/record 县水利局 水-1 进展 情况”。',
    );
    expect(await bot.say('/record 县能源局 气-9 电话 改完2400户', coordinator)).toBe(
      '气-9不在你调度的范围，代录由督查室登记，调度单位代录所管计划的进展。',
    );
    await bot.say('/done 水-1 边界线已定', water);
    expect(await bot.say('/accept 水-1', coordinator)).toContain('销号由督查室核查');
    expect(await statusOf('水-1')).toBe('已报办结（待核查）');
  });
});

describe('无变化', () => {
  it('of one task changes no status and is told', async () => {
    await bot.say('/progress 水-1 方案在编', water);
    expect(await bot.say('/record 县水利局 水-1 无变化', office)).toBe(
      '已代录：县水利局无变化，1项：水-1\n状态不变。单聊告诉县水利局联络员。记错了发“/undo”。',
    );
    expect(await statusOf('水-1')).toBe('正在推进');
    expect(await bot.say('/history 水-1')).toContain('县水利局（督查室代录）水-1 报无变化');
    expect((await toldOneToOne(bot)).map(({ to, text }) => [to, text.split('\n')[0]])).toEqual([
      [water, '督查室代录：县水利局无变化，水-1。'],
    ]);
    expect(await bot.say('/undo', office)).toContain('已撤销1条');
  });

  it('for all needs a round that is open', async () => {
    expect(await bot.say('/record 县水利局 无变化', office)).toBe(
      '现在没有要县水利局报的调度。只说某几项没有变化的，写编号：/record 县水利局 水-1 无变化',
    );
  });

  it('counts for all that the unit still owes in the round', async () => {
    await bot.say('/progress 水-1 方案在编', water);
    await bot.say('/done 水-10 清理完毕', water);
    await bot.at('2023-09-28T09:30:00+08:00');
    const workspace = await workspaceOf(bot.store);
    const unit = (await readLedger(bot.store.read, workspace)).units.find((one) => one.name === '县水利局');
    if (!unit) throw new Error('no unit');
    const tasks = ['水-1', '水-2', '水-3', '水-6', '水-10'].map((key) => ({ year: 2023, key: taskKey.parse(key) }));
    await bot.store.transaction(async (tx) => {
      await tx.insert(tx.t.rounds).values({
        workspace,
        number: 1,
        name: '9月调度',
        groupId: groupId.parse('main'),
        openedBy: personId.parse('x'),
        openedAt: new Date('2023-09-28T01:30:00Z'),
        countsFrom: new Date('2023-09-28T01:30:00Z'),
        lastDay: localDate.parse('2023-10-08'),
        owed: [{ unit: unit.id, tasks }],
        state: 'open',
        closedAt: null,
      });
    });
    await bot.say('/progress 水-2 管网过半', water);
    expect(await bot.say('/record 县水利局 无变化', office)).toMatch(
      /^已代录：县水利局无变化，3项：水-1、水-3、水-6\n/,
    );
    expect((await historyOf(bot, '水-3'))[0]?.details).toEqual({ round: 1 });
    expect(await toldOneToOne(bot)).toHaveLength(1);
    expect(await bot.say('/record 县水利局 无变化', office)).toBe(
      '县水利局在这次调度里没有还要报的，没有记。发“/list 县水利局”看明细。',
    );
    expect(await bot.say('/undo', office)).toContain('已撤销3条');
  });
});
