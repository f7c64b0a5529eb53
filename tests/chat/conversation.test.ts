import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { chainsOf, historyOf } from '../support/ledger-state.js';
import { type TestBot, testBot } from '../support/test-bot.js';

let bot: TestBot;
const housing = '县住建局联络员';
const ecology = '市生态环境局芮城分局联络员';
const market = '县市场监管局联络员';

beforeEach(async () => {
  bot = await testBot();
});
afterEach(() => bot.stop());

describe('what goes on from the answer before', () => {
  it('is about the task that was asked for', async () => {
    await bot.say('气9谁牵头');
    expect(await bot.say('什么时候到期')).toMatch(/^气-9 .*10月31日/);
    expect(await bot.say('那水8呢')).toMatch(/^水-8 黑臭水体排查整治 ?：?.*时限/);
  });

  it('is forgotten after five minutes, and is nobody else’s', async () => {
    await bot.say('气9谁牵头');
    expect(await bot.say('什么时候到期', '县领导')).toContain('没看懂');
    await bot.at('2023-09-25T09:05:01+08:00');
    expect(await bot.say('什么时候到期')).toContain('没看懂');
  });

  it('is not what a slash command left in between', async () => {
    await bot.say('水9谁牵头');
    await bot.say('/who 水-7');
    expect(await bot.say('它什么时候完成')).toMatch(/^水-7 /);
    await bot.say('/help');
    expect(await bot.say('它什么时候完成')).toContain('没看懂');
  });
});

describe('a report in a sentence', () => {
  it('is written on 是, once', async () => {
    expect(await bot.say('水-7 已完成，五个建制镇投运', housing)).toMatch(
      /^请核对，无误请回“是”：\n水-7 报办结：已完成，五个建制镇投运/,
    );
    expect((await chainsOf(bot)).rows).toBe(0);
    expect(await bot.say('是', housing)).toMatch(/^已记：水-7/);
    expect(await historyOf(bot, '水-7')).toMatchObject([{ kind: 'done', note: '已完成，五个建制镇投运' }]);
    expect(await bot.say('是', housing)).toContain('没有等你确认的内容');
  });

  it('that names 办结 is done, whatever is told to come later', async () => {
    const later = '气3办结 同基超低排放改造完了 大阳能源治理完了 评估监测报告下月出';
    expect(await bot.say(later, ecology)).toBe(
      [
        '请核对，无误请回“是”：',
        '气-3 报办结：同基超低排放改造完了 大阳能源治理完了 评估监测报告下月出',
        '单位负责人已审签的，回“确认 已审签”。',
      ].join('\n'),
    );
  });

  it.each(['不对不对 德欣还差一台设备 先别报', '算了', '先别报', '气3先别报！', '等一下'])(
    'is left by %s, and the person hears what else to send',
    async (said) => {
      await bot.say('气3办结 改造完了', ecology);
      expect(await bot.say(said, ecology)).toBe(
        '好，没有记。报进展发“/progress 气-3 情况”，要延期发“/extend 气-3 新日期 原因”。',
      );
      expect(await bot.say('是', ecology)).toContain('没有等你确认');
      expect((await chainsOf(bot)).rows).toBe(0);
    },
  );

  it('is not left by what somebody else says', async () => {
    await bot.say('气3办结 改造完了', ecology);
    expect(await bot.say('先别报', housing)).toBe('');
    expect(await bot.say('是', ecology)).toContain('已记：气-3');
  });

  it('gives way to another that begins with 不对', async () => {
    await bot.say('气3办结 改造完了', ecology);
    expect(await bot.say('不对，气3 进展 还差一台', ecology)).not.toContain('没有记');
  });

  it('keeps the value of an indicator beside its target, and takes it for no progress', async () => {
    expect(await bot.say('油抽了52批次', market)).toContain(
      '气附-11 报进展：油抽了52批次（指标：抽检车用汽柴油52/78批次）',
    );
    expect(await bot.say('是', market)).toContain('指标：抽检车用汽柴油52/78批次，不当作整项进度。');
    expect(await historyOf(bot, '气附-11')).toMatchObject([
      { kind: 'progress', percent: null, details: { indicator: { value: 52, unit: '批次' } } },
    ]);
  });

  it('stands with forty others in one preview and one yes', async () => {
    const lines = Array.from({ length: 40 }, (_, index) => `水-${index % 2 === 0 ? 5 : 7}：第${index + 1}段进展正常`);
    const said = await bot.say(`本周进展如下：\n${lines.join('\n')}`, housing, { private: true });
    expect(said).toMatch(/^读到40条，请核对，无误请回“是”：/);
    expect(await bot.say('是', housing, { private: true })).toBe(
      '已记40条：水-5、水-7。\n记错了发“/undo”，这次报的一起撤回；只撤一条的写编号，如“/undo 水-5”。',
    );
    expect(await bot.say('/undo', housing, { private: true })).toContain('已撤销40条');
  });

  it('reported done among others is told with what the text still asks', async () => {
    await bot.say('气7办结 5家供热企业检修全部完成\n气附3办结 同基超低排放改造\n气5.1 摸底过半', ecology);
    expect(await bot.say('是', ecology)).toBe(
      [
        '已记3条：气-7、气附-3 报办结（待核查）；气-5.1 报进展。',
        '原文还要求：气-7 确保采暖季稳定达标运行；建立集中供热（供汽）锅炉管理台账；气附-3 完成同基建材有限公司水泥粉磨站超低排放改造和大阳建材无组织排放深度治理；完成后实施评估监测。已按所报记录，供核查时对照。',
        '记错了发“/undo”，这次报的一起撤回；只撤一条的写编号，如“/undo 气-7”。',
      ].join('\n'),
    );
  });

  it('shows what is not recorded and why', async () => {
    const said = await bot.say('水5 主体完工\n水12 不归我们\n气12 每天洒水4次', housing);
    expect(said).toContain('读到2条');
    expect(said).toContain('不记：水-12牵头是市生态环境局芮城分局');
  });
});

