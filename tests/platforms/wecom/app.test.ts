import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { type Reply, reply } from '../../../src/chat/message.js';
import type { Inbound } from '../../../src/platforms/adapter.js';
import { fetchedText, fetchFile } from '../fetch-file.js';
import { type WecomRig, wecomRig } from './rig.js';
import { agentId, botId, corpId } from './simulator.js';
import { vectors } from './vectors.js';

let rig: WecomRig;

beforeEach(async () => {
  rig = await wecomRig();
});
afterEach(() => rig.close());

const receive = (request: Request) => rig.adapter.receive(request);
const refused = (why: string) => ({ kind: 'rejected', why });
const send = (said: Reply, key = 'reply 1', userId = 'wangfang') =>
  rig.adapter.send({ ...rig.person, userId }, { key, reply: said, userIds: new Map() });
const shown = () => rig.simulator.shown.map(({ text }) => text);

const clicked = (more: Record<string, string> = {}) => rig.simulator.appClicked('是', more);

describe('the app hears', () => {
  it('the message as it was recorded', async () => {
    const own = await wecomRig((settings) => {
      const aesKey = 'usOiWAi9gE56KNT4RCcfUkZ4BXlm5nd5pzImpuUtAd4';
      if (settings.app) settings.app = { ...settings.app, token: 'JiceTestToken2026', aesKey };
    });
    const { timestamp, nonce, signature, encrypted } = vectors.appMessage;
    const query = new URLSearchParams({ msg_signature: signature, timestamp, nonce });
    const body = `<xml><ToUserName><![CDATA[${corpId}]]></ToUserName><AgentID><![CDATA[1000002]]></AgentID><Encrypt><![CDATA[${encrypted}]]></Encrypt></xml>`;
    const url = `http://127.0.0.1/webhooks/wecom/app?${query}`;
    const inbound = await own.adapter.receive(new Request(url, { method: 'POST', body }));
    await own.close();
    expect(inbound).toMatchObject({
      kind: 'message',
      message: {
        account: botId,
        id: '7000000000000000001',
        chat: { id: 'wangfang', private: true },
        sender: 'wangfang',
        text: '催报',
        answeredBy: 'delivery',
      },
    });
  });

  it('and answers with an empty 200', async () => {
    const inbound = await receive(rig.simulator.appSaid({ text: '/mine' }));
    if (inbound.kind !== 'message') throw new Error('no message');
    const response = await inbound.answer([]);
    expect([response.status, await response.text()]).toEqual([200, '']);
  });

  it('markup in what people write as it is', async () => {
    const xml = `<xml><ToUserName>${corpId}</ToUserName><FromUserName>wangfang</FromUserName><MsgType>text</MsgType><Content>a &lt;b&gt; &amp; c</Content><MsgId>1</MsgId><AgentID>${agentId}</AgentID></xml>`;
    expect(await receive(rig.simulator.appXml(xml))).toMatchObject({ message: { text: 'a <b> & c' } });
  });

  it('a picture, which it gets with its token', async () => {
    const url = rig.simulator.hold(Buffer.from('picture'), 'attachment; filename="a.jpg"', false);
    const more = { MsgType: 'image', MediaId: url.split('/').at(-1) ?? '', Content: '' };
    const inbound = await receive(rig.simulator.appSaid({ more }));
    if (inbound.kind !== 'message') throw new Error('no message');
    expect(await fetchedText(rig.adapter, inbound.message)).toEqual(['a.jpg', 'picture']);
  });

  it('a picture that is gone as one that cannot be had', async () => {
    const inbound = await receive(rig.simulator.appSaid({ more: { MsgType: 'image', MediaId: 'none' } }));
    if (inbound.kind !== 'message') throw new Error('no message');
    expect(await fetchFile(rig.adapter, inbound.message)).toMatchObject({ kind: 'refused' });
  });

  it('a click once, however often it is told of it, and greys the buttons', async () => {
    const [one, again, other] = [
      await receive(clicked()),
      await receive(clicked()),
      await receive(clicked({ TaskId: 'q-2' })),
    ];
    const id = (inbound: Inbound) => (inbound.kind === 'message' ? inbound.message.id : '');
    expect(id(one)).toBe('event wangfang 1767600100 q-1 是');
    expect(id(again)).toBe(id(one));
    expect(id(other)).not.toBe(id(one));
    expect(one).toMatchObject({ message: { text: '是', sender: 'wangfang' } });
    if (one.kind !== 'message') return;
    const body = await (await one.answer([])).text();
    expect(body).toMatch(
      /^<xml><Encrypt><!\[CDATA\[.+\]\]><\/Encrypt><MsgSignature>.+<\/MsgSignature><TimeStamp>\d+<\/TimeStamp><Nonce>/u,
    );
  });

  it('a click on a command as another one than on its neighbour, and leaves the card as it is', async () => {
    const [look, done] = await Promise.all(
      ['/task 水-7', '/done 水-7'].map((EventKey) => receive(clicked({ EventKey }))),
    );
    if (look?.kind !== 'message' || done?.kind !== 'message') throw new Error('no message');
    expect(look.message.id).not.toBe(done.message.id);
    expect(await (await look.answer([])).text()).toBe('');
  });

  it.each(['voice', 'video', 'location', 'link'])('a %s in silence', async (MsgType) => {
    const inbound = await receive(rig.simulator.appSaid({ more: { MsgType } }));
    expect(inbound).toMatchObject({ kind: 'ignored' });
    expect(inbound.kind === 'ignored' && inbound.response.status).toBe(200);
  });

  it.each(['subscribe', 'enter_agent', 'click'])('the event %s in silence', async (Event) => {
    expect(await receive(clicked({ Event }))).toMatchObject({ kind: 'ignored' });
  });

  it.each([
    ['another organisation inside', { more: { ToUserName: 'wwother' } }, {}, 'foreign'],
    ['another app inside', { more: { AgentID: '1000099' } }, {}, 'foreign'],
    ['another app outside', {}, { agentId: '1000099' }, 'foreign'],
    ['another receiver', {}, { receiveId: 'wwother' }, 'foreign'],
    ['no receiver, as for a bot', {}, { receiveId: '' }, 'foreign'],
    ['another token', {}, { token: 'other' }, 'signature'],
  ])('nothing from %s', async (_what, told, wrapping, why) => {
    const elements = {
      ToUserName: corpId,
      FromUserName: 'wangfang',
      MsgType: 'text',
      Content: '催报',
      MsgId: '1',
      AgentID: agentId,
      ...('more' in told ? told.more : {}),
    };
    expect(await receive(rig.simulator.app(elements, wrapping))).toMatchObject(refused(why));
  });

  it.each([
    [
      'entities of its own',
      '<!DOCTYPE xml [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><xml><Encrypt>&b;</Encrypt></xml>',
    ],
    ['an outside entity', '<!DOCTYPE xml SYSTEM "file:///etc/passwd"><xml><Encrypt>1</Encrypt></xml>'],
    ['half a document', '<xml><Encrypt>1</Encrypt>'],
    ['no document', '{"encrypt":"1"}'],
    ['depth without end', `${'<a>'.repeat(5000)}${'</a>'.repeat(5000)}`],
  ])('nothing with %s', async (_what, body) => {
    const request = new Request('http://127.0.0.1/webhooks/wecom/app', { method: 'POST', body });
    expect(await receive(request)).toMatchObject(refused('malformed'));
    expect(await receive(rig.simulator.appXml(body))).toMatchObject({ kind: 'rejected' });
  });

  it('nothing in the clear', async () => {
    const body = '<xml><MsgType>text</MsgType><Content>催报</Content></xml>';
    const request = new Request('http://127.0.0.1/webhooks/wecom/app', { method: 'POST', body });
    expect(await receive(request)).toMatchObject(refused('signature'));
  });
});

