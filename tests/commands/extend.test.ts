import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { unitId } from '../../src/domain/unit.js';
import { listPeople } from '../../src/store/people.js';
import {
  addSomebody,
  brokenChains,
  changeSettings,
  everyRequest,
  historyOf,
  workspaceOf,
} from '../support/requests.js';
import { type TestBot, testBot } from '../support/test-bot.js';

let bot: TestBot;
const ecology = '市生态环境局芮城分局联络员';
const industry = '县工科局联络员';
const resources = '县自然资源局联络员';

beforeEach(async () => {
  bot = await testBot({ now: '2023-09-26T10:55:00+08:00' });
  await bot.at('2023-09-26T10:55:00+08:00');
  bot.posted.length = 0;
});
afterEach(async () => {
  expect(await brokenChains(bot)).toEqual([]);
  await bot.stop();
});

const alone = { private: true };
const lineOf = (said: string, start: string) => said.split('\n').find((line) => line.startsWith(start));
const told = () => bot.posted.splice(0);

async function granted(typed = '/extend 气附-6 10.15 德欣设备没到货', who = ecology): Promise<void> {
  await bot.say(typed, who);
  await bot.say('建议同意', '督查室', alone);
  await bot.say('同意，要抓紧', '县领导', alone);
  await bot.at('2023-09-26T11:32:00+08:00');
  told();
}

describe('a week in the work group', () => {
  it('asks, advises and agrees, message by message', async () => {
    // 25
    expect(await bot.say('气附6 延期到10.15 德欣福利化工设备没到货', ecology, alone)).toBe(
      '请核对，无误请回“是”：\n' +
        '气附-6，原时限9月30日，申请延至10月15日（周日），前一工作日13日（周五），原因：德欣福利化工设备没到货',
    );
    expect(await bot.say('是', ecology, alone)).toBe(
      '已登记延期申请（第1号）：气附-6，原时限9月30日，申请延至10月15日（周日），前一工作日13日（周五），原因：德欣福利化工设备没到货。\n' +
        '转督查室提出意见，报分管领导批准。批准前时限不变，但不亮红灯。\n' +
        '气附-3不受影响，气-3随两条附表办结。\n' +
        '要撤回发“/undo”。',
    );
    await bot.at('2023-09-26T10:56:00+08:00');
    expect(told()).toEqual([
      '延期申请第1号：市生态环境局芮城分局申请将气附-6（VOCs综合治理）由9月30日延至10月15日（周日），前一工作日13日（周五），原因：德欣福利化工设备没到货\n' +
        '提意见发“气附-6延期 建议同意”或“气附-6延期 建议不同意 理由”，随即报分管领导。',
    ]);
    // 26
    await bot.at('2023-09-26T11:10:00+08:00');
    expect(await bot.say('气附6延期 建议同意 报分管县长', '督查室', alone)).toMatch(
      /^已报县领导：市生态环境局芮城分局气附-6延至10月15日（周日），.*，建议同意。\n/,
    );
    await bot.at('2023-09-26T11:11:00+08:00');
    expect(told()).toEqual([
      '请示：市生态环境局芮城分局申请将气附-6（VOCs综合治理）由9月30日延至10月15日（周日），前一工作日13日（周五），原因：德欣福利化工设备没到货\n' +
        '督查室意见：建议同意。\n可回“同意”“不同意 理由”。',
    ]);
    // 27
    await bot.at('2023-09-26T11:32:00+08:00');
    expect(await bot.say('同意，要抓紧', '县领导', alone)).toBe(
      '已记：同意气附-6延至10月15日（周日），前一工作日13日（周五），“要抓紧”。\n已转告市生态环境局芮城分局、督查室。',
    );
    await bot.at('2023-09-26T11:33:00+08:00');
    const notice =
      '县领导同意气附-6延至10月15日（周日），前一工作日13日（周五）（原时限9月30日）：“要抓紧”。发“/task 气附-6”看情况。';
    expect(told()).toEqual([notice, notice]);
    expect(await historyOf(bot, '气附-6')).toEqual(['extend', 'advise', 'grant']);
    expect(await everyRequest(bot)).toMatchObject([
      { state: 'granted', grantedDue: '2023-10-15', decision: '要抓紧', inTime: true, agreedBy: null },
    ]);
  });

  it('offers the decision as buttons that name the request', async () => {
    await bot.say('/extend 气附-6 10.15 设备没到货', ecology);
    await bot.say('/advise 气附-6 不同意 工期还够', '督查室');
    expect(await bot.say('同意 第1号', '县领导')).toContain('已记：同意气附-6延至10月15日');
  });
});

