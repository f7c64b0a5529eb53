import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { readVerification, takeRecordedKind, takeSignature, takeSource } from '../../src/language/stated-facts.js';

describe('whether a report was signed off', () => {
  it.each([
    ['5家检修完成 已审签', true, '5家检修完成'],
    ['5家检修完成，未审签', false, '5家检修完成'],
    ['已审签，5家检修完成', true, '5家检修完成'],
    ['5家检修完成（单位负责人已审签）', true, '5家检修完成'],
    ['5家检修完成。已经局长审签', true, '5家检修完成'],
    ['5家检修完成，尚未审签。', false, '5家检修完成'],
    ['没有审签 5家检修完成', false, '5家检修完成'],
    ['第一行\n第二行 已审签', true, '第一行\n第二行'],
    ['all five done, signed off', true, 'all five done'],
    ['all five done, not signed off', false, 'all five done'],
    ['已审签', true, ''],
  ])('%s', (words, fact, rest) => {
    expect(takeSignature(words)).toEqual({ fact, words: rest });
  });

  it.each(['管理台账已审签发放到户', '审签制度已建', '材料未审签前不发', '办结', ''])('is not said by %s', (words) => {
    expect(takeSignature(words)).toEqual({ fact: null, words });
  });
});

describe('how a report came', () => {
  it.each([
    ['电话 边界线方案已报', '电话', '边界线方案已报'],
    ['边界线方案已报（来电）', '电话', '边界线方案已报'],
    ['电话报：边界线方案已报', '电话', '边界线方案已报'],
    ['纸质材料 已批复', '纸质', '已批复'],
    ['书面报告，已批复', '纸质', '已批复'],
    ['来函 已批复', '来文', '已批复'],
    ['会上汇报 已批复', '会议', '已批复'],
    ['口头 已批复', '当面', '已批复'],
    ['已批复 传真', '传真', '已批复'],
    ['phone, approved', '电话', 'approved'],
  ])('%s', (words, fact, rest) => {
    expect(takeSource(words)).toEqual({ fact, words: rest });
  });

  it.each(['电话系统已开通', '据来文要求整改', '会员大会已开', '纸质台账已建立'])('is not said by %s', (words) => {
    expect(takeSource(words)).toEqual({ fact: null, words });
  });
});

describe('what a recorder enters', () => {
  it.each([
    ['办结 方案已批复', 'done', '方案已批复'],
    ['办结，方案已批复', 'done', '方案已批复'],
    ['完成 边界线划定', 'done', '边界线划定'],
    ['已完成边界线划定', 'done', '边界线划定'],
    ['done approved', 'done', 'approved'],
    ['困难 资金没有到位', 'block', '资金没有到位'],
    ['受阻：征地', 'block', '征地'],
    ['进展 正在编制', 'progress', '正在编制'],
    ['正在编制', 'progress', '正在编制'],
    ['完成60%', 'progress', '完成60%'],
    ['完成了60%', 'progress', '完成了60%'],
    ['完成投资3000万元', 'progress', '完成投资3000万元'],
    ['完成情况良好', 'progress', '完成情况良好'],
    ['完成主体工程', 'progress', '完成主体工程'],
    ['无变化', 'no-change', ''],
    ['没有变化。', 'no-change', ''],
    ['无变化的有3处，其余在建', 'progress', '无变化的有3处，其余在建'],
  ])('%s', (words, kind, rest) => {
    expect(takeRecordedKind(words)).toEqual({ kind, words: rest });
  });
});

it.each([
  ['资料核查', '资料核查'],
  ['台账齐全，现场查看过', '现场查看'],
  ['看过了', null],
])('how it was verified: %s', (words, verified) => {
  expect(readVerification(words)).toBe(verified);
});

it('never makes words out of nothing, nor takes any from their middle', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (words) => {
      for (const take of [takeSignature, takeSource, takeRecordedKind]) expect(words).toContain(take(words).words);
    }),
  );
});
