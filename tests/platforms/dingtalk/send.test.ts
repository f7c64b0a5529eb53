import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { type Reply, reply } from '../../../src/chat/message.js';
import type { Target } from '../../../src/platforms/adapter.js';
import { aFile } from '../a-file.js';
import { type DingtalkRig, dingtalkRig, secrets, withCards } from './rig.js';
import { app, colleague, groupChat, privateChat, speaker, webhookSecret } from './simulator.js';

let rig: DingtalkRig;
beforeEach(async () => {
  rig = await dingtalkRig();
});
afterEach(async () => {
  for (const secret of secrets) expect(rig.logged()).not.toContain(secret);
  await rig.close();
});

const text = reply.text('已记：水-7');
const card = reply.card('督办周报', {
  blocks: [{ kind: 'section', text: '县住建局', mentions: [{ person: 'p1', name: '李四' }] }],
});
const question = reply.question('请核对，无误请回“是”：', [{ label: '是', send: '是' }]);
const send = (said: Reply, target: Target = rig.group, key = 'k1') =>
  rig.adapter.send(target, { key, reply: said, userIds: new Map([['p1', colleague]]) });
const ways = () => rig.sim.posted.map(({ way }) => way);

/** Somebody has said something; where it is answered. */
async function asked(isPrivate = false, more: Record<string, unknown> = {}): Promise<Target> {
  const inbound = await rig.adapter.receive(rig.sim.request(rig.sim.spoken({ private: isPrivate, more })));
  if (inbound.kind !== 'message') throw new Error('no message');
  const { chat, sender, route } = inbound.message;
  const userId = chat.private ? sender : null;
  return { account: app.robotCode, chatId: chat.id, userId, route, webhook: chat.private ? null : rig.sim.webhook };
}
const robotOnly = (target: Target): Target => ({ ...target, webhook: null });
const without = (target: Target): Target => ({ ...target, route: null });

describe('an answer', () => {
  it('goes to the address that came with the message, and rings', async () => {
    await send(card, await asked());
    const [posted] = rig.sim.posted;
    expect(posted).toMatchObject({ way: 'session', chat: groupChat, mentions: [colleague] });
    expect(posted?.body).toEqual({
      msgtype: 'markdown',
      markdown: { title: '督办周报', text: `**督办周报**  \n  **县住建局** @${colleague}` },
      at: { atUserIds: [colleague], isAtAll: false },
    });
    expect(rig.sim.tokensAsked).toBe(0);
  });

  it('goes so one to one, also to people who have no staff id', async () => {
    await send(text, await asked(true));
    await send(text, await asked(true, { senderStaffId: undefined }), 'k2');
    expect(rig.sim.posted.map(({ chat }) => chat)).toEqual([privateChat, privateChat]);
  });

  it.each([
    ['in a group with a robot', () => rig.group, 'webhook'],
    ['in a group without', () => robotOnly(rig.group), 'group'],
    ['one to one', () => rig.person, 'person'],
  ] as const)('goes %s the other way when the address has expired', async (_what, target, way) => {
    const { route } = await asked(way === 'person');
    rig.sim.expireSessions();
    expect(await send(text, { ...target(), route })).toMatchObject({ kind: 'sent' });
    expect(ways()).toEqual([way]);
    rig.now = new Date(rig.now.getTime() + 5_400_000 - 60_000);
    rig.sim.calls.length = 0;
    await send(text, { ...target(), route }, 'k2');
    expect(rig.sim.calls).not.toContain('POST /robot/sendBySession');
  });

  it('one to one has no other way to people without a staff id', async () => {
    const target = await asked(true, { senderStaffId: undefined });
    expect(await send(text, without(target))).toMatchObject({
      kind: 'refused',
      why: expect.stringContaining('员工号'),
    });
  });

  it('never goes to an address that is not the platform’s, whatever is stored', async () => {
    const route = { sessionWebhook: 'http://127.0.0.1:9/robot/sendBySession?session=1', expiresAt: 1e15 };
    expect(await send(text, { ...rig.group, route })).toMatchObject({ kind: 'sent' });
    expect(ways()).toEqual(['webhook']);
  });

  it('is not repeated when nobody knows whether it arrived', async () => {
    const target = await asked();
    expect(rig.adapter.limitsFor?.(target)).toMatchObject({ keyHonouredMs: 0 });
    for (const kind of ['hang', 'lost-answer'] as const) {
      rig.sim.trouble({ kind });
      expect(await send(text, target, kind)).toMatchObject({ kind: 'unknown' });
    }
  });
});

