import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { withoutMention } from '../../../src/platforms/wecom/mention.js';
import { harmless } from '../../../src/platforms/wecom/words.js';
import { readXml, writeXml } from '../../../src/platforms/wecom/xml.js';

describe('words of people', () => {
  it.each([
    ['水-7 完成60%，见a_b.docx', '水-7 完成60%，见a_b.docx'],
    ['-5℃以下', '-5℃以下'],
    ['芮城 > 水环境', '芮城 > 水环境'],
    ['1. 第一', '1． 第一'],
  ])('%s stay as plain as %s', (text, shown) => expect(harmless(text)).toBe(shown));
});

describe('the mention of the bot', () => {
  it.each([
    ['@报表助手 催报', null, '催报'],
    ['催报 @报表助手', null, '催报'],
    ['@报表助手 请@王芳 报', null, '请@王芳 报'],
    ['a@b.cn 收到', null, 'a@b.cn 收到'],
    ['@报表 (测试) 催报', '报表 (测试)', '催报'],
    ['@王芳 催报', '报表助手', '@王芳 催报'],
  ])('in %j with the name %j leaves %j', (text, name, left) => expect(withoutMention(text, name)).toBe(left));
});

describe('the XML of a callback', () => {
  it('knows the five entities of XML and no others', () => {
    const xml = '<?xml version="1.0"?>\n<xml><A>&lt;&amp;&gt;&quot;&apos;&#20219;</A><B>&x;&nbsp;</B></xml>';
    expect(Object.fromEntries(readXml(xml) ?? [])).toMatchObject({ A: '<&>"\'任', B: '&x;&nbsp;' });
  });

  it('is written so that it is read again, whatever the words', () => {
    const text = fc
      .string({ unit: 'grapheme', minLength: 1 })
      .filter((one) => one.trim() === one && !/[\p{Cc}\ufffe\uffff]/u.test(one));
    fc.assert(
      fc.property(text, (value) => void expect(readXml(writeXml({ A: { B: value } }))?.get('A/B')).toBe(value)),
    );
    expect(readXml(writeXml({ A: 'x]]>y', N: 5 }))?.get('A')).toBe('x]]>y');
  });
});
