import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { type Bot, createBot } from '../../../src/bot.js';
import { loadCommands } from '../../../src/chat/load-commands.js';
import { loadConfig } from '../../../src/config.js';
import { groupId } from '../../../src/domain/workspace.js';
import { loadDataWhenEmpty } from '../../../src/load-data.js';
import { PlanReader } from '../../../src/plan-reading/plan-reader.js';
import { projectRoot } from '../../../src/project-root.js';
import { readRulePacks } from '../../../src/rule-packs.js';
import { listGroups, setGroupWebhook } from '../../../src/store/groups.js';
import { openStore } from '../../../src/store/open.js';
import type { Store } from '../../../src/store/store.js';
import { listWorkspaces } from '../../../src/store/workspaces.js';
import { botSecret, ConnectionSimulator } from './connection-simulator.js';
import { type WecomRig, wecomRig } from './rig.js';
import { botId, type Told } from './simulator.js';

const timeZone = 'Asia/Shanghai';
const commands = await loadCommands();
const packs = await readRulePacks(path.join(projectRoot, 'data'));
const liaison = '县住建局联络员';
const newPlan = [
  '芮城县人民政府办公室关于印发《芮城县2024年消防安全工作方案》的通知',
  '各乡镇人民政府：',
  '《芮城县2024年消防安全工作方案》已经县政府同意，现印发给你们。',
  '芮城县人民政府办公室',
  '2024年2月5日',
  '芮城县2024年消防安全工作方案',
  '一、主要任务',
  '1．整治高层建筑。6月底前完成高层建筑消防设施检测。（县消防救援大队牵头，县住建局配合）',
  '2．打通消防通道。每季度开展一次检查。（县公安局牵头）',
].join('\n');
const done = '/done 水-7 五个建制镇污水处理设施已投运';

let folder: string;
let rig: WecomRig;
let store: Store;
let bot: Bot;
let chat: string;

/** The real bot on a ledger in a file; started again it finds the same ledger. */
async function start(): Promise<void> {
  store = await openStore(path.join(folder, 'duban.db'), {});
  const channel = { platform: 'wecom', account: botId } as const;
  await loadDataWhenEmpty(store, loadConfig({}, projectRoot).dataFolder, channel, rig.now, timeZone);
  const [workspace] = await listWorkspaces(store.read);
  if (!workspace) throw new Error('no workspace');
  const [group] = await listGroups(store.read, workspace.id);
  if (!group) throw new Error('no group');
  chat = group.chatId;
  const { webhook } = rig.simulator;
  await store.transaction((tx) => setGroupWebhook(tx, workspace.id, groupId.parse(group.id), webhook));
  const { adapter, log } = rig;
  bot = createBot({
    store,
    commands,
    adapters: [adapter],
    reader: new PlanReader(),
    packs,
    timeZone,
    now: () => rig.now,
    log,
  });
}

async function stop(): Promise<void> {
  await bot.stop();
  await store.close();
}

/** One request as the server hears it; the answer as the platform reads it. */
async function hear(request: Request) {
  const inbound = await rig.adapter.receive(request.clone());
  const response =
    inbound.kind === 'message' ? await inbound.answer(await bot.answer(inbound.message)) : inbound.response;
  return { response, inbound };
}

async function ask(told: Told) {
  const request = rig.simulator.said({ chat, ...told });
  const { response } = await hear(request);
  return rig.simulator.answered(request, response);
}

async function said(told: Told): Promise<string> {
  const answer = await ask(told);
  return String((answer?.stream as { content?: string } | undefined)?.content ?? '').replace(/ *\n/gu, '\n');
}

const shown = () => rig.simulator.shown.map(({ text }) => text);
const later = async (ms: number) => {
  rig.now = new Date(rig.now.getTime() + ms);
  await bot.pass();
};

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'duban-wecom-'));
  rig = await wecomRig();
  rig.now = new Date('2023-09-25T10:00:00+08:00');
  await start();
  await bot.pass();
  rig.simulator.shown.length = 0;
});
afterEach(async () => {
  await stop();
  await rig.close();
  await rm(folder, { recursive: true, force: true });
});

