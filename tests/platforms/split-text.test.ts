import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { splitText, utf8Bytes } from '../../src/platforms/split-text.js';

describe('splitting a text', () => {
  it('leaves a short one as it is', () => {
    expect(splitText('一\n\n二', 100)).toEqual(['一\n\n二']);
  });

  it('cuts at line ends', () => {
    expect(splitText('一二\n三四\n五六', 14)).toEqual(['一二\n三四', '五六']);
  });

  it('cuts a line that is too long between characters', () => {
    expect(splitText('👨‍👩‍👧👨‍👩‍👧', 20)).toEqual(['👨‍👩‍👧', '👨‍👩‍👧']);
  });

  it('measures as it is told', () => {
    const escaped = (text: string) => utf8Bytes(text.replaceAll('<', '&#60;'));
    expect(splitText('<<<<', 10, escaped)).toEqual(['<<', '<<']);
  });

  it('loses nothing and keeps every part within the bytes', () => {
    const text = fc.array(fc.string({ unit: 'grapheme', maxLength: 60 }), { maxLength: 20 });
    fc.assert(
      fc.property(text, fc.integer({ min: 8, max: 90 }), (lines, most) => {
        const whole = lines.join('\n');
        const parts = splitText(whole, most);
        const bare = (one: string) => one.replace(/\s/gu, '');
        expect(bare(parts.join(''))).toBe(bare(whole));
        if (utf8Bytes(whole) > most) for (const part of parts) expect(utf8Bytes(part)).toBeLessThanOrEqual(most);
      }),
    );
  });
});
