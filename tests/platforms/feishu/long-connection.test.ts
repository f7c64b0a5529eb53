import { type Domain, EventDispatcher, LoggerLevel, WSClient } from '@larksuiteoapi/node-sdk';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Connection } from '../../../src/platforms/adapter.js';
import { decodeFrame, encodeFrame } from '../../../src/platforms/feishu/frames.js';
import { eventually } from '../../support/eventually.js';
import { NotedEars } from '../noted-ears.js';
import { type FeishuRig, feishuRig } from './rig.js';
import { app } from './simulator.js';

const times = { firstWaitMs: 20, longestWaitMs: 100, pongMs: 200, openMs: 500 };

let rig: FeishuRig;
let ears: NotedEars;
let connection: Connection | undefined;

beforeEach(async () => {
  rig = await feishuRig({ mode: 'stream' }, { times });
  ears = new NotedEars();
  connection = undefined;
});
afterEach(async () => {
  await connection?.close();
  expect(rig.logged()).not.toContain(app.appSecret);
  expect(rig.logged()).not.toContain('ticket-1');
  await rig.close();
});

async function connect(): Promise<void> {
  connection = await rig.adapter.connect?.(ears);
}
const said = (text: string) => rig.sim.spoken({ chat: 'oc_group', user: 'ou_u1', text, mention: true, id: 'om_1' });
const acked = (count: number) => eventually(() => expect(rig.sim.acks).toHaveLength(count));

describe('the long connection', () => {
  it('is not offered in webhook mode', async () => {
    const webhook = await feishuRig();
    expect(webhook.adapter.connect).toBeUndefined();
    await webhook.close();
  });

  it('hears a message and acknowledges it once it is committed', async () => {
    await connect();
    let commit = () => {};
    const committed = new Promise<void>((resolve) => {
      commit = resolve;
    });
    ears.before = () => committed;
    rig.sim.push(said('查询'));
    await eventually(() => expect(rig.sim.calls.some((call) => call.includes('/users/'))).toBe(true));
    expect(rig.sim.acks).toEqual([]);
    commit();
    await acked(1);
    expect(rig.sim.acks).toEqual([{ code: 200 }]);
    expect(ears.heard).toMatchObject([{ id: 'om_1', text: '查询', addressed: true, answeredBy: 'delivery' }]);
  });

  it('puts an event together that comes in pieces', async () => {
    await connect();
    rig.sim.push(said('查询 '.repeat(300)), 3);
    await acked(1);
    expect(ears.heard).toHaveLength(1);
  });

  it('does not acknowledge what failed, so that it comes again', async () => {
    await connect();
    ears.before = async () => {
      throw new Error('database is locked');
    };
    rig.sim.push(said('查询'));
    await acked(1);
    expect(rig.sim.acks).toEqual([{ code: 500 }]);
  });

  it('answers a click with a toast', async () => {
    await connect();
    rig.sim.push(rig.sim.pressed('oc_group', 'ou_u1', { send: '是', private: false }));
    await acked(1);
    const [ack] = rig.sim.acks;
    expect(JSON.parse(Buffer.from(ack?.data ?? '', 'base64').toString())).toEqual({
      toast: { type: 'info', content: '已收到' },
    });
    expect(ears.heard).toMatchObject([{ text: '是' }]);
  });

  it('passes notices on', async () => {
    await connect();
    rig.sim.push(rig.sim.chat('im.chat.member.bot.added_v1', 'oc_new', { name: '专班', external: false }));
    await acked(1);
    expect(ears.noticed).toEqual([{ kind: 'bot-added', account: app.appId, chatId: 'oc_new', chatName: '专班' }]);
  });

  it('hears nothing of another app', async () => {
    await connect();
    rig.sim.push(rig.sim.spoken({ chat: 'oc_group', user: 'ou_u1', text: '查' }, { app_id: 'cli_other' }));
    await acked(1);
    expect(ears.heard).toEqual([]);
  });

  it('outlives frames that make no sense', async () => {
    await connect();
    for (const line of rig.sim.sockets) {
      line.send(Buffer.from([255, 255, 255]));
      line.send('text');
      line.send(
        encodeFrame({
          seqId: 1n,
          logId: 1n,
          service: 1,
          method: 1,
          headers: [
            ['sum', '100000000'],
            ['seq', '-1'],
          ],
          payload: new Uint8Array(),
        }),
      );
      line.send(encodeFrame({ seqId: 1n, logId: 1n, service: 1, method: 1, headers: [], payload: Buffer.from('{') }));
    }
    rig.sim.push(said('查询'));
    await eventually(() => expect(ears.heard).toHaveLength(1));
    expect(rig.sim.sockets.size).toBe(1);
  });

  it('comes back when it is cut', async () => {
    await connect();
    for (const line of rig.sim.sockets) line.terminate();
    await eventually(() => expect(rig.sim.opened).toBe(2));
    await eventually(() => expect(rig.sim.sockets.size).toBe(1));
    rig.sim.push(said('查询'));
    await eventually(() => expect(ears.heard).toHaveLength(1));
  });

  it('is noticed to be half open when no ping is answered', async () => {
    await connect();
    await eventually(() => expect(rig.sim.pings).toBe(1));
    rig.sim.deaf = true;
    rig.sim.pingSeconds = 1;
    for (const line of rig.sim.sockets) line.terminate();
    await eventually(() => expect(rig.logged()).toContain('half open'));
    rig.sim.deaf = false;
    await eventually(() => expect(rig.sim.sockets.size).toBe(1));
  });

  it('pings as often as the platform asks', async () => {
    rig.sim.pingSeconds = 1;
    await connect();
    await eventually(() => expect(rig.sim.pings).toBeGreaterThanOrEqual(2));
  });

  it('waits for a platform that is busy', async () => {
    rig.sim.endpointCode = 1000040343;
    const opening = connect();
    await eventually(() => expect(rig.sim.calls.filter((call) => call.includes('endpoint')).length).toBeGreaterThan(1));
    rig.sim.endpointCode = 0;
    await opening;
    expect(rig.sim.sockets.size).toBe(1);
  });

  it('does not open for an app that the platform refuses', async () => {
    const wrong = await feishuRig({ mode: 'stream', appSecret: 'another' }, { times });
    await expect(wrong.adapter.connect?.(ears)).rejects.toThrow('514');
    expect(wrong.logged()).not.toContain('another');
    await wrong.close();
  });

  it('that is closed before it is up does not open', async () => {
    rig.sim.endpointCode = 1000040343;
    const closing = new AbortController();
    const opening = expect(rig.adapter.connect?.(ears, closing.signal)).rejects.toThrow('closed before it was up');
    await eventually(() => expect(rig.logged()).toContain('no long connection'));
    closing.abort();
    await opening;
  });

  it('ends what it hears before it closes', async () => {
    await connect();
    ears.before = () => new Promise((resolve) => setTimeout(resolve, 100));
    rig.sim.push(said('查询'));
    await eventually(() => expect(rig.sim.calls.some((call) => call.includes('/users/'))).toBe(true));
    await connection?.close();
    connection = undefined;
    expect(ears.heard).toHaveLength(1);
    await acked(1);
    await eventually(() => expect(rig.sim.sockets.size).toBe(0));
  });
});

