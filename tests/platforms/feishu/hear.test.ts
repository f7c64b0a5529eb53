import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { IncomingMessage } from '../../../src/chat/message.js';
import { fetchedText, fetchFile } from '../fetch-file.js';
import { type FeishuRig, feishuRig } from './rig.js';
import { app, type Spoken } from './simulator.js';

let rig: FeishuRig;
beforeEach(async () => {
  rig = await feishuRig();
});
afterEach(() => rig.close());

const receive = (event: object) => rig.adapter.receive(rig.sim.request(event));
const inGroup = { chat: 'oc_group', user: 'ou_u1' };

async function hear(said: Partial<Spoken>): Promise<IncomingMessage> {
  const inbound = await receive(rig.sim.spoken({ ...inGroup, ...said }));
  if (inbound.kind !== 'message') throw new Error(JSON.stringify(inbound));
  return inbound.message;
}
const kindOf = async (said: Partial<Spoken>) => (await receive(rig.sim.spoken({ ...inGroup, ...said }))).kind;

describe('a text', () => {
  it('is heard with everything that the platform tells', async () => {
    expect(await hear({ text: '查询 3月', mention: true, id: 'om_7', parent: 'om_0' })).toEqual({
      platform: 'feishu',
      account: app.appId,
      id: 'om_7',
      chat: { id: 'oc_group', private: false, name: '应急值班群' },
      sender: 'ou_u1',
      senderName: '王五',
      text: '查询 3月',
      addressed: true,
      quoted: { messageId: 'om_0', text: null },
      answeredBy: 'delivery',
      route: { messageId: 'om_7' },
    });
  });

  it('keeps eleven people apart', async () => {
    const colleagues = Array.from({ length: 11 }, (_, at) => `ou_c${at}`);
    for (const [at, id] of colleagues.entries()) rig.sim.users.set(id, `同事${at}`);
    const { text } = await hear({ text: '通知', mention: true, colleagues });
    expect(text).toBe(`通知 ${colleagues.map((_, at) => `@同事${at}`).join(' ')}`);
  });

  it('that calls everybody does not call the bot', async () => {
    const content = JSON.stringify({ text: '@_all 明天开会' });
    expect(await hear({ content })).toMatchObject({ text: '@所有人 明天开会', addressed: false });
  });

  it('that mentions somebody of the bot’s name does not call the bot', async () => {
    rig.sim.users.set('ou_c1', '督办助手');
    expect(await hear({ text: '看', colleagues: ['ou_c1'] })).toMatchObject({ text: '看 @督办助手', addressed: false });
  });

  it('leaves a placeholder that stands for nobody', async () => {
    const content = JSON.stringify({ text: '@_user_9 好' });
    expect((await hear({ content })).text).toBe('@_user_9 好');
  });

  it('one to one asks for no chat name and needs no mention', async () => {
    expect(await hear({ text: '我的', chat: 'oc_p', private: true })).toMatchObject({
      chat: { id: 'oc_p', private: true, name: null },
      addressed: true,
    });
    expect(rig.sim.calls.filter((call) => call.includes('/chats/'))).toEqual([]);
  });

  it.each(['', '{', '{"text":7}', 'null', '[]'])(
    'whose content is %j, as of a recalled one, is not heard',
    async (content) => {
      expect(await kindOf({ content })).toBe('ignored');
    },
  );
});

describe('a post', () => {
  const paragraphs = [
    [
      { tag: 'at', user_id: '@_user_1', user_name: '督办助手' },
      { tag: 'text', text: '办结 水-7', style: ['bold'] },
    ],
    [
      { tag: 'a', text: '文件', href: 'https://x.example' },
      { tag: 'img', image_key: 'img_1' },
      { tag: 'text', text: '已投运' },
    ],
    [{ tag: 'hr' }],
    [{ tag: 'code_block', language: 'SQL', text: '三行' }],
  ];
  const said = '办结 水-7\n文件已投运\n三行';
  it.each([
    ['as it is received', { title: '', content: paragraphs }],
    ['with a language around it', { zh_cn: { title: '', content: paragraphs } }],
  ])('is heard as its lines %s', async (_how, post) => {
    const heard = rig.sim.spoken({ ...inGroup, mention: true, type: 'post', content: JSON.stringify(post) });
    const inbound = await receive(heard);
    expect(inbound).toMatchObject({ kind: 'message', message: { text: said, addressed: true } });
  });

  it('is heard with its title', async () => {
    const content = JSON.stringify({ title: '进展', content: [[{ tag: 'text', text: '水-7 已开工' }]] });
    expect((await hear({ type: 'post', content })).text).toBe('进展\n水-7 已开工');
  });
});

describe('a file', () => {
  it('that cannot be had any more says so when it is fetched', async () => {
    const content = JSON.stringify({ file_key: 'file_gone', file_name: '方案.docx' });
    const message = await hear({ type: 'file', content });
    expect(message.files).toMatchObject([{ kind: 'file', name: '方案.docx' }]);
    expect(await fetchFile(rig.adapter, message)).toMatchObject({
      kind: 'refused',
      why: expect.stringContaining('234003'),
    });
  });

  it('may be a picture', async () => {
    rig.sim.files.set('img_1', { name: '', type: '', content: Buffer.from('png') });
    const message = await hear({ type: 'image', content: JSON.stringify({ image_key: 'img_1' }) });
    expect(await fetchedText(rig.adapter, message)).toEqual(['图片', 'png']);
    expect(rig.sim.calls.at(-1)).toMatch(/\/resources\/img_1$/);
  });
});

