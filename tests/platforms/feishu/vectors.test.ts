import { AESCipher, EventDispatcher, generateChallenge, LoggerLevel } from '@larksuiteoapi/node-sdk';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { decrypted, encrypted, isSigned, keyOf } from '../../../src/platforms/feishu/crypto.js';
import { type FeishuRig, feishuRig } from './rig.js';
import { sealed, signature, signedRequest } from './sealing.js';
import { app } from './simulator.js';

// Computed with node:crypto, checked against the official SDK, Python's hashlib and openssl.
const challenge =
  '{"encrypt":"AAECAwQFBgcICQoLDA0OD0l2Xgu0i/DBsKDgp8jZ79QzOEI4b2eX/fdTWmwqn9s2Eh4HqCFxWhByioPSjq6PAqw9p7odzzRcTlhOZriRtJII2VxD596bqjMZoZN5p6UrGj+7B8sgAYQvDivA/G1MEw=="}';
const event =
  '{"encrypt":"AAECAwQFBgcICQoLDA0OD7CaQ6qwKLw1FPfwXPPSMNELZ/dFylE60I8aon7eMsvMKJ5w4gwvYHQIony4eS1CzxNBCsXA6ptfbzoIoCv2pWKdgwgr2MvSsyVndi+nKeTy2l9WNsxYRFs39S8ThkA3zKp4tTMizzlYxRUmxjkKMJqMKQDB52vHdJ31wnk3jKFNjed+frIt0QtNI6y2P01sn9+NQ7v5yW6pisw8MNmPjkKMA+cbLhEPa4ywj+8ENMDwd/SjYEEA9Tzfq4lV7TQyPjbUfgAEVLHit65hukfMtNU0bu03cGWbVrT7nwma+x5bazNuH2Z6ur+Es3yr8XiHPoelXnDH/FyX/IAJ2mJY4leq0bxVrRDKKAe0F9FITTaG"}';
const plainEvent =
  '{"schema":"2.0","header":{"event_id":"ev_1","event_type":"im.message.receive_v1","create_time":"1775001600000","token":"vt_demo_8f3a","app_id":"cli_a1b2c3d4e5f60718","tenant_key":"tk1"},"event":{"message":{"message_id":"om_1","content":"{\\"text\\":\\"@_user_1 你好\\"}"}}}';
const headers = {
  'x-lark-request-timestamp': '1775001600',
  'x-lark-request-nonce': 'nonce-demo-42',
  'x-lark-signature': '09d05d43be710bd4f4ac795347ecab7f53e4fee1664ef664b603671676522259',
};
const signed = {
  timestamp: headers['x-lark-request-timestamp'],
  nonce: headers['x-lark-request-nonce'],
  signature: headers['x-lark-signature'],
};
const iv = Buffer.from('000102030405060708090a0b0c0d0e0f', 'hex');
const { encryptKey } = app;
const encryptOf = (body: string): string => JSON.parse(body).encrypt;
const post = (body: string, some: Record<string, string> = {}) =>
  new Request('http://127.0.0.1/webhooks/feishu', { method: 'POST', headers: some, body });
const isGood = (body: string, some = {}) => isSigned(Buffer.from(body), { ...signed, ...some }, encryptKey);

let rig: FeishuRig;
beforeEach(async () => {
  rig = await feishuRig();
});
afterEach(() => rig.close());

describe('the vectors of the platform', () => {
  it('are read by the official SDK when we make them', () => {
    const plain = { type: 'url_verification', challenge: '挑战' };
    expect(JSON.parse(new AESCipher(encryptKey).decrypt(encrypted(plain, encryptKey)))).toEqual(plain);
  });

  it('are what the simulator makes', () => {
    expect(
      sealed('{"challenge":"c-20260401-demo","token":"vt_demo_8f3a","type":"url_verification"}', encryptKey, iv),
    ).toBe(challenge);
    expect(sealed(plainEvent, encryptKey, iv)).toBe(event);
    expect(signature(event, '1775001600', 'nonce-demo-42', encryptKey)).toBe(signed.signature);
  });

  it('the unsigned challenge is answered in the clear', async () => {
    const inbound = await rig.adapter.receive(post(challenge));
    expect(inbound.kind).toBe('handshake');
    if (inbound.kind !== 'handshake') return;
    expect(inbound.response.status).toBe(200);
    expect(await inbound.response.json()).toEqual({ challenge: 'c-20260401-demo' });
    expect(rig.sim.calls).toEqual([]);
  });

  it('the challenge decrypts for the official SDK to the same', () => {
    expect(JSON.parse(new AESCipher(encryptKey).decrypt(encryptOf(challenge)))).toEqual(
      decrypted(encryptOf(challenge), keyOf(encryptKey)),
    );
    expect(generateChallenge(JSON.parse(challenge), { encryptKey })).toEqual({
      isChallenge: true,
      challenge: { challenge: 'c-20260401-demo' },
    });
  });

  it('the signed event is taken by us and by the official SDK', async () => {
    expect(isGood(event)).toBe(true);
    expect(decrypted(encryptOf(event), keyOf(encryptKey))).toEqual(JSON.parse(plainEvent));
    let text = '';
    const dispatcher = new EventDispatcher({ encryptKey, loggerLevel: LoggerLevel.error }).register({
      'im.message.receive_v1': ({ message }) => {
        text = message.content;
      },
    });
    await dispatcher.invoke(Object.assign(Object.create({ headers }), JSON.parse(event)));
    expect(text).toBe('{"text":"@_user_1 你好"}');
  });

  it('what the adapter takes, the official SDK takes', async () => {
    const request = rig.sim.request(rig.sim.spoken({ chat: 'oc_group', user: 'ou_u1', text: '查询', mention: true }));
    const body = await request.clone().text();
    expect((await rig.adapter.receive(request.clone() as Request)).kind).toBe('message');
    const heard: unknown[] = [];
    const dispatcher = new EventDispatcher({ encryptKey, loggerLevel: LoggerLevel.error }).register({
      'im.message.receive_v1': (data) => void heard.push(data.message.content),
    });
    const plain = Object.fromEntries(request.headers);
    await dispatcher.invoke(Object.assign(Object.create({ headers: plain }), JSON.parse(body)));
    expect(heard).toEqual(['{"text":"@_user_1 查询"}']);
  });
});