describe('the app says', () => {
  it('a text, once for each key', async () => {
    for (const key of ['a', 'a', 'b'])
      expect(await send(reply.text('没有到期任务。'), key)).toMatchObject({ kind: 'sent' });
    expect(shown()).toEqual(['没有到期任务。', '没有到期任务。']);
    expect(rig.simulator.sends[0]).toMatchObject({
      touser: 'wangfang',
      agentid: 1000002,
      enable_duplicate_check: 1,
      duplicate_check_interval: 1800,
    });
    expect(rig.adapter.limitsFor?.(rig.person)).toMatchObject({ textBytes: 2048, keyHonouredMs: 1_800_000 });
  });

  it('the same bytes when it tries again after a time-out', async () => {
    rig.simulator.trouble({ kind: 'lost-answer' });
    expect(await send(reply.text('督办周报'))).toMatchObject({ kind: 'retry', arrived: 'maybe' });
    expect(await send(reply.text('督办周报'))).toMatchObject({ kind: 'sent' });
    expect(rig.simulator.sends[1]).toEqual(rig.simulator.sends[0]);
    expect(shown()).toEqual(['督办周报']);
  });

  it('a short question as a card with buttons', async () => {
    await send(reply.question('请核对，无误请回“是”：\n办结：水-7 已投运', [{ label: '是', send: '是' }]));
    expect(rig.simulator.sends).toMatchObject([
      {
        msgtype: 'template_card',
        template_card: {
          main_title: { title: '请核对，无误请回“是”：' },
          sub_title_text: '办结：水-7 已投运',
          button_list: [{ text: '是', key: '是' }],
        },
      },
    ]);
  });

  const two = [
    { label: '查看', send: '/task 水-7' },
    { label: '办结', send: '/done 水-7' },
  ];

  it('a short notice as one card, a long one with the buttons below it', async () => {
    const notice = (words: string) =>
      reply.card('【退回】水-7 城镇生活污水处理', { blocks: [{ kind: 'line', text: words }], buttons: two });
    await send(notice('县住建局：督查室退回所报的办结。\n原因：缺验收材料'), 'short');
    await send(notice('缺'.repeat(113)), 'long');
    expect(rig.simulator.sends).toMatchObject([
      {
        template_card: {
          main_title: { title: '【退回】水-7 城镇生活污水处理' },
          sub_title_text: '县住建局：督查室退回所报的办结。\n原因：缺验收材料',
          button_list: [
            { text: '查看', key: '/task 水-7' },
            { text: '办结', key: '/done 水-7' },
          ],
        },
      },
      { msgtype: 'markdown' },
      { template_card: { main_title: { title: '也可以点一下' } } },
    ]);
  });

  it('a long question as a text with the buttons below it', async () => {
    await send(reply.question(`请核对：\n${'办结：水-7 已投运\n'.repeat(20)}`, [{ label: '是', send: '是' }]));
    expect(rig.simulator.sends.map(({ msgtype }) => msgtype)).toEqual(['text', 'template_card']);
  });

  it('a button that is too long for a card as what to type', async () => {
    await send(reply.question('哪一个？', [{ label: '这个', send: `/done 水-7 ${'长'.repeat(400)}` }]));
    expect(rig.simulator.sends.map(({ msgtype }) => msgtype)).toEqual(['text']);
    expect(shown()[0]).toContain('这个：发“/done 水-7');
  });

  it('plain text alone where the site shows no markdown', async () => {
    const plain = await wecomRig((settings) => {
      settings.plainText = true;
    });
    const cards = [
      reply.card('水-7', { fields: [{ label: '时限', value: '9月底' }] }),
      reply.question('好吗', [{ label: '是', send: '是' }]),
    ];
    for (const [index, said] of cards.entries()) {
      await plain.adapter.send({ ...plain.person }, { key: `k${index}`, reply: said, userIds: new Map() });
    }
    expect(plain.simulator.sends.map(({ msgtype }) => msgtype)).toEqual(['text', 'text']);
    expect(plain.simulator.shown.map(({ text }) => text)).toEqual(['水-7\n时限：9月底', '好吗\n可回“是”']);
    await plain.close();
  });

  it.each(['nobody', 'hidden'])('to %s, who cannot be reached, that it is refused', async (userId) => {
    expect(await send(reply.text('您好'), 'k', userId)).toMatchObject({ kind: 'refused', target: 'gone' });
  });

  it.each(['@all', 'a|b', ''])('to %j nothing', async (userId) => {
    expect(await send(reply.text('您好'), 'k', userId)).toMatchObject({ kind: 'refused' });
    expect(rig.simulator.sends).toEqual([]);
  });
});

