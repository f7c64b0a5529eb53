import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { IncomingMessage } from '../../../src/chat/message.js';
import type { Inbound } from '../../../src/platforms/adapter.js';
import { fetchedText, fetchFile } from '../fetch-file.js';
import { type DingtalkRig, dingtalkRig, pressOf, withCards } from './rig.js';
import { app, bot, colleague, groupChat, privateChat, speaker } from './simulator.js';

let rig: DingtalkRig;
beforeEach(async () => {
  rig = await dingtalkRig();
});
afterEach(() => rig.close());

const receive = (more: Record<string, unknown>, isPrivate = false): Promise<Inbound> =>
  rig.adapter.receive(rig.sim.request(rig.sim.spoken({ more, private: isPrivate })));
const messageOf = (inbound: Inbound): IncomingMessage => {
  if (inbound.kind !== 'message') throw new Error(`no message but ${JSON.stringify(inbound)}`);
  return inbound.message;
};
const hear = async (more: Record<string, unknown>, isPrivate = false) => messageOf(await receive(more, isPrivate));
const content = (msgtype: string, inner: unknown) => ({ msgtype, text: undefined, content: inner });

describe('a message', () => {
  it('in a group', async () => {
    expect(await hear({ text: { content: ' 上报 今日已完成 12 户' } })).toEqual({
      platform: 'dingtalk',
      account: app.robotCode,
      id: expect.stringMatching(/^msg/),
      chat: { id: groupChat, private: false, name: '城东街道值守群' },
      sender: speaker,
      senderName: '王小明',
      text: '上报 今日已完成 12 户',
      addressed: true,
      quoted: null,
      answeredBy: 'delivery',
      route: {
        sessionWebhook: expect.stringContaining('/robot/sendBySession?session='),
        expiresAt: 1767225600000 + 5_400_000,
      },
    });
  });

  it('one to one', async () => {
    const message = await hear({}, true);
    expect(message.chat).toEqual({ id: privateChat, private: true, name: null });
    expect(message.addressed).toBe(true);
  });

  it('is answered by silence', async () => {
    const inbound = await receive({});
    if (inbound.kind !== 'message') throw new Error('no message');
    const response = await inbound.answer([]);
    expect([response.status, await response.json()]).toEqual([200, { msgtype: 'empty' }]);
  });

  it.each([
    ['as text at the top', { text: undefined, content: ' 你好' }],
    ['with a number for the kind of chat', { conversationType: 2, text: { content: '你好' } }],
    ['with the time as a string', { sessionWebhookExpiredTime: '1767231000000', text: { content: '你好' } }],
    ['without the code of the robot', { robotCode: undefined, text: { content: '你好' } }],
    ['without the organisation of the robot', { chatbotCorpId: undefined, text: { content: '你好' } }],
    ['without list of mentions', { atUsers: undefined, isInAtList: undefined, text: { content: '你好' } }],
    ['with strange fields', { text: { content: '你好', isReplyMsg: 'no' }, atUsers: 'none', isAdmin: 1 }],
  ])('%s', async (_what, more) => {
    const message = await hear(more);
    expect([message.text, message.addressed]).toEqual(['你好', true]);
  });

  it.each([
    { senderStaffId: undefined },
    { senderStaffId: '' },
    { senderCorpId: 'dingcorpother' },
    { senderStaffId: '外部 $:LWCP_v1:$x' },
  ])('of %j comes from somebody without an account', async (more) => {
    const { sender } = await hear(more);
    expect(sender).toBe(`外部 $:LWCP_v1:$${speaker}`);
    expect(rig.logged()).toContain('not published');
  });

  it.each([
    [{ robotCode: 'dinganother' }],
    [{ chatbotCorpId: 'dingcorpother' }],
    [{ robotCode: undefined, chatbotCorpId: undefined }],
  ])('for another robot (%j) is foreign', async (more) => {
    expect(await receive(more)).toMatchObject({ kind: 'rejected', why: 'foreign' });
  });

  it.each([
    'https://evil.example/robot/sendBySession?session=1',
    'http://169.254.169.254/robot/sendBySession?session=1',
    'nonsense',
  ])('whose answers should go to %s is heard, and answered elsewhere', async (sessionWebhook) => {
    expect((await hear({ sessionWebhook })).route).toBeNull();
    expect(rig.logged()).toContain('not on the platform');
  });

  it('whose answers should go elsewhere on the platform is answered otherwise', async () => {
    const { url } = rig.sim;
    for (const path of ['/robot/send?session=1', '/robot/sendBySession', '/x/robot/sendBySession?session=1']) {
      expect((await hear({ sessionWebhook: `${url}${path}` })).route).toBeNull();
    }
    expect((await hear({ sessionWebhook: undefined })).route).toBeNull();
  });

  it('that quotes another', async () => {
    const repliedMsg = { msgType: 'text', msgId: 'msgQuoted==', senderId: bot, content: { text: '水-7 谁牵头' } };
    expect((await hear({ text: { content: '同意', isReplyMsg: true, repliedMsg } })).quoted).toEqual({
      messageId: 'msgQuoted==',
      text: '水-7 谁牵头',
    });
    const rich = { msgType: 'richText', content: { richText: [{ msgType: 'text', content: '水-8' }] } };
    expect(
      (await hear({ originalMsgId: 'm9', text: { content: '同意', isReplyMsg: true, repliedMsg: rich } })).quoted,
    ).toEqual({ messageId: 'm9', text: '水-8' });
    const card = { msgType: 'interactiveCard', msgId: 'm10', content: { biz_custom_action_url: 'x' } };
    expect((await hear({ text: { content: '好', isReplyMsg: true, repliedMsg: card } })).quoted).toEqual({
      messageId: 'm10',
      text: null,
    });
  });
});