describe('in a group', () => {
  it('its own robot speaks: signed, with a key, the secret left out', async () => {
    expect(rig.adapter.limitsFor?.(rig.group).keyHonouredMs).toBeGreaterThan(60_000);
    await send(card);
    expect(rig.sim.posted[0]).toMatchObject({ way: 'webhook', mentions: [colleague] });
    expect(rig.sim.posted[0]?.body.msgUuid).toMatch(/^[0-9a-f]{32}$/);
    rig.sim.trouble({ kind: 'lost-answer' });
    expect(await send(text, rig.group, 'k2')).toMatchObject({ kind: 'retry', arrived: 'maybe' });
    expect(await send(text, rig.group, 'k2')).toMatchObject({ kind: 'sent' });
    expect(ways()).toEqual(['webhook', 'webhook']);
  });

  it('企业机器人 speaks where there is none, and names whom it cannot ring', async () => {
    expect(await send(card, robotOnly(rig.group))).toEqual({ kind: 'sent', platformMessageId: 'pqk-1' });
    expect(rig.sim.posted[0]?.body).toEqual({
      robotCode: app.robotCode,
      openConversationId: groupChat,
      msgKey: 'sampleMarkdown',
      msgParam: JSON.stringify({ title: '督办周报', text: '**督办周报**  \n  **县住建局** ＠李四' }),
    });
  });

  it.each(['https://oapi.dingtalk.com/robot/send?access_token=x', 'nonsense'])(
    'a robot elsewhere (%s) is nobody’s',
    async (webhook) => {
      expect(await send(text, { ...rig.group, webhook })).toMatchObject({ kind: 'refused', target: 'gone' });
      expect(rig.sim.posted).toEqual([]);
    },
  );

  it('the nineteenth message within a minute waits for the next', async () => {
    for (let at = 0; at < 18; at += 1) expect(await send(text, rig.group, `k${at}`)).toMatchObject({ kind: 'sent' });
    expect(await send(text, rig.group, 'k18')).toEqual({
      kind: 'retry',
      afterMs: 60_000,
      why: expect.any(String),
      arrived: 'no',
    });
    expect(rig.sim.posted).toHaveLength(18);
    expect(await send(text, robotOnly(rig.group), 'k18')).toMatchObject({ kind: 'sent' });
    rig.now = new Date(rig.now.getTime() + 60_000);
    expect(await send(text, rig.group, 'k18')).toMatchObject({ kind: 'sent' });
  });

  it('the parts of a long message are counted, and go one after another', async () => {
    const long = reply.text(Array.from({ length: 900 }, (_, at) => `第${at}行 城区内涝点整治`).join('\n'));
    await send(long);
    expect(rig.sim.posted.length).toBeGreaterThan(1);
    expect(rig.pauses).toEqual(rig.sim.posted.slice(1).map(() => 1_000));
  });
});