describe('the official SDK at the simulator', () => {
  it('hears and answers the very frames that we do', async () => {
    const client = new WSClient({
      appId: app.appId,
      appSecret: app.appSecret,
      domain: rig.sim.url as unknown as Domain,
      loggerLevel: LoggerLevel.error,
    });
    const texts: string[] = [];
    const eventDispatcher = new EventDispatcher({ loggerLevel: LoggerLevel.error }).register({
      'im.message.receive_v1': ({ message }) => void texts.push(message.content),
      'card.action.trigger': () => ({ toast: { type: 'info', content: '好' } }),
    });
    await client.start({ eventDispatcher });
    await eventually(() => expect(rig.sim.pings).toBe(1));
    rig.sim.push(said('查询'), 3);
    rig.sim.push(rig.sim.pressed('oc_group', 'ou_u1', { send: '是' }));
    await acked(2);
    expect(texts).toEqual(['{"text":"@_user_1 查询"}']);
    expect(rig.sim.acks.map(({ code }) => code)).toEqual([200, 200]);
    client.close({ force: true });
  });
});

describe('a frame', () => {
  it('is the same after a journey', () => {
    const frame = {
      seqId: 7n,
      logId: 18446744073709551615n,
      service: 33554678,
      method: 1,
      headers: [['type', 'event'] as [string, string], ['空', ''] as [string, string]],
      payload: Buffer.from('载荷'),
    };
    const back = decodeFrame(encodeFrame(frame));
    expect({ ...back, payload: Buffer.from(back.payload) }).toEqual(frame);
  });
});
