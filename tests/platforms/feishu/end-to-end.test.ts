import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Bot, createBot } from '../../../src/bot.js';
import { loadCommands } from '../../../src/chat/load-commands.js';
import { loadConfig } from '../../../src/config.js';
import { loadDataWhenEmpty } from '../../../src/load-data.js';
import { PlanReader } from '../../../src/plan-reading/plan-reader.js';
import type { Connection } from '../../../src/platforms/adapter.js';
import { createFeishuAdapter, type FeishuAdapter } from '../../../src/platforms/feishu/adapter.js';
import { createHttp, type Http } from '../../../src/platforms/http.js';
import { projectRoot } from '../../../src/project-root.js';
import { readRulePacks } from '../../../src/rule-packs.js';
import { makeBindCode } from '../../../src/services/group/bind-codes.js';
import { openStore } from '../../../src/store/open.js';
import { insertAccount, listPeople } from '../../../src/store/people.js';
import type { Store } from '../../../src/store/store.js';
import { listWorkspaces, type WorkspaceRow } from '../../../src/store/workspaces.js';
import { eventually } from '../../support/eventually.js';
import { app, FeishuSimulator, type Spoken } from './simulator.js';

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
/** Whom the roster knows under which open_id. */
const known: Record<string, string> = {
  成员: 'ou_member',
  管理员: 'ou_admin',
  督查室: 'ou_office',
  县住建局联络员: 'ou_zhujian',
};

let folder: string;
let sim: FeishuSimulator;
let http: Http;
let store: Store;
let bot: Bot;
let adapter: FeishuAdapter;
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
async function start(mode: 'webhook' | 'stream' = 'webhook'): Promise<void> {
  store = await openStore(path.join(folder, 'duban.db'), {});
  const channel = { platform: 'sandbox', account: 'sandbox' } as const;
  const isNew = await loadDataWhenEmpty(store, loadConfig({}, projectRoot).dataFolder, channel, now(), timeZone);
  if (isNew) await enterPeople();
  adapter = createFeishuAdapter(
    { ...app, mode, baseUrl: sim.url },
    { http, now, log },
    { firstWaitMs: 20, pongMs: 500 },
  );
  bot = createBot({ store, commands, adapters: [adapter], reader: new PlanReader(), packs, timeZone, now, log });
  if (!isNew) return;
  const { id: workspace } = await workspaceOf();
  const { code } = await store.transaction((tx) =>
    makeBindCode(tx, workspace, { purpose: 'group', plans: null, createdBy: '管理员', now: now() }),
  );
  expect(await say(`/bind ${code}`, '管理员')).toContain('本群已绑定全部计划');
  sim.posted.length = 0;
}

async function enterPeople(): Promise<void> {
  const { id: workspace } = await workspaceOf();
  const people = await listPeople(store.read, workspace);
  await store.transaction(async (tx) => {
    for (const [name, userId] of Object.entries(known)) {
      const personId = people.find((one) => one.name === name)?.id;
      if (personId) await insertAccount(tx, workspace, { platform: 'feishu', userId, personId });
    }
  });
}

async function stop(): Promise<void> {
  await bot.stop();
  await store.close();
}

/** One request as the server hears it. */
async function hear(event: object): Promise<Response> {
  const inbound = await adapter.receive(sim.request(event));
  return inbound.kind === 'message' ? inbound.answer(await bot.answer(inbound.message)) : inbound.response;
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

/** Says it and returns what is posted because of it. */
async function say(text: string, user?: string, more?: Partial<Spoken>): Promise<string> {
  const before = sim.posted.length;
  expect((await hear(said(text, user, more))).status).toBe(200);
  await eventually(() => expect(sim.posted.length).toBeGreaterThan(before));
  return texts().slice(before).join('\n');
}

const later = async (ms: number) => {
  moment.at += ms;
  await bot.pass();
};
/** Until what is being sent is at rest. */
const settled = () => bot.pass();

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'duban-feishu-'));
  set('2023-09-25T10:00:00+08:00');
  sim = await new FeishuSimulator().start();
  for (const [name, id] of Object.entries(known)) sim.users.set(id, name);
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
    await stop();
    await start();
    await hear(said(done, '县住建局联络员', more));
    await settled();
    expect(texts()).toHaveLength(1);
    expect((await say('/history 水-7')).match(/五个建制镇/gu)).toHaveLength(1);
  });

  it('confirms a sentence with a button, which only the one who was asked can press', async () => {
    await say('水-7 办结 五个建制镇污水处理设施已投运', '县住建局联络员');
    const [question] = sim.shown();
    expect(question?.buttons).toEqual([{ label: '是', send: '是' }]);
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
    set('2023-10-16T08:00:00+08:00');
    await bot.pass();
    sim.posted.length = 0;
    set('2023-10-16T09:00:30+08:00');
    await bot.pass();
    await bot.pass();
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
    await stop();
    await start();
    await later(5_000);
    expect(texts()).toHaveLength(1);
  });

  it('marks the group as lost when the bot was removed, and says so to the administrator', async () => {
    sim.trouble({ kind: 'gone' });
    await hear(said('水-7谁牵头'));
    await eventually(() => expect(sim.shown()).toMatchObject([{ chat: 'ou_admin' }]));
    expect(texts()[0]).toContain('发不出消息了');
  });

  it('talks over the long connection just so', async () => {
    await stop();
    await start('stream');
    const connection: Connection | undefined = await adapter.connect?.({
      hear: (message) => bot.answer(message),
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
