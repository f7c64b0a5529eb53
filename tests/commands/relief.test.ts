import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { brokenChains, everyRequest, historyOf } from '../support/requests.js';
import { type TestBot, testBot } from '../support/test-bot.js';

let bot: TestBot;
const ecology = '市生态环境局芮城分局联络员';
const industry = '县工科局联络员';
const trade = '县商务局联络员';
const housing = '县住建局联络员';

beforeEach(async () => {
  bot = await testBot();
  await bot.at('2023-09-25T09:00:00+08:00');
  bot.posted.length = 0;
});
afterEach(async () => {
  expect(await brokenChains(bot)).toEqual([]);
  await bot.stop();
});

const alone = { private: true };
const lineOf = (said: string, start: string) => said.split('\n').find((line) => line.startsWith(start));
const told = () => bot.posted.splice(0);

describe('职责异议', () => {
  it('waits for the supervisor and changes nothing, message by message', async () => {
    // 4
    expect(await bot.say('气-5 职责异议 锅炉不归工科管', industry)).toBe(
      '请核对，无误请回“是”：\n气-5 工业炉窑和锅炉综合治理，县工科局 职责异议：锅炉不归工科管\n记下后转督查室商定，商定前台账不变。',
    );
    expect(await bot.say('是', industry)).toBe(
      '已登记职责异议（第1号）：气-5 工业炉窑和锅炉综合治理，县工科局：锅炉不归工科管\n' +
        '转督查室商定，商定前台账不变。\n要撤回发“/undo”。',
    );
    expect(lineOf(await bot.say('/due 逾期'), '气-5.1')).toMatch(/待报：市生态环境局芮城分局、县工科局$/);
    await bot.at('2023-09-25T09:20:00+08:00');
    expect(told()).toEqual([
      '职责异议申请第1号：县工科局对气-5（工业炉窑和锅炉综合治理，含气附-4）的职责有异议：锅炉不归工科管\n可回“同意”“不同意 理由”。',
    ]);
    expect(await bot.say('不同意 气-5 职责异议 文件写得明确', '督查室', alone)).toBe(
      '已记：不同意县工科局对气-5（含气附-4）的职责异议，“文件写得明确”。\n已转告县工科局。',
    );
    await bot.at('2023-09-25T09:30:00+08:00');
    expect(told()).toEqual([
      '督查室不同意县工科局对气-5（含气附-4）的职责异议，仍按文件办理：“文件写得明确”。发“/task 气-5”看情况。',
    ]);
    expect(lineOf(await bot.say('/due 逾期'), '气-5.1')).toMatch(/县工科局$/);
    expect(await historyOf(bot, '气-5')).toEqual(['object', 'refuse']);
  });

  it('granted takes the duties away, and the supervisor is told how to name another lead', async () => {
    await bot.say('/object 气-5 锅炉不归工科管', industry);
    expect(await bot.say('同意', '督查室')).toBe(
      '已记：同意县工科局对气-5（含气附-4）的职责异议。\n已转告县工科局。\n另定牵头单位发“/set 气-5 牵头 单位名”。',
    );
    expect(lineOf(await bot.say('/due 逾期'), '气-5.1')).toMatch(/待报：市生态环境局芮城分局$/);
    const card = await bot.say('/task 气-5');
    expect(card).toContain('牵头：市生态环境局芮城分局、县工科局');
    expect(card).toContain('县工科局提出职责异议：气-5（含气附-4）（督查室9月25日同意），不再列入待报。');
    expect(await bot.say('/who 气-5')).toContain('（督查室9月25日同意）');
    expect(await bot.say('/done 气-5.1 摸底完成', industry)).toContain('不再要求报送');
    await bot.say('/set 气-5 牵头 县市场监管局', '督查室');
    expect(await bot.say('/who 气-5')).toContain('县市场监管局（督查室定）');
    expect(lineOf(await bot.say('/due 逾期'), '气-5.1')).toMatch(/待报：市生态环境局芮城分局、县市场监管局$/);
  });
});