describe('other kinds', () => {
  it('rich text without the mention of the bot, with those of others', async () => {
    const richText = [
      { type: 'at', atName: '督办助手', atUserId: bot },
      { text: '水-7 ' },
      { type: 'at', atName: '张三', atUserId: 'x' },
      { text: '在办' },
      { type: 'picture', downloadCode: 'p1', pictureDownloadCode: 'p2' },
    ];
    const message = await hear(content('richText', { richText }));
    expect(message.text).toBe('水-7 @张三 在办');
    expect(message.files).toMatchObject([{ kind: 'picture', name: '图片' }]);
  });

  it('rich text of a picture alone is the picture', async () => {
    rig.sim.files.set('p1', Buffer.from('图'));
    const message = await hear(content('richText', { richText: [{ type: 'picture', downloadCode: 'p1' }] }));
    expect([message.text, message.files?.length]).toEqual(['', 1]);
    expect(await fetchedText(rig.adapter, message)).toEqual(['图片', '图']);
  });

  it.each([
    ['picture', { downloadCode: 'f' }, '图片'],
    ['video', { downloadCode: 'f', duration: '3', videoType: 'mp4' }, '视频'],
    ['audio', { downloadCode: 'f', duration: 4000 }, '语音'],
    ['file', { downloadCode: 'f', fileName: '方案.docx' }, '方案.docx'],
    ['file', { downloadCode: 'f' }, '文件'],
  ])('%s %j', async (msgtype, inner, name) => {
    const message = await hear(content(msgtype, inner), true);
    expect([message.text, message.files?.map((one) => [one.kind, one.name])]).toEqual(['', [[msgtype, name]]]);
  });

  it('speech is what the platform heard', async () => {
    const message = await hear(content('audio', { downloadCode: 'f', recognition: '水七谁牵头。' }), true);
    expect(message.text).toBe('水七谁牵头。');
    expect(message.files).toBeUndefined();
  });

  it.each([
    content('unknownMsgType', { unknownMsgType: '请升级' }),
    content('file', {}),
    content('chatRecord', { summary: '[]' }),
    { msgtype: 'text', text: {}, content: { x: 1 } },
    { msgtype: undefined, content: {} },
  ])('%j is not read', async (more) => {
    const inbound = await receive(more);
    expect(inbound).toMatchObject({ kind: 'ignored', why: 'unsupported' });
    if (inbound.kind === 'ignored') expect(await inbound.response.json()).toEqual({ msgtype: 'empty' });
  });

  it.each([{ errorMessage: '超出限额' }, { errMsg: '超出限额', code: 20001 }, { code: '20001' }])(
    'without words because of the quota (%j) is told to the operator',
    async (more) => {
      const inbound = await receive({ text: undefined, ...more });
      const notice = { kind: 'over-quota', account: app.robotCode, chatId: groupChat, chatName: '城东街道值守群' };
      expect(inbound).toMatchObject({ kind: 'notice', notice });
      expect(rig.logged()).toContain('used up');
    },
  );

  it('without words and without a reason is not read', async () => {
    expect(await receive({ text: undefined })).toMatchObject({ kind: 'ignored' });
  });
});

