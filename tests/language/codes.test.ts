import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { type PlanNames, readCodes } from '../../src/language/codes.js';
import { fold } from '../../src/language/fold.js';

const plans: PlanNames[] = [
  { prefix: '水', names: ['水', '水环境', '水环境方案'], hasAnnex: false },
  { prefix: '气', names: ['气', '大气', '空气', '环境空气'], hasAnnex: true },
  { prefix: '土', names: ['土', '土壤'], hasAnnex: false },
  { prefix: '地', names: ['地', '地下水'], hasAnnex: false },
  { prefix: '临', names: ['临'], hasAnnex: false },
];

/** 2023水-7, 气-5.1: how a mention would be written in full. */
function read(typed: string, lexicon = plans): string[] {
  return readCodes(fold(typed), lexicon).map(
    ({ year, code, milestone, through }) =>
      `${year ?? ''}${code}${milestone === null ? '' : `.${milestone}`}${through === null ? '' : `..${through}`}`,
  );
}

describe('one task, however it is typed', () => {
  it.each([
    ['水-7', '水-7'],
    ['水7', '水-7'],
    ['水－７', '水-7'],
    ['水 7', '水-7'],
    ['水 - 7', '水-7'],
    ['水—07', '水-7'],
    ['水七谁牵头', '水-7'],
    ['气二十四', '气-24'],
    ['气附-3', '气附-3'],
    ['气附3', '气附-3'],
    ['气附表3', '气附-3'],
    ['气附表第3项', '气附-3'],
    ['大气附件第三项', '气附-3'],
    ['气-5.1', '气-5.1'],
    ['气5.1 办结', '气-5.1'],
    ['2023水-7', '2023水-7'],
    ['2023年水7', '2023水-7'],
    ['2023年的水环境第七项', '2023水-7'],
    ['水环境第七项', '水-7'],
    ['水环境方案第七项牵头单位是哪个', '水-7'],
    ['水环境行动计划里的第7项任务', '水-7'],
    ['大气第3条', '气-3'],
    ['也可以说“大气第三项”', '气-3'],
    ['附件第11项', '气附-11'],
    ['附表第11项', '气附-11'],
    ['附表11', '气附-11'],
    ['地下水-3', '地-3'],
    ['地下水的第一项', '地-1'],
    ['地下水方案第一条谁牵头，谁配合', '地-1'],
    ['水-7归谁管', '水-7'],
    ['谁牵头水7', '水-7'],
    ['看一下气3', '气-3'],
    ['那水7呢', '水-7'],
    ['水7时限是什么', '水-7'],
    ['水7年底前能完吗', '水-7'],
    ['水-7.完成了', '水-7'],
    ['水-7，已投运', '水-7'],
    ['气5那个锅炉摸底7月份早搞完了', '气-5'],
    ['水-99谁牵头', '水-99'],
    ['临-1', '临-1'],
    ['水附-3', '水附-3'],
    ['气-7月底前完成', '气-7'],
  ])('%s is %s', (typed, code) => {
    expect(read(typed)).toEqual([code]);
  });

  it.each([
    ['@督办助手 气3和气附3气附6不就是一回事吗 要报三遍？', ['气-3', '气附-3', '气附-6']],
    [
      '水5 进水调节池改造主体完工\n水7：永乐镇已投运；管网完成60%\n水12 不归我们\n气12 每天洒水4次',
      ['水-5', '水-7', '水-12', '气-12'],
    ],
    ['销号 气7 气附3 资料核查', ['气-7', '气附-3']],
    ['水-7、气-9，土10', ['水-7', '气-9', '土-10']],
  ])('%s', (typed, codes) => {
    expect(read(typed)).toEqual(codes);
  });
});

describe('several tasks by the first and the last', () => {
  it.each([
    ['水-7至水-9', '水-7..9'],
    ['水-7到水-9谁牵头', '水-7..9'],
    ['水7—水9', '水-7..9'],
    ['水-7~9', '水-7..9'],
    ['水-7-9', '水-7..9'],
    ['水-7 至 9', '水-7..9'],
    ['水7至9项', '水-7..9'],
    ['气附-3至气附-6', '气附-3..6'],
  ])('%s is %s', (typed, codes) => {
    expect(read(typed)).toEqual([codes]);
  });

  it.each([
    ['水-7至9月底', ['水-7']],
    ['水-7到9日', ['水-7']],
    ['水-7 9-30', ['水-7']],
    ['水-7至15%', ['水-7']],
    ['水-7-2.5', ['水-7']],
    ['水-7至气-9', ['水-7', '气-9']],
    ['气-5.1至气-5.2', ['气-5.1', '气-5.2']],
  ])('%s is %j', (typed, codes) => {
    expect(read(typed)).toEqual(codes);
  });
});

describe('what is no code', () => {
  it.each([
    '气7月',
    '气7月底前',
    '水7.5米',
    '水-7.5米',
    '第一',
    '第七项',
    '污水7',
    '天然气3',
    '土地第一项',
    '水十条',
    '大气十条',
    '水环境三年行动',
    '水环境一体化',
    '大气第一责任人',
    '水3类',
    '气5-9月',
    '用水一事',
    '水2023-10',
    '水 10.15',
    '水1234',
    '水0',
    '附件3',
    '附表第零项',
    '七三谁负责',
    '早上好',
    '',
  ])('%s', (typed) => {
    expect(read(typed)).toEqual([]);
  });

  it('an annex row without its plan, where two plans have an annex', () => {
    const two = plans.map((plan) => ({ ...plan, hasAnnex: plan.hasAnnex || plan.prefix === '水' }));
    expect(read('附表第11项', two)).toEqual([]);
    expect(read('气附表第11项', two)).toEqual(['气附-11']);
  });
});

it('tells where each code stands', () => {
  const text = fold('/done　2023水－７，气附表第3项任务 已投运');
  expect(readCodes(text, plans).map(({ start, end }) => text.slice(start, end))).toEqual([
    '2023水-7',
    '气附表第3项任务',
  ]);
});

describe('any text', () => {
  const pieces = [
    '水',
    '气',
    '附',
    '表',
    '第',
    '七',
    '3',
    '-',
    '.',
    '2023',
    '年',
    '项',
    '的',
    ' ',
    '地下水',
    '方案',
    '月',
    'x',
  ];

  it('gives codes in order, each within the text', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 40 }), (words) => {
        const text = words.join('');
        let last = 0;
        for (const { start, end, code } of readCodes(text, plans)) {
          expect(last <= start && start < end && end <= text.length).toBe(true);
          expect(code).toMatch(/^(水|气|土|地|临)附?-[1-9]\d*$/);
          last = end;
        }
      }),
      { numRuns: 1000 },
    );
  });

  it.each(['水', '水-7', '附表', '2023', '水环境方案的', '气附', '大气第', ' -'])(
    'a long row of %s is read to its end',
    (piece) => {
      const codes = readCodes(piece.repeat(Math.ceil(100_000 / piece.length)), plans);
      expect(codes.every(({ start, end }) => start < end)).toBe(true);
    },
  );
});

it.each([
  ['土-10.1#2023-Q3 三季度分析', '2023-Q3'],
  ['土10.1#2023-09 已查', '2023-09'],
  ['土-10.1#2023-09-25', '2023-09-25'],
  ['土-10.1#2023', '2023'],
  ['土-10.1 #2023-Q3', undefined],
  ['土-10#2023-Q3', undefined],
])('%s names one turn of a recurrence: %s', (typed, occurrence) => {
  expect(readCodes(fold(typed), plans)[0]?.occurrence).toBe(occurrence);
});