describe('a granted extension', () => {
  const agreement = '原时限9月30日，县领导9月26日同意';

  beforeEach(() => granted());

  it('stands beside the document’s limit in every answer', async () => {
    expect(await bot.say('/task 气附-6')).toContain(
      `时限：2023年9月底前，10月15日（周日），前一工作日13日（周五），还有19天（${agreement}）`,
    );
    expect(await bot.say('/who 气附-6')).toContain(`（${agreement}）`);
    expect(await bot.say('/due 气附-6')).toContain(`（${agreement}）`);
    const moved = '｜9月30日；气附-6延至10月15日（原9月30日，县领导9月26日同意）｜';
    expect(lineOf(await bot.say('/list 气'), '气-3')).toContain(moved);
    expect(lineOf(await bot.say('/mine', ecology), '气-3')).toContain(moved);
    expect(lineOf(await bot.say('/digest 预览'), '下一批')).toBe(
      `下一批：10月15日（周日） 气-3（含气附-6），市生态环境局芮城分局，${agreement}。`,
    );
    expect(await bot.say('/history 气附-6')).toContain('县领导 气附-6 同意市生态环境局芮城分局延至10月15日：要抓紧');
  });

  it('is due on the new day, and told on the old one', async () => {
    const week = (await bot.say('/due 本周')).split('\n');
    expect(week).toContain('　分项：气附-3 深度治理和评估监测');
    expect(week).toContain('　气附-6经县领导9月26日同意延至10月15日，气-3随其办结');
    await bot.say('/done 气附-3 深度治理完成', ecology);
    await bot.say('/accept 气附-3 资料核查', '督查室');
    expect(await bot.say('/due 本周')).toContain('气附-3 深度治理和评估监测（已销号）');
    expect(lineOf(await bot.say('/due 本周'), '气-3')).not.toContain('已销号');
    const october = (await bot.say('/due 2023-10')).split('\n');
    expect(october).toContain(`气-3 工业企业污染防治深度治理｜2023年9月底前，${agreement}｜牵头：市生态环境局芮城分局`);
    expect(october).toContain('　分项：气附-6 VOCs综合治理');
  });

  it('is not overdue until the new day has come, and the whole is not either', async () => {
    await bot.say('/done 气附-3 深度治理完成', ecology);
    await bot.at('2023-10-12T09:00:00+08:00');
    expect(await bot.say('/due 逾期')).not.toMatch(/气-3|气附-/);
    expect(lineOf(await bot.say('/list 气'), '气-3')).toContain('｜10月15日（原9月30日，县领导9月26日同意）｜');
    await bot.at('2023-10-17T09:00:00+08:00');
    expect(lineOf(await bot.say('/due 逾期'), '气-3')).toBe(
      `气-3 工业企业污染防治深度治理（含气附-6）｜2023年9月底前（10月15日，${agreement}）｜待报：市生态环境局芮城分局`,
    );
  });

  it('still lets one report meet the whole', async () => {
    expect(await bot.say('/done 气-3 全部治理完成', ecology)).toContain(
      '已记：气-3 工业企业污染防治深度治理（含气附-3、气附-6）',
    );
  });

  it('can be asked for again, from the day that holds now', async () => {
    expect(await bot.say('/extend 气附-6 10月15日 还没到货', ecology)).toContain('新时限要晚于现在的时限10月15日');
    const said = await bot.say('/extend 气附-6 10天 还没到货', ecology);
    expect(said).toContain('现时限10月15日（原时限9月30日），申请延至10月25日（周三）');
    await bot.say('/advise 气附-6 同意', '督查室');
    await bot.say('/approve 气附-6', '县领导');
    expect(await bot.say('/task 气附-6')).toContain(`10月25日（周三），还有29天（${agreement}）`);
  });
});

