import { DWClient, type DWClientDownStream } from 'dingtalk-stream';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { reply } from '../../../src/chat/message.js';
import type { Connection } from '../../../src/platforms/adapter.js';
import { topics } from '../../../src/platforms/dingtalk/frames.js';
import { eventually } from '../../support/eventually.js';
import { NotedEars } from '../noted-ears.js';
import { type DingtalkRig, dingtalkRig, pressOf } from './rig.js';
import { app, cardTemplate, groupChat } from './simulator.js';

const times = { firstWaitMs: 20, longestWaitMs: 100, pingMs: 50, pongMs: 150, openMs: 500, lingerMs: 300 };

let rig: DingtalkRig;
let ears: NotedEars;
let connection: Connection | undefined;

beforeEach(async () => {
  rig = await dingtalkRig({ mode: 'stream', cards: { templateId: cardTemplate } }, times);
  ears = new NotedEars();
  connection = undefined;
});
afterEach(async () => {
  await connection?.close();
  expect(rig.logged()).not.toContain(app.clientSecret);
  expect(rig.logged()).not.toContain('ticket=');
  await rig.close();
});

async function connect(): Promise<void> {
  connection = await rig.adapter.connect?.(ears);
}
const say = (more: Record<string, unknown> = {}, id = 'msg1') =>
  rig.sim.push(topics.messages, rig.sim.spoken({ text: '查询', id, more }));
const acked = (count: number) => vi.waitFor(() => expect(rig.sim.acks).toHaveLength(count));