describe('a work group on 企业微信', () => {
  it('asks and reports', async () => {
    expect(await said({ text: '水-7谁牵头', user: '成员' })).toBe(
      '水-7 城镇生活污水处理设施及管网建设\n牵头：县住建局\n文件未写时限。\n联络员：县住建局联络员',
    );
    expect(await said({ text: done, user: liaison })).toContain('县住建局报办结（待核查）');
    expect(await said({ text: '收到', user: liaison })).toBe('');
  });

  it('gets one effect and one reply for what is delivered three times, and again after a restart', async () => {
    const told = { text: done, user: liaison, id: 'CAIQ1' };
    const first = await ask(told);
    expect(await ask(told)).toEqual(first);
    expect(await ask(told)).toEqual(first);
    await stop();
    await start();
    expect(await ask(told)).toEqual(first);
    expect((await said({ text: '/history 水-7', user: '成员' })).match(/五个建制镇/gu)).toHaveLength(1);
  });

  it('confirms a sentence with a button', async () => {
    const question = await ask({ text: '水-7 办结 五个建制镇污水处理设施已投运', user: liaison });
    expect(question).toMatchObject({
      msgtype: 'stream_with_template_card',
      template_card: { button_list: [{ text: '是', key: '是' }] },
    });
    const click = rig.simulator.clicked('是', { chat, user: liaison, id: 'e1' });
    const { response } = await hear(click);
    expect(await rig.simulator.answered(click, response)).toMatchObject({ response_type: 'update_template_card' });
    await later(0);
    expect(rig.simulator.shown).toMatchObject([{ answers: 'e1' }]);
    expect(shown()[0]).toContain('县住建局报办结（待核查）');
    // Somebody else's button is not an answer to this question.
    await hear(rig.simulator.clicked('是', { chat, user: '成员', id: 'e2' }));
    await later(0);
    expect(shown()[1]).toContain('没有等你确认的内容');
  });

  it('hears the digest from its own robot, which rings the liaisons', async () => {
    rig.now = new Date('2023-10-09T08:00:00+08:00');
    await later(0);
    rig.simulator.shown.length = 0;
    rig.now = new Date('2023-10-16T09:00:30+08:00');
    await later(0);
    const [digest, ...more] = rig.simulator.shown;
    expect(more).toEqual([]);
    expect(digest?.text).toMatch(/^督办周报 10月16日（周一）/u);
    expect(digest?.mentions.length).toBeGreaterThan(0);
    await stop();
    await start();
    await later(60_000);
    expect(rig.simulator.shown).toHaveLength(1);
  });

  it.each(['lost-answer', 'hang'] as const)(
    'never gets a digest twice after %s of its robot, which takes no key, and its administrators are told',
    async (kind) => {
      rig.simulator.trouble({ kind });
      rig.now = new Date('2023-10-16T09:00:30+08:00');
      await later(0);
      for (const minute of [1, 2, 3]) await later(minute * 60_000);
      const told = rig.simulator.shown.filter((one) => one.chat === 'single 管理员');
      expect(told).toMatchObject([{ text: expect.stringContaining('的周报不知道有没有发到：企业微信没有应答') }]);
      expect(rig.simulator.shown).toHaveLength(kind === 'hang' ? 1 : 2);
      expect(await said({ text: '/digest', user: '成员' })).toContain('本周的不知道有没有发到，没有再发；下一期');
    },
  );

  it.each([{ kind: 'server-error' }, { kind: 'rate-limited', afterMs: 7_000 }] as const)(
    'gets its digest once after a failure that is none of its own: $kind',
    async (trouble) => {
      rig.simulator.trouble(trouble);
      rig.now = new Date('2023-10-16T09:00:30+08:00');
      await later(0);
      expect(rig.simulator.shown).toEqual([]);
      for (const minute of [1, 2]) await later(minute * 60_000);
      expect(rig.simulator.shown).toHaveLength(1);
    },
  );

  it('tells the administrators when its robot is gone', async () => {
    rig.simulator.trouble({ kind: 'gone' });
    rig.now = new Date('2023-10-16T09:00:30+08:00');
    await later(0);
    await later(60_000);
    expect(rig.simulator.shown).toMatchObject([{ chat: 'single 管理员' }]);
    expect(shown()[0]).toContain('发不出消息了：企业微信返回93000');
  });
});