describe('the token', () => {
  it('is asked for once by many', async () => {
    const sends = Array.from({ length: 6 }, (_, at) => send(reply.text('到期'), `k${at}`));
    for (const sent of await Promise.all(sends)) expect(sent.kind).toBe('sent');
    expect(rig.simulator.tokensAsked).toBe(1);
  });

  it('is asked for again five minutes before its end', async () => {
    await send(reply.text('一'), 'k1');
    rig.now = new Date(rig.now.getTime() + 7_200_000 - 301_000);
    await send(reply.text('二'), 'k2');
    expect(rig.simulator.tokensAsked).toBe(1);
    rig.now = new Date(rig.now.getTime() + 2_000);
    await send(reply.text('三'), 'k3');
    expect(rig.simulator.tokensAsked).toBe(2);
  });

  it('that was revoked is replaced once', async () => {
    await send(reply.text('一'), 'k1');
    rig.simulator.trouble({ kind: 'token-expired' });
    expect(await send(reply.text('二'), 'k2')).toMatchObject({ kind: 'sent' });
    expect(rig.simulator.tokensAsked).toBe(2);
    rig.simulator.trouble({ kind: 'token-expired' }, { kind: 'token-expired' });
    expect(await send(reply.text('三'), 'k3')).toMatchObject({ kind: 'retry', arrived: 'no' });
    expect(rig.simulator.tokensAsked).toBe(3);
  });

  it('that is refused is not asked for again at once, and the secret is not told', async () => {
    const wrong = await wecomRig((settings) => {
      if (settings.app) settings.app.secret = 'wrong-secret-1';
    });
    for (const key of ['k1', 'k2']) {
      const sent = await wrong.adapter.send(wrong.person, { key, reply: reply.text('一'), userIds: new Map() });
      expect(sent).toMatchObject({ kind: 'refused', why: '企业微信返回40001：Secret不对' });
    }
    expect(wrong.simulator.tokensAsked).toBe(1);
    expect(wrong.logged()).not.toContain('wrong-secret-1');
    await wrong.close();
  });
});