describe('the long connection', () => {
  it('is not offered in webhook mode, and there nothing is heard at an address', async () => {
    const webhook = await dingtalkRig();
    expect(webhook.adapter.connect).toBeUndefined();
    await webhook.close();
    expect(await rig.adapter.receive(rig.sim.request(rig.sim.spoken()))).toMatchObject({ kind: 'rejected' });
  });

  it('asks for messages and clicks', async () => {
    await connect();
    expect(rig.sim.subscriptions).toEqual([
      { type: 'CALLBACK', topic: '/v1.0/im/bot/messages/get' },
      { type: 'CALLBACK', topic: '/v1.0/card/instances/callback' },
    ]);
  });

  it('hears a message and acknowledges it once it is committed', async () => {
    await connect();
    let commit = () => {};
    const committed = new Promise<void>((resolve) => {
      commit = resolve;
    });
    ears.before = () => committed;
    const messageId = say();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(rig.sim.acks).toEqual([]);
    commit();
    await acked(1);
    expect(rig.sim.acks).toEqual([{ code: 200, messageId, data: { response: null } }]);
    expect(ears.heard).toMatchObject([{ id: 'msg1', text: '查询', addressed: true, answeredBy: 'delivery' }]);
  });

  it('hears the same message under the same id when it comes again in another frame', async () => {
    await connect();
    say();
    say();
    await acked(2);
    expect(ears.heard.map(({ id }) => id)).toEqual(['msg1', 'msg1']);
    expect(new Set(rig.sim.acks.map(({ messageId }) => messageId)).size).toBe(2);
  });

  it('leaves unanswered what failed, so that it comes again', async () => {
    await connect();
    ears.before = async () => {
      throw new Error('database is locked');
    };
    say();
    await vi.waitFor(() => expect(rig.logged()).toContain('database is locked'));
    ears.before = async () => {};
    say({}, 'msg2');
    await acked(1);
    expect(ears.heard).toMatchObject([{ id: 'msg2' }]);
  });

  it('hears a click and answers it on the card', async () => {
    await connect();
    const question = reply.question('好吗', [{ label: '是', send: '是' }]);
    await rig.adapter.send({ ...rig.group, webhook: null }, { key: 'k', reply: question, userIds: new Map() });
    const { card, press } = pressOf(rig.sim.posted[0]);
    rig.sim.push(topics.cards, rig.sim.pressed(card, press));
    await acked(1);
    expect(rig.sim.acks[0]).toMatchObject({
      code: 200,
      data: { response: { cardUpdateOptions: { updatePrivateDataByKey: true } } },
    });
    expect(ears.heard).toMatchObject([{ text: '是', chat: { id: groupChat, private: false } }]);
  });

  it('passes notices on', async () => {
    await connect();
    say({ text: undefined, errorMessage: '超出限额' });
    await acked(1);
    expect(ears.noticed).toMatchObject([{ kind: 'over-quota', chatId: groupChat }]);
  });

  it.each([
    ['of another robot', () => say({ robotCode: 'dinganother' }), 400],
    ['that makes no sense', () => rig.sim.push(topics.messages, 'nonsense'), 400],
    ['of another topic', () => rig.sim.push('/v1.0/other', {}), 404],
    ['of a kind that is not read', () => say({ msgtype: 'unknownMsgType' }), 200],
    ['with an event', () => rig.sim.push('*', {}, { type: 'EVENT' }), 200],
  ])('acknowledges a frame %s and hears nothing', async (_what, push, code) => {
    await connect();
    push();
    await acked(1);
    expect(rig.sim.acks[0]?.code).toBe(code);
    expect(ears.heard).toEqual([]);
  });

  it('gives a ping back as it came', async () => {
    await connect();
    const messageId = rig.sim.push('ping', '{"opaque":"0a1b"}', { type: 'SYSTEM' });
    rig.sim.push('KEEPALIVE', {}, { type: 'SYSTEM' });
    await acked(1);
    expect(rig.sim.acks).toEqual([{ code: 200, messageId, data: { opaque: '0a1b' } }]);
  });

  it('outlives frames that make no sense', async () => {
    await connect();
    for (const line of rig.sim.sockets) {
      for (const text of ['', '{', 'null', '[]', '{"type":"CALLBACK"}', '{"type":"CALLBACK","headers":{"topic":5}}']) {
        line.send(text);
      }
      line.send(Buffer.from([255, 0, 255]));
    }
    say();
    await vi.waitFor(() => expect(ears.heard).toHaveLength(1));
    expect(rig.sim.opened).toBe(1);
  });

  it('opens another before the one that the platform gives up is gone, and acknowledges on the old', async () => {
    await connect();
    let commit: (() => void) | undefined;
    ears.before = () =>
      new Promise((resolve) => {
        commit = resolve;
      });
    const messageId = say();
    await vi.waitFor(() => expect(commit).toBeDefined());
    rig.sim.push('disconnect', { reason: 'persistent connection is closing' }, { type: 'SYSTEM' });
    await vi.waitFor(() => expect(rig.sim.sockets.size).toBe(2));
    commit?.();
    await acked(1);
    expect(rig.sim.acks).toMatchObject([{ code: 200, messageId }]);
    await vi.waitFor(() => expect(rig.sim.sockets.size).toBe(1));
    ears.before = async () => {};
    say({}, 'msg2');
    await vi.waitFor(() => expect(ears.heard.map(({ id }) => id)).toEqual(['msg1', 'msg2']));
  });

  it('comes back when it is cut, with another ticket', async () => {
    await connect();
    for (const line of rig.sim.sockets) line.terminate();
    await vi.waitFor(() => expect(rig.sim.opened).toBe(2));
    expect(rig.sim.calls.filter((call) => call.includes('open'))).toHaveLength(2);
    say();
    await vi.waitFor(() => expect(ears.heard).toHaveLength(1));
  });

  it('is noticed to be half open when no ping is answered', async () => {
    rig.sim.deafen(true);
    await connect();
    await vi.waitFor(() => expect(rig.logged()).toContain('half open'));
    rig.sim.deafen(false);
    await vi.waitFor(() => expect(rig.sim.opened).toBeGreaterThan(1));
    const { pings } = rig.sim;
    await vi.waitFor(() => expect(rig.sim.pings).toBeGreaterThan(pings + 2));
    expect(rig.sim.sockets.size).toBe(1);
  });

  it.each([
    { status: 503, body: 'busy' },
    { status: 200, body: '<xml/>' },
    { status: 200, body: '{"endpoint":"ws://evil.example/connect","ticket":"t"}' },
    { status: 200, body: '{"endpoint":"ws://127.0.0.1:9/connect","ticket":"used"}' },
  ])('waits while the gateway says %j', async (gateway) => {
    rig.sim.gateway = gateway;
    const opening = connect();
    await vi.waitFor(() => expect(rig.sim.calls.length).toBeGreaterThan(2));
    rig.sim.gateway = null;
    await opening;
    expect(rig.sim.sockets.size).toBe(1);
  });

  it('does not open for an app that the platform refuses', async () => {
    const wrong = await dingtalkRig({ mode: 'stream', clientSecret: 'another' }, times);
    await expect(wrong.adapter.connect?.(ears)).rejects.toThrow('authFailed');
    expect(wrong.logged()).not.toContain('another');
    await wrong.close();
  });

  it('that is closed before it is up does not open', async () => {
    rig.sim.gateway = { status: 503, body: 'busy' };
    const closing = new AbortController();
    const opening = expect(rig.adapter.connect?.(ears, closing.signal)).rejects.toThrow('closed before it was up');
    await eventually(() => expect(rig.logged()).toContain('no long connection'));
    closing.abort();
    await opening;
  });

  it('ends what it hears before it closes', async () => {
    await connect();
    let isHearing = false;
    ears.before = () => {
      isHearing = true;
      return new Promise((resolve) => setTimeout(resolve, 100));
    };
    say();
    await vi.waitFor(() => expect(isHearing).toBe(true));
    await connection?.close();
    connection = undefined;
    await acked(1);
    await vi.waitFor(() => expect(rig.sim.sockets.size).toBe(0));
    expect(rig.sim.opened).toBe(1);
  });
});