describe('a body that makes no sense', () => {
  it.each(['', 'null', '[]', '1', '"x"', '{"msgtype":', '{}'])('%j is refused', async (body) => {
    const inbound = await rig.adapter.receive(rig.sim.request(body));
    expect(inbound).toMatchObject({ kind: 'rejected' });
  });

  it.each([{ msgId: undefined }, { conversationId: 5 }, { msgId: 'x'.repeat(600) }])('%j is refused', async (more) => {
    expect(await receive(more)).toMatchObject({ kind: 'rejected', why: 'malformed' });
  });

  it('is not read beyond a megabyte', async () => {
    const inbound = await rig.adapter.receive(rig.sim.request({ text: 'x'.repeat(2_000_000) }));
    expect(inbound).toMatchObject({ kind: 'rejected', why: 'malformed' });
  });

  it('nor by another method', async () => {
    const inbound = await rig.adapter.receive(new Request('http://127.0.0.1/webhooks/dingtalk'));
    expect(inbound).toMatchObject({ kind: 'rejected' });
  });
});

describe('a file', () => {
  const load = async () =>
    fetchFile(rig.adapter, await hear(content('file', { downloadCode: 'f', fileName: 'a.txt' }), true));

  it('whose code has expired is not had', async () => {
    expect(await load()).toMatchObject({
      kind: 'refused',
      why: expect.stringContaining('invalidParameter.robotCode.downloadCode'),
    });
  });

  it('on a host that nobody allowed is not had, and the host is named', async () => {
    rig.sim.files.set('f', Buffer.from('x'));
    rig.sim.mediaUrl = 'http://evil.example';
    expect(await load()).toMatchObject({ kind: 'refused', why: 'host not allowed: evil.example' });
    expect(rig.logged()).toContain('"host":"evil.example"');
  });
});

