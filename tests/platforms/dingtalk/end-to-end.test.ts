import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { type Bot, createBot } from '../../../src/bot.js';
import { loadCommands } from '../../../src/chat/load-commands.js';
import { loadConfig } from '../../../src/config.js';
import { loadDataWhenEmpty } from '../../../src/load-data.js';
import { PlanReader } from '../../../src/plan-reading/plan-reader.js';
import type { Connection } from '../../../src/platforms/adapter.js';
import { createDingtalkAdapter, type DingtalkAdapter } from '../../../src/platforms/dingtalk/adapter.js';
import { topics } from '../../../src/platforms/dingtalk/frames.js';
import type { RobotSettings } from '../../../src/platforms/dingtalk/settings.js';
import { createHttp, type Http } from '../../../src/platforms/http.js';
import { projectRoot } from '../../../src/project-root.js';
import { readRulePacks } from '../../../src/rule-packs.js';
import { makeBindCode } from '../../../src/services/group/bind-codes.js';
import { listGroups, setGroupWebhook } from '../../../src/store/groups.js';
import { openStore } from '../../../src/store/open.js';
import { insertAccount, listPeople } from '../../../src/store/people.js';
import type { Store } from '../../../src/store/store.js';
import { listWorkspaces, type WorkspaceRow } from '../../../src/store/workspaces.js';
import { pressOf, withCards } from './rig.js';
import { app, DingtalkSimulator, groupChat, type Spoken } from './simulator.js';

const timeZone = 'Asia/Shanghai';
const commands = await loadCommands();
const packs = await readRulePacks(path.join(projectRoot, 'data'));
const log = pino({ level: 'silent' });
const newPlan = [
  '芮城县人民政府办公室关于印发《芮城县2024年消防安全工作方案》的通知',
  '各乡镇人民政府：',
  '《芮城县2024年消防安全工作方案》已经县政府同意，现印发给你们。',
  '芮城县人民政府办公室',
  '2024年2月5日',
  '芮城县2024年消防安全工作方案',
  '一、主要任务',
  '1．整治高层建筑。6月底前完成高层建筑消防设施检测。（县消防救援大队牵头，县住建局配合）',
].join('\n');
const done = '/done 水-7 五个建制镇污水处理设施已投运';
/** Whom the roster knows under which 员工号. */
const known: Record<string, string> = {
  成员: '0420001',
  管理员: '0420002',
  督查室: '0420003',
  县住建局联络员: '0420004',
};

let folder: string;
let sim: DingtalkSimulator;
let http: Http;
let store: Store;
let bot: Bot;
let adapter: DingtalkAdapter;
/** The time on the wall is `moment` and goes on, since the pace of sending is kept by it. */
let moment: { at: number; since: number };
const now = () => new Date(moment.at + performance.now() - moment.since);
const set = (to: string) => {
  moment = { at: Date.parse(to), since: performance.now() };
};

async function workspaceOf(): Promise<WorkspaceRow> {
  const [workspace] = await listWorkspaces(store.read);
  if (!workspace) throw new Error('no workspace');
  return workspace;
}

/** The real bot on a ledger in a file; started again it finds the same ledger. */
async function start(change: Partial<RobotSettings> = {}): Promise<void> {
  store = await openStore(path.join(folder, 'duban.db'), {});
  const channel = { platform: 'sandbox', account: 'sandbox' } as const;
  const isNew = await loadDataWhenEmpty(store, loadConfig({}, projectRoot).dataFolder, channel, now(), timeZone);
  if (isNew) await enterPeople();
  const settings: RobotSettings = {
    ...app,
    mode: 'webhook',
    apiUrl: sim.url,
    oapiUrl: sim.url,
    mediaUrls: [],
    ...change,
  };
  const pause = async () => {};
  adapter = createDingtalkAdapter(settings, { http, now, log, pause }, { firstWaitMs: 20, pongMs: 500 });
  bot = createBot({ store, commands, adapters: [adapter], reader: new PlanReader(), packs, timeZone, now, log });
  if (isNew) await bindGroup();
}

async function enterPeople(): Promise<void> {
  const { id: workspace } = await workspaceOf();
  const people = await listPeople(store.read, workspace);
  await store.transaction(async (tx) => {
    for (const [name, userId] of Object.entries(known)) {
      const personId = people.find((one) => one.name === name)?.id;
      if (personId) await insertAccount(tx, workspace, { platform: 'dingtalk', userId, personId });
    }
  });
}