describe('when the platform closes the door', () => {
  const closedFor = async (ms: number, target: Target) => {
    rig.sim.calls.length = 0;
    expect(await send(text, target, 'again')).toMatchObject({ kind: 'retry', afterMs: ms, arrived: 'no' });
    expect(rig.sim.calls).toEqual([]);
  };

  it.each([130101, 410100])('to this robot (%i), it is silent for ten minutes and others are not', async (errcode) => {
    rig.sim.trouble({ kind: 'oapi', errcode });
    expect(await send(text)).toMatchObject({ kind: 'retry', afterMs: 600_000, arrived: 'no' });
    await closedFor(600_000, rig.group);
    expect(await send(text, await asked(), 'other')).toMatchObject({ kind: 'sent' });
    expect(await send(text, robotOnly(rig.group), 'other2')).toMatchObject({ kind: 'sent' });
    rig.now = new Date(rig.now.getTime() + 600_000);
    expect(await send(text)).toMatchObject({ kind: 'sent' });
  });

  it('by words alone, too', async () => {
    rig.sim.trouble({ kind: 'oapi', errcode: 999_999, errmsg: 'send too fast' });
    expect(await send(text)).toMatchObject({ kind: 'retry', afterMs: 600_000 });
  });

  it.each(['send.too.fast', 'send.byToken.tooFast', 'too.many.group', 'too.many.people'])(
    'to 企业机器人 (%s), it is silent everywhere',
    async (code) => {
      rig.sim.trouble({ kind: 'api', status: 400, code });
      expect(await send(text, robotOnly(rig.group))).toMatchObject({ kind: 'retry', afterMs: 600_000 });
      await closedFor(600_000, rig.person);
      expect(await send(text)).toMatchObject({ kind: 'sent' });
    },
  );

  it.each([
    ['{"status":1111,"wait":5,"source":"x5","punish":"deny","uuid":"u"}', {}],
    ['<html><script>window._config_={"action":"deny","source":"x5","punish":1}</script></html>', {}],
  ])('to this machine (%s), nothing is called for five minutes', async (body, headers) => {
    for (const [target, key] of [
      [rig.group, 'a'],
      [robotOnly(rig.group), 'b'],
    ] as const) {
      rig.now = new Date(rig.now.getTime() + 300_000);
      rig.sim.trouble({ kind: 'raw', status: 200, body, headers });
      expect(await send(text, target, key)).toMatchObject({ kind: 'retry', afterMs: 300_000, arrived: 'no' });
      await closedFor(300_000, rig.group);
      await closedFor(300_000, rig.person);
    }
  });
});