describe('a signature', () => {
  it('is over every byte of the body', () => {
    expect(isGood(event.replace('AAECAw', 'AAECAx'))).toBe(false);
    expect(isGood(`${event}\n`)).toBe(false);
  });

  it.each([signed.signature.slice(1), `${signed.signature}0`, '', 'z'.repeat(64)])('of the form %j is none', (some) => {
    expect(isGood(event, { signature: some })).toBe(false);
  });

  it('may come in capitals', () => {
    expect(isGood(event, { signature: signed.signature.toUpperCase() })).toBe(true);
  });

  it('is over the raw bytes: the same JSON with spaces has another one, and is taken', async () => {
    const spaced = event.replace('{"encrypt":', '{ "encrypt" : ');
    expect(isGood(spaced)).toBe(false);
    const { kind } = await rig.adapter.receive(signedRequest(spaced, encryptKey));
    expect(kind).toBe('rejected'); // the vector's event has no sender
    const said = sealed(JSON.stringify(rig.sim.spoken({ chat: 'oc_group', user: 'ou_u1', text: '查' })), encryptKey);
    const inbound = await rig.adapter.receive(signedRequest(said.replace('{', '{ \n'), encryptKey));
    expect(inbound.kind).toBe('message');
  });

  it.each(Object.keys(headers))('lacks nothing: without %s the event is refused', async (name) => {
    const some: Record<string, string> = { ...headers };
    delete some[name];
    const inbound = await rig.adapter.receive(post(event, some));
    expect(inbound).toMatchObject({ kind: 'rejected', why: 'signature', response: { status: 401 } });
  });
});

describe('what cannot be decrypted', () => {
  const tooShort = Buffer.alloc(16).toString('base64');
  it.each(['{"encrypt":"AAAA"}', `{"encrypt":"${tooShort}"}`, '{"encrypt":7}', '{}', 'null', '', '{"encrypt":""}'])(
    'as %s is refused, signed or not',
    async (body) => {
      expect(await rig.adapter.receive(post(body))).toMatchObject({ kind: 'rejected', response: { status: 401 } });
      const inbound = await rig.adapter.receive(signedRequest(body, encryptKey));
      expect(inbound).toMatchObject({ kind: 'rejected', why: 'malformed', response: { status: 400 } });
    },
  );

  it.each([
    ['a broken last block', event.slice(0, -30) + event.slice(-30).replace('A', 'B')],
    ['another key', sealed(plainEvent, 'another key')],
    ['no JSON', sealed('hello', encryptKey)],
  ])('for %s is refused alike', async (_what, body) => {
    const inbound = await rig.adapter.receive(signedRequest(body, encryptKey));
    expect(inbound).toMatchObject({ kind: 'rejected', why: 'malformed', response: { status: 400 } });
  });

  it('is refused when it is no text', () => {
    const { encrypt } = JSON.parse(sealed('x', encryptKey));
    expect(decrypted(encrypt, keyOf(encryptKey))).toBe(null);
  });
});

describe('a challenge', () => {
  const asked = (changes: object) =>
    sealed(
      JSON.stringify({ challenge: 'c', token: app.verificationToken, type: 'url_verification', ...changes }),
      encryptKey,
    );

  it.each([{ token: 'another' }, { token: undefined }, { type: 'event_callback' }, { challenge: 7 }])(
    'with %j is refused',
    async (changes) => {
      const inbound = await rig.adapter.receive(post(asked(changes)));
      expect(inbound).toMatchObject({ kind: 'rejected', why: 'signature', response: { status: 401 } });
    },
  );

  it('in the clear is refused', async () => {
    const body = JSON.stringify({ challenge: 'c', token: app.verificationToken, type: 'url_verification' });
    expect(await rig.adapter.receive(post(body))).toMatchObject({ kind: 'rejected', why: 'signature' });
  });

  it('that is signed is answered too', async () => {
    expect((await rig.adapter.receive(signedRequest(asked({}), encryptKey))).kind).toBe('handshake');
  });
});

it('an event with another verification token is refused', async () => {
  const said = rig.sim.spoken({ chat: 'oc_group', user: 'ou_u1', text: '查' }, { token: 'another' });
  expect(await rig.adapter.receive(rig.sim.request(said))).toMatchObject({ kind: 'rejected', why: 'signature' });
});

it('an event that was signed long ago is taken: the platform repeats for seven hours', async () => {
  const body = sealed(JSON.stringify(rig.sim.spoken({ chat: 'oc_group', user: 'ou_u1', text: '查' })), encryptKey);
  const old = { 'x-lark-request-timestamp': '1', 'x-lark-signature': signature(body, '1', 'n', encryptKey) };
  const request = signedRequest(body, encryptKey, { ...old, 'x-lark-request-nonce': 'n' });
  expect((await rig.adapter.receive(request)).kind).toBe('message');
});
