import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { type Block, type Reply, reply } from '../../../src/chat/message.js';
import { type Rendering, render } from '../../../src/platforms/feishu/render.js';
import { readCard, readText } from './reading.js';

const names = new Map([['ou_u2', '李四']]);
const usual: Rendering = { userIds: new Map([['p1', 'ou_u2']]), cards: true, private: false, bytes: 25_000 };
const draw = (said: Reply, changes: Partial<Rendering> = {}) => render(said, { ...usual, ...changes });
const digest = reply.card('督办周报 9月25日', {
  fields: [{ label: '到期', value: '2项（4条）' }],
  blocks: [
    { kind: 'lead', text: '本周到期' },
    { kind: 'section', text: '市生态环境局芮城分局', mentions: [{ person: 'p1', name: '李四' }] },
    { kind: 'items', items: ['气-3 工业企业污染防治深度治理｜2023年9月底前', '　分项：气附-3'] },
    { kind: 'note', text: '以台账收到的报告为准' },
  ],
  buttons: [{ label: '看气-3', send: '/task 气-3' }],
});

describe('a text', () => {
  it('is a text message', () => {
    expect(draw(reply.text('已记：水-7', '记错了发“/undo”。'))).toEqual([
      { card: null, text: '已记：水-7\n记错了发“/undo”。' },
    ]);
  });

  it('cannot mention anybody', () => {
    const [part] = draw(reply.refusal('没有 <at user_id="all">所有人</at> 和[这里](https://evil.example)'));
    expect(part?.text).toBe('没有 ＜at user_id="all">所有人＜/at> 和[这里] (https://evil.example)');
  });
});

describe('a question', () => {
  it('with buttons is a card that also has words for where there are no cards', () => {
    const [part] = draw(reply.question('请核对，无误请回“是”：', [{ label: '是', send: '是' }]));
    expect(part?.card?.body.elements).toEqual([
      { tag: 'markdown', content: '请核对，无误请回“是”：' },
      {
        tag: 'button',
        type: 'primary',
        text: { tag: 'plain_text', content: '是' },
        behaviors: [{ type: 'callback', value: { send: '是', private: false } }],
      },
    ]);
    expect(part?.text).toBe('请核对，无误请回“是”：');
  });

  it('without buttons is a text', () => {
    expect(draw(reply.question('哪一项？'))).toEqual([{ card: null, text: '哪一项？' }]);
  });

  it('asked one to one says so in its buttons', () => {
    const [part] = draw(reply.question('好吗', [{ label: '是', send: '是' }]), { private: true });
    expect(JSON.stringify(part?.card)).toContain('"private":true');
  });
});

describe('a card', () => {
  it('has header, fields, blocks and buttons', () => {
    const [part, ...more] = draw(digest);
    expect(more).toEqual([]);
    expect(part?.card).toMatchObject({
      schema: '2.0',
      config: { update_multi: true, summary: { content: '督办周报 9月25日' } },
      header: { title: { tag: 'plain_text', content: '督办周报 9月25日' } },
    });
    expect(part?.card?.body.elements[0]).toEqual({
      tag: 'markdown',
      content: [
        '**到期**：2项（4条）',
        '**本周到期**',
        '**市生态环境局芮城分局** <at id=ou_u2></at>',
        '气-3 工业企业污染防治深度治理｜2023年9月底前',
        '　分项：气附-3',
        '以台账收到的报告为准',
      ].join('\n'),
    });
  });

  it('is written as text, with mention and command, where cards are off', () => {
    const [part] = draw(digest, { cards: false });
    expect(part).toEqual({
      card: null,
      text: [
        '督办周报 9月25日',
        '到期：2项（4条）',
        '本周到期',
        '市生态环境局芮城分局 <at user_id="ou_u2">李四</at>',
        '气-3 工业企业污染防治深度治理｜2023年9月底前',
        '　分项：气附-3',
        '以台账收到的报告为准',
        '看气-3：发“/task 气-3”',
      ].join('\n'),
    });
    expect(draw(digest)[0]?.text).toBe(part?.text);
  });

  it('with a very long title has it in its body', () => {
    const title = '城区内涝点整治'.repeat(40);
    const [part] = draw(reply.card(title, {}));
    expect(part?.card?.header).toBeUndefined();
    expect(readCard(JSON.stringify(part?.card), names).text).toBe(title);
  });

  it('that is too long becomes several, numbered, with the buttons below the last', () => {
    const items = Array.from({ length: 900 }, (_, at) => `水-${at} 城区内涝点整治，九月底前`);
    const parts = draw({ ...digest, blocks: [{ kind: 'items', items }] } as Reply);
    expect(parts.map(({ card }) => card?.header?.title.content)).toEqual([
      '督办周报 9月25日（1/3）',
      '督办周报 9月25日（2/3）',
      '督办周报 9月25日（3/3）',
    ]);
    expect(parts.map(({ card }) => card?.body.elements.filter(({ tag }) => tag === 'button').length)).toEqual([
      0, 0, 1,
    ]);
    expect(parts.flatMap(({ text }) => text.split('\n')).filter((line) => line.startsWith('水-'))).toEqual(items);
  });

  it('never cuts a mention in two', () => {
    const mentions = Array.from({ length: 500 }, (_, at) => ({ person: `q${at}`, name: `同事${at}` }));
    const userIds = new Map(mentions.map(({ person }, at) => [person, `ou_${at}`]));
    const parts = draw(reply.card('通知', { blocks: [{ kind: 'section', text: '各单位', mentions }] }), {
      userIds,
      bytes: 6_000,
    });
    const everybody = new Map([...userIds.values()].map((id) => [id, id]));
    expect(parts.flatMap(({ card }) => readCard(JSON.stringify(card), everybody).mentions)).toEqual([
      ...userIds.values(),
    ]);
    expect(parts.flatMap(({ text }) => readText(JSON.stringify({ text })).mentions)).toEqual([...userIds.values()]);
  });
});

