import { randomBytes } from 'node:crypto';

import { WSClient } from '@wecom/aibot-node-sdk';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { type IncomingMessage, type Reply, reply } from '../../../src/chat/message.js';
import type { Connection, Target } from '../../../src/platforms/adapter.js';
import { BotConnection } from '../../../src/platforms/wecom/connection.js';
import { fetchedText } from '../fetch-file.js';
import { NotedEars } from '../noted-ears.js';
import { botSecret, ConnectionSimulator } from './connection-simulator.js';
import { groupChat, type WecomRig, wecomRig } from './rig.js';
import { botId, secrets } from './simulator.js';
import { tls } from './tls.js';

let far: ConnectionSimulator;
let rig: WecomRig;
let connection: Connection;
let ears: NotedEars;

const group: Target = { account: botId, chatId: groupChat, userId: null, route: null, webhook: null };
const send = (said: Reply, target = group, key = 'k1') =>
  rig.adapter.send(target, { key, reply: said, userIds: new Map([['p1', 'lisi']]) });

async function nextMessage(): Promise<IncomingMessage> {
  await expect.poll(() => ears.heard.length).toBeGreaterThan(0);
  const message = ears.heard.shift();
  if (!message) throw new Error('nothing was heard');
  return message;
}

beforeEach(async () => {
  ears = new NotedEars();
  far = await ConnectionSimulator.start();
  rig = await wecomRig((settings) => {
    settings.bot = { mode: 'stream', botId, secret: botSecret, streamUrl: far.url };
    settings.app = null;
  });
  const opened = await rig.adapter.connect?.(ears);
  if (!opened) throw new Error('no long connection');
  connection = opened;
});
afterEach(async () => {
  await connection.close();
  await far.close();
  await rig.close();
  expect(rig.logged()).not.toContain(botSecret);
});

