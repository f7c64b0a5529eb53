import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import * as dingtalk from '../../src/platforms/dingtalk/words.js';
import { cardOf } from '../../src/platforms/feishu/card.js';
import { inMarkdown, inText } from '../../src/platforms/feishu/markup.js';
import * as wecom from '../../src/platforms/wecom/words.js';
import type { Shown } from './contract.js';
import { readWebhookMessage } from './dingtalk/reading.js';
import { readCard, readText } from './feishu/reading.js';
import { readNative } from './wecom/read-shown.js';

type Read = Pick<Shown, 'text' | 'mentions' | 'links' | 'formatted'>;

const id = '04200000000001';
const ringing = { atUserIds: [id], isAtAll: false };
const names = new Map([['ou_u1', '王五']]);

/** How each platform's clients show words as we write them, in every form that they are written in. */
const shown: Record<string, (text: string) => Read | null> = {
  '飞书, on a card': (text) =>
    readCard(JSON.stringify(cardOf('', '', [{ tag: 'markdown', content: inMarkdown(text) }], [])), names),
  '飞书, as a text': (text) => readText(JSON.stringify({ text: inText(text) })),
  '钉钉, as markdown': (text) =>
    readWebhookMessage({ msgtype: 'markdown', markdown: { title: '题', text: dingtalk.harmless(text) }, at: ringing }),
  '钉钉, as a text': (text) => readWebhookMessage({ msgtype: 'text', text: { content: dingtalk.harmlessLinks(text) } }),
  '企业微信, as markdown': (text) => readNative({ msgtype: 'markdown', markdown: { content: wecom.harmless(text) } }),
  '企业微信, as markdown_v2': (text) =>
    readNative({ msgtype: 'markdown_v2', markdown_v2: { content: wecom.harmless(text) } }),
  '企业微信, by 智能机器人': (text) =>
    readNative({ msgtype: 'stream', stream: { content: wecom.harmless(text) } }, true),
  '企业微信, as a text': (text) => readNative({ msgtype: 'text', text: { content: wecom.harmlessPlain(text) } }),
};

const pieces = [
  ...[
    '<@all>',
    '<@u1>',
    `@${id}`,
    '@所有人',
    '@all',
    '<at id=all></at>',
    '<at user_id="all">',
    '</at>',
    '<at id=ou_u1>',
  ],
  ...[
    '<font color="info">',
    '</font>',
    '<b>',
    '</b>',
    '<u>',
    '</u>',
    '<a href="x">',
    '</a>',
    '<https://x>',
    '<a@b.cn>',
  ],
  ...['**', '*', '__', '_', '`', '```', '~~', '~', '|', '| a | b |', '|---|', '---', '===', '***', '= ', '- - -'],
  ...['#', '# ', '## ', '>', '> ', '- ', '-', '+ ', '1. ', '1)', '12.', '水', ':', ':OK:'],
  ...[
    '[a](b)',
    '![a](b)',
    '[a]: http://x',
    '[a][b]',
    '[',
    ']',
    '(',
    ')',
    '](',
    'dtmd://dingtalkclient/x',
    'DingTalk:x',
  ],
  ...[
    '&lt;',
    '&#60;',
    '&amp;lt;',
    '&',
    '\\',
    '\\*',
    '\n',
    '\r\n',
    '\r',
    '\u2028',
    '\u2029',
    ' ',
    '    ',
    '\t',
    '\u00a0',
  ],
  ...['水-7', 'a', '县住建局', '/', '!', ';', '"'],
];
const words = fc.oneof(
  fc.array(fc.constantFrom(...pieces), { maxLength: 14 }).map((some) => some.join('')),
  fc.string({ unit: 'grapheme', maxLength: 60 }),
);
const bare = (text: string) => text.normalize('NFKC').replace(/[\s\u200b-\u200d\u2060\ufeff]+/gu, '');
/** A platform takes no empty message. */
const isSaid = (text: string) => bare(text) !== '';

describe.each(Object.entries(shown))('words of people on %s', (_where, show) => {
  it('never mention, link or format, and are read as they were written', () => {
    fc.assert(
      fc.property(words.filter(isSaid), (text) => {
        const { text: read = '', mentions, links, formatted } = show(text) ?? {};
        expect({ mentions, links, formatted }).toEqual({ mentions: [], links: [], formatted: [] });
        expect(bare(read)).toBe(bare(text));
      }),
      { numRuns: 2000 },
    );
  });
});
