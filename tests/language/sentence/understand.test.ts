import path from 'node:path';

import { describe, expect, it } from 'vitest';

import { localDate } from '../../../src/domain/local-date.js';
import { unitId } from '../../../src/domain/unit.js';
import type { Topic } from '../../../src/language/sentence/follow-up.js';
import { charactersKept, normalise } from '../../../src/language/sentence/normalise.js';
import { readTold, splitAtCodes } from '../../../src/language/sentence/reports.js';
import { noRequest, typedLine } from '../../../src/language/sentence/request.js';
import { isSmallTalk } from '../../../src/language/sentence/small-talk.js';
import { understand } from '../../../src/language/sentence/understand.js';
import { buildUnitLexicon } from '../../../src/language/units.js';
import { projectRoot } from '../../../src/project-root.js';
import { readSentenceWords } from '../../../src/sentence-words.js';

const words = await readSentenceWords(path.join(projectRoot, 'data'));
const plans = [
  { prefix: '水', names: ['水', '水环境'], hasAnnex: false },
  { prefix: '气', names: ['气', '大气'], hasAnnex: true },
];
const units = ['县水务局', '县住房和城乡建设局', '县能源局', '县公安局', '县公安局交通管理大队', '县市场监管局'].map(
  (name) => ({
    id: unitId.parse(name),
    name,
    aliases: name === '县能源局' ? ['能源'] : [],
  }),
);
const lexicon = {
  plans,
  planNames: plans
    .flatMap(({ prefix, names }) => names.map((name) => ({ prefix, name })))
    .sort((a, b) => b.name.length - a.name.length),
  units: buildUnitLexicon(units, words.names.units),
};
const kept = charactersKept(['南磑镇']);
const knowledge = { lexicon, words, today: localDate.parse('2024-03-05') };

function meant(typed: string, topic: Topic | null = null): string[] {
  const found = understand(normalise(typed, kept, words).text, knowledge, topic);
  if (found.kind === 'requests') return found.requests.map(typedLine);
  return found.kind === 'offers' ? found.offers.map((one) => `? ${typedLine(one)}`) : [];
}

describe('a sentence gives the line that the slash form would be', () => {
  it.each([
    ['水7谁牵头', '/who 水-7'],
    ['水環境第七項誰牽頭？', '/who 水-7'],
    ['附件11项归谁', '/who 气附-11'],
    ['七三谁负责', '/who 气-3'],
    ['水7谁欠头', '/who 水-7'],
    ['黑臭水体归谁管', '/who 黑臭水体'],
    ['住建局配合哪些', '/list 县住房和城乡建设局 配合'],
    ['交警牵头的是哪项', '/list 县公安局交通管理大队 牵头'],
    ['公安局有哪些任务', '/list 县公安局'],
    ['监管局负责什么', '/list 县市场监管局 负责'],
    ['能源这块下个月要交啥', '/due 下个月 县能源局'],
    ['有没有拖期的', '/due 逾期'],
    ['水方案进展怎么样', '/status 水计划'],
    ['还有谁没报', '/missing'],
    ['怎么报办结', '/help done'],
  ])('%s', (typed, line) => {
    expect(meant(typed)).toEqual([line]);
  });

  it('of several parts gives one for each', () => {
    expect(meant('水7谁牵头，什么时候完成？气9呢')).toEqual(['/who 水-7', '/due 水-7', '/due 气-9']);
  });

  it('that means one thing as well as another is asked back', () => {
    expect(meant('第三项谁牵头')).toEqual(['? /who 水-3', '? /who 气-3']);
  });
});

it.each([
  '水7换成水务局牵头',
  '把水7删了',
  '这周谁值班',
  '住建局小李去哪了',
  '新能源汽车怎么样',
  '教育局有什么任务',
  '水务局局长是谁',
])('%s is not understood, because something in it stays unexplained', (typed) => {
  expect(meant(typed)).toEqual([]);
});