describe('what waits for a decision', () => {
  it('changes nothing, and is told as waiting where the limit has come', async () => {
    await bot.say('/extend 气附-6 10.15 德欣设备没到货', ecology);
    expect(await bot.say('/task 气附-6')).toContain('待定：第1号 延期：市生态环境局芮城分局 气附-6 9月30日→10月15日');
    expect(lineOf(await bot.say('/digest 预览'), '气-3')).toContain(
      '气-3 工业企业污染防治深度治理（含气附-3、气附-6）',
    );
    await bot.at('2023-10-09T09:00:00+08:00');
    const overdue = (await bot.say('/due 逾期')).split('\n');
    expect(overdue).toContain('气附-3 深度治理和评估监测｜2023年9月底前（9月30日）｜待报：市生态环境局芮城分局');
    expect(overdue).toContain('已申请延期，待批（批准前不计超期）1项（2条）：');
    expect(overdue).toContain(
      '气-3 工业企业污染防治深度治理（含气附-6）｜2023年9月底前（9月30日）｜已申请延期，待批：市生态环境局芮城分局',
    );
    expect(lineOf(await bot.say('/list 气'), '气-3')).toContain('已申请延期，待批');
    const digest = await bot.say('/digest 预览');
    expect(digest).toContain('、已申请延期，待批\n气-3 工业企业污染防治深度治理（含气附-6）：市生态环境局芮城分局');
    expect(lineOf(digest, '气-3')).toBe('气-3 工业企业污染防治深度治理（含气附-3）');
  });

  it('takes a wholly asked piece of work out of what is overdue', async () => {
    await bot.say('/extend 气-7 10.20 检修延后', ecology);
    await bot.at('2023-10-09T09:00:00+08:00');
    expect(await bot.say('/list 逾期')).not.toContain('气-7');
    expect(lineOf(await bot.say('/mine', ecology), '气-7')).toBe(
      '气-7 供热（供汽）企业排查整治｜9月30日｜未报，已申请延期，待批',
    );
    await bot.say('/refuse 气-7 延期 工期还够', '县领导');
    expect(await bot.say('/list 逾期')).toContain('气-7');
  });

  it('is counted in /status apart from what is overdue', async () => {
    await bot.say('/extend 气-7 10.20 检修延后', ecology);
    await bot.at('2023-10-09T09:00:00+08:00');
    expect(await bot.say('/status 气')).toContain('已申请延期、待批1项');
  });

  it('waits for nobody once the work is closed', async () => {
    await changeSettings(bot, { review: false });
    await bot.say('/extend 气-7 10.20 检修延后', ecology);
    await bot.say('建议同意', '督查室');
    await bot.say('/done 气-7 检修完成', ecology);
    expect(await bot.say('/extend', '督查室')).toMatch(/^没有等待决定的延期申请/);
    expect(await bot.say('同意', '县领导')).toBe('没有等你决定的申请。');
    expect(await bot.say('同意 气-7 延期', '县领导')).toContain('气-7已经销号或取消，不用再定延期');
  });

  it('is listed by /extend alone, a unit’s own for its liaison', async () => {
    expect(await bot.say('/extend', ecology)).toBe('没有等待决定的延期申请。\n申请发“/extend 编号 日期 原因”。');
    await bot.say('/extend 气-7 10.20 检修延后', ecology);
    for (const who of [ecology, '督查室', '县领导', '成员']) {
      expect(await bot.say('/extend', who)).toContain(
        '第1号 延期：市生态环境局芮城分局 气-7 9月30日→10月20日，检修延后（9月26日申请，待督查室提意见）',
      );
    }
    expect(await bot.say('延期', industry)).toMatch(/^没有等待决定的延期申请。/);
  });
});