describe('a sentence about one’s own work', () => {
  it('asks why a task is still listed, whatever else it says', async () => {
    const said = await bot.say('气5那个锅炉摸底7月份早搞完了 怎么还挂着逾期 让领导看见像什么话', ecology);
    expect(said).toContain('气-5.1 市生态环境局芮城分局、县工科局：时限7月底前，7月31日（周一），早于台账启用日');
    expect(said).toContain('列为待补报，不计超期');
  });

  it('asks whether rows are one piece of work', async () => {
    expect(await bot.say('气3和气附3气附6不就是一回事吗 要报三遍？', ecology)).toBe(
      [
        '气-3是一项工作，分项是气附-3、气附-6。',
        '报一次就行：“/done 气-3 情况”，3条一起记。',
        '只完成一部分的，报对应的分项，如“/done 气附-3 情况”。',
      ].join('\n'),
    );
    expect(await bot.say('气5和气3要分别报两次吗', ecology)).toMatch(/^2项工作，分开报：/u);
  });

  it('names the limit that does not concern the unit', async () => {
    const trade = '县商务局联络员';
    expect(await bot.say('气17项活性炭更换跟我们商务没关系 我们只管加油站', trade)).toBe(
      [
        '请核对，无误请回“是”：',
        '气-17.1 挥发性有机物执法，县商务局 不涉及：活性炭更换跟我们商务没关系 我们只管加油站',
        '记下后转督查室确认，确认后不再列入待报，确认前台账不变。',
      ].join('\n'),
    );
    expect(await bot.say('气18不归我们', trade)).toContain('县商务局 职责异议：不归我们');
  });

  it('closes no lasting work: there is nothing new', async () => {
    const town = '西陌镇联络员';
    expect(await bot.say('散乱污我们镇没有 办结', town)).toContain(
      '请核对，无误请回“是”：\n气-2 报办结：本期无新增，保持清零（长期坚持，记为本期完成，不销号）',
    );
    expect(await bot.say('是', town)).toContain('西陌镇本期完成，长期坚持');
    expect(await historyOf(bot, '气-2')).toMatchObject([{ kind: 'done', note: '本期无新增，保持清零' }]);
    expect(await bot.say('散乱污我们局没有 办结', housing)).toContain('没看懂');
  });

  it('asks only for what has not been reported', async () => {
    expect(await bot.say('国庆前还有啥没交')).toContain('还没收到办结报告2项（4条）');
    await bot.say('/done 气-7 5家供热企业检修全部完成', ecology);
    const said = await bot.say('国庆前还有啥没交');
    expect(said).toContain('还没收到办结报告1项（3条）');
    expect(said).not.toContain('气-7');
    expect(said).toContain('以上只反映收到的报告。');
    expect(await bot.say('/due 国庆前')).toContain('气-7');
  });
});

it.each([
  ['把水7删了', /^没看懂“把水7删了”。可以发“\/who 水-7”、“\/task 水-7”，或发“\/help”看能问什么。$/],
  ['住建局小李去哪了', /可以发“\/list 县住建局”、“\/due 本周 县住建局”/],
  ['今天谁请假了', /可以发“\/due 今天”/],
])('%s is not understood, and the nearest is named', async (typed, words) => {
  expect(await bot.say(typed)).toMatch(words);
});
