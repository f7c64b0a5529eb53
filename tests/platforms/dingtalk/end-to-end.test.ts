import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import type { Connection, PlatformAdapter } from '../../../src/platforms/adapter.js';
import { createDingtalkAdapter } from '../../../src/platforms/dingtalk/adapter.js';
import { topics } from '../../../src/platforms/dingtalk/frames.js';
import type { RobotSettings } from '../../../src/platforms/dingtalk/settings.js';
import { createHttp, type Http } from '../../../src/platforms/http.js';
import { markGroupLost, setGroupWebhook } from '../../../src/store/groups.js';
import { openTable } from '../../file-making/open-xlsx.js';
import { eventually } from '../../support/eventually.js';
import { aJpg, aScan } from '../../support/evidence-files.js';
import { newPlan } from '../../support/new-plan.js';
import { done, GroupBot, WallClock } from '../group-bot.js';
import { spoiledFiles } from '../spoiled-files.js';
import { pressOf, withCards } from './rig.js';
import { app, DingtalkSimulator, groupChat, type Spoken } from './simulator.js';

const log = pino({ level: 'silent' });
/** Whom the roster knows under which 员工号. */
const signedOrNot = ['是', '是 已审签'].map((label) => ({ label, send: label }));
const known: Record<string, string> = {
  成员: '0420001',
  管理员: '0420002',
  督查室: '0420003',
  县住建局联络员: '0420004',
};

let clock: WallClock;
let sim: DingtalkSimulator;
let http: Http;
let group: GroupBot;
let adapter: PlatformAdapter;

async function start(change: Partial<RobotSettings> = {}): Promise<void> {
  const urls = { apiUrl: sim.url, oapiUrl: sim.url, mediaUrls: [] };
  const settings: RobotSettings = { ...app, mode: 'webhook', ...urls, ...change };
  const deps = { http, now: clock.now, log, pause: async () => {} };
  adapter = createDingtalkAdapter(settings, deps, { firstWaitMs: 20, pongMs: 500 });
  const isNew = await group.start(adapter);
  if (!isNew) return;
  await group.enter('dingtalk', known);
  expect(await say(await group.bindWords(), '管理员')).toContain('本群已绑定全部计划');
  expect((await group.groupOn('dingtalk')).name).toBe('城东街道值守群');
  await group.giveRobot('dingtalk', sim.webhook);
  sim.posted.length = 0;
}

const said = (text: string, user = '成员', more: Spoken = {}) => {
  const chat = more.private ? { chat: `cid-of-${known[user]}` } : {};
  return sim.spoken({ text, user: known[user] ?? user, ...chat, ...more });
};
const texts = () => sim.shown().map(({ text }) => text);
const hear = (request: Request) => group.hear(request);
const say = (...words: Parameters<typeof said>) => group.say(sim.request(said(...words)), texts);

const later = async (ms: number) => {
  clock.forward(ms);
  await group.bot.pass();
};
/** Until what is being sent is at rest. */
const settled = () => group.bot.pass();

beforeEach(async () => {
  clock = new WallClock('2023-09-25T10:00:00+08:00');
  sim = await new DingtalkSimulator().start();
  sim.now = () => clock.now().getTime();
  const real = createHttp({ allowed: [sim.url] });
  http = { ...real, call: (call) => real.call({ ...call, timeoutMs: call.mostBytes ? 1_000 : 500 }) };
  group = await GroupBot.found(clock.now);
  await start();
});
afterEach(async () => {
  await group.close();
  await sim.stop();
  await http.close();
});

