import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { historyOf } from '../support/ledger-state.js';
import { type TestBot, testBot } from '../support/test-bot.js';

const ecology = '市生态环境局芮城分局联络员';
const industry = '县工科局联络员';
const office = '督查室';
const name = '气-7 供热（供汽）企业排查整治';
const asking = `${name}：请回复本条消息写明办结情况。\n在群里回复要@我；10分钟内有效，不用了回“取消”。`;
const boilers = '5家供热企业检修全部完成，管理台账已建';
let bot: TestBot;

beforeEach(async () => {
  bot = await testBot();
});
afterEach(() => bot.stop());

const notes = async (code = '气-7') => (await historyOf(bot, code)).map(({ note }) => note);
const quoting = (text: string | null, messageId: string | null = null) => ({ quoted: { messageId, text } });

describe('a report without words', () => {
  it.each(['/done 气-7', '/done 气-7 完成了', '气7办结'])(
    '%s asks for them, and the next message is them',
    async (typed) => {
      expect(await bot.say(typed, ecology)).toBe(asking);
      expect(await bot.say(boilers, ecology)).toContain(`已记：${name}，市生态环境局芮城分局报办结（待核查）`);
      expect(await notes()).toEqual([boilers]);
    },
  );

  it('one to one is asked for without the mention', async () => {
    expect(await bot.say('/done 气-7', ecology, { private: true })).toBe(
      `${name}：请回复本条消息写明办结情况。\n10分钟内有效，不用了回“取消”。`,
    );
    await bot.say(boilers, ecology);
    expect(await notes()).toEqual([]);
    await bot.say(boilers, ecology, { private: true });
    expect(await notes()).toEqual([boilers]);
  });

  it('is written once however often it is told, and asked for once', async () => {
    for (const _ of [1, 2, 3]) expect(await bot.say('/done 气-7', ecology, { id: 'click' })).toBe(asking);
    const said = await bot.say(boilers, ecology, { id: 'words' });
    for (const _ of [1, 2]) expect(await bot.say(boilers, ecology, { id: 'words' })).toBe(said);
    expect(await notes()).toEqual([boilers]);
  });

  it.each([
    ['县水利局联络员', '气-7牵头是市生态环境局芮城分局，县水利局不能代报。'],
    ['成员', '报送由责任单位的联络员来报。'],
    [office, '电话、纸质报来的，发“/record 单位 气-7 情况”代录。'],
  ])('is asked of nobody who may not report: %s', async (who, why) => {
    expect(await bot.say('/done 气-7', who)).toContain(why);
    await bot.say(boilers, who);
    expect(await notes()).toEqual([]);
  });

  it('goes the road of the whole command: which limit, and every check', async () => {
    await bot.say('/done 气-5', industry);
    expect(await bot.say('摸底26台', industry)).toContain('气-5有2个时限还没报办结，这次报哪一个？');
    expect(await bot.say('1', industry)).toContain('已记：气-5 ');
    await bot.say('/done 气-5.1', industry);
    expect(await bot.say('再报一次摸底', industry)).toContain('这次没有重复记');
    expect(await notes('气-5')).toEqual(['摸底26台']);
  });

  it('keeps all the lines, whatever words they begin with', async () => {
    await bot.say('/done 气-7', ecology);
    await bot.say('完成5家检修\n台账已建\n办结资料齐全', ecology);
    expect(await notes()).toEqual(['完成5家检修\n台账已建\n办结资料齐全']);
  });

  it.each([
    ['办结：5家检修完成', '5家检修完成'],
    ['气-7 5家检修完成', '5家检修完成'],
    ['5家检修完成，建立台账', '5家检修完成，建立台账'],
    ['9月底5家检修完成', '9月底5家检修完成'],
    ['.5吨锅炉也已检修', '.5吨锅炉也已检修'],
    ['查处3起违法排放', '查处3起违法排放'],
  ])('takes %s', async (words, note) => {
    await bot.say('/done 气-7', ecology);
    await bot.say(words, ecology);
    expect(await notes()).toEqual([note]);
  });

  it('is asked for of several tasks at once', async () => {
    expect(await bot.say('/done 气-7 气-6', ecology)).toMatch(/^气-7 气-6：请回复本条消息写明办结情况。/);
    await bot.say('治理和检修都已完成，资料齐全', ecology);
    expect([await notes(), await notes('气-6')]).toEqual([
      ['治理和检修都已完成，资料齐全'],
      ['治理和检修都已完成，资料齐全'],
    ]);
  });

  it('is refused as before where a message holds more than it', async () => {
    expect(await bot.say('/done 气-7\n/done 气-6', ecology)).toBe(
      '请带一句完成情况，如：/done 气-7 什么做完了、做了多少。\n请带一句完成情况，如：/done 气-6 什么做完了、做了多少。',
    );
  });
});