describe('a click', () => {
  const make = async (target = rig.group, send = '是') => {
    const question = { kind: 'question' as const, text: '请核对', buttons: [{ label: send, send }] };
    await rig.adapter.send(target, { key: 'q', reply: question, userIds: new Map() });
    return pressOf(rig.sim.posted.at(-1));
  };
  beforeEach(async () => {
    await rig.close();
    rig = await dingtalkRig(withCards);
  });

  it('is what the button says, by whoever pressed it, and is answered on the card', async () => {
    const { card, press } = await make();
    const inbound = await rig.adapter.receive(rig.sim.cardRequest(rig.sim.pressed(card, press, colleague)));
    expect(messageOf(inbound)).toEqual({
      platform: 'dingtalk',
      account: app.robotCode,
      id: expect.stringMatching(/^click [0-9a-f]{40}$/),
      chat: { id: groupChat, private: false },
      sender: colleague,
      senderName: null,
      text: '是',
      addressed: true,
      quoted: null,
      answeredBy: 'delivery',
      route: null,
    });
    if (inbound.kind !== 'message') return;
    expect(await (await inbound.answer([])).json()).toMatchObject({
      cardUpdateOptions: { updateCardDataByKey: true, updatePrivateDataByKey: true },
      userPrivateData: { cardParamMap: { said: '已收到' } },
    });
  });

  it.each([privateChat, ''])('knows a chat of two people, whose id was %j', async (chatId) => {
    const { card, press } = await make({ ...rig.person, chatId });
    const inbound = await rig.adapter.receive(rig.sim.cardRequest(rig.sim.pressed(card, press, colleague)));
    expect(messageOf(inbound).chat).toEqual({ id: chatId, private: true });
  });

  it('on a command counts once in five minutes', async () => {
    const { card, press } = await make(rig.group, '/task 水-7');
    const id = async () =>
      messageOf(await rig.adapter.receive(rig.sim.cardRequest(rig.sim.pressed(card, press, speaker)))).id;
    rig.now = new Date('2026-01-01T10:00:00+08:00');
    const first = await id();
    rig.now = new Date('2026-01-01T10:04:59+08:00');
    expect(await id()).toBe(first);
    rig.now = new Date('2026-01-01T10:05:00+08:00');
    expect(await id()).not.toBe(first);
  });

  it('is one on the same day, however often it is told; each person has an own one', async () => {
    const { card, press } = await make();
    const id = async (user: string) =>
      messageOf(await rig.adapter.receive(rig.sim.cardRequest(rig.sim.pressed(card, press, user)))).id;
    const first = await id(speaker);
    rig.now = new Date(rig.now.getTime() + 3_600_000);
    expect(await id(speaker)).toBe(first);
    expect(await id(colleague)).not.toBe(first);
    rig.now = new Date(rig.now.getTime() + 86_400_000);
    expect(await id(speaker)).not.toBe(first);
  });

  it.each([
    [(press: string) => ({ content: undefined, value: JSON.stringify({ cardPrivateData: { params: { press } } }) })],
    [(press: string) => ({ content: JSON.stringify({ cardPrivateData: { actionIds: [] }, params: { press } }) })],
  ])('is understood in other nestings', async (nest) => {
    const { card, press } = await make();
    const body = rig.sim.pressed(card, '', speaker, nest(press));
    expect(messageOf(await rig.adapter.receive(rig.sim.cardRequest(body))).text).toBe('是');
  });

  it('with words that we did not put on this card is not heard', async () => {
    const { card, press } = await make();
    const changed = JSON.stringify({ ...JSON.parse(press), send: '/accept 水-7' });
    const elsewhere = JSON.stringify({ ...JSON.parse(press), chat: 'cidOther' });
    for (const body of [
      rig.sim.pressed(card, changed),
      rig.sim.pressed(card, elsewhere),
      rig.sim.pressed('duban-other', press),
      rig.sim.pressed(card, 'nonsense'),
      rig.sim.pressed(card, press, '外部 x'),
    ]) {
      expect(await rig.adapter.receive(rig.sim.cardRequest(body))).toMatchObject({ kind: 'ignored' });
    }
  });

  it('of another organisation, with another signature or long ago is refused', async () => {
    const { card, press } = await make();
    const body = rig.sim.pressed(card, press);
    const receiveCard = (how: object, more = {}) => rig.adapter.receive(rig.sim.cardRequest({ ...body, ...more }, how));
    expect(await receiveCard({}, { corpId: 'dingother' })).toMatchObject({ kind: 'rejected', why: 'foreign' });
    expect(await receiveCard({ secret: 'another' })).toMatchObject({ kind: 'rejected', why: 'signature' });
    expect(await receiveCard({ at: rig.now.getTime() - 3_600_001 })).toMatchObject({ kind: 'rejected', why: 'stale' });
    const asMessage = rig.sim.request(body);
    const moved = new Request('http://127.0.0.1/webhooks/dingtalk/cards', asMessage);
    expect(await rig.adapter.receive(moved)).toMatchObject({ kind: 'rejected', why: 'signature' });
  });

  it('is refused where no secret is set for clicks', async () => {
    const { card, press } = await make();
    const plain = await dingtalkRig();
    const inbound = await plain.adapter.receive(rig.sim.cardRequest(rig.sim.pressed(card, press)));
    expect(inbound).toMatchObject({ kind: 'rejected', why: 'signature' });
    await plain.close();
  });
});
