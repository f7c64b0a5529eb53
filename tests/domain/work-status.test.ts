import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { type TestBot, testBot } from '../support/test-bot.js';

const ecology = '市生态环境局芮城分局联络员';
let bot: TestBot;

beforeEach(async () => {
  bot = await testBot();
});
afterEach(() => bot.stop());

const lineOf = (said: string, code: string) => said.split('\n').find((line) => line.startsWith(`${code} `));

describe('a limit that has passed without a report', () => {
  it.each(['/list 逾期', '/list 市生态环境局芮城分局 气'])('keeps its day in %s', async (typed) => {
    await bot.at('2023-10-09T09:00:00+08:00');
    const said = await bot.say(typed);
    expect(lineOf(said, '气-3')).toBe('气-3 工业企业污染防治深度治理（含气附-3、气附-6）｜9月30日｜未报');
    expect(lineOf(said, '气-7')).toContain('｜9月30日｜');
  });

  it('keeps the day of the occurrence that is missing, not of the next', async () => {
    await bot.at('2023-10-09T09:00:00+08:00');
    expect(lineOf(await bot.say('/list 逾期'), '土-10')).toContain('｜9月30日｜');
  });

  it('stands on top of what is due later', async () => {
    await bot.at('2024-01-02T09:00:00+08:00');
    const lines = (await bot.say('/mine', ecology)).split('\n').slice(1);
    expect(lines.slice(0, 6).map((line) => line.split(' ')[0])).toEqual([
      '气-5',
      '气-17',
      '气-3',
      '气-7',
      '气-18',
      '土-10',
    ]);
    expect(lineOf(lines.join('\n'), '气-3')).toContain('｜2023年9月30日｜');
  });
});

it('shows a limit without a day by the words of the document', async () => {
  expect(lineOf(await bot.say('/list 各乡镇'), '气-2')).toContain('｜长期坚持｜');
});

describe('one status for all answers', () => {
  it('names the parts where only they are reported', async () => {
    await bot.say('/done 气附-3 深度治理到位', ecology);
    await bot.say('/done 气附-6 综合治理到位', ecology);
    expect(await bot.say('/task 气-3')).toContain('报送：正在推进：气-3 未报；气附-3、气附-6 已报办结（待核查）');
    expect(lineOf(await bot.say('/list 气'), '气-3')).toContain('｜正在推进');
    expect(lineOf(await bot.say('/mine', ecology), '气-3')).toContain('｜正在推进');
  });

  it('names the limit that one of two leads has reported', async () => {
    await bot.say('/done 气-5.1 摸底26台', '县工科局联络员');
    expect(await bot.say('/task 气-5')).toContain(
      '报送：正在推进：气-5.1 已报办结 1/2，尚缺：市生态环境局芮城分局；气附-4、气附-9 未报',
    );
    expect(lineOf(await bot.say('/list 气'), '气-5')).toContain('｜正在推进 1/2');
  });

  it('counts who has reported on standing work', async () => {
    const said = await bot.say('/done 气-2 我镇无新增', '永乐镇联络员');
    expect(said).toContain('本期已报 1/10，尚缺：古魏镇、');
    expect(await bot.say('/task 气-2')).toContain('报送：正在推进，本期已报 1/10，尚缺：古魏镇、');
    expect(lineOf(await bot.say('/list 各乡镇'), '气-2')).toContain('｜正在推进 1/10');
  });

  it('shows a township its own reports, not those of another', async () => {
    await bot.say('/done 气-2 我镇无新增', '永乐镇联络员');
    expect(lineOf(await bot.say('/mine', '永乐镇联络员'), '气-2')).toContain('｜正在推进');
    expect(lineOf(await bot.say('/mine', '大王镇联络员'), '气-2')).toContain('｜未报');
  });

  it('gives a township the day that only the annex names', async () => {
    expect(lineOf(await bot.say('/mine', '大王镇联络员'), '气-15')).toContain('｜12月31日｜');
  });
});