describe('what follows the question', () => {
  beforeEach(async () => {
    await bot.say('/done 气-7', ecology);
  });

  it.each([
    ['收到', ''],
    ['完成了', asking],
    ['是', asking],
    ['水-7谁牵头', '牵头：县住建局'],
    ['要写哪些内容？', '没看懂“要写哪些内容？”'],
    ['/task 气-7', '原文：'],
    ['本周到期', '到期2项（4条）'],
    ['进度', '未报'],
  ])('may be %s, and it waits on', async (said, answer) => {
    expect(await bot.say(said, ecology)).toContain(answer);
    expect(await notes()).toEqual([]);
    expect(await bot.say(boilers, ecology)).toContain('已记：气-7');
  });

  it.each(['取消', '算了', '不对不对 德欣还差一台设备 先别报', '点错了'])('is called off by %s', async (said) => {
    expect(await bot.say(said, ecology)).toBe('好，没有记。');
    await bot.say(boilers, ecology);
    expect(await notes()).toEqual([]);
  });

  it.each([
    ['你好', '气-7 报办结：你好'],
    ['还没完成，差一台设备', '气-7 报办结：还没完成，差一台设备'],
    ['检修了几家企业', '气-7 报办结：检修了几家企业'],
    ['检修完成，和气-6一起报', '气-7 报办结：检修完成，和气-6一起报'],
    ['建议县里协调用地指标', '气-7 报办结：建议县里协调用地指标'],
    ['进展 三家已检修', '气-7 报进展：三家已检修'],
    ['困难群众供热已保障', '气-7 报办结：困难群众供热已保障'],
    ['没完成\n差两台', '气-7 报办结：没完成 差两台'],
  ])('is shown before it is written where it is doubtful: %s', async (said, preview) => {
    expect(await bot.say(said, ecology)).toContain(`请核对，无误请回“是”：\n${preview}`);
    expect(await bot.say('不对', ecology)).toMatch(/^好，没有记。/u);
    await bot.say(boilers, ecology);
    expect(await notes()).toEqual([]);
  });

  it('is written after 是 where it was shown', async () => {
    await bot.say('检修了几家企业', ecology);
    expect(await bot.say('是', ecology)).toContain('已记：气-7');
    expect(await notes()).toEqual(['检修了几家企业']);
  });

  it('is not taken for its words once something else is written', async () => {
    await bot.say('/done 气-6 治理资料齐全', ecology);
    expect(await bot.say('补充一下还有一家在建', ecology)).toContain('没看懂');
    expect(await notes()).toEqual([]);
  });

  it('is about the task that it names itself', async () => {
    expect(await bot.say('气-6 办结 治理资料齐全', ecology)).toBe(
      '请核对，无误请回“是”：\n气-6 报办结：治理资料齐全\n单位负责人已审签的，回“确认 已审签”。',
    );
  });

  it('is of this person and this chat alone', async () => {
    expect(await bot.say(boilers, industry)).toContain('没看懂');
    expect(await bot.say(boilers, ecology, { private: true })).toContain('没看懂');
    expect(await notes()).toEqual([]);
  });

  it('is too late after ten minutes', async () => {
    await bot.at('2023-09-25T09:10:00+08:00');
    expect(await bot.say(boilers, ecology)).toContain('没看懂');
    expect(await notes()).toEqual([]);
  });

  it('is the words of the question asked last', async () => {
    await bot.say('/progress 气-6', ecology);
    await bot.say('三家正在治理', ecology);
    expect([await notes(), await notes('气-6')]).toEqual([[], ['三家正在治理']]);
  });
});