describe('over the long connection', () => {
  it('a message is heard and answered by its request, as a finished stream', async () => {
    const requestId = far.say({ msgid: 'm1', text: { content: '@督办助手 /due 本周' } });
    const message = await nextMessage();
    expect(message).toMatchObject({
      account: botId,
      id: 'm1',
      chat: { id: groupChat, private: false },
      text: '/due 本周',
      answeredBy: 'delivery',
    });
    const target = { ...group, route: JSON.parse(JSON.stringify(message.route)) };
    expect(await send(reply.text('没有到期任务。'), target)).toMatchObject({ kind: 'sent' });
    expect(far.frames.at(-1)).toEqual({
      cmd: 'aibot_respond_msg',
      headers: { req_id: requestId },
      body: {
        msgtype: 'stream',
        stream: { id: expect.stringMatching(/^s-/), finish: true, content: '没有到期任务。' },
      },
    });
  });

  it.each([846_605, 846_608])('an answer that came too late (%i) is sent by itself', async (code) => {
    far.say({});
    const { route } = await nextMessage();
    far.troubles.push(code);
    expect(await send(reply.text('没有到期任务。'), { ...group, route })).toMatchObject({ kind: 'sent' });
    expect(far.frames.at(-1)).toMatchObject({
      cmd: 'aibot_send_msg',
      body: { chatid: groupChat, chat_type: 2, msgtype: 'markdown', markdown: { content: '没有到期任务。' } },
    });
  });

  it('after a day an answer is sent by itself at once', async () => {
    far.say({});
    const { route } = await nextMessage();
    rig.now = new Date(rig.now.getTime() + 86_400_000);
    await send(reply.text('迟了'), { ...group, route });
    expect(far.frames.at(-1)?.cmd).toBe('aibot_send_msg');
  });

  it('the group and a person are spoken to unasked, with names where a mention would not ring', async () => {
    const card = reply.card('督办周报', {
      blocks: [{ kind: 'section', text: '一、本周到期', mentions: [{ person: 'p1', name: '李四' }] }],
    });
    expect(await send(card)).toMatchObject({ kind: 'sent' });
    expect(await send(reply.text('请报进展'), { ...group, userId: 'lisi', chatId: '' })).toMatchObject({
      kind: 'sent',
    });
    expect(far.shown.map(({ chat, text, mentions }) => [chat, text, mentions])).toEqual([
      [groupChat, expect.stringContaining('@李四'), []],
      ['lisi', '请报进展', []],
    ]);
    expect(rig.adapter.limitsFor?.(group)).toMatchObject({ textBytes: 20_480, keyHonouredMs: 0 });
  });

  it('a group that has a robot is spoken to by the robot, which rings', async () => {
    expect(rig.adapter.limitsFor?.({ ...group, webhook: rig.simulator.webhook })).toMatchObject({ textBytes: 4096 });
    await send(reply.text('周报'), { ...group, webhook: rig.simulator.webhook });
    expect(rig.simulator.shown).toHaveLength(1);
    expect(far.shown).toEqual([]);
  });

  it('a short question is a card in an answer and what to type in a group unasked', async () => {
    const question = reply.question('请核对，好吗？', [{ label: '是', send: '是' }]);
    far.say({});
    const { route } = await nextMessage();
    await send(question, { ...group, route }, 'k1');
    await send(question, group, 'k2');
    expect(far.shown.map(({ buttons, text }) => [buttons.length, text])).toEqual([
      [1, '请核对，好吗？'],
      [0, '请核对，好吗？  \n可回“是”'],
    ]);
  });

  it('a click is heard, its card greyed, and what it says sent by itself', async () => {
    const clicked = { event_key: '是', task_id: 'q-1', card_type: 'button_interaction' };
    const requestId = far.event({ eventtype: 'template_card_event', template_card_event: clicked });
    const message = await nextMessage();
    expect(message).toMatchObject({ text: '是', sender: 'wangfang', route: null });
    await expect.poll(() => far.frames.at(-1)?.cmd).toBe('aibot_respond_update_msg');
    expect(far.frames.at(-1)).toMatchObject({ headers: { req_id: requestId }, body: { userids: ['wangfang'] } });
  });

  it('a click on a command leaves the card as it is', async () => {
    const clicked = { event_key: '/task 水-7', task_id: 'q-1', card_type: 'button_interaction' };
    far.event({ eventtype: 'template_card_event', template_card_event: clicked });
    expect(await nextMessage()).toMatchObject({ text: '/task 水-7', sender: 'wangfang' });
    far.event({ eventtype: 'template_card_event', template_card_event: { ...clicked, event_key: '是' } });
    await nextMessage();
    await expect.poll(() => far.frames.filter(({ cmd }) => cmd === 'aibot_respond_update_msg')).toHaveLength(1);
  });

  it('a file is decrypted with the key beside it', async () => {
    const key = Buffer.from(`${secrets.botAesKey}=`, 'base64').toString('base64');
    const url = rig.simulator.hold(Buffer.from('水环境'), 'attachment; filename="a.txt"');
    far.say({ chattype: 'single', chatid: undefined, msgtype: 'file', text: undefined, file: { url, aeskey: key } });
    expect(await fetchedText(rig.adapter, await nextMessage())).toEqual(['a.txt', '水环境']);
  });

  it('messages of another bot or organisation, and what makes no sense, are not heard', async () => {
    far.say({ aibotid: 'AIB-other' });
    far.say({ msgid: '' });
    far.raw('no JSON');
    far.raw('{"cmd":"aibot_msg_callback"}');
    far.event({ eventtype: 'enter_chat' });
    far.say({ msgid: 'm9' });
    expect((await nextMessage()).id).toBe('m9');
    expect(ears.heard).toEqual([]);
  });

  it('a failing ear does not stop the next message', async () => {
    ears.before = () => Promise.reject(new Error('database is locked'));
    far.say({ msgid: 'm1' });
    await expect.poll(() => rig.logged()).toContain('a message was not taken');
    ears.before = async () => {};
    far.say({ msgid: 'm2' });
    expect((await nextMessage()).id).toBe('m2');
  });

  it.each([
    [45_009, { kind: 'retry', afterMs: 60_000, arrived: 'no' }],
    [93_006, { kind: 'refused', target: 'gone' }],
    ['cut' as const, { kind: 'unknown' }],
  ])('a message answered with %s is %j', async (trouble, sent) => {
    far.troubles.push(trouble);
    expect(await send(reply.text('周报'))).toMatchObject(sent);
  });

  it('a long text goes in parts, and those that arrived are not repeated', async () => {
    const lines = Array.from({ length: 1500 }, (_, at) => `第${at}行 城区内涝点整治`);
    far.troubles.push(0, 45_009);
    expect(await send(reply.text(lines.join('\n')))).toMatchObject({ kind: 'retry' });
    expect(await send(reply.text(lines.join('\n')))).toMatchObject({ kind: 'sent' });
    const text = far.shown.map((one) => one.text).join('\n');
    expect(text.replace(/ *\n/gu, '\n')).toBe(lines.join('\n'));
  });
});