describe('不涉及', () => {
  it('of one limit takes that one away, message by message', async () => {
    // 12
    expect(await bot.say('气-17.1 不涉及 我们只管加油站', trade)).toContain(
      '气-17.1 挥发性有机物执法，县商务局 不涉及：',
    );
    expect(await bot.say('是', trade)).toContain('转督查室确认，确认后不再列入待报，确认前台账不变。');
    expect(lineOf(await bot.say('/due 逾期'), '气-17.1')).toMatch(/县商务局$/);
    expect(await bot.say('同意 气-17 不涉及', '督查室', alone)).toBe(
      '已记：同意县商务局不涉及气-17.1。\n已转告县商务局。',
    );
    await bot.at('2023-09-25T10:30:00+08:00');
    expect(told().at(-1)).toBe('督查室同意县商务局不涉及气-17.1，不再列入待报。发“/task 气-17”看情况。');
    expect(lineOf(await bot.say('/due 逾期'), '气-17.1')).toMatch(/待报：市生态环境局芮城分局、县交通运输局$/);
    expect(await bot.say('/task 气-17')).toContain('县商务局不涉及气-17.1（督查室9月25日同意），不再列入待报。');
    await bot.at('2023-10-07T09:00:00+08:00');
    expect(lineOf(await bot.say('/due 逾期'), '气-17.2')).toContain('县商务局');
    const digest = await bot.say('/digest 预览');
    expect(digest).toContain('气-17 完成一轮活性炭更换：市生态环境局芮城分局、县交通运输局\n');
    expect(digest).not.toMatch(/报办结：.*气-17/);
    expect(await historyOf(bot, '气-17')).toEqual(['exempt', 'grant']);
  });

  it('of a whole task takes all of its limits away', async () => {
    await bot.say('/na 气-17 我们只管加油站', trade);
    await bot.say('/approve 气-17', '督查室');
    await bot.at('2023-10-07T09:00:00+08:00');
    expect(await bot.say('/due 逾期')).not.toMatch(/气-17.*县商务局/);
    expect(await bot.say('/mine', trade)).not.toContain('气-17');
  });

  it('of a recurrence holds for the occurrences to come', async () => {
    await bot.say('/na 土-10 没有重点建设用地', '县自然资源局联络员');
    await bot.say('/approve 土-10', '督查室');
    await bot.at('2024-01-08T09:00:00+08:00');
    expect(lineOf(await bot.say('/due 逾期'), '土-10')).toMatch(/待报：市生态环境局芮城分局$/);
  });

  it('is open to a unit that only supports, whose part is no duty', async () => {
    expect(await bot.say('/na 水-9 没有尾水工程', housing)).toContain('已登记不涉及（第1号）：水-9');
    await bot.say('/na 水-9 没有尾水工程，已核实', housing);
    expect((await everyRequest(bot)).map(({ state }) => state)).toEqual(['taken-back', 'waiting']);
    await bot.say('同意', '督查室');
    expect(await bot.say('/who 水-9')).toContain('县住建局不涉及水-9（督查室9月25日同意）');
    expect(await bot.say('/task 水-9')).toContain('报送：未报');
  });

  it('is refused where nothing is owed any more', async () => {
    await bot.say('/na 气-17 只管加油站', trade);
    await bot.say('/approve 气-17', '督查室');
    expect(await bot.say('/na 气-17 只管加油站', trade)).toBe('气-17县商务局已经没有待报的。发“/task 气-17”看情况。');
  });

  it('and an objection to the same task are kept apart', async () => {
    await bot.say('/na 气-17 只管加油站', trade);
    await bot.say('/object 气-17 归市场监管局', trade);
    expect(await bot.say('同意 气-17', '督查室')).toMatch(/\n1\. 第1号 不涉及.*\n2\. 第2号 职责异议/);
    expect(await bot.say('不同意 气-17 职责异议', '督查室')).toContain('不同意县商务局对气-17的职责异议');
    expect(await bot.say('同意 气-17', '督查室')).toContain('同意县商务局不涉及气-17');
  });

  it('takes no date', async () => {
    await bot.say('/na 气-17 只管加油站', trade);
    expect(await bot.say('同意 气-17 到10月10日', '督查室')).toContain('不是延期申请，不用写日期');
  });

  it('is taken back by its unit', async () => {
    await bot.say('/na 气-17.1 只管加油站', trade);
    expect(await bot.say('撤回不涉及 气-17.1', trade)).toBe('请核对，无误请回“是”：\n撤回：第1号不涉及（气-17.1）');
    await bot.say('是', trade);
    expect(await everyRequest(bot)).toMatchObject([{ state: 'taken-back' }]);
    expect(await bot.say('/history 气-17')).toContain('气-17.1 撤回不涉及');
  });

  it.each([
    ['/na 气-17', trade, '请回复本条消息写明不涉及的理由。'],
    ['/object 气-17 好的', trade, '请回复本条消息写明职责异议的理由。'],
    ['/na 水-7 不归我们', trade, '水-7牵头是县住建局，没有县商务局，不用申报。'],
    ['/na 不归我们', trade, '请写任务编号'],
    ['/na 气-17.9 不归我们', trade, '没有找到时限 气-17.9'],
  ])('%s by %s is told what is missing', async (typed, who, why) => {
    expect(await bot.say(typed, who)).toContain(why);
    expect(await everyRequest(bot)).toEqual([]);
  });
});

it('leaves a report made before the decision in the history', async () => {
  await bot.say('/done 气-17.1 本单位无此类企业', trade);
  await bot.say('/na 气-17.1 只管加油站', trade);
  await bot.say('/approve 气-17', '督查室');
  expect(await historyOf(bot, '气-17')).toEqual(['done', 'exempt', 'grant']);
  expect(await bot.say('/undo', trade)).toContain('现在是调整取消，不能撤销');
  await bot.say('/done 气-17.1 活性炭已换', ecology);
  expect(lineOf(await bot.say('/due 逾期'), '气-17.1')).toMatch(/待报：县交通运输局$/);
});