describe('what the platform says', () => {
  const later = { kind: 'retry', arrived: 'no' };
  const gone = { kind: 'refused', target: 'gone' };
  const refused = { kind: 'refused' };
  it.each([
    [-1, '系统繁忙', later],
    [15, '', later],
    [88, '', later],
    [90018, '', later],
    [90002, '', later],
    [90020, '', { ...later, afterMs: 21_600_000 }],
    [310000, 'keywords not in content', refused],
    [310000, 'sign not match', refused],
    [310000, 'ip 1.2.3.4 not in whitelist', refused],
    [300001, 'token is not exist', gone],
    [300001, 'session 不存在', refused],
    [300005, 'token is not exist', gone],
    [400101, '', gone],
    [400102, '', gone],
    [400106, '', gone],
    [400013, '', gone],
    [430101, '', refused],
    [430102, '', refused],
    [430103, '', refused],
    [430104, '', refused],
    [400105, '', refused],
    [460101, '', refused],
    [40035, '', refused],
    [43004, '', refused],
    ['430102', '', refused],
    [123456, '', refused],
  ])('%s %s over a webhook', async (errcode, errmsg, expected) => {
    rig.sim.trouble({ kind: 'oapi', errcode, errmsg });
    const sent = await send(text);
    expect(sent).toMatchObject(expected);
    expect('target' in sent).toBe('target' in expected);
    expect(sent.kind !== 'sent' && sent.why).toContain(String(errcode));
    expect(rig.sim.posted).toEqual([]);
  });

  it('88 with a reason of its own is the settings’', async () => {
    rig.sim.trouble({ kind: 'oapi', errcode: 88, sub_code: '60011' });
    expect(await send(text)).toMatchObject(refused);
  });

  it.each([
    ['system.error', 500, later],
    ['system.busy', 500, later],
    ['unknown.send.result', 400, { kind: 'unknown' }],
    ['Forbidden.AccessDenied.QpsLimitForAppkeyAndApi', 403, later],
    ['Forbidden.AccessDenied.QpsLimitForApi', 403, later],
    ['Forbidden.AccessDenied.QpmLimitForAppkeyAndApi', 403, { ...later, afterMs: 60_000 }],
    ['Forbidden.AccessDenied.ApiCountLimitForOrg', 403, { ...later, afterMs: 21_600_000 }],
    ['Forbidden.AccessDenied.IpNotInWhiteList', 403, refused],
    ['Forbidden.AccessDenied.AccessTokenPermissionDenied', 403, refused],
    ['Forbidden.Something', 403, refused],
    ['keywords.not.match', 400, refused],
    ['sign.not.match', 400, refused],
    ['ip.not.match', 400, refused],
    ['group.disbanded', 400, gone],
    ['bot.stopped', 400, gone],
    ['resource.not.found', 400, gone],
    ['resource.unavailable', 400, gone],
    ['invalid.openConversationId', 400, gone],
    ['invalidParameter.robotCode.notExist', 400, gone],
    ['conversation.org.notMatch', 400, gone],
    ['bot.forbidden.sendMessage', 400, gone],
    ['send.forbidden', 400, gone],
    ['contain.unsafe.url', 400, refused],
    ['contain.notAllowed.text', 400, refused],
    ['invalidParameter.msgParam.tooLong', 400, refused],
    ['miss.param.msgKey', 400, refused],
    ['param.contentUnsafe', 400, refused],
    ['something.new', 400, refused],
    ['something.new', 429, later],
    ['something.new', 503, later],
    ['something.new', 502, { kind: 'unknown' }],
    ['something.new', 504, { kind: 'unknown' }],
  ])('%s with HTTP %i over the API', async (code, status, expected) => {
    rig.sim.trouble({ kind: 'api', status, code });
    const sent = await send(text, robotOnly(rig.group));
    expect(sent).toMatchObject(expected);
    expect('target' in sent).toBe('target' in expected);
  });

  it.each([
    [200, '<html>登录</html>', 'unknown'],
    [200, '{}', 'unknown'],
    [502, 'bad gateway', 'unknown'],
    [503, 'busy', 'retry'],
    [404, 'not here', 'refused'],
  ])('HTTP %i %s over an address of answers, which is not the platform’s word', async (status, body, kind) => {
    const target = await asked();
    rig.sim.trouble({ kind: 'raw', status, body });
    expect((await send(text, target)).kind).toBe(kind);
  });

  it('waits as long as Retry-After says', async () => {
    rig.sim.trouble({ kind: 'raw', status: 429, body: '{}', headers: { 'retry-after': '17' } });
    expect(await send(text)).toMatchObject({ kind: 'retry', afterMs: 17_000, arrived: 'no' });
  });

  it('a wrong time is signed once more', async () => {
    rig.sim.trouble({ kind: 'oapi', errcode: 310000, errmsg: 'invalid timestamp' });
    expect(await send(text)).toMatchObject({ kind: 'sent' });
    rig.sim.now = () => rig.now.getTime() + 7_200_000;
    expect(await send(text, rig.group, 'k2')).toMatchObject({ kind: 'refused', why: expect.stringContaining('校时') });
  });

  it('markdown that is not taken is written as plain text, which rings just so', async () => {
    rig.sim.trouble({ kind: 'oapi', errcode: 430104 });
    expect(await send(card)).toMatchObject({ kind: 'sent' });
    expect(rig.sim.posted[0]).toMatchObject({ text: `督办周报\n县住建局 @${colleague}`, mentions: [colleague] });
    expect(rig.sim.posted[0]?.body.msgtype).toBe('text');
    rig.sim.trouble({ kind: 'api', status: 400, code: 'invalidParameter.msgParam.invalid' });
    expect(await send(question, rig.person, 'k2')).toMatchObject({ kind: 'sent' });
    expect(rig.sim.posted[1]?.body.msgKey).toBe('sampleText');
  });
});

describe('one to one', () => {
  it('goes by the staff id, with the buttons that a tap types', async () => {
    await send(question, rig.person);
    expect(rig.sim.posted[0]).toMatchObject({ way: 'person', chat: colleague, buttons: [{ label: '是', send: '是' }] });
    expect(rig.sim.posted[0]?.body).toMatchObject({ userIds: [colleague], msgKey: 'sampleActionCard' });
  });

  it.each([
    ['flow', { kind: 'retry', afterMs: 60_000, arrived: 'no' }],
    ['invalid', { kind: 'refused' }],
  ] as const)('is not taken for sent when only the list says otherwise (%s)', async (why, expected) => {
    rig.sim.trouble({ kind: 'undelivered', why });
    expect(await send(text, rig.person)).toMatchObject(expected);
  });
});