describe('a work group on 钉钉', () => {
  it('asks and reports, each answered where it was said', async () => {
    expect((await say('水-7谁牵头')).split('\n')).toEqual([
      '水-7 城镇生活污水处理设施及管网建设',
      '牵头：县住建局',
      '文件未写时限。',
      '联络员：县住建局联络员',
    ]);
    expect(await say(done, '县住建局联络员', { id: 'msgDone==' })).toContain('县住建局报办结（待核查）');
    expect(sim.posted.at(-1)).toMatchObject({ chat: groupChat, way: 'session', answers: 'msgDone==' });
    await hear(sim.request(said('收到', '县住建局联络员')));
    await settled();
    expect(sim.posted).toHaveLength(2);
  });

  it('reports one to one, also by voice', async () => {
    const one = { private: true };
    const answer = await say('/progress 水-7 60% 管网完成', '县住建局联络员', one);
    expect(answer).toContain('水-7');
    expect(sim.posted.at(-1)).toMatchObject({ chat: `cid-of-${known.县住建局联络员}`, way: 'session' });
    const spoken = { msgtype: 'audio', text: undefined, content: { downloadCode: 'v', recognition: '我的' } };
    expect(await say('', '县住建局联络员', { ...one, more: spoken })).toContain('牵头8项');
  });

  it('gets one effect and one reply for what is delivered three times, and again after a restart', async () => {
    const more = { id: 'msg1==' };
    const request = () => sim.request(said(done, '县住建局联络员', more));
    await say(done, '县住建局联络员', more);
    await hear(request());
    await hear(request());
    await group.stop();
    await start();
    await hear(request());
    await settled();
    expect(texts()).toHaveLength(1);
    expect((await say('/history 水-7')).match(/五个建制镇/gu)).toHaveLength(1);
  });

  it('confirms a sentence with a tap or by typing, which only the one who was asked can', async () => {
    await say('水-7 办结 五个建制镇污水处理设施已投运', '县住建局联络员');
    expect(sim.posted.at(-1)).toMatchObject({ way: 'session', buttons: signedOrNot });
    expect(await say('是', '成员')).toContain('没有等你确认的内容');
    expect(await say('是', '县住建局联络员')).toContain('县住建局报办结（待核查）');
  });

  it('is answered as soon as the pace of its robot allows', async () => {
    const more = { more: { sessionWebhookExpiredTime: 1 } };
    await hear(sim.request(said('水-7谁牵头', '成员', more)));
    await hear(sim.request(said('水-5谁牵头', '成员', more)));
    await vi.waitFor(() => expect(sim.posted).toHaveLength(2), { timeout: 3_000 });
  });

  it('confirms with the button of a card, once however often it is pressed', async () => {
    await group.stop();
    await start(withCards);
    await say('水-7 办结 五个建制镇污水处理设施已投运', '县住建局联络员');
    const { card, press } = pressOf(sim.posted.at(-1));
    const click = (user: string) => hear(sim.cardRequest(sim.pressed(card, press, known[user])));
    const before = sim.posted.length;
    await click('成员');
    await vi.waitFor(() => expect(sim.posted).toHaveLength(before + 1));
    expect(texts().at(-1)).toContain('没有等你确认的内容');
    const response = await click('县住建局联络员');
    expect(await response.json()).toMatchObject({ userPrivateData: { cardParamMap: { said: '已收到' } } });
    await click('县住建局联络员');
    await vi.waitFor(() => expect(sim.posted).toHaveLength(before + 2), { timeout: 3_000 });
    await settled();
    expect(sim.posted).toHaveLength(before + 2);
    expect(texts().at(-1)).toContain('县住建局报办结（待核查）');
    expect(sim.posted.at(-1)).toMatchObject({ way: 'webhook', chat: groupChat });
  });

  it('is posted the digest by the robot of the group, which rings the liaisons', async () => {
    clock.set('2023-10-16T08:36:00+08:00');
    await group.bot.pass();
    sim.posted.length = 0;
    clock.set('2023-10-16T09:00:30+08:00');
    await group.bot.pass();
    await group.bot.pass();
    const [digest, ...more] = sim.posted;
    expect(more).toEqual([]);
    expect(digest).toMatchObject({ way: 'webhook', chat: groupChat, mentions: [known.县住建局联络员] });
    expect(digest?.text).toContain('督办周报 10月16');
    expect(digest?.body.msgtype).toBe('markdown');
  });

  it('imports a file that an administrator drops one to one, when a second person confirms', async () => {
    sim.files.set('code1', Buffer.from(newPlan));
    const content = { downloadCode: 'code1', fileName: '消防方案.txt', spaceId: '1', fileId: '2' };
    const drop = (user: string) =>
      say('', user, { private: true, more: { msgtype: 'file', text: undefined, content } });
    expect(await drop('县住建局联络员')).toContain('由管理员或督查室导入');
    expect(await drop('管理员')).toContain('第1号导入《消防方案.txt》');
    expect(await say('确认导入 1', '督查室')).toContain('已入账');
  });

  describe('what shows a report', () => {
    const liaison = '县住建局联络员';
    const picture = aJpg('现场');
    const oneToOne = (more: Record<string, unknown>) => ({ private: true, more: { text: undefined, ...more } });

    it('comes as a picture in the message of the report, and is given back to whoever asks', async () => {
      sim.files.set('p1', picture);
      const richText = [{ text: done }, { type: 'picture', downloadCode: 'p1' }];
      const more = { msgtype: 'richText', text: undefined, content: { richText } };
      expect(await say('', liaison, { more })).toMatch(/附1张图片，没取到会再告诉你。$/u);
      await eventually(async () => expect(await say('/history 水-7')).toContain('附1张图片'));
      await say('/file 水-7', '督查室');
      await eventually(() => expect(sim.shownFiles()).toHaveLength(1));
      expect(sim.shownFiles()[0]?.content).toEqual(picture);
    });

    it('comes one to one right after the report, and the bot says where it put it', async () => {
      await say(done, liaison, { private: true });
      sim.files.set('f1', Buffer.from(aScan()));
      const content = { downloadCode: 'f1', fileName: '验收单.pdf', spaceId: '1', fileId: '2' };
      await hear(sim.request(said('', liaison, oneToOne({ msgtype: 'file', content }))));
      clock.forward(2_000);
      await group.bot.pass();
      await eventually(() => expect(texts().at(-1)).toBe('已附到 水-7 刚才的报送（1个文件）。附错了发“/undo”。'));
    });

    it('comes from a picture in the group that the report answers', async () => {
      sim.files.set('p2', picture);
      const repliedMsg = { msgId: 'x', msgType: 'picture', content: { downloadCode: 'p2' } };
      const text = { content: ` ${done}`, isReplyMsg: true, repliedMsg };
      expect(await say('', liaison, { more: { text } })).toContain('附1张图片');
      await eventually(async () => expect(await say('/history 水-7')).toContain('附1张图片'));
    });

    it('that is in a message which only asks is not fetched', async () => {
      sim.files.set('p3', picture);
      const repliedMsg = { msgId: 'x', msgType: 'picture', content: { downloadCode: 'p3' } };
      const text = { content: ' 水-7谁牵头', isReplyMsg: true, repliedMsg };
      expect(await say('', liaison, { more: { text } })).not.toContain('图片');
      await settled();
      expect(sim.given).toBe(0);
    });
  });

  describe('a file to the bot', () =>
    spoiledFiles(async () => {
      const liaison = '县住建局联络员';
      await say(done, liaison, { private: true });
      return {
        platform: '钉钉',
        async send(name, bytes) {
          sim.files.set('sent', bytes);
          const content = { downloadCode: 'sent', fileName: name, spaceId: '1', fileId: '2' };
          const more = { msgtype: 'file', text: undefined, content };
          await hear(sim.request(said('', liaison, { private: true, more })));
        },
        spoil: (how) => {
          sim.spoiled = how;
        },
        later,
        said: texts,
        givenUp: () => sim.givenUp,
        say: (text) => say(text, liaison, { private: true }),
        files: () => sim.shownFiles(),
      };
    }));

  it.each([
    ['the group', {}, groupChat, 'group'],
    ['a person one to one', { private: true }, known.成员, 'person'],
  ] as const)('exports the ledger to %s: words, and then a file that opens', async (_who, more, chat, way) => {
    await hear(sim.request(said('/export 水', '成员', more)));
    await eventually(() => expect(sim.shownFiles()).toHaveLength(1));
    expect(sim.posted.map((one) => one.way)).toEqual(['session', way]);
    expect(texts()[0]).toMatch(/^《督办台账（水） 2023-09-25.xlsx》：12项/u);
    const [file] = sim.shownFiles();
    expect(file).toMatchObject({ chat, name: '督办台账（水） 2023-09-25.xlsx' });
    expect((await openTable(file?.content ?? Buffer.alloc(0))).rows).toHaveLength(12);
  });

  it('gets a file once after a limit of the calls, uploaded once', async () => {
    sim.trouble({ kind: 'none' }, { kind: 'raw', status: 429, body: '{}', headers: { 'retry-after': '5' } });
    await hear(sim.request(said('/export')));
    await settled();
    expect(sim.shownFiles()).toEqual([]);
    await later(6_000);
    await later(6_000);
    expect(sim.shownFiles()).toHaveLength(1);
    expect(sim.uploads).toHaveLength(1);
  });

  it('gets no file twice where nobody knows whether it arrived', async () => {
    sim.trouble({ kind: 'none' }, { kind: 'lost-answer' });
    await hear(sim.request(said('/export')));
    await settled();
    await later(60_000);
    await later(60_000);
    expect(sim.shownFiles()).toHaveLength(1);
  });

  it('shows words that look like markup as words', async () => {
    await say(`/done 水-7 @${known.管理员} [点我](https://evil.example) **完** @所有人`, '县住建局联络员');
    const answer = await say('/history 水-7');
    for (const { mentions, links } of sim.shown()) expect({ mentions, links }).toEqual({ mentions: [], links: [] });
    expect(answer.normalize('NFKC')).toContain('[点我](https://evil.example) **完** @所有人');
  });

  it('does not take a person of another organisation for the one with the same number', async () => {
    const more = { more: { senderCorpId: 'dingcorpother' } };
    const answer = await say('/accept 水-7', '督查室', more);
    expect(answer).not.toContain('已销号');
    expect(await say(done, '县住建局联络员', more)).not.toContain('报办结（待核查）');
  });

  it.each([
    ['an error of the platform', { kind: 'server-error' }, 2_000],
    ['a limit of its rate', { kind: 'rate-limited', afterMs: 0 }, 601_000],
    ['a limit of its calls', { kind: 'raw', status: 429, body: '{}', headers: { 'retry-after': '5' } }, 6_000],
  ] as const)('hears the reply once after %s', async (_what, trouble, waitMs) => {
    sim.trouble(trouble);
    await hear(sim.request(said('水-7谁牵头')));
    await settled();
    expect(texts()).toEqual([]);
    await later(waitMs);
    await later(waitMs);
    expect(texts()).toHaveLength(1);
    expect(texts()[0]).toContain('牵头：县住建局');
  });

  it.each([{ kind: 'hang' }, { kind: 'lost-answer' }] as const)(
    'hears the reply once after %j where the robot of the group speaks, since it takes a key',
    async (trouble) => {
      sim.trouble(trouble, { kind: 'hang' });
      await hear(sim.request(said('水-7谁牵头', '成员', { more: { sessionWebhookExpiredTime: 1 } })));
      await settled();
      await later(2_000);
      await later(3_000);
      await later(5_000);
      expect(texts()).toHaveLength(1);
      expect(sim.posted[0]?.way).toBe('webhook');
    },
  );

  it('hears nothing twice, but is told, where nobody knows whether an answer arrived', async () => {
    sim.trouble({ kind: 'lost-answer' });
    await hear(sim.request(said('水-7谁牵头')));
    await settled();
    await later(60_000);
    await later(60_000);
    expect(texts()).toHaveLength(1);
  });

  it('hears the digest once after an answer that was lost, and after a restart in between', async () => {
    clock.set('2023-10-16T08:36:00+08:00');
    await group.bot.pass();
    sim.posted.length = 0;
    clock.set('2023-10-16T09:00:30+08:00');
    sim.trouble({ kind: 'lost-answer' }, { kind: 'hang' });
    await group.bot.pass();
    await group.stop();
    await start();
    await later(3_000);
    await later(3_000);
    expect(texts()).toHaveLength(1);
  });

  it('marks the group as lost when its robot was removed, and says so to the administrator', async () => {
    clock.set('2023-10-16T08:36:00+08:00');
    await group.bot.pass();
    sim.posted.length = 0;
    sim.trouble({ kind: 'gone' });
    clock.set('2023-10-16T09:00:30+08:00');
    await group.bot.pass();
    await later(1_000);
    expect(sim.shown()).toMatchObject([{ chat: known.管理员, way: 'person' }]);
    expect(texts()[0]).toContain('发不出消息了');
    const { id: workspace } = await group.workspace();
    const { id, lostAt } = await group.groupOn('dingtalk');
    expect(lostAt).toBeInstanceOf(Date);
    // 企业机器人 hears, and the group's own robot is gone all the same.
    await hear(sim.request(said('水-7谁牵头')));
    expect((await group.groupOn('dingtalk')).lostAt).toBeInstanceOf(Date);
    await group.store.transaction(async (tx) => {
      await setGroupWebhook(tx, workspace, id, null);
      await markGroupLost(tx, workspace, id, { lostAt: clock.now(), lostWhy: '机器人被移出了群' });
    });
    await hear(sim.request(said('水-7谁牵头')));
    expect((await group.groupOn('dingtalk')).lostAt).toBeNull();
  });

  it('tells the administrator one to one that the calls of the month are used up', async () => {
    const request = sim.request(said('', '成员', { more: { text: undefined, errorMessage: '超出限额', code: 20001 } }));
    const inbound = await adapter.receive(request);
    if (inbound.kind !== 'notice') throw new Error('no notice');
    await group.bot.notice('dingtalk', inbound.notice);
    await vi.waitFor(() => expect(sim.posted).toHaveLength(1));
    expect(sim.posted[0]).toMatchObject({ chat: known.管理员, way: 'person' });
    expect(texts()[0]).toContain('本月的调用次数用完了');
  });

  it('talks over the long connection just so', async () => {
    await group.stop();
    await start({ mode: 'stream' });
    const connection: Connection | undefined = await adapter.connect?.({
      hear: (message) => group.bot.answer(message),
      notice: async () => {},
    });
    const message = said(done, '县住建局联络员', { id: 'msg1==' });
    sim.push(topics.messages, message);
    await vi.waitFor(() => expect(sim.posted).toHaveLength(1));
    sim.push(topics.messages, message);
    await vi.waitFor(() => expect(sim.acks.map(({ code }) => code)).toEqual([200, 200]));
    await settled();
    expect(texts()).toHaveLength(1);
    expect(texts()[0]).toContain('县住建局报办结（待核查）');
    await connection?.close();
  });
});