describe('a table', () => {
  const table = reply.table('到期', ['编号', '单位'], [['水-7', '县<住建>局'], ['水-8']], '共2项');

  it('is a table of plain cells', () => {
    const [part] = draw(table);
    expect(part?.card?.body.elements).toEqual([
      {
        tag: 'table',
        page_size: 10,
        columns: [
          { name: 'c0', display_name: '编号', data_type: 'text', width: 'auto' },
          { name: 'c1', display_name: '单位', data_type: 'text', width: 'auto' },
        ],
        rows: [
          { c0: '水-7', c1: '县<住建>局' },
          { c0: '水-8', c1: '' },
        ],
      },
      { tag: 'markdown', content: '共2项' },
    ]);
    expect(part?.text).toBe('到期\n水-7｜县<住建>局\n水-8\n共2项');
  });

  it.each([
    ['without columns', reply.table('到期', [], [], '没有')],
    ['with more columns than the platform shows', reply.table('宽', Array(51).fill('列'), [Array(51).fill('值')])],
    ['with a cell that fits into no card', reply.table('长', ['说明'], [['很长'.repeat(10_000)]])],
  ])('%s is text', (_what, said) => {
    const parts = draw(said);
    expect(parts.every(({ card }) => card === null)).toBe(true);
    expect(parts.map(({ text }) => text).join('')).toContain(said.kind === 'table' ? said.title : '');
  });

  it('that is too long becomes several cards', () => {
    const rows = Array.from({ length: 1000 }, (_, at) => [`水-${at}`, '县住建局']);
    const parts = draw(reply.table('全部', ['编号', '单位'], rows));
    expect(parts.length).toBeGreaterThan(1);
    const shown = parts.map(({ card }) => readCard(JSON.stringify(card), names).text).join('\n');
    for (const [code = ''] of rows) expect(shown).toContain(`${code}｜`);
  });
});

const markup = fc.constantFrom(...'<>*_[]()`#~|\\&;:@-+=1. \n"/at'.split(''), '<at id=all>', 'https://', '&#60;', '](');
const words = fc.oneof(fc.string({ unit: 'grapheme', maxLength: 200 }), fc.string({ unit: markup, maxLength: 60 }));
const block: fc.Arbitrary<Block> = fc.oneof(
  fc.record({ kind: fc.constantFrom('line' as const, 'lead' as const, 'note' as const), text: words }),
  fc.record({
    kind: fc.constant('section' as const),
    text: words,
    mentions: fc.array(fc.record({ person: fc.constantFrom('p1', 'p2'), name: words }), { maxLength: 3 }),
  }),
  fc.record({ kind: fc.constant('items' as const), items: fc.array(words, { maxLength: 5 }) }),
);
const anyReply: fc.Arbitrary<Reply> = fc.oneof(
  words.map((text) => reply.text(text)),
  fc.record({
    kind: fc.constant('card' as const),
    title: words,
    fields: fc.array(fc.record({ label: words, value: words }), { maxLength: 4 }),
    blocks: fc.array(block, { maxLength: 8 }),
    buttons: fc.array(fc.record({ label: words, send: words }), { maxLength: 3 }),
  }),
  fc
    .record({ title: words, rows: fc.array(fc.tuple(words, words), { maxLength: 20 }), note: fc.option(words) })
    .map(({ title, rows, note }) => reply.table(title, ['甲', '乙'], rows, note)),
);

describe('whatever people write', () => {
  it('makes messages that the platform takes, within their bytes', () => {
    fc.assert(
      fc.property(anyReply, fc.integer({ min: 4_000, max: 25_000 }), fc.boolean(), (said, bytes, cards) => {
        for (const { card, text } of draw(said, { bytes, cards })) {
          const content = JSON.stringify(card ?? { text });
          expect(Buffer.byteLength(JSON.stringify(content))).toBeLessThanOrEqual(bytes);
          const read = card ? readCard(content, names) : readText(content);
          expect(read.mentions.filter((id) => id !== 'ou_u2')).toEqual([]);
          expect(read.links).toEqual([]);
        }
      }),
      { numRuns: 300 },
    );
  });
});