describe('the official SDK at the simulator', () => {
  /** It has no setting for its gateway. */
  class LoopbackClient extends DWClient {
    override async getEndpoint() {
      const answer = await fetch(`${rig.sim.url}/v1.0/gateway/connections/open`, {
        method: 'POST',
        headers: { accept: 'application/json', 'content-type': 'application/json' },
        body: JSON.stringify({ ...app, subscriptions: this.getConfig().subscriptions }),
      });
      const { endpoint, ticket } = (await answer.json()) as { endpoint: string; ticket: string };
      (this as unknown as { dw_url: string }).dw_url = `${endpoint}?ticket=${ticket}`;
      return this;
    }
  }

  it('hears and answers the very frames that we do', async () => {
    vi.spyOn(console, 'info').mockImplementation(() => {});
    const subscriptions: { type: string; topic: string }[] = [];
    const client = new LoopbackClient({ ...app, subscriptions } as ConstructorParameters<typeof DWClient>[0]);
    const texts: string[] = [];
    client.registerCallbackListener(topics.messages, (frame: DWClientDownStream) => {
      texts.push(JSON.parse(frame.data).text.content);
      client.socketCallBackResponse(frame.headers.messageId, null);
    });
    await client.connect();
    await vi.waitFor(() => expect(rig.sim.opened).toBe(1));
    const messageId = say();
    rig.sim.push('ping', '{"opaque":"0a1b"}', { type: 'SYSTEM', messageId: 'm_ping' });
    await acked(2);
    expect(texts).toEqual([' 查询']);
    const theirs = [...rig.sim.acks];
    client.disconnect();
    await vi.waitFor(() => expect(rig.sim.sockets.size).toBe(0));
    await connect();
    const ours = say();
    rig.sim.push('ping', '{"opaque":"0a1b"}', { type: 'SYSTEM', messageId: 'm_ping' });
    await acked(4);
    const byId = (acks: typeof theirs, id: string) => acks.find((one) => one.messageId === id);
    expect(byId(rig.sim.acks.slice(2), 'm_ping')).toEqual(byId(theirs, 'm_ping'));
    expect(byId(rig.sim.acks, ours)).toEqual({ ...byId(theirs, messageId), messageId: ours });
    vi.restoreAllMocks();
  });
});
