import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { chineseNumeral, readNumber } from '../../src/language/numbers.js';

describe('readNumber', () => {
  it.each([
    ['三', 3],
    ['两', 2],
    ['十', 10],
    ['十二', 12],
    ['二十', 20],
    ['二十四', 24],
    ['三十', 30],
    ['一百零五', 105],
    ['一百五', 150],
    ['一百一十', 110],
    ['三百二十一', 321],
    ['两千零二十三', 2023],
    ['二〇二三', 2023],
    ['二零二三', 2023],
    ['九千九百九十九', 9999],
    ['零', 0],
    ['07', 7],
    ['2023', 2023],
  ])('%s is %i', (text, number) => {
    expect(readNumber(text)).toBe(number);
  });

  it.each(['', '十十', '百', '二三十', '十百', '三十号', '1十', '12345', '一千万', '一百十', '七.五'])(
    '%j is no number',
    (text) => {
      expect(readNumber(text)).toBeNull();
    },
  );

  it('reads back what chineseNumeral writes', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 9999 }), (n) => readNumber(chineseNumeral(n)) === n));
  });

  it('is a number from 0 to 9999 or nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'〇零一二两三九十百千07') }), (text) => {
        const number = readNumber(text) ?? 0;
        expect(Number.isInteger(number) && number >= 0 && number <= 9999).toBe(true);
      }),
    );
  });
});

it.each([
  [7, '七'],
  [10, '十'],
  [12, '十二'],
  [20, '二十'],
  [110, '一百一十'],
  [105, '一百零五'],
  [2023, '二千零二十三'],
])('%i is written %s', (n, text) => {
  expect(chineseNumeral(n)).toBe(text);
});
