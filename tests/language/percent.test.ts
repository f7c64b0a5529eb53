import fc from 'fast-check';
import { expect, it } from 'vitest';

import { fold } from '../../src/language/fold.js';
import { readPercentAfter } from '../../src/language/percent.js';

it.each([
  ['60% 主体完工', 60],
  ['６０％', 60],
  ['：60.5%，管网铺设中', 60.5],
  ['百分之六十', 60],
  ['百分之百', 100],
  ['进度70%', 70],
  ['进度已达到 百分之八十五', 85],
  ['管网完成60%，总体进度70%', 70],
  ['设备已进场，进度：30%', 30],
])('%s is %d percent', (typed, percent) => {
  expect(readPercentAfter(fold(typed))?.percent).toBe(percent);
});

it.each([
  '管网完成60%',
  '风陵渡镇管网完成60%',
  '安装进度60%',
  '管网进度60%',
  '60%的企业已完成',
  '60%-70%',
  '120%',
  '60',
  '进度正常',
  '秸秆利用率现在88%',
  '',
])('%s says nothing about the task', (typed) => {
  expect(readPercentAfter(fold(typed))).toBeNull();
});

it('tells what to cut out', () => {
  const text = '管网完成60%,进度70%';
  const found = readPercentAfter(text);
  expect(text.slice(found?.start, found?.end)).toBe('进度70%');
});

it('stays within 0 to 100 and within the text', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('进度', '总体', '6', '0', '%', '百分之', '十', '.', ' ', '约', '-', '的')),
      (words) => {
        const text = words.join('');
        const found = readPercentAfter(text);
        expect(found === null || (found.percent >= 0 && found.percent <= 100 && found.end <= text.length)).toBe(true);
      },
    ),
  );
});
