import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { type Reply, reply } from '../../../src/chat/message.js';
import type { Target } from '../../../src/platforms/adapter.js';
import { uuidOf } from '../../../src/platforms/feishu/send.js';
import { aFile } from '../a-file.js';
import { type FeishuRig, feishuRig, group, person } from './rig.js';
import { app } from './simulator.js';

let rig: FeishuRig;
let clock: Date;
beforeEach(async () => {
  clock = new Date('2023-09-25T09:00:00+08:00');
  rig = await feishuRig({}, { now: () => clock });
});
afterEach(() => rig.close());

const text = reply.text('已记：水-7');
const card = reply.card('水-7', {
  fields: [{ label: '联系', value: '张三 13812345678，a.b@rc.gov.cn' }],
  buttons: [{ label: '看', send: '/task 水-7' }],
});
const send = (said: Reply, { target = group, key = 'k1' }: { target?: Target; key?: string } = {}) =>
  rig.adapter.send(target, { key, reply: said, userIds: new Map() });
const answering = (messageId: string): Target => ({ ...group, route: { messageId } });

describe('an answer', () => {
  it('is a reply to the message', async () => {
    expect(await send(text, { target: answering('om_7') })).toEqual({
      kind: 'sent',
      platformMessageId: rig.sim.posted[0]?.id,
    });
    expect(rig.sim.posted).toMatchObject([{ chat: 'oc_group', msgType: 'text', answers: 'om_7' }]);
    expect(rig.sim.calls).toContain('POST /open-apis/im/v1/messages/om_7/reply');
  });

  it('to a message that was taken back goes to its chat', async () => {
    rig.sim.recalled.add('om_7');
    expect((await send(text, { target: answering('om_7') })).kind).toBe('sent');
    expect(rig.sim.posted).toMatchObject([{ chat: 'oc_group', answers: null }]);
  });

  it.each([230011, 230110, 231003, 230050, 230111, 230019, 230071, 230072])(
    'goes to the chat after %i',
    async (code) => {
      rig.sim.trouble({ kind: 'code', code });
      expect((await send(text, { target: answering('om_7') })).kind).toBe('sent');
      expect(rig.sim.posted).toMatchObject([{ chat: 'oc_group', answers: null }]);
    },
  );

  it('one to one goes by the chat where it is known, else by the person', async () => {
    await send(text, { target: { ...person, chatId: 'oc_p' }, key: 'k1' });
    await send(text, { target: person, key: 'k2' });
    expect(rig.sim.posted.map(({ chat }) => chat)).toEqual(['oc_p', 'ou_u2']);
  });

  it('with a route that makes no sense goes to the chat', async () => {
    await send(text, { target: { ...group, route: { messageId: '' } } });
    expect(rig.sim.posted).toMatchObject([{ answers: null }]);
  });
});

describe('the key', () => {
  it('has at most fifty characters, and is another for another form', () => {
    const long = `reply feishu ${'水'.repeat(500)} 1`;
    expect(uuidOf(long, 'card')).toMatch(/^[0-9a-f]{48}$/);
    expect(uuidOf(long, 'card')).toBe(uuidOf(long, 'card'));
    expect(uuidOf(long, 'card')).not.toBe(uuidOf(long, 'text'));
  });

  it('is the same after a restart, so that nothing arrives twice', async () => {
    rig.sim.trouble({ kind: 'lost-answer' });
    expect(await send(card)).toMatchObject({ kind: 'retry', arrived: 'maybe' });
    const { createFeishuAdapter } = await import('../../../src/platforms/feishu/adapter.js');
    const { createHttp } = await import('../../../src/platforms/http.js');
    const { pino } = await import('pino');
    const http = createHttp({ allowed: [rig.sim.url] });
    const log = pino({ level: 'silent' });
    const settings = { ...app, mode: 'webhook', baseUrl: rig.sim.url } as const;
    const restarted = createFeishuAdapter(settings, { http, now: () => clock, log });
    expect((await restarted.send(group, { key: 'k1', reply: card, userIds: new Map() })).kind).toBe('sent');
    expect(rig.sim.posted).toHaveLength(1);
    await http.close();
  });
});

describe('a card that is not taken', () => {
  it.each([230099, 230054])('is written as text after %i, under another key', async (code) => {
    rig.sim.trouble({ kind: 'code', code, msg: 'Failed to create card content, ext=ErrCode: 11310' });
    expect((await send(card)).kind).toBe('sent');
    const [shown, ...more] = rig.sim.shown();
    expect(more).toEqual([]);
    expect(shown?.text).toBe('水-7\n联系：张三 13812345678，a.b@rc.gov.cn\n看：发“/task 水-7”');
    expect(rig.sim.posted[0]?.uuid).toBe(uuidOf('k1 1', 'text'));
  });

  it('because somebody in it is not known any more reaches the others all the same', async () => {
    const blocks = [{ kind: 'section' as const, text: '县住建局', mentions: [{ person: 'p1', name: '李四' }] }];
    const userIds = new Map([['p1', 'ou_gone']]);
    const sent = await rig.adapter.send(group, { key: 'k1', reply: reply.card('周报', { blocks }), userIds });
    expect(sent.kind).toBe('sent');
    expect(rig.sim.shown()).toMatchObject([{ text: '周报\n县住建局 @李四' }]);
  });

  it('goes on as text when the text is only delayed', async () => {
    rig.sim.trouble({ kind: 'code', code: 230099 }, { kind: 'rate-limited', afterMs: 100 });
    expect(await send(card)).toMatchObject({ kind: 'retry', arrived: 'no' });
    rig.sim.trouble({ kind: 'code', code: 230099 });
    expect((await send(card)).kind).toBe('sent');
    expect(rig.sim.posted).toHaveLength(1);
  });

  it('for its phone number is written with the number masked', async () => {
    rig.sim.trouble({ kind: 'code', code: 230028 });
    expect((await send(card)).kind).toBe('sent');
    expect(rig.sim.shown()[0]?.text).toContain('联系：张三 138****5678，***@rc.gov.cn');
  });

  it('nor its text nor the masked text is given up', async () => {
    rig.sim.trouble({ kind: 'code', code: 230028 }, { kind: 'code', code: 230028 });
    expect(await send(card)).toMatchObject({ kind: 'refused', why: expect.stringContaining('230028') });
    expect(rig.sim.posted).toEqual([]);
  });
});