describe('who quotes the question', () => {
  const said = (text: string, quoted: object, sender = ecology) => bot.hear({ text, sender, ...quoted });

  it('answers it', async () => {
    await bot.say('/done 气-7', ecology);
    expect(await said(boilers, quoting(`@某人 ${asking}`))).toContain('已记：气-7');
  });

  it('is found by the id that the platform gave to it', async () => {
    const click = { text: '/done 气-7', id: 'click-1', sender: ecology, answeredBy: 'delivery', route: {} } as const;
    await bot.hear(click);
    await bot.at('2023-09-25T09:01:00+08:00');
    const messageId = bot.messageIds.find((id) => id.includes('click-1')) ?? null;
    expect(await said(boilers, quoting(null, messageId))).toContain('已记：气-7');
  });

  it('is shown first what was read, when another question was asked since, or time has passed', async () => {
    await bot.say('/done 气-7', ecology);
    await bot.say('/done 气-6', ecology);
    expect(await said(boilers, quoting(asking))).toContain(`请核对，无误请回“是”：\n气-7 报办结：${boilers}`);
    await bot.at('2023-09-26T09:00:00+08:00');
    expect(await said(boilers, quoting(asking))).toContain('请核对，无误请回“是”：');
    expect(await bot.say('是', ecology)).toContain('已记：气-7');
  });

  it('is shown first what was read, when the platform does not tell which message is quoted', async () => {
    await bot.say('/done 气-7', ecology);
    expect(await said(boilers, quoting(null, 'unknown'))).toContain('请核对，无误请回“是”：\n气-7 报办结：');
  });

  it('and quotes another message means that one', async () => {
    await bot.say('/done 气-7', ecology);
    expect(await said('进展 三家正在治理', quoting('气-6 工业企业无组织治理'))).toContain('气-6 报进展：三家正在治理');
    await bot.say('/done 气-7', ecology);
    expect(await said(boilers, quoting('明天几点开会'))).toContain('没看懂');
    expect(await notes()).toEqual([]);
  });

  it('but may not report is told so, though somebody else was asked', async () => {
    await bot.say('/done 气-7', ecology);
    expect(await said(boilers, quoting(asking), '县水利局联络员')).toContain('县水利局不能代报');
    expect(await bot.say(boilers, ecology)).toContain('已记：气-7');
  });
});

describe('other commands that need words', () => {
  it.each([
    ['/progress 气-6', ecology, '进展情况', '三家正在治理', '已记：气-6'],
    ['/block 气-6', ecology, '困难和原因', '德欣一台设备没有到货', '已记：气-6'],
    ['/extend 气附-6', ecology, '延到哪一天和原因', '10月15日 设备没到货', '申请延至10月15日（周日）'],
    ['/na 气-17.1', '县商务局联络员', '不涉及的理由', '本单位只管加油站', '已登记不涉及（第1号）'],
    ['/object 气-5', industry, '职责异议的理由', '锅炉不归本单位管', '已登记职责异议（第1号）'],
    ['/assign 县水利局 明天', office, '交办的内容', '报送汛期值守情况', '已交办：临-1'],
    ['/record 县水利局 水-1', office, '报来的情况', '电话 边界线方案已报县政府', '已代录（电话）：水-1'],
    ['/pause 气-7', '县领导', '暂缓的原因', '上级调整建设时序', '已暂缓：气-7'],
  ])('%s by %s asks for %s', async (typed, who, what, words, answer) => {
    expect(await bot.say(typed, who, { private: true })).toContain(`请回复本条消息写明${what}。`);
    const said = await bot.say(words, who, { private: true });
    const done = said.startsWith('请核对') ? await bot.say('是', who, { private: true }) : said;
    expect(done).toContain(answer);
  });

  it('/return is one, with the unit that is named', async () => {
    await bot.say('/done 气-5.1 摸底26台', industry);
    await bot.say('/done 气-5.1 摸底40台', ecology);
    expect(await bot.say('/return 气-5.1 县工科局', office)).toMatch(
      /^气-5\.1 县工科局：请回复本条消息写明退回的原因。/,
    );
    expect(await bot.say('缺摸底台账', office)).toContain('已退回：气-5.1 工业炉窑和锅炉综合治理，县工科局，');
  });
});
