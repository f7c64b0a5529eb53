import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { type Block, type Reply, reply } from '../../../src/chat/message.js';
import { robotMessage, webhookMessage } from '../../../src/platforms/dingtalk/native.js';
import { messageBytes, render } from '../../../src/platforms/dingtalk/render.js';
import { harmless } from '../../../src/platforms/dingtalk/words.js';
import { readRobotMessage, readWebhookMessage } from './reading.js';

const userIds = new Map([['p1', '04200000000002']]);
const digest = reply.card('督办周报 9月25日', {
  fields: [{ label: '到期', value: '2项（4条）' }],
  blocks: [
    { kind: 'lead', text: '本周到期' },
    { kind: 'section', text: '市生态环境局芮城分局', mentions: [{ person: 'p1', name: '李四' }] },
    { kind: 'items', items: ['气-3 工业企业污染防治深度治理｜2023年9月底前', '　分项：气附-3'] },
    { kind: 'note', text: '以台账收到的报告为准' },
  ],
});

describe('a reply', () => {
  it('of words is text', () => {
    expect(render(reply.text('已记：水-7', '记错了发“/undo”。'), userIds)).toEqual([
      {
        title: '已记：水-7 记错了发“/undo”。',
        markdown: null,
        text: '已记：水-7\n记错了发“/undo”。',
        buttons: [],
        atUserIds: [],
      },
    ]);
  });

  it('with a form is markdown, with hard line breaks, and has the same as text', () => {
    const [part, ...more] = render(digest, userIds);
    expect(more).toEqual([]);
    expect(part?.markdown?.split('  \n  ')).toEqual([
      '**督办周报 9月25日**',
      '**到期**：2项（4条）',
      '**本周到期**',
      '**市生态环境局芮城分局** @04200000000002',
      '气-3 工业企业污染防治深度治理｜2023年9月底前',
      '　分项：气附-3',
      '以台账收到的报告为准',
    ]);
    expect(part).toMatchObject({ title: '督办周报 9月25日', atUserIds: ['04200000000002'] });
    expect(part?.text).toContain('\n市生态环境局芮城分局 @04200000000002\n');
  });

  it('as a table is lines below its columns', () => {
    const [part] = render(reply.table('到期', ['编号', '单位'], [['水-7', '县住建局']], '共1项'), userIds);
    expect(part?.markdown?.split('  \n  ')).toEqual(['**到期**', '**编号｜单位**', '水-7｜县住建局', '共1项']);
  });

  it('mentions nobody whom the platform could take for all, or for nobody', () => {
    for (const id of ['all', 'ALL', '外部 $:LWCP', 'a b', '']) {
      const [part] = render(digest, new Map([['p1', id]]));
      expect(part?.atUserIds).toEqual([]);
      expect(part?.markdown).toContain('＠李四');
    }
  });

  it('that mentions many has fifty in a message at most, and every one once', () => {
    const people = Array.from({ length: 130 }, (_, at) => ({ person: `p${at}`, name: `人${at}` }));
    const ids = new Map(people.map(({ person }, at) => [person, `id${at}`]));
    const section: Block = { kind: 'section', text: '各单位', mentions: people };
    const parts = render(reply.card('调度', { blocks: [section] }), ids);
    for (const { atUserIds } of parts) expect(atUserIds.length).toBeLessThanOrEqual(50);
    expect(parts.flatMap(({ atUserIds }) => atUserIds)).toEqual([...ids.values()]);
    for (const part of parts)
      expect(readWebhookMessage(webhookMessage(part, 'rich'))?.mentions).toEqual(part.atUserIds);
  });
});