describe('the long connection', () => {
  const times = { pingMs: 20, pongMs: 40, ackMs: 60, firstWaitMs: 20, longestWaitMs: 40 };
  let links: BotConnection[];
  const settings = () => ({ botId, secret: botSecret, streamUrl: far.url });
  const link = (change = {}) => {
    const made = new BotConnection({ ...settings(), ...change }, async () => undefined, rig.log, times);
    links.push(made);
    return made;
  };

  beforeEach(async () => {
    links = [];
    await connection.close();
    far.frames.length = 0;
  });
  afterEach(() => Promise.all(links.map((one) => one.close())));

  it('opens to a site that signs for itself only with its certificate', async () => {
    const site = await ConnectionSimulator.start(tls);
    await link({ streamUrl: site.url, ca: tls.cert }).open();
    expect(site.subscribed).toBe(1);
    const without = link({ streamUrl: site.url });
    const opening = without.open();
    await new Promise((resolve) => setTimeout(resolve, 80));
    expect([without.isUp, site.subscribed]).toEqual([false, 1]);
    const refused = expect(opening).rejects.toThrow('closed before it was up');
    await Promise.all(links.map((one) => one.close()));
    await refused;
    await site.close();
  });

  it('does not open with a wrong secret, and does not try again', async () => {
    await expect(link({ secret: 'wrong' }).open()).rejects.toThrow('853000');
    await new Promise((resolve) => setTimeout(resolve, 120));
    expect(far.subscribed).toBe(1);
  });

  it.each([45_009, 'silence', 'cut'] as const)(
    'opens when the first subscription ends in %s and the second does not',
    async (first) => {
      far.subscriptions.push(first);
      await link().open();
      expect(far.subscribed).toBe(2);
    },
  );

  it('comes back when it was cut', async () => {
    const one = link();
    await one.open();
    far.cut();
    await expect.poll(() => one.isUp, { interval: 1 }).toBe(false);
    expect(await one.call('aibot_send_msg', {})).toMatchObject({ kind: 'retry', arrived: 'no' });
    await expect.poll(() => one.isUp).toBe(true);
    expect(await one.call('aibot_send_msg', { chatid: 'c', msgtype: 'markdown' })).toMatchObject({ errcode: 0 });
  });

  it('comes back when the line is dead without a word', async () => {
    const one = link();
    await one.open();
    far.deaf = true;
    await expect.poll(() => rig.logged(), { timeout: 3000 }).toContain('half open');
    far.deaf = false;
    await expect.poll(() => far.subscribed).toBeGreaterThan(1);
    await expect.poll(() => one.isUp).toBe(true);
  });

  it('pings', async () => {
    await link().open();
    await expect.poll(() => far.frames.filter(({ cmd }) => cmd === 'ping').length).toBeGreaterThan(2);
    expect(far.subscribed).toBe(1);
  });

  it('that is closed before it is up does not open', async () => {
    far.subscriptions.push('silence');
    const closing = new AbortController();
    const opening = expect(rig.adapter.connect?.(ears, closing.signal)).rejects.toThrow('closed before it was up');
    await expect.poll(() => far.subscribed).toBe(1);
    closing.abort();
    await opening;
  });

  it('stays down when another program has connected as the bot', async () => {
    const [old, young] = [link(), link()];
    await old.open();
    await young.open();
    await expect.poll(() => old.isUp).toBe(false);
    await new Promise((resolve) => setTimeout(resolve, 120));
    expect([old.isUp, young.isUp, far.subscribed]).toEqual([false, true, 2]);
    expect(rig.logged()).toContain('another program has connected as this bot');
  });

  it('does not know what became of a frame without an answer', async () => {
    const one = link();
    await one.open();
    far.troubles.push('silence');
    expect(await one.call('aibot_send_msg', { chatid: 'c', msgtype: 'markdown' })).toMatchObject({
      kind: 'retry',
      arrived: 'maybe',
    });
  });

  it('sends what belongs to one request one after another', async () => {
    const one = link();
    await one.open();
    const calls = Array.from({ length: 5 }, (_, at) => one.call('aibot_respond_msg', { at, msgtype: 'stream' }, 'r1'));
    for (const answer of await Promise.all(calls)) expect(answer).toMatchObject({ errcode: 0 });
    const order = far.frames.filter(({ cmd }) => cmd === 'aibot_respond_msg').map(({ body }) => body.at);
    expect(order).toEqual([0, 1, 2, 3, 4]);
  });

  it('is simulated so that the official client understands it too', async () => {
    const said: string[] = [];
    const logger = { debug() {}, info() {}, warn() {}, error() {} };
    const client = new WSClient({ botId, secret: botSecret, wsUrl: far.url, logger });
    client.on('message.text', (frame) => {
      said.push(frame.body?.text?.content ?? '');
      void client.replyStream(frame, 's-1', '官方的答复', true);
    });
    client.connect();
    await new Promise<void>((resolve) => client.on('authenticated', () => resolve()));
    far.say({ text: { content: '@督办助手 /help' } });
    await expect.poll(() => far.shown.map(({ text }) => text)).toEqual(['官方的答复']);
    client.disconnect();
    expect(said).toEqual(['@督办助手 /help']);
  });

  it('survives whatever comes', async () => {
    const one = link();
    await one.open();
    for (const text of ['', '{', '[]', 'null', '{"headers":{}}', randomBytes(20).toString('latin1')]) far.raw(text);
    expect(await one.call('aibot_send_msg', { chatid: 'c', msgtype: 'markdown' })).toMatchObject({ errcode: 0 });
  });
});