describe('whose day it is', () => {
  it('moves one of several joint leads and nobody else', async () => {
    const said = await bot.say('/extend 气附-4 2024年1月20日 窑炉停产检修', industry);
    expect(said).toContain('气-5的时限不受影响。');
    await bot.say('/advise 气附-4 同意', '督查室');
    await bot.say('/approve 气附-4', '县领导');
    expect(await bot.say('/task 气附-4')).toContain('其中县工科局2024年1月20日（原时限12月31日，县领导9月26日同意）');
    const december = await bot.say('/due 2023-12');
    expect(lineOf(december, '气-5')).toContain('｜牵头：市生态环境局芮城分局');
    expect(lineOf(december, '　气附-4县工科局经县领导9月26日同意延至2024年1月20日')).toBeDefined();
    await bot.at('2024-01-10T09:00:00+08:00');
    expect(lineOf(await bot.say('/due 逾期'), '气附-4')).toMatch(/待报：市生态环境局芮城分局$/);
    await bot.say('/done 气附-4 治理完成', ecology);
    expect(await bot.say('/due 逾期')).not.toContain('气附-4');
    expect(await bot.say('/task 气附-4')).toContain('已报办结 1/2，尚缺：县工科局');
  });

  it('moves one occurrence of a recurrence, asked for by its name', async () => {
    await bot.at('2023-10-08T09:00:00+08:00');
    const question = await bot.say('/extend 土-10 10.20 数据没汇总完', resources);
    expect(question).toMatch(/^土-10有2个时限，延哪一个？请回序号：\n1\. 土-10\.1 三季度 每季度（9月30日）/);
    const said = await bot.say('1', resources);
    expect(said).toContain('土-10三季度，原时限9月30日，申请延至10月20日');
    expect(said).toContain('市生态环境局芮城分局的时限不变');
    await bot.say('/undo', resources);
    await bot.say('/extend 土-10 三季度 延期到10.20 数据没汇总完', resources);
    await bot.say('/advise 土-10 同意', '督查室');
    await bot.say('/approve 土-10', '县领导');
    expect(await bot.say('/task 土-10')).toContain(
      '其中三季度县自然资源局10月20日（原时限9月30日，县领导10月8日同意）',
    );
    expect(lineOf(await bot.say('/due 2023-10'), '周期：土-10')).toContain(
      '三季度10月20日止，原时限9月30日，县领导10月8日同意，责任单位：县自然资源局',
    );
    expect(await bot.say('/history 土-10')).toContain('土-10三季度 申请延期至10月20日');
    await bot.at('2023-10-10T09:00:00+08:00');
    expect(lineOf(await bot.say('/due 逾期'), '土-10')).toMatch(/待报：市生态环境局芮城分局$/);
  });

  it('counts a member of a group noun by itself', async () => {
    const said = await bot.say('/extend 气-15 12月31日 巡查', '永乐镇联络员');
    expect(said).toBe('气-15没有到期的时限，不用申请延期。有情况发“/progress 气-15 情况”。');
  });
});