it('text where cards are off, with the command beside it', async () => {
  const plain = await feishuRig({ cards: false });
  expect(plain.adapter.abilities.has('button')).toBe(false);
  await plain.adapter.send(group, { key: 'k', reply: card, userIds: new Map() });
  expect(plain.sim.posted[0]?.msgType).toBe('text');
  expect(plain.sim.shown()[0]?.text).toContain('看：发“/task 水-7”');
  await plain.close();
});

describe('what the platform says', () => {
  const retried = { kind: 'retry', arrived: 'no' };
  const maybe = { kind: 'retry', arrived: 'maybe' };
  it.each([
    [99991400, 400, retried],
    [230020, 400, retried],
    [11232, 400, retried],
    [230049, 400, maybe],
    [1500, 500, maybe],
    [232096, 400, maybe],
    [99991403, 400, { ...retried, afterMs: 21_600_000 }],
    [99991672, 400, { ...retried, afterMs: 600_000 }],
    [99991662, 400, retried],
    [99991401, 400, retried],
    [230006, 400, retried],
    [230002, 400, { kind: 'refused', target: 'gone' }],
    [232009, 400, { kind: 'refused', target: 'gone' }],
    [230018, 400, { kind: 'refused' }],
    [230053, 400, { kind: 'refused' }],
    [230022, 400, { kind: 'refused' }],
    [230025, 400, { kind: 'refused' }],
    [888888, 400, { kind: 'refused' }],
    [888888, 503, maybe],
    [230001, 200, { kind: 'refused' }],
  ])('by %i with HTTP %i is decided by the code', async (code, status, expected) => {
    rig.sim.trouble({ kind: 'code', code, status, msg: `refused t-1-demo` });
    const sent = await send(text);
    expect(sent).toMatchObject(expected);
    expect(sent.kind !== 'sent' && sent.why).toContain(String(code));
    expect('target' in sent).toBe('target' in expected);
  });

  it('is nothing at all: the port is closed', async () => {
    const away = await feishuRig();
    await away.sim.stop();
    expect(await away.adapter.send(group, { key: 'k', reply: text, userIds: new Map() })).toMatchObject(retried);
  });
});

describe('the token', () => {
  it('is fetched anew three minutes before its end', async () => {
    await send(text, { key: 'a' });
    clock = new Date(clock.getTime() + 7019_000);
    await send(text, { key: 'b' });
    expect(rig.sim.tokensAsked).toBe(1);
    clock = new Date(clock.getTime() + 2_000);
    await send(text, { key: 'c' });
    expect(rig.sim.tokensAsked).toBe(2);
    expect(rig.sim.posted).toHaveLength(3);
  });

  it('that is refused is the operator’s to put right, and not asked for at every message', async () => {
    const wrong = await feishuRig({ appSecret: 'another' }, { now: () => clock });
    const say = (key: string) => wrong.adapter.send(group, { key, reply: text, userIds: new Map() });
    const refused = { kind: 'retry', arrived: 'no', afterMs: 600_000, why: expect.stringContaining('10014') };
    expect(await say('a')).toMatchObject(refused);
    expect(await say('b')).toMatchObject(refused);
    expect(wrong.sim.tokensAsked).toBe(1);
    clock = new Date(clock.getTime() + 60_001);
    await say('c');
    expect(wrong.sim.tokensAsked).toBe(2);
    expect(wrong.logged()).not.toContain('another');
    await wrong.close();
  });
});

describe('a file', () => {
  const send = (name: string, bytes = Buffer.from('一份台账')) => rig.adapter.send(group, aFile('f1', name, bytes));

  it.each([
    ['台账.xlsx', 'xls'],
    ['回填表.csv', 'stream'],
    ['通报.docx', 'doc'],
  ])('%s is uploaded as %s and sent once', async (name, type) => {
    expect((await send(name)).kind).toBe('sent');
    expect((await send(name)).kind).toBe('sent');
    expect([...rig.sim.files.values()]).toEqual([{ name, type, content: Buffer.from('一份台账') }]);
    expect(rig.sim.posted).toMatchObject([{ msgType: 'file', content: '{"file_key":"file_1"}' }]);
  });

  it('that is empty is not sent', async () => {
    const sent = await send('x.txt', Buffer.alloc(0));
    expect(sent).toMatchObject({ kind: 'refused', why: expect.stringContaining('234010') });
  });

  it('that is too large is said to be', async () => {
    rig.sim.uploadTrouble({ kind: 'too-large' });
    expect(await send('x.xlsx')).toEqual({ kind: 'refused', why: '文件超过飞书的30MB（234006）' });
  });
});
