import { WSClient } from '@wecom/aibot-node-sdk';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { IncomingMessage } from '../../../src/chat/message.js';
import type { Connection, Target } from '../../../src/platforms/adapter.js';
import type { WecomSettings } from '../../../src/platforms/wecom/settings.js';
import { eventually } from '../../support/eventually.js';
import { aFile } from '../a-file.js';
import { botSecret, ConnectionSimulator } from './connection-simulator.js';
import { groupChat, type WecomRig, wecomRig } from './rig.js';
import { botId } from './simulator.js';

const large = Buffer.from(Array.from({ length: 1_200_000 }, (_, at) => (at * 31) % 251));
const name = '督办台账 2023-09-25.xlsx';

let rig: WecomRig;
afterEach(() => rig.close());

describe('how a file gets to whoever asks', () => {
  const asked = (more: Partial<IncomingMessage> & { private?: boolean } = {}): IncomingMessage => ({
    platform: 'wecom',
    account: botId,
    id: 'm1',
    chat: { id: more.private ? 'wangfang' : groupChat, private: more.private ?? false },
    sender: 'wangfang',
    text: '/export',
    addressed: true,
    senderName: null,
    quoted: null,
    answeredBy: 'response',
    route: null,
    ...more,
  });
  const way = (message: IncomingMessage, webhook: string | null = null) => rig.adapter.fileWay?.(message, webhook);
  const open = async (change?: (settings: WecomSettings) => void) => {
    rig = await wecomRig(change);
  };
  const onlyBot = (settings: WecomSettings) => {
    settings.app = null;
  };

  it('by callback: in a group by its robot, one to one by the app, and the answer says so', async () => {
    await open();
    expect(way(asked(), rig.simulator.webhook)).toEqual({
      kind: 'apart',
      say: '文件随后由本群的消息推送机器人发出。',
    });
    expect(way(asked({ private: true }))).toEqual({ kind: 'apart', say: '文件随后由自建应用单独发给你。' });
  });

  it('to the app: by the app', async () => {
    await open();
    expect(way(asked({ private: true, answeredBy: 'delivery' }))).toEqual({ kind: 'with-answer' });
  });

  it('by callback without a robot in the group: one to one, where the app is', async () => {
    await open();
    expect(way(asked())).toEqual({ kind: 'none', say: '这里发不了文件，请单聊我发“/export”。' });
  });

  it('by callback without app and robot: nowhere, and who can change that', async () => {
    await open(onlyBot);
    for (const message of [asked(), asked({ private: true })]) {
      const none = way(message);
      expect(none?.kind).toBe('none');
      expect(none).toMatchObject({ say: expect.stringMatching(/^这里发不了文件：.*“\/export”.*服务器上取/u) });
      expect(none).not.toMatchObject({ say: expect.stringContaining('单聊') });
    }
  });

  it('over the long connection: with the answer', async () => {
    await open((settings) => {
      settings.bot = { mode: 'stream', botId, secret: botSecret, streamUrl: 'ws://127.0.0.1:1' };
      settings.app = null;
    });
    expect(way(asked({ answeredBy: 'delivery' }))).toEqual({ kind: 'with-answer' });
  });
});

describe('by the app', () => {
  beforeEach(async () => {
    rig = await wecomRig();
  });

  it('a file is sent again at once under the same id after a lost answer, so that it arrives once', async () => {
    rig.simulator.trouble({ kind: 'lost-answer' });
    expect(await rig.adapter.send(rig.person, aFile('k', name))).toMatchObject({ kind: 'sent' });
    expect(rig.simulator.shownFiles).toMatchObject([{ chat: 'single wangfang', name }]);
    const [first, second] = rig.simulator.sends;
    expect(second).toEqual(first);
    expect(first).toMatchObject({ msgtype: 'file', enable_duplicate_check: 1, touser: 'wangfang' });
  });

  it('a second lost answer leaves it open, and no key is claimed', async () => {
    rig.simulator.trouble({ kind: 'lost-answer' }, { kind: 'hang' });
    expect(await rig.adapter.send(rig.person, aFile('k', name))).toMatchObject({ kind: 'retry', arrived: 'maybe' });
    expect(rig.simulator.shownFiles).toHaveLength(1);
    expect(rig.adapter.limitsFor?.(rig.person, 'file')).toMatchObject({ keyHonouredMs: 0, sendsPerMinute: 20 });
  });

  it('to nobody who cannot be reached', async () => {
    const sent = await rig.adapter.send({ ...rig.person, userId: 'hidden' }, aFile('k', name));
    expect(sent).toMatchObject({ kind: 'refused', target: 'gone' });
  });

  it('says what is wrong with a file', async () => {
    rig.simulator.uploadTrouble({ kind: 'too-large' });
    expect(await rig.adapter.send(rig.person, aFile('k', name))).toEqual({
      kind: 'refused',
      why: '企业微信返回45001：文件超过20MB',
    });
    expect(await rig.adapter.send(rig.person, aFile('k2', name, Buffer.from('x')))).toEqual({
      kind: 'refused',
      why: '企业微信返回44001：文件是空的',
    });
  });
});