describe('a request', () => {
  it('after the limit is recorded, and the limit stays overdue', async () => {
    await bot.at('2023-10-09T09:00:00+08:00');
    const said = await bot.say('/extend 气-7 10.20 检修延后', ecology);
    expect(said).toContain('申请时时限9月30日已过，批准前仍按原时限计。');
    expect(await bot.say('/list 逾期')).toContain('气-7');
    expect(lineOf(await bot.say('/extend', '督查室'), '第1号')).toContain('（时限后提出）');
    await bot.say('/advise 气-7 同意', '督查室');
    await bot.say('/approve 气-7', '县领导');
    expect(await bot.say('/list 逾期')).not.toContain('气-7');
  });

  it('takes the place of the one that waits', async () => {
    await bot.say('/extend 气附-6 10.15 设备没到货', ecology);
    expect(await bot.say('/extend 气附-6 10.25 设备没到货', ecology)).toContain('原来的第1号申请由这次代替。');
    expect((await everyRequest(bot)).map(({ state }) => state)).toEqual(['taken-back', 'waiting']);
    expect(await bot.say('同意 第1号', '县领导')).toMatch(/^气附-6的延期申请（第1号）.*已撤回，这次没有记。$/);
    expect(await bot.say('同意 气附-6 延期', '县领导')).toContain('延至10月25日');
  });

  it('that takes the place of one asked in time is in time, too', async () => {
    await bot.say('/extend 气-7 10.15 检修延后', ecology);
    await bot.at('2023-10-09T09:00:00+08:00');
    expect(await bot.say('/extend 气-7 10.25 检修延后', ecology)).toContain('批准前时限不变，但不亮红灯。');
    expect(await bot.say('/list 逾期')).not.toContain('气-7');
  });

  it.each(['/undo', '/undo 气附-6', '/take-back 气附-6', '/take-back 第1号', '/take-back'])(
    'is taken back by %s while it waits',
    async (typed) => {
      await bot.say('/extend 气附-6 10.15 设备没到货', ecology);
      expect(await bot.say(typed, ecology)).toMatch(/^已撤/);
      expect(await everyRequest(bot)).toMatchObject([{ state: 'taken-back' }]);
      expect(await historyOf(bot, '气附-6')).toEqual(['extend', 'undo']);
      expect(await bot.say('同意 气附-6 延期', '县领导')).toContain('已撤回，这次没有记。');
      expect(await bot.say('/undo', ecology)).not.toMatch(/^已撤/);
    },
  );

  it('is taken back by a sentence after days, and the leader who was asked is told', async () => {
    await bot.say('/extend 气附-6 10.15 设备没到货', ecology);
    await bot.say('建议同意', '督查室');
    await bot.at('2023-09-28T09:00:00+08:00');
    told();
    expect(await bot.say('/undo', ecology)).toBe('超过24小时的申请发“撤回申请 气附-6 延期”撤回。');
    expect(await bot.say('撤回延期 气附-6', ecology)).toBe('请核对，无误请回“是”：\n撤回：第1号延期（气附-6）');
    expect(await bot.say('是', ecology)).toContain('已撤回：第1号延期（气附-6）');
    await bot.at('2023-09-28T09:05:00+08:00');
    expect(told()).toEqual(['市生态环境局芮城分局已撤回气附-6的延期申请，不用再批。']);
  });

  it('that was granted is taken back by nobody', async () => {
    await granted();
    expect(await bot.say('/undo', ecology)).toBe('气附-6 延期：县领导9月26日同意延至10月15日，不能撤销。');
    expect(await bot.say('撤回延期 气附-6', ecology)).toContain('县领导9月26日同意延至10月15日，这次没有记');
  });

  it('is refused with a reason, and can be made again', async () => {
    await bot.say('/extend 气附-6 10.15 设备没到货', ecology);
    await bot.say('建议不同意 工期还够', '督查室');
    await bot.at('2023-09-26T11:00:00+08:00');
    expect(told().at(-1)).toContain('督查室意见：建议不同意，工期还够。');
    expect(await bot.say('不同意 抓紧催货', '县领导', alone)).toBe(
      '已记：不同意气附-6延期，时限不变，“抓紧催货”。\n已转告市生态环境局芮城分局、督查室。',
    );
    await bot.at('2023-09-26T11:05:00+08:00');
    expect(told()[0]).toBe('县领导不同意气附-6延期，时限不变：“抓紧催货”。发“/task 气附-6”看情况。');
    expect(await historyOf(bot, '气附-6')).toEqual(['extend', 'advise', 'refuse']);
    expect(await bot.say('/task 气附-6')).toContain('时限：2023年9月底前，9月30日（周六，国庆假期）');
    expect(await bot.say('/extend 气附-6 10.10 催货', ecology)).toContain('已登记延期申请（第2号）');
  });

  it('covers the annex rows of a task, and what is reported already is left out', async () => {
    await bot.say('/done 气附-3 深度治理完成', ecology);
    expect(await bot.say('/extend 气-3 10.15 设备没到货', ecology)).toContain('：气-3（含气附-6），原时限9月30日');
    expect((await everyRequest(bot))[0]?.duties.map(({ task }) => task)).toEqual(['气-3', '气附-6']);
  });

  it.each([
    ['/extend 气附-6', '请回复本条消息写明延到哪一天和原因。'],
    ['/extend 气附-6 10.15', '请写延期的原因'],
    ['/extend 气附-6 10.15 好的', '请写延期的原因'],
    ['/extend 气附-6 设备没到货', '请写延到哪一天和原因'],
    ['/extend 气附-6 2月30日 设备没到货', '2月没有30日'],
    ['/extend 气附-6 9月30日 设备没到货', '新时限要晚于现在的时限9月30日'],
    ['/extend 气附-6 2025年1月1日 设备没到货', '最多延366天，到2024年9月30日'],
    ['/extend 气-6 10.15 设备没到货', '12月31日'],
    ['/extend 气-4 10.15 设备没到货', '气-4没有到期的时限，不用申请延期'],
    ['/extend 10.15 设备没到货', '请写任务编号'],
    ['/extend 气-99 10.15 设备没到货', '没有找到任务 气-99'],
    ['/extend 土-10 四季度 10.15 设备没到货', '土-10没有四季度这一期待报的'],
  ])('%s is told what is missing', async (typed, why) => {
    expect(await bot.say(typed, ecology)).toContain(why);
    expect(await everyRequest(bot)).toEqual([]);
  });

  it('is refused for what has been reported done', async () => {
    await bot.say('/done 气-7 检修完成', ecology);
    expect(await bot.say('/extend 气-7 10.15 设备没到货', ecology)).toBe(
      '气-7市生态环境局芮城分局已报办结，不用申请延期。发“/task 气-7”看情况。',
    );
  });

  it('keeps the lines of its reason', async () => {
    await bot.say('/extend 气-7 10.15 检修延后\n厂家排期到10月', ecology);
    expect((await everyRequest(bot))[0]?.words).toBe('检修延后\n厂家排期到10月');
    expect(lineOf(await bot.say('/extend', ecology), '第1号')).toContain('检修延后 厂家排期到10月');
  });

  it('keeps no private number', async () => {
    await bot.say('/extend 气-7 10.15 厂家联系13812345678', ecology);
    expect((await everyRequest(bot))[0]?.words).toBe('厂家联系138****5678');
  });
});