describe('buttons', () => {
  const buttons = (count: number, send = (at: number) => `/task 水-${at}`) =>
    Array.from({ length: count }, (_, at) => ({ label: `看水-${at}`, send: send(at) }));
  const draw = (count: number, send?: (at: number) => string) =>
    render(reply.card('选一项', { buttons: buttons(count, send) }), userIds);

  it.each([1, 2, 3, 5])('%i are taps that type, with the same words beside them', (count) => {
    const [part] = draw(count);
    if (!part) throw new Error('no part');
    const { msgKey, msgParam } = robotMessage(part, 'rich');
    for (const read of [readWebhookMessage(webhookMessage(part, 'rich')), readRobotMessage(msgKey, msgParam)]) {
      expect(read?.buttons).toEqual(buttons(count));
      expect(read?.text).toContain('看水-0：发“/task 水-0”');
    }
  });

  it('more than five are told in words', () => {
    const [part] = draw(7);
    expect(part?.buttons).toHaveLength(5);
    expect(part?.text).toContain('看水-6：发“/task 水-6”');
  });

  it('that would type very much are told in words', () => {
    const [part] = draw(2, (at) => (at === 0 ? '办'.repeat(300) : '好'));
    expect(part?.buttons.map(({ title }) => title)).toEqual(['看水-1']);
  });

  it('stand below the last part alone', () => {
    const items = Array.from({ length: 700 }, (_, at) => `水-${at} 城区内涝点整治`);
    const parts = render(reply.card('清单', { blocks: [{ kind: 'items', items }], buttons: buttons(1) }), userIds);
    expect(parts.map((part) => part.buttons.length)).toEqual([...parts.slice(1).map(() => 0), 1]);
    expect(parts[0]?.title).toBe(`清单（1/${parts.length}）`);
  });
});

describe('words of people', () => {
  it.each([
    ['a_b 与 snake_case', 'a_b 与 snake_case'],
    ['3*4', '3＊4'],
    ['@04200000000002 @所有人', '＠04200000000002 ＠所有人'],
    ['# 题\n## 题', '＃ 题\n＃＃ 题'],
    ['1. 一\n2) 二\n3.5万户', '1． 一\n2） 二\n3.5万户'],
    ['- 一\n--- \n-5度\n+', '－ 一\n－－－ \n-5度\n＋'],
    ['[完成](dtmd://dingtalkclient/sendMessage?content=x)', '[完成］(dtmd：//dingtalkclient/sendMessage?content=x)'],
    ['[a]: https://evil.example', '[a］: https://evil.example'],
    ['    四个空格', '四个空格'],
    ['AT&T &nbsp; &#64;', 'AT&T ＆nbsp; ＆#64;'],
  ])('%j is written %j', (typed, written) => {
    expect(harmless(typed)).toBe(written);
  });

  const bare = (text: string) => text.normalize('NFKC').replace(/\s+/gu, '');
  const marks = fc.string({ unit: fc.constantFrom(...'*_`~[]()!<>#-+=.|\\&;:@1 a水\n'.split('')), maxLength: 40 });
  const replies: fc.Arbitrary<Reply> = fc.tuple(marks, marks, marks, marks).map(([title, value, item, note]) =>
    reply.card(`题${title}`, {
      fields: [{ label: `目${value}`, value }],
      blocks: [
        { kind: 'section', text: `节${item}`, mentions: [{ person: 'p1', name: note }] },
        { kind: 'items', items: [item] },
        { kind: 'note', text: note },
      ],
    }),
  );

  it('make no link, mention nobody and lose nothing', () => {
    fc.assert(
      fc.property(replies, (said) => {
        if (said.kind !== 'card') return;
        const [part] = render(said, userIds);
        if (!part) throw new Error('no part');
        const read = readWebhookMessage(webhookMessage(part, 'rich'));
        expect(read?.links).toEqual([]);
        expect(read?.mentions).toEqual(['04200000000002']);
        const words = [
          said.title,
          said.fields[0]?.value ?? '',
          ...said.blocks.map((one) => ('text' in one ? one.text : '')),
        ];
        for (const one of words) {
          const plain = bare(read?.text ?? '').replaceAll('*', '');
          for (const line of one.split('\n')) expect(plain).toContain(bare(line).replaceAll('*', ''));
        }
      }),
      { numRuns: 500 },
    );
  });

  it('fit into the message whatever they are', () => {
    const long = fc
      .array(
        fc.oneof(fc.string({ unit: 'binary', minLength: 200, maxLength: 4000 }), fc.constant('*"\\'.repeat(3000))),
        { maxLength: 6 },
      )
      .map((items) => reply.card('题', { blocks: [{ kind: 'items', items }], buttons: [{ label: '是', send: '是' }] }));
    fc.assert(
      fc.property(long, (said) => {
        for (const part of render(said, userIds)) {
          for (const form of ['rich', 'plain'] as const) {
            expect(Buffer.byteLength(robotMessage(part, form).msgParam)).toBeLessThanOrEqual(messageBytes);
            expect(Buffer.byteLength(JSON.stringify(webhookMessage(part, form)))).toBeLessThanOrEqual(18_000);
          }
        }
      }),
      { numRuns: 40 },
    );
  });
});
