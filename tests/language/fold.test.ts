import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { fold, foldWithMap, originalOf } from '../../src/language/fold.js';

describe('fold', () => {
  it.each([
    ['／who　水－７', '/who 水-7'],
    ['水—7 水–7 水−7 水‐7 水―7 水～7 水~7 水——7', '水-7 水-7 水-7 水-7 水-7 水-7 水-7 水-7'],
    ['９月２５日－１０月１日', '9月25日-10月1日'],
    ['６０．５％，Ａｂ：（完）！？', '60.5%,Ab:(完)!?'],
    ['《方案》。、“引号”', '《方案》。、“引号”'],
    ['  水-7 \t  谁牵头 ', '水-7 谁牵头'],
    ['水5 完工 \r\n\r\n  水7：投运', '水5 完工\n水7:投运'],
    ['水\u200b-\ufeff7', '水-7'],
    ['⽔-7 ⼗⽉', '水-7 十月'],
    ['Ⅴ类 ① ㎡', 'Ⅴ类 ① ㎡'],
    ['', ''],
  ])('%j reads %j', (typed, folded) => {
    expect(fold(typed)).toBe(folded);
  });

  it('changes nothing the second time', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => fold(fold(text)) === fold(text)));
  });
});

describe('foldWithMap', () => {
  it('cuts the notes word for word from the original', () => {
    const typed = '／done　水－７  　五个建制镇，　污水处理——已投运（５座）';
    const folded = foldWithMap(typed);
    expect(originalOf(typed, folded, folded.text.indexOf('五个'))).toBe('五个建制镇，　污水处理——已投运（５座）');
    expect(originalOf(typed, folded, 6, 9)).toBe('水－７');
  });

  it('points from every folded character into the original, from left to right', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'水７－—~ 　\n\u200b／a，。') }), (text) => {
        const { text: folded, origin } = foldWithMap(text);
        expect(origin).toHaveLength(folded.length + 1);
        expect(origin.at(-1)).toBe(text.length);
        for (let i = 0; i < folded.length; i++) {
          const [here = -1, next = -1] = origin.slice(i, i + 2);
          expect(here < next).toBe(true);
          expect(fold(`x${text.charAt(here)}x`)).toBe(`x${folded.charAt(i)}x`);
        }
      }),
    );
  });
});