describe('同意', () => {
  it('waits for the opinion unless the request is named', async () => {
    expect(await bot.say('同意', '县领导')).toBe('没有等你决定的申请。');
    await bot.say('/extend 气附-6 10.15 设备没到货', ecology);
    expect(await bot.say('同意', '县领导')).toBe(
      '没有等你决定的申请。气附-6 延期还在等督查室意见，要直接定，请写明编号，如“同意 气附-6 延期”。',
    );
    expect(await bot.say('同意 气附-6 延期', '县领导')).toContain('已记：同意气附-6延至10月15日');
  });

  it.each([
    ['同意到10月10日', '2023-10-10', null],
    ['同意，延至10月10日，抓紧', '2023-10-10', '抓紧'],
    ['同意气附-6延期到10月10日', '2023-10-10', null],
    ['/approve 气附-6 延期 10月10日前要报一次进展', '2023-10-15', '10月10日前要报一次进展'],
    ['同意，查清是哪几家、什么时候能到货', '2023-10-15', '查清是哪几家、什么时候能到货'],
    ['气附-6延期 同意', '2023-10-15', null],
  ])('%s decides the day %s', async (typed, day, words) => {
    await bot.say('/extend 气附-6 10.15 设备没到货', ecology);
    await bot.say('建议同意', '督查室');
    await bot.say(typed, '县领导', alone);
    expect(await everyRequest(bot)).toMatchObject([{ state: 'granted', grantedDue: day, decision: words }]);
  });

  it.each(['同意了吗', '气附-6延期同意没有', '同意？'])('%s is a question and decides nothing', async (typed) => {
    await bot.say('/extend 气附-6 10.15 设备没到货', ecology);
    await bot.say('建议同意', '督查室');
    await bot.say(typed, '县领导', alone);
    expect(await everyRequest(bot)).toMatchObject([{ state: 'waiting' }]);
  });

  it('of another day is bound like the asking', async () => {
    await bot.say('/extend 气附-6 10.15 设备没到货', ecology);
    expect(await bot.say('同意 气附-6 到9月30日', '县领导')).toBe(
      '气附-6延期没有记：新时限要晚于现在的时限9月30日。可以写“同意 第1号 到×月×日”。',
    );
    expect(await everyRequest(bot)).toMatchObject([{ state: 'waiting' }]);
  });

  it('asks which one where several wait, and takes the number', async () => {
    await bot.say('/extend 气附-6 10.15 设备没到货', ecology);
    await bot.say('/extend 气-7 10.20 检修延后', ecology);
    expect(await bot.say('建议同意', '督查室', alone)).toMatch(/^有2件等待决定，这次是哪一件？请回序号：\n1\. 第1号/);
    await bot.say('1', '督查室', alone);
    await bot.say('建议同意', '督查室', alone);
    // One message after another goes to the same person.
    await bot.at('2023-09-26T11:00:00+08:00');
    await bot.at('2023-09-26T11:00:01+08:00');
    expect(await bot.say('同意，抓紧', '县领导', alone)).toMatch(/\n1\. 第1号 延期.*\n2\. 第2号 延期/);
    expect(await bot.say('2', '县领导', alone)).toContain('已记：同意气-7延至10月20日（周五），“抓紧”。');
    expect((await everyRequest(bot)).map(({ state }) => state)).toEqual(['waiting', 'granted']);
  });

  it('means the one that the leader was asked about last, one to one', async () => {
    await bot.say('/extend 气附-6 10.15 设备没到货', ecology);
    await bot.say('建议同意', '督查室');
    await bot.at('2023-09-26T11:00:00+08:00');
    await bot.say('/extend 气-7 10.20 检修延后', ecology);
    await bot.say('建议同意', '督查室');
    await bot.at('2023-09-26T11:20:00+08:00');
    expect(await bot.say('同意', '县领导')).toContain('这次是哪一件');
    expect(await bot.say('同意', '县领导', alone)).toContain('同意气-7延至10月20日');
    expect(await bot.say('同意', '县领导', alone)).toContain('同意气附-6延至10月15日');
  });

  it('on what has been decided says what became of it', async () => {
    await granted();
    expect(await bot.say('不同意 气附-6 延期', '县领导')).toBe(
      '气附-6的延期申请（第1号）县领导9月26日同意延至10月15日，这次没有记。',
    );
    expect(await bot.say('同意 气-7 延期', '县领导')).toContain('气-7没有等待决定的延期申请。');
    expect(await bot.say('同意 第9号', '县领导')).toContain('没有第9号申请');
  });

  it('of two leaders at once counts once, and the other is told', async () => {
    await addSomebody(bot, { name: '王副县长', roles: ['leader'] });
    await bot.say('/extend 气附-6 10.15 设备没到货', ecology);
    const said = await Promise.all([bot.say('同意 气附-6 延期', '县领导'), bot.say('不同意 气附-6 延期', '王副县长')]);
    expect(said.filter((text) => text.startsWith('已记：'))).toHaveLength(1);
    expect(said.filter((text) => text.includes('这次没有记'))).toHaveLength(1);
    expect(await historyOf(bot, '气附-6')).toHaveLength(2);
  });

  it('is not taken once the work is closed or its duty gone', async () => {
    await bot.say('/extend 气-17.2 10.20 检查没结束', '县商务局联络员');
    await bot.say('/na 气-17.2 没有涉及的企业', '县商务局联络员');
    await bot.say('同意 第2号', '督查室');
    expect(await bot.say('同意 第1号', '县领导')).toContain('气-17.2已经销号或取消，不用再定延期');
  });
});