it.each([
  ['audio', '语音'],
  ['media', '视频'],
] as const)('a message of the kind %s is heard, so that somebody says what to send instead', async (type, name) => {
  const content = JSON.stringify({ file_key: 'f', duration: 2000 });
  const message = await hear({ type, content });
  expect(message.files).toMatchObject([{ kind: type === 'media' ? 'video' : 'audio', name }]);
});

it.each(['folder', 'sticker', 'interactive', 'share_chat', 'merge_forward', 'new_kind'])(
  'a message of the kind %s is not heard',
  async (type) => {
    expect(await kindOf({ type, content: JSON.stringify({ file_key: 'f', file_name: 'f' }) })).toBe('ignored');
  },
);

it.each([{ senderType: 'bot' }, { senderType: 'app' }, { tenant: 'tk_other' }])(
  'what comes from %j is not heard',
  async (said) => {
    expect(await kindOf({ text: '查询', mention: true, ...said })).toBe('ignored');
  },
);

describe('the bot’s own id', () => {
  it('is asked for once, however many messages come at once', async () => {
    await Promise.all(Array.from({ length: 5 }, () => hear({ text: '查', mention: true })));
    expect(rig.sim.calls.filter((call) => call.endsWith('/bot/v3/info'))).toHaveLength(1);
  });

  it('is not known while the platform fails: the event is not acknowledged and comes again', async () => {
    const away = await feishuRig({ appSecret: 'wrong' });
    const said = away.sim.spoken({ ...inGroup, text: '查', mention: true });
    await expect(away.adapter.receive(away.sim.request(said))).rejects.toThrow('who the bot is');
    await away.close();
  });
});

describe('a click', () => {
  it('is a message that is answered below its card, and is acknowledged with a toast', async () => {
    const inbound = await receive(
      rig.sim.pressed('oc_group', 'ou_u1', { send: '/task 水-7', private: false }, 'om_3', 'cb_1'),
    );
    expect(inbound).toMatchObject({
      kind: 'message',
      message: { id: 'cb_1', sender: 'ou_u1', senderName: '王五', text: '/task 水-7', addressed: true },
    });
    if (inbound.kind !== 'message') return;
    expect(inbound.message.route).toEqual({ messageId: 'om_3' });
    const answer = await inbound.answer([]);
    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({ toast: { type: 'info', content: '已收到' } });
  });

  it('on a card sent one to one comes from there', async () => {
    const inbound = await receive(rig.sim.pressed('oc_p', 'ou_u1', { send: '是', private: true }));
    expect(inbound).toMatchObject({ kind: 'message', message: { chat: { id: 'oc_p', private: true } } });
  });

  it.each([{}, 'text', { send: 7 }, { send: '' }, null])('with the value %j does nothing', async (value) => {
    const inbound = await receive(rig.sim.pressed('oc_group', 'ou_u1', value));
    expect(inbound).toMatchObject({ kind: 'ignored', response: { status: 200 } });
  });
});

describe('a chat', () => {
  it('to which the bot was added is noticed by name', async () => {
    const added = rig.sim.chat('im.chat.member.bot.added_v1', 'oc_new', { name: '水环境专班', external: false });
    expect(await receive(added)).toMatchObject({
      kind: 'notice',
      notice: { kind: 'bot-added', account: app.appId, chatId: 'oc_new', chatName: '水环境专班' },
      response: { status: 200 },
    });
  });

  it('that reaches beyond the organisation is not offered anything', async () => {
    const added = rig.sim.chat('im.chat.member.bot.added_v1', 'oc_ext', { name: '外部群', external: true });
    expect((await receive(added)).kind).toBe('ignored');
  });

  it.each(['im.chat.member.bot.deleted_v1', 'im.chat.disbanded_v1'])('is noticed as left after %s', async (type) => {
    expect(await receive(rig.sim.chat(type, 'oc_group', { name: '应急值班群' }))).toMatchObject({
      kind: 'notice',
      notice: { kind: 'bot-removed', chatId: 'oc_group' },
    });
  });
});

it('an event that nobody asked for is acknowledged', async () => {
  expect(await receive(rig.sim.chat('im.chat.updated_v1', 'oc_group'))).toMatchObject({
    kind: 'ignored',
    response: { status: 200 },
  });
});

describe('names', () => {
  it('are asked for once', async () => {
    await hear({ text: '一' });
    await hear({ text: '二' });
    expect(rig.sim.calls.filter((call) => call.includes('/users/'))).toHaveLength(1);
    expect(rig.sim.calls.filter((call) => call.includes('/chats/'))).toHaveLength(1);
  });

  it('are missing without the permission, and the message is heard all the same', async () => {
    expect(await hear({ user: 'ou_hidden', chat: 'oc_hidden', text: '查' })).toMatchObject({
      senderName: null,
      chat: { name: null },
      text: '查',
    });
    await hear({ user: 'ou_hidden', chat: 'oc_hidden', text: '查' });
    expect(rig.sim.calls.filter((call) => call.includes('/users/'))).toHaveLength(1);
  });
});

it('in stream mode nothing that arrives at the address is heard', async () => {
  const stream = await feishuRig({ mode: 'stream' });
  const said = stream.sim.spoken({ ...inGroup, text: '查' });
  expect(await stream.adapter.receive(stream.sim.request(said))).toMatchObject({ kind: 'rejected', why: 'signature' });
  await stream.close();
});
