import fc from 'fast-check';
import { expect, it } from 'vitest';

import { cleanText } from '../../src/domain/text.js';

it.each([
  ['a\u0000b', 'ab'],
  ['\ud83d a \ude00', '\ufffd a \ufffd'],
  ['行\r\n行\t\u0007\u001b[0m', '行\n行\t[0m'],
  ['👍🏽 五个建制镇\u3000已投运', '👍🏽 五个建制镇\u3000已投运'],
])('%j is kept as %j', (typed, kept) => {
  expect(cleanText(typed)).toBe(kept);
});

it('leaves text that both databases keep as it is, and cleans it only once', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (typed) => {
      const clean = cleanText(typed);
      expect(clean.isWellFormed()).toBe(true);
      expect([...clean].every((character) => character >= ' ' || character === '\n' || character === '\t')).toBe(true);
      expect(cleanText(clean)).toBe(clean);
    }),
  );
});