describe('who decides', () => {
  it('is the leader in charge, who alone is asked', async () => {
    await addSomebody(bot, { name: '李副县长', roles: ['leader'], scope: { plans: ['水'], units: [] } });
    await addSomebody(bot, { name: '王副县长', roles: ['leader'], scope: { plans: ['气'], units: [] } });
    await bot.say('/extend 气附-6 10.15 设备没到货', ecology);
    expect(await bot.say('建议同意', '督查室')).toContain('已报王副县长：');
    expect(await bot.say('同意 气附-6 延期', '李副县长')).toBe(
      '气附-6由王副县长分管，延期由分管领导批准。发“/mine”看等你决定的。',
    );
    expect(await bot.say('同意', '李副县长')).toBe('没有等你决定的申请。');
    expect(await bot.say('同意', '王副县长')).toContain('已记：同意气附-6');
    expect(await bot.say('/task 气附-6')).toContain('王副县长9月26日同意');
  });

  it('is any leader where nobody has it in charge', async () => {
    const workspace = await workspaceOf(bot);
    const people = await listPeople(bot.store.read, workspace);
    expect(people.filter(({ roles }) => roles.includes('leader'))).toHaveLength(1);
    await bot.say('/extend 气附-6 10.15 设备没到货', ecology);
    expect(await bot.say('建议同意', '督查室')).toContain('已报县领导：');
  });

  it('is nobody of the unit that asks', async () => {
    const workspace = await workspaceOf(bot);
    const people = await listPeople(bot.store.read, workspace);
    const unit = people.find(({ name }) => name === ecology)?.unitId ?? unitId.parse('none');
    await addSomebody(bot, { name: '局长', roles: ['leader', 'liaison'], unit });
    await bot.say('/extend 气附-6 10.15 设备没到货', ecology);
    expect(await bot.say('同意 气附-6 延期', '局长')).toContain('自己单位提出的申请由别人决定');
  });

  it('is the supervisor where the office says so, who names who agreed', async () => {
    await changeSettings(bot, { extensionsBy: 'supervisor' });
    expect(await bot.say('/extend 气-3 10.15 设备没到货', ecology)).toContain('转督查室报领导定。');
    await bot.at('2023-09-26T11:00:00+08:00');
    expect(told()[0]).toContain('报领导定后，发“同意 气-3 延期 某领导同意”');
    expect(await bot.say('同意 气-3 延期', '督查室')).toBe('请写明是哪位领导同意的，如：“同意 气-3 延期 王县长同意”。');
    expect(await bot.say('同意 气-3 延期 王县长同意', '督查室')).toContain(
      '已记：王县长同意气-3（含气附-3、气附-6）延至10月15日',
    );
    expect(await everyRequest(bot)).toMatchObject([{ agreedBy: '王县长', decision: null }]);
    expect(await bot.say('/task 气-3')).toContain('（原时限9月30日，王县长9月26日同意）');
    expect(await bot.say('/history 气-3')).toContain('督查室 气-3 同意市生态环境局芮城分局延至10月15日（王县长同意）');
  });

  it('is no supervisor otherwise', async () => {
    await bot.say('/extend 气-3 10.15 设备没到货', ecology);
    expect(await bot.say('同意 气-3 延期 王县长同意', '督查室')).toBe(
      '延期由分管领导批准。提意见发“气-3延期 建议同意”或“气-3延期 建议不同意 理由”。',
    );
  });
});
