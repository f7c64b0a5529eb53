import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { Connection, PlatformAdapter } from '../../../src/platforms/adapter.js';
import { createFeishuAdapter } from '../../../src/platforms/feishu/adapter.js';
import { createHttp, type Http } from '../../../src/platforms/http.js';
import { openTable } from '../../file-making/open-xlsx.js';
import { eventually } from '../../support/eventually.js';
import { aJpg } from '../../support/evidence-files.js';
import { newPlan } from '../../support/new-plan.js';
import { done, GroupBot, WallClock } from '../group-bot.js';
import { spoiledFiles } from '../spoiled-files.js';
import { app, FeishuSimulator, type Spoken } from './simulator.js';

const log = pino({ level: 'silent' });
/** Whom the roster knows under which open_id. */
const known: Record<string, string> = {
  成员: 'ou_member',
  管理员: 'ou_admin',
  督查室: 'ou_office',
  县住建局联络员: 'ou_zhujian',
};

let clock: WallClock;
let sim: FeishuSimulator;
let http: Http;
let group: GroupBot;
let adapter: PlatformAdapter;

async function start(mode: 'webhook' | 'stream' = 'webhook'): Promise<void> {
  const settings = { ...app, mode, baseUrl: sim.url };
  adapter = createFeishuAdapter(settings, { http, now: clock.now, log }, { firstWaitMs: 20, pongMs: 500 });
  const isNew = await group.start(adapter);
  if (!isNew) return;
  await group.enter('feishu', known);
  expect(await say(await group.bindWords(), '管理员')).toContain('本群已绑定全部计划');
  sim.posted.length = 0;
}

const said = (text: string, user = '成员', more: Partial<Spoken> = {}) => {
  const isPrivate = more.private ?? false;
  const chat = isPrivate ? `oc_${known[user]}` : 'oc_group';
  const spoken = { chat, user: known[user] ?? '', text, mention: !isPrivate, ...more };
  const event = sim.spoken(spoken) as { event: { message: { message_id: string } } };
  sim.place(event.event.message.message_id, chat);
  return event;
};
const texts = () => sim.shown().map(({ text }) => text);
const hear = (event: object) => group.hear(sim.request(event));
const say = (...words: Parameters<typeof said>) => group.say(sim.request(said(...words)), texts);

const later = async (ms: number) => {
  clock.forward(ms);
  await group.bot.pass();
};
/** Until what is being sent is at rest. */
const settled = () => group.bot.pass();