describe('what goes on from the answer before', () => {
  const topic = (request: Partial<Topic['request']>, shown: string[] = []): Topic => ({
    request: { ...noRequest, command: 'who', ...request },
    shown,
  });

  it.each([
    ['那配合单位呢', topic({ codes: ['水-9'] }), '/who 水-9'],
    ['什么时候到期', topic({ codes: ['水-9'] }), '/due 水-9'],
    ['那水8呢', topic({ codes: ['水-9'] }), '/who 水-8'],
    ['第二个详细说说', topic({ words: '秸秆' }, ['气-15', '气附-14']), '/task 气附-14'],
    ['下周呢', topic({ command: 'due', range: '本周' }), '/due 下周'],
    ['那能源局呢', topic({ command: 'list', unit: '县水务局', role: '牵头' }), '/list 县能源局 牵头'],
  ])('%s', (typed, before, line) => {
    expect(meant(typed, before)).toEqual([line]);
  });

  it.each(['那配合单位呢', '下周呢', '第二个详细说说'])('%s means nothing by itself', (typed) => {
    expect(meant(typed)).toEqual([]);
  });
});

describe('a report begins with its code', () => {
  it.each([
    ['水-7 已完成，五镇投运', 'done', '已完成，五镇投运'],
    ['报告：我们水七搞完了 五个厂都投运了', 'done', '搞完了 五个厂都投运了'],
    ['水7办结 五个厂投运 监测报告下月出', 'done', '办结 五个厂投运 监测报告下月出'],
    ['水7已完成，能源管理台账已建，验收计划下周', 'done', '已完成，能源管理台账已建，验收计划下周'],
    ['水7完工（下月验收）', 'done', '完工（下月验收）'],
    ['水7办结 争取月底前', 'progress', '办结 争取月底前'],
    ['水7完成，预计11月底前', 'progress', '完成，预计11月底前'],
    ['水7完成管网铺设，其余下月完成', 'progress', '完成管网铺设，其余下月完成'],
    ['水7办结 还没完成验收', 'progress', '办结 还没完成验收'],
    ['水7管网完成60%', 'progress', '管网完成60%'],
    ['水7完成投资300万', 'progress', '完成投资300万'],
    ['水7还没完成，差两个镇', 'progress', '还没完成，差两个镇'],
    ['水7预计月底完工', 'progress', '预计月底完工'],
    ['一、水－７：卡住了，征地谈不下来', 'block', '卡住了，征地谈不下来'],
    ['水7想延期到3月20日，设备没到', 'extend', '延期到3月20日 想延期到3月20日，设备没到'],
  ])('%s', (line, command, note) => {
    expect(readTold(line, knowledge, kept)).toMatchObject({ codes: ['水-7'], command, words: note });
  });

  it('and several in a paragraph are cut apart, but not at a code among the words', () => {
    expect(splitAtCodes('水-5：主体完工。水-7：三镇投运，与水-9一并验收。气-12：洒水', knowledge, kept)).toEqual([
      '水-5：主体完工。',
      '水-7：三镇投运，与水-9一并验收。',
      '气-12：洒水',
    ]);
  });
});

describe('what nobody expects an answer to', () => {
  it.each(['收到', '好的，收到！', '谢谢啊', '👍👍🏻', '[OK][抱拳]', '水务局收到', 'ok'])('%s', (typed) => {
    expect(isSmallTalk(normalise(typed, kept, words).text, words, lexicon.units)).toBe(true);
  });

  it.each(['收到了什么', '好的任务有哪些', '？', '水务局', '123'])('%s is none', (typed) => {
    expect(isSmallTalk(normalise(typed, kept, words).text, words, lexicon.units)).toBe(false);
  });
});

it('keeps the characters that the documents use', () => {
  expect(normalise('南磑鎮的進度', kept, words).text).toBe('南磑镇的进度');
});