/** As an administrator does: with a code in the group; the robot's address comes from the command line. */
async function bindGroup(): Promise<void> {
  const { id: workspace } = await workspaceOf();
  const { code } = await store.transaction((tx) =>
    makeBindCode(tx, workspace, { purpose: 'group', plans: null, createdBy: '管理员', now: now() }),
  );
  expect(await say(`/bind ${code}`, '管理员')).toContain('本群已绑定全部计划');
  const group = (await listGroups(store.read, workspace)).find(({ platform }) => platform === 'dingtalk');
  if (!group) throw new Error('not bound');
  expect(group.name).toBe('城东街道值守群');
  await store.transaction((tx) => setGroupWebhook(tx, workspace, group.id, sim.webhook));
  sim.posted.length = 0;
}

async function stop(): Promise<void> {
  await bot.stop();
  await store.close();
}

/** One request as the server hears it. */
async function hear(request: Request): Promise<Response> {
  const inbound = await adapter.receive(request);
  return inbound.kind === 'message' ? inbound.answer(await bot.answer(inbound.message)) : inbound.response;
}

const said = (text: string, user = '成员', more: Spoken = {}) => {
  const chat = more.private ? { chat: `cid-of-${known[user]}` } : {};
  return sim.spoken({ text, user: known[user] ?? user, ...chat, ...more });
};
const texts = () => sim.shown().map(({ text }) => text);

/** Says it and returns what is posted because of it. */
async function say(text: string, user?: string, more?: Spoken): Promise<string> {
  const before = sim.posted.length;
  expect((await hear(sim.request(said(text, user, more)))).status).toBe(200);
  await vi.waitFor(() => expect(sim.posted.length).toBeGreaterThan(before));
  return texts().slice(before).join('\n');
}

const later = async (ms: number) => {
  moment.at += ms;
  await bot.pass();
};
/** Until what is being sent is at rest. */
const settled = () => bot.pass();

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'duban-dingtalk-'));
  set('2023-09-25T10:00:00+08:00');
  sim = await new DingtalkSimulator().start();
  sim.now = () => now().getTime();
  const real = createHttp({ allowed: [sim.url] });
  http = { ...real, call: (call) => real.call({ ...call, timeoutMs: 500 }) };
  await start();
});
afterEach(async () => {
  await stop();
  await sim.stop();
  await http.close();
  await rm(folder, { recursive: true, force: true });
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
    await stop();
    await start();
    await hear(request());
    await settled();
    expect(texts()).toHaveLength(1);
    expect((await say('/history 水-7')).match(/五个建制镇/gu)).toHaveLength(1);
  });

  it('confirms a sentence with a tap or by typing, which only the one who was asked can', async () => {
    await say('水-7 办结 五个建制镇污水处理设施已投运', '县住建局联络员');
    expect(sim.posted.at(-1)).toMatchObject({ way: 'session', buttons: [{ label: '是', send: '是' }] });
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
    await stop();
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
    set('2023-10-16T08:00:00+08:00');
    await bot.pass();
    sim.posted.length = 0;
    set('2023-10-16T09:00:30+08:00');
    await bot.pass();
    await bot.pass();
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
    set('2023-10-16T08:00:00+08:00');
    await bot.pass();
    sim.posted.length = 0;
    set('2023-10-16T09:00:30+08:00');
    sim.trouble({ kind: 'lost-answer' }, { kind: 'hang' });
    await bot.pass();
    await stop();
    await start();
    await later(3_000);
    await later(3_000);
    expect(texts()).toHaveLength(1);
  });

  it('marks the group as lost when its robot was removed, and says so to the administrator', async () => {
    set('2023-10-16T08:00:00+08:00');
    await bot.pass();
    sim.posted.length = 0;
    sim.trouble({ kind: 'gone' });
    set('2023-10-16T09:00:30+08:00');
    await bot.pass();
    await later(1_000);
    expect(sim.shown()).toMatchObject([{ chat: known.管理员, way: 'person' }]);
    expect(texts()[0]).toContain('发不出消息了');
  });

  it('tells the administrator one to one that the calls of the month are used up', async () => {
    const request = sim.request(said('', '成员', { more: { text: undefined, errorMessage: '超出限额', code: 20001 } }));
    const inbound = await adapter.receive(request);
    if (inbound.kind !== 'notice') throw new Error('no notice');
    await bot.notice('dingtalk', inbound.notice);
    await vi.waitFor(() => expect(sim.posted).toHaveLength(1));
    expect(sim.posted[0]).toMatchObject({ chat: known.管理员, way: 'person' });
    expect(texts()[0]).toContain('本月的调用次数用完了');
  });

  it('talks over the long connection just so', async () => {
    await stop();
    await start({ mode: 'stream' });
    const connection: Connection | undefined = await adapter.connect?.({
      hear: (message) => bot.answer(message),
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