describe('by the robot of a group', () => {
  beforeEach(async () => {
    rig = await wecomRig();
  });

  it('a file is uploaded with the robot’s own key, and told to the robot alone', async () => {
    expect(await rig.adapter.send(rig.group, aFile('k', name))).toMatchObject({ kind: 'sent' });
    expect([...rig.simulator.media.values()]).toMatchObject([{ name, owner: 'robot' }]);
    expect(rig.simulator.tokensAsked).toBe(0);
  });

  it.each(['lost-answer', 'hang'] as const)('it is not sent twice after %s', async (kind) => {
    rig.simulator.trouble({ kind });
    expect(await rig.adapter.send(rig.group, aFile('k', name))).toMatchObject({ kind: 'unknown' });
  });

  it('never by the answer to a message, which takes none', async () => {
    const inbound = await rig.adapter.receive(rig.simulator.clicked('/export', { id: 'e1' }));
    if (inbound.kind !== 'message') throw new Error('no message');
    const target = { ...rig.group, route: inbound.message.route };
    expect(await rig.adapter.send(target, aFile('k', name))).toMatchObject({ kind: 'sent' });
    expect(rig.simulator.shownFiles).toHaveLength(1);
    expect(rig.adapter.limitsFor?.(target, 'file')).toMatchObject({ spacingMs: 3000 });
  });

  it('is refused where there is none', async () => {
    const sent = await rig.adapter.send({ ...rig.group, webhook: null }, aFile('k', name));
    expect(sent).toEqual({ kind: 'refused', why: '没有能发文件的通道' });
  });
});

describe('over the long connection', () => {
  const group: Target = { account: botId, chatId: groupChat, userId: null, route: null, webhook: null };
  let far: ConnectionSimulator;
  let connection: Connection;

  beforeEach(async () => {
    far = await ConnectionSimulator.start();
    rig = await wecomRig((settings) => {
      settings.bot = { mode: 'stream', botId, secret: botSecret, streamUrl: far.url };
      settings.app = null;
    });
    const opened = await rig.adapter.connect?.({ hear: async () => [], notice: async () => undefined });
    if (!opened) throw new Error('no long connection');
    connection = opened;
  });
  afterEach(async () => {
    await connection.close();
    await far.close();
  });
  const uploads = () => far.frames.filter(({ cmd }) => cmd.startsWith('aibot_upload_media_'));

  it('a file goes up in pieces and arrives whole, in the group and one to one', async () => {
    expect(await rig.adapter.send(group, aFile('k1', name, large))).toMatchObject({ kind: 'sent' });
    const person = { ...group, chatId: '', userId: 'lisi' };
    expect(await rig.adapter.send(person, aFile('k2', name))).toMatchObject({ kind: 'sent' });
    expect(far.files.map(({ chat, name: shown }) => [chat, shown])).toEqual([
      [groupChat, name],
      ['lisi', name],
    ]);
    expect(far.files[0]?.content.equals(large)).toBe(true);
    expect(far.frames.filter(({ cmd }) => cmd === 'aibot_send_msg').map(({ body }) => body.chat_type)).toEqual([2, 1]);
    expect(far.shown).toEqual([]);
  });

  it('as the official client sends it', async () => {
    await rig.adapter.send(group, aFile('k1', name, large));
    const bare = () => uploads().map(({ cmd, body: { upload_id, ...body } }) => ({ cmd, body }));
    const ours = bare();
    await connection.close();
    far.frames.length = 0;
    const client = new WSClient({ botId, secret: botSecret, wsUrl: far.url, logger: silent });
    const isUp = new Promise<void>((resolve) => client.on('authenticated', () => resolve()));
    client.connect();
    await isUp;
    await client.uploadMedia(large, { type: 'file', filename: name });
    client.disconnect();
    const theirs = bare();
    const byPlace = (a: (typeof ours)[number], b: (typeof ours)[number]) =>
      Number(a.body.chunk_index ?? -1) - Number(b.body.chunk_index ?? -1);
    expect(theirs.toSorted(byPlace)).toEqual(ours.toSorted(byPlace));
  });

  it.each([0, 1, 4])('a piece that is lost (frame %i) puts it off: nobody has seen anything', async (at) => {
    far.uploadTroubles.push(...Array.from({ length: at }, () => 0), 'cut');
    const one = aFile('k', name, large);
    expect(await rig.adapter.send(group, one)).toMatchObject({ kind: 'retry', arrived: 'no' });
    await eventually(async () => expect(await rig.adapter.send(group, one)).toMatchObject({ kind: 'sent' }));
    expect(far.files).toHaveLength(1);
  });

  it('is put off while the platform is full, and uploaded once', async () => {
    far.troubles.push(45009);
    const one = aFile('k', name);
    expect(await rig.adapter.send(group, one)).toMatchObject({ kind: 'retry', afterMs: 60_000 });
    expect(await rig.adapter.send(group, one)).toMatchObject({ kind: 'sent' });
    expect(far.media.size).toBe(1);
  });

  it('is uploaded again when the platform has forgotten it', async () => {
    far.troubles.push(45009);
    const one = aFile('k', name);
    await rig.adapter.send(group, one);
    far.media.clear();
    expect(await rig.adapter.send(group, one)).toMatchObject({ kind: 'sent' });
    expect(far.files).toHaveLength(1);
  });

  it('is not sent twice when no receipt came', async () => {
    far.troubles.push('cut');
    expect(await rig.adapter.send(group, aFile('k', name))).toMatchObject({ kind: 'unknown' });
  });

  it('is not taken when it is refused', async () => {
    far.uploadTroubles.push(45001);
    expect(await rig.adapter.send(group, aFile('k', name))).toMatchObject({
      kind: 'refused',
      why: '企业微信返回45001：文件超过20MB',
    });
  });
});

const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