describe('the token', () => {
  it('is fetched anew five minutes before its end', async () => {
    await send(text, rig.person, 'a');
    rig.now = new Date(rig.now.getTime() + 6_899_000);
    await send(text, rig.person, 'b');
    expect(rig.sim.tokensAsked).toBe(1);
    rig.now = new Date(rig.now.getTime() + 2_000);
    await send(text, rig.person, 'c');
    expect(rig.sim.tokensAsked).toBe(2);
  });

  it('that is refused is not asked for at every message', async () => {
    const wrong = await dingtalkRig({ clientSecret: 'another' });
    const say = (key: string) => wrong.adapter.send(wrong.person, { key, reply: text, userIds: new Map() });
    expect(await say('a')).toMatchObject({ kind: 'refused', why: expect.stringContaining('invalidClientIdOrSecret') });
    await say('b');
    expect(wrong.sim.tokensAsked).toBe(1);
    wrong.now = new Date(wrong.now.getTime() + 60_001);
    await say('c');
    expect(wrong.sim.tokensAsked).toBe(2);
    expect(wrong.logged()).not.toContain('another');
    await wrong.close();
  });
});

describe('a card', () => {
  beforeEach(async () => {
    await rig.close();
    rig = await dingtalkRig(withCards);
  });
  const both = { ...card, buttons: [{ label: '看水-7', send: '/task 水-7' }] } as Reply;

  it('takes a reply with buttons, rings, and calls back', async () => {
    expect(rig.adapter.abilities.has('button')).toBe(true);
    expect(await send(both)).toMatchObject({ kind: 'sent', platformMessageId: expect.stringMatching(/^duban-/) });
    const [posted] = rig.sim.posted;
    expect(posted).toMatchObject({ way: 'card', chat: groupChat, mentions: [colleague] });
    expect(posted?.body).toMatchObject({
      callbackType: 'HTTP',
      callbackRouteKey: 'duban',
      openSpaceId: `dtv1.card//IM_GROUP.${groupChat}`,
      imGroupOpenDeliverModel: { robotCode: app.robotCode, atUserIds: { [colleague]: '李四' } },
      cardAtUserIds: [colleague],
    });
    expect(posted?.text).toContain('看水-7：发“/task 水-7”');
  });

  it.each([privateChat, ''])(
    'goes over the connection where that is open, and to a person in the chat %j',
    async (chatId) => {
      const stream = await dingtalkRig({ mode: 'stream', cards: { templateId: 'tpl-example.schema' } });
      await stream.adapter.send({ ...stream.person, chatId }, { key: 'k', reply: question, userIds: new Map() });
      expect(stream.sim.posted[0]?.body).toMatchObject({
        callbackType: 'STREAM',
        openSpaceId: `dtv1.card//IM_ROBOT.${colleague}`,
        imRobotOpenDeliverModel: { spaceType: 'IM_ROBOT' },
      });
      await stream.close();
    },
  );

  it.each(['hang', 'lost-answer'] as const)('is tried once more at once after %s, and shown once', async (kind) => {
    rig.sim.trouble({ kind });
    expect(await send(question)).toMatchObject({ kind: 'sent' });
    expect(ways()).toEqual(['card']);
  });

  it.each([
    { kind: 'undelivered', why: 'card' },
    { kind: 'api', status: 400, code: 'param.templateNotExist' },
    { kind: 'api', status: 403, code: 'Forbidden.AccessDenied.AccessTokenPermissionDenied' },
  ] as const)('that is not delivered (%j) is said in words, also when that takes two attempts', async (trouble) => {
    rig.sim.trouble(trouble, { kind: 'server-error' });
    expect(await send(both)).toMatchObject({ kind: 'retry' });
    expect(await send(both)).toMatchObject({ kind: 'sent' });
    expect(rig.sim.posted).toMatchObject([{ way: 'webhook', mentions: [colleague] }]);
  });

  it('waits when the platform is busy', async () => {
    rig.sim.trouble({ kind: 'server-error' });
    expect(await send(question)).toMatchObject({ kind: 'retry', arrived: 'no' });
    expect(rig.sim.posted).toEqual([]);
  });

  it('does not hold more than a kilobyte: then there are words and what to type', async () => {
    const long = reply.card('清单', {
      blocks: [{ kind: 'items', items: Array.from({ length: 60 }, (_, at) => `水-${at} 城区内涝点整治`) }],
      buttons: [{ label: '看水-7', send: '/task 水-7' }],
    });
    await send(long);
    expect(rig.sim.posted[0]).toMatchObject({ way: 'webhook', buttons: [{ label: '看水-7', send: '/task 水-7' }] });
    expect(rig.sim.posted[0]?.text).toContain('看水-7：发“/task 水-7”');
  });
});