beforeEach(async () => {
  clock = new WallClock('2023-09-25T10:00:00+08:00');
  sim = await new FeishuSimulator().start();
  for (const [name, id] of Object.entries(known)) sim.users.set(id, name);
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

describe('a work group on 飞书', () => {
  it('asks and reports, each answered below its message', async () => {
    expect(await say('水-7谁牵头')).toBe(
      '水-7 城镇生活污水处理设施及管网建设\n牵头：县住建局\n文件未写时限。\n联络员：县住建局联络员',
    );
    expect(await say(done, '县住建局联络员', { id: 'om_done' })).toContain('县住建局报办结（待核查）');
    expect(sim.posted.at(-1)).toMatchObject({ chat: 'oc_group', answers: 'om_done' });
    await hear(said('收到', '县住建局联络员'));
    await settled();
    expect(sim.posted).toHaveLength(2);
  });

  it('reports one to one', async () => {
    const answer = await say('/progress 水-7 60% 管网完成', '县住建局联络员', { private: true });
    expect(answer).toContain('水-7');
    expect(sim.posted.at(-1)?.chat).toBe('oc_ou_zhujian');
    expect(await say('我的', '县住建局联络员', { private: true })).toContain('牵头8项');
  });

  it('gets one effect and one reply for what is delivered three times, and again after a restart', async () => {
    const more = { id: 'om_1' };
    await say(done, '县住建局联络员', more);
    await hear(said(done, '县住建局联络员', more));
    await hear(said(done, '县住建局联络员', more));
    await group.stop();
    await start();
    await hear(said(done, '县住建局联络员', more));
    await settled();
    expect(texts()).toHaveLength(1);
    expect((await say('/history 水-7')).match(/五个建制镇/gu)).toHaveLength(1);
  });

  it('confirms a sentence with a button, which only the one who was asked can press', async () => {
    await say('水-7 办结 五个建制镇污水处理设施已投运', '县住建局联络员');
    const [question] = sim.shown();
    expect(question?.buttons).toEqual(['是', '是 已审签'].map((label) => ({ label, send: label })));
    const card = sim.posted[0]?.id ?? '';
    const click = (user: string, id: string) => sim.pressed('oc_group', user, { send: '是', private: false }, card, id);
    const before = sim.posted.length;
    await hear(click('ou_member', 'cb_1'));
    await eventually(() => expect(sim.posted).toHaveLength(before + 1));
    expect(texts().at(-1)).toContain('没有等你确认的内容');
    const response = await hear(click('ou_zhujian', 'cb_2'));
    expect(await response.json()).toEqual({ toast: { type: 'info', content: '已收到' } });
    await hear(click('ou_zhujian', 'cb_2'));
    await eventually(() => expect(sim.posted).toHaveLength(before + 2));
    expect(texts().at(-1)).toContain('县住建局报办结（待核查）');
    expect(sim.posted.at(-1)?.answers).toBe(card);
  });

  it('is posted the digest, which mentions the liaisons', async () => {
    clock.set('2023-10-16T08:36:00+08:00');
    await group.bot.pass();
    sim.posted.length = 0;
    clock.set('2023-10-16T09:00:30+08:00');
    await group.bot.pass();
    await group.bot.pass();
    const [digest, ...more] = sim.shown();
    expect(more).toEqual([]);
    expect(digest).toMatchObject({ chat: 'oc_group', answers: null });
    expect(digest?.text).toContain('督办周报 10月16');
    expect(digest?.mentions).toEqual(['ou_zhujian']);
    expect(sim.posted[0]?.msgType).toBe('interactive');
  });

  it('imports a file that an administrator drops one to one, when a second person confirms', async () => {
    sim.files.set('file_1', { name: '方案.txt', type: 'stream', content: Buffer.from(newPlan) });
    const content = JSON.stringify({ file_key: 'file_1', file_name: '消防方案.txt' });
    const drop = (user: string) => say('', user, { private: true, type: 'file', content });
    expect(await drop('县住建局联络员')).toContain('由管理员或督查室导入');
    expect(await drop('管理员')).toContain('第1号导入《消防方案.txt》');
    expect(await say('确认导入 1', '督查室')).toContain('已入账');
  });

  describe('what shows a report', () => {
    const liaison = '县住建局联络员';
    const picture = aJpg('现场');
    const hold = (key: string, content: Buffer = picture) => sim.files.set(key, { name: '', type: '', content });
    const posted = (...keys: string[]) => {
      const at = [
        { tag: 'at', user_id: '@_user_1' },
        { tag: 'text', text: ` ${done}` },
      ];
      return JSON.stringify({ title: '', content: [at, keys.map((image_key) => ({ tag: 'img', image_key }))] });
    };

    it('comes as pictures in the message of the report, and is given back to whoever asks', async () => {
      hold('img_1');
      hold('img_2', aJpg('夜间'));
      const content = posted('img_1', 'img_2', 'img_1');
      expect(await say('', liaison, { type: 'post', content })).toMatch(/附2张图片，没取到会再告诉你。$/u);
      await eventually(async () => expect(await say('/history 水-7')).toContain('附2张图片'));
      await say('/file 水-7 1', '督查室');
      await eventually(() => expect(sim.shownFiles()).toHaveLength(1));
      expect(sim.shownFiles()[0]).toMatchObject({ name: '水-7 材料1 图片.jpg', content: picture });
    });

    it('comes as the answer to the bot’s confirmation, days later', async () => {
      await say(done, liaison, { private: true, id: 'om_done' });
      const [confirmation] = sim.posted.slice(-1);
      await say('/progress 水-5 调节池主体完工', liaison, { private: true });
      clock.forward(3 * 86_400_000);
      await group.bot.pass();
      hold('img_1');
      const image = JSON.stringify({ image_key: 'img_1' });
      const answer = { private: true, type: 'image', content: image, parent: confirmation?.id ?? '' };
      expect(await say('', liaison, answer)).toBe('已附到 水-7 9月25日10:00的报送（1张图片）。附错了发“/undo”。');
    });

    it('that is kept from the robot is told, and the report stands', async () => {
      hold('img_1');
      sim.withheld = 234038;
      await say('', liaison, { type: 'post', content: posted('img_1') });
      await eventually(() =>
        expect(texts().at(-1)).toBe(
          '群设了防泄密，机器人取不到文件，没有收。请单聊发给我。\n水-7的报送已记，不受影响。',
        ),
      );
      expect(await say('/history 水-7')).toContain('报办结');
    });
  });

  describe('a file to the bot', () =>
    spoiledFiles(async () => {
      const liaison = '县住建局联络员';
      await say(done, liaison, { private: true });
      return {
        platform: '飞书',
        async send(name, content) {
          sim.files.set('sent', { name, type: 'stream', content });
          const told = JSON.stringify({ file_key: 'sent', file_name: name });
          await hear(said('', liaison, { private: true, type: 'file', content: told }));
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
    ['the group', {}, 'oc_group'],
    ['a person one to one', { private: true }, 'oc_ou_member'],
  ])('exports the ledger to %s: words, and then a file that opens', async (_who, more, chat) => {
    await hear(said('/export 水', '成员', more));
    await eventually(() => expect(sim.shownFiles()).toHaveLength(1));
    expect(sim.posted.map(({ msgType }) => msgType)).toEqual(['text', 'file']);
    expect(texts()[0]).toMatch(/^《督办台账（水） 2023-09-25.xlsx》：12项，截至2023年9月25日10:0\d。/u);
    const [file] = sim.shownFiles();
    expect(file).toMatchObject({ chat, name: '督办台账（水） 2023-09-25.xlsx' });
    expect((await openTable(file?.content ?? Buffer.alloc(0))).rows).toHaveLength(12);
  });

  it.each([
    ['no answer', { kind: 'hang' }],
    ['an answer that was lost', { kind: 'lost-answer' }],
  ] as const)('gets a file once after %s, and after a restart', async (_what, trouble) => {
    sim.trouble({ kind: 'none' }, trouble);
    await hear(said('/export'));
    await settled();
    await group.stop();
    await start();
    for (let time = 0; time < 3; time += 1) await later(5_000);
    expect(sim.shownFiles().map(({ name }) => name)).toEqual(['督办台账 2023-09-25.xlsx']);
  });

  it('is told when a file is not taken', async () => {
    sim.uploadTrouble({ kind: 'too-large' });
    await hear(said('/export'));
    await eventually(() => expect(texts()).toHaveLength(2));
    expect(texts()[1]).toContain('《督办台账 2023-09-25.xlsx》没有发出：文件超过飞书的30MB');
  });

  it('shows words that look like markup as words', async () => {
    await say('/done 水-7 <at user_id="all">所有人</at> [点我](https://evil.example) **完**', '县住建局联络员');
    const answer = await say('/history 水-7');
    for (const { mentions, links } of sim.shown()) expect({ mentions, links }).toEqual({ mentions: [], links: [] });
    expect(answer.replaceAll('＜', '<')).toContain('所有人</at>');
  });

  it.each([
    ['an error of the platform', { kind: 'server-error' }, 2_000],
    ['a limit of its rate', { kind: 'rate-limited', afterMs: 5_000 }, 6_000],
    ['no answer', { kind: 'hang' }, 2_000],
    ['an answer that was lost', { kind: 'lost-answer' }, 2_000],
  ] as const)('hears the reply once after %s', async (_what, trouble, waitMs) => {
    sim.trouble(trouble);
    await hear(said('水-7谁牵头'));
    await settled();
    await later(waitMs);
    await later(waitMs);
    expect(texts()).toHaveLength(1);
    expect(texts()[0]).toContain('牵头：县住建局');
  });

  it('hears the reply after a restart between the commit and the sending', async () => {
    sim.trouble({ kind: 'lost-answer' });
    await hear(said('水-7谁牵头'));
    await settled();
    await group.stop();
    await start();
    await later(5_000);
    expect(texts()).toHaveLength(1);
  });

  it('marks the group as lost when the bot was removed, and says so to the administrator', async () => {
    sim.trouble({ kind: 'gone' });
    await hear(said('水-7谁牵头'));
    await eventually(() => expect(sim.shown()).toMatchObject([{ chat: 'ou_admin' }]));
    expect(texts()[0]).toContain('发不出消息了');
    expect((await group.groupOn('feishu')).lostAt).toBeInstanceOf(Date);
    await say('水-7谁牵头');
    expect((await group.groupOn('feishu')).lostAt).toBeNull();
  });

  it('talks over the long connection just so', async () => {
    await group.stop();
    await start('stream');
    const connection: Connection | undefined = await adapter.connect?.({
      hear: (message) => group.bot.answer(message),
      notice: async () => {},
    });
    const event = said(done, '县住建局联络员', { id: 'om_1' });
    sim.push(event, 2);
    await eventually(() => expect(sim.posted).toHaveLength(1));
    sim.push(event);
    await eventually(() => expect(sim.acks).toEqual([{ code: 200 }, { code: 200 }]));
    await settled();
    expect(texts()).toHaveLength(1);
    expect(texts()[0]).toContain('县住建局报办结（待核查）');
    await connection?.close();
  });
});