describe('one to one', () => {
  const report = () => rig.simulator.appSaid({ text: done, user: liaison, id: '7000000000000000009' });

  it('a report to the app is answered by the app', async () => {
    const { response } = await hear(report());
    expect(await response.text()).toBe('');
    await later(0);
    expect(rig.simulator.shown).toMatchObject([{ chat: `single ${liaison}` }]);
    expect(shown()[0]).toContain('县住建局报办结（待核查）');
    await hear(report());
    await later(60_000);
    expect(rig.simulator.shown).toHaveLength(1);
  });

  it('a report to the bot is answered by the bot', async () => {
    expect(await said({ text: done, user: liaison, private: true })).toContain('县住建局报办结（待核查）');
  });

  it.each([
    ['a server error', { kind: 'server-error' }, 2_000],
    ['a full rate', { kind: 'rate-limited', afterMs: 7_000 }, 8_000],
    ['a time-out', { kind: 'hang' }, 2_000],
    ['an answer that was lost', { kind: 'lost-answer' }, 2_000],
    ['a forgotten token', { kind: 'token-expired' }, 0],
  ] as const)('the reply arrives once after %s', async (_what, trouble, waitMs) => {
    rig.simulator.trouble(trouble);
    await hear(report());
    await later(0);
    await later(waitMs);
    await later(60_000);
    expect(rig.simulator.shown).toHaveLength(1);
  });

  it('a file of an administrator is read and answered later, by the response URL', async () => {
    const content = Buffer.from(newPlan);
    const url = rig.simulator.hold(content, `attachment; filename*=UTF-8''${encodeURIComponent('消防方案.txt')}`);
    const told: Told = {
      user: '管理员',
      private: true,
      id: 'f1',
      more: { msgtype: 'file', text: undefined, file: { url } },
    };
    expect(await ask(told)).toBeNull();
    await later(0);
    expect(rig.simulator.shown).toMatchObject([{ answers: 'f1' }]);
    expect(shown()[0]).toContain('第1号导入《消防方案.txt》：读到1个计划、2条，待确认');
  });

  it('a stranger is told where to ask, and nobody is written down', async () => {
    expect(await said({ text: '/mine', user: 'stranger', private: true })).toContain('名单里还没有你');
    await hear(rig.simulator.appSaid({ text: '/mine', user: 'stranger', id: '8' }));
    await expect.poll(shown).toEqual([expect.stringContaining('名单里还没有你')]);
  });
});

describe('a work group on the long connection', () => {
  it('asks, reports and gets its digest without a public address', async () => {
    await stop();
    const far = await ConnectionSimulator.start();
    const line = await wecomRig((settings) => {
      settings.bot = { mode: 'stream', botId, secret: botSecret, streamUrl: far.url };
      settings.app = null;
    });
    const callback = rig;
    rig = Object.assign(line, { now: callback.now });
    await start();
    const [workspace] = await listWorkspaces(store.read);
    if (!workspace) throw new Error('no workspace');
    await store.transaction((tx) => setGroupWebhook(tx, workspace.id, groupId.parse('main'), null));
    const connection = await line.adapter.connect?.({
      hear: (message) => bot.answer(message),
      notice: async () => undefined,
    });

    const told = { chatid: chat, msgid: 'm1', from: { userid: liaison }, text: { content: `@督办助手 ${done}` } };
    const requestId = far.say(told);
    await expect.poll(() => far.shown.length).toBe(1);
    expect(far.shown[0]).toMatchObject({ answers: requestId });
    expect(far.shown[0]?.text).toContain('县住建局报办结（待核查）');
    far.say(told);
    rig.now = new Date('2023-10-16T09:00:30+08:00');
    await later(0);
    expect(far.shown).toHaveLength(2);
    expect(far.shown[1]).toMatchObject({ chat, answers: null, mentions: [] });
    expect(far.shown[1]?.text).toMatch(/^督办周报 10月16日/u);

    await connection?.close();
    await far.close();
    await callback.close();
  });
});