describe('a file', () => {
  it('is uploaded and sent once, to a group and to a person, by the calls of 企业机器人', async () => {
    expect(await rig.adapter.send(rig.group, aFile('f1'))).toMatchObject({ kind: 'sent' });
    expect(await rig.adapter.send(rig.group, aFile('f1'))).toMatchObject({ kind: 'sent' });
    expect(await rig.adapter.send(rig.person, aFile('f2'))).toMatchObject({ kind: 'sent' });
    expect(rig.sim.uploads.map(({ name, bytes }) => [name, bytes.toString()])).toEqual([
      ['台账.xlsx', '一份台账'],
      ['台账.xlsx', '一份台账'],
    ]);
    expect(rig.sim.posted).toMatchObject([
      { way: 'group', text: '台账.xlsx @lEXAMPLE1' },
      { way: 'person', chat: colleague, text: '台账.xlsx @lEXAMPLE2' },
    ]);
  });

  it.each([
    ['钉钉机器人发不了.heic文件', aFile('f1', '现场.heic')],
    ['文件超过钉钉的10MB', aFile('f1', '台账.xlsx', Buffer.alloc(10 * 1024 * 1024 + 1))],
  ])('that the platform does not take is not tried: %s', async (why, strange) => {
    expect(await rig.adapter.send(rig.group, strange)).toEqual({ kind: 'refused', why });
    expect(rig.sim.calls).toEqual([]);
  });

  it('has no key, whichever robot speaks in the group', () => {
    expect(rig.adapter.limitsFor?.(rig.group, 'file').keyHonouredMs).toBe(0);
    expect(rig.adapter.limitsFor?.(rig.group, 'text').keyHonouredMs).toBeGreaterThan(0);
  });

  it('counts against the pace of its chat', async () => {
    for (let at = 0; at < 18; at += 1) await rig.adapter.send(rig.group, aFile(`f${at}`));
    expect(await rig.adapter.send(rig.group, aFile('f18'))).toMatchObject({ kind: 'retry', arrived: 'no' });
    expect(rig.sim.posted).toHaveLength(18);
  });

  it('goes to nobody without a number in the organisation', async () => {
    const outside = { ...rig.person, userId: '外部 x' };
    expect(await rig.adapter.send(outside, aFile('f1'))).toMatchObject({ kind: 'refused' });
    expect(rig.sim.calls).toEqual([]);
  });
});

describe('专有钉钉', () => {
  it('is spoken to by the robot of the group, and by nothing else', async () => {
    const only = await dingtalkRig({ mode: 'send-only' });
    const say = (target: Target, said: Reply = card) =>
      only.adapter.send(target, {
        key: `${target.chatId}${target.userId}`,
        reply: said,
        userIds: new Map([['p1', speaker]]),
      });
    expect(await say(only.group)).toMatchObject({ kind: 'sent' });
    expect(only.sim.posted).toMatchObject([{ way: 'webhook', mentions: [speaker] }]);
    expect(await say(robotOnly(only.group))).toMatchObject({ kind: 'refused' });
    expect(await say(only.person)).toMatchObject({ kind: 'refused' });
    expect(await only.adapter.send(only.group, aFile('f'))).toMatchObject({ kind: 'refused' });
    expect(only.adapter.connect).toBeUndefined();
    expect(await only.adapter.receive(only.sim.request(only.sim.spoken()))).toMatchObject({ kind: 'rejected' });
    expect(only.sim.calls).toEqual(['POST /robot/send']);
    expect(only.logged()).not.toContain(webhookSecret);
    await only.close();
  });
});
