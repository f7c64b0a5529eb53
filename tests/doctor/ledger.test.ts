import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { groupId, type WorkspaceId } from '../../src/domain/workspace.js';
import { insertBoundGroup } from '../../src/services/group/insert-bound-group.js';
import {
  enqueueDelivery,
  findDelivery,
  listDueDeliveries,
  recordOutcome,
  takeDeliveries,
} from '../../src/store/deliveries.js';
import { listGroups, markGroupLost } from '../../src/store/groups.js';
import { openStore } from '../../src/store/open.js';
import { insertAccount, listPeople, updatePerson } from '../../src/store/people.js';
import type { Tx } from '../../src/store/queries.js';
import { claimSlot, finishSlot, listActiveSchedules } from '../../src/store/schedules.js';
import { listWorkspaces } from '../../src/store/workspaces.js';
import { app as feishuApp } from '../platforms/feishu/simulator.js';
import { botId, secrets } from '../platforms/wecom/simulator.js';
import { testBot } from '../support/test-bot.js';
import { dingtalkEnv, type Env, examined, feishuEnv, findingsOf, statesOf, wecomEnv } from './rig.js';

const housing = '县住建局联络员';
/** Nobody listens there: what is looked at here does not need the platforms. */
const nowhere = { url: 'http://127.0.0.1:1' };

let folder: string;
let database: string;
let env: Env;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'duban-ledger-'));
  database = path.join(folder, 'duban.db');
  env = { DUBAN_DATABASE: database };
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function aLedger(...said: string[]): Promise<void> {
  const bot = await testBot({ location: database });
  for (const text of said) await bot.say(text, housing);
  await bot.stop();
}

/** Changes the ledger as the program would. */
async function change(work: (tx: Tx, workspace: WorkspaceId) => Promise<unknown>): Promise<void> {
  const store = await openStore(database);
  await store.transaction(async (tx) => {
    const [workspace] = await listWorkspaces(tx);
    if (!workspace) throw new Error('no workspace');
    await work(tx, workspace.id);
  });
  await store.close();
}

/** Changes the file behind the program's back. */
function tamper(text: string): void {
  const db = new Database(database);
  db.pragma('foreign_keys = OFF');
  db.exec(text);
  db.close();
}

describe('the database', () => {
  it('is missed where there is none, and not made', async () => {
    const results = await examined(env);
    expect(findingsOf(results, 'database')).toMatchObject([{ state: 'warn', say: `${database} 还没有` }]);
    expect(statesOf(results, 'database')).toMatchObject({ 'database.writable': 'skipped', 'database.space': 'ok' });
    await expect(readFile(database)).rejects.toThrow('ENOENT');
  });

  it.skipIf(process.getuid?.() === 0)('is missed where none can be made', async () => {
    const locked = path.join(folder, 'locked');
    await mkdir(locked, { mode: 0o500 });
    const results = await examined({ DUBAN_DATABASE: path.join(locked, 'duban.db') });
    expect(findingsOf(results, 'database')).toMatchObject([{ state: 'fail', say: expect.stringContaining('不能写') }]);
  });

  it('holds, and is left as it is', async () => {
    await aLedger('/done 水-7 投运');
    const before = await readFile(database);
    expect(statesOf(await examined(env), 'database')).toEqual({
      database: 'ok',
      'database.integrity': 'ok',
      'database.writable': 'ok',
      'database.space': 'ok',
    });
    expect((await readFile(database)).equals(before)).toBe(true);
  });

  it('is damaged', async () => {
    await aLedger();
    const bytes = await readFile(database);
    bytes.fill(0xab, 8192, bytes.length - 4096);
    await writeFile(database, bytes);
    const results = await examined(env);
    expect(findingsOf(results, 'database')).toMatchObject([
      { state: 'fail', say: expect.stringContaining('已经损坏') },
    ]);
    expect(findingsOf(results, 'history')).toMatchObject([{ state: 'skipped' }]);
  });

  it('lacks a migration, which is not made up for', async () => {
    await aLedger();
    tamper("DELETE FROM migrations; INSERT INTO migrations VALUES (0, 'other', 'x')");
    expect(findingsOf(await examined(env), 'database')).toMatchObject([
      { state: 'fail', say: expect.stringContaining('不认识的迁移 other') },
    ]);
  });

  it('cannot be written to while another program keeps writing', async () => {
    await aLedger();
    const other = new Database(database);
    other.exec('BEGIN IMMEDIATE');
    const results = await examined(env);
    other.close();
    expect(findingsOf(results, 'database.writable')).toMatchObject([
      { state: 'fail', say: expect.stringContaining('正被另一个程序占用') },
    ]);
  });
});

describe('the history', () => {
  const reports = [
    '/progress 水-7 30% 开工',
    '/progress 水-7 60% 过半',
    '/done 水-7 投运',
    '/progress 水-5 60% 主体完工',
  ];
  const said = async () => findingsOf(await examined(env), 'history').map(({ say }) => say);

  beforeEach(() => aLedger(...reports));

  it('is whole as it was written', async () => {
    expect(await said()).toEqual([expect.stringMatching(/^\d+项任务的\d+条历史、\d+天的封存都没有改动$/)]);
  });

  it('names the row whose words were changed', async () => {
    tamper("UPDATE updates SET note = '全部完成' WHERE task = '水-7' AND number = 2");
    expect(await said()).toEqual([expect.stringMatching(/^2023年 水-7 的第2条（序号\d+）内容被改过$/)]);
  });

  it('names the row that was taken out', async () => {
    tamper("DELETE FROM updates WHERE task = '水-7' AND number = 2");
    expect(await said()).toEqual(['2023年 水-7 的第2条不在了']);
  });

  it('names where the end was cut off, and every task that it happened to', async () => {
    tamper("DELETE FROM updates WHERE task = '水-7' AND number >= 2; DELETE FROM updates WHERE task = '水-5'");
    expect(await said()).toEqual(['2023年 水-7 从第2条起不在了', '2023年 水-5 从第1条起不在了']);
  });

  it('names a task that is gone with its count', async () => {
    tamper("DELETE FROM tasks WHERE key = '水-7'");
    expect(await said()).toEqual(['台账里没有 2023年 水-7 了，历史还在']);
  });
});

describe('groups', () => {
  const bind = (platform: string, account: string, chatId: string, more: object = {}) =>
    change((tx, workspace) =>
      insertBoundGroup(
        tx,
        workspace,
        { platform, account, chatId, name: `群${chatId}`, plans: null, webhook: null, ...more },
        { changedBy: 'test', now: new Date() },
      ),
    );
  const said = async (given: Env, only: 'wecom' | 'dingtalk' | 'feishu') =>
    findingsOf(await examined({ ...env, ...given }, { only }), 'groups');

  beforeEach(() => aLedger());

  it('that are lost are named with since when and why', async () => {
    await change(async (tx, workspace) => {
      const [group] = await listGroups(tx, workspace);
      const lostAt = new Date('2023-09-20T09:00:00+08:00');
      if (group) await markGroupLost(tx, workspace, group.id, { lostAt, lostWhy: '机器人被移出了群' });
    });
    expect(findingsOf(await examined(env), 'groups')).toMatchObject([
      { state: 'fail', say: '“芮城县生态环境保护工作群”从9月20日起发不出：机器人被移出了群' },
    ]);
  });

  it('without a robot are named with the command that gives them one', async () => {
    await bind('wecom', botId, 'wr1', { plans: ['水', '气'] });
    expect(await said(wecomEnv(nowhere), 'wecom')).toEqual([
      {
        state: 'fail',
        say: '“群wr1”没有群机器人的地址，周报发不到',
        todo: '请在群里加群机器人，然后运行 duban group add wecom wr1 --plans 水,气 --webhook <地址>',
      },
    ]);
  });

  it('need no robot where the bot itself can push', async () => {
    await bind('wecom', botId, 'wr1');
    const { WECOM_API_URL: url = '' } = wecomEnv(nowhere);
    const stream = { WECOM_API_URL: url, WECOM_MODE: 'stream', WECOM_BOT_ID: botId, WECOM_BOT_SECRET: 'bot-secret-1' };
    expect(await said({ ...stream, WECOM_STREAM_URL: 'ws://127.0.0.1:1' }, 'wecom')).toMatchObject([{ state: 'ok' }]);
    await bind('feishu', feishuApp.appId, 'oc_1');
    expect(await said(feishuEnv(nowhere), 'feishu')).toMatchObject([{ state: 'ok', say: '1个能用：群oc_1' }]);
  });

  it('whose robot is on another platform are named, without its address', async () => {
    await bind('wecom', botId, 'wr1', {
      webhook: `https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=${secrets.webhookKey}`,
    });
    expect(await said(wecomEnv(nowhere), 'wecom')).toMatchObject([
      { state: 'fail', say: '“群wr1”的群机器人地址不是企业微信的，周报发不到' },
    ]);
    await bind('dingtalk', 'dingrobotexample', 'cid/1==', {
      webhook: 'https://evil.example/robot/send?access_token=x1',
    });
    const [found] = await said(dingtalkEnv(nowhere), 'dingtalk');
    expect(found).toMatchObject({ state: 'fail', todo: expect.stringContaining("duban group add dingtalk 'cid/1=='") });
  });

  it('that are bound to another bot are named', async () => {
    await bind('feishu', 'cli_0000000000000000', 'oc_1');
    expect(await said(feishuEnv(nowhere), 'feishu')).toMatchObject([
      { state: 'fail', say: expect.stringContaining(`现在用的是 ${feishuApp.appId}`) },
    ]);
  });

  it('on a platform that is not configured are named', async () => {
    const found = findingsOf(await examined({ ...env, ...feishuEnv(nowhere) }), 'groups');
    expect(found).toMatchObject([{ state: 'warn', say: expect.stringContaining('演示沙箱里的群') }]);
    await bind('dingtalk', 'dingrobotexample', 'cid1');
    const both = findingsOf(await examined({ ...env, ...feishuEnv(nowhere) }), 'groups').map(({ say }) => say);
    expect(both).toContain('“群cid1”在钉钉，这里没有配置钉钉');
  });

  it('are missed where there is none', async () => {
    expect(await said(feishuEnv(nowhere), 'feishu')).toMatchObject([{ state: 'warn', say: '还没有绑定的群' }]);
  });
});

describe('people', () => {
  beforeEach(() => aLedger());

  it('hold in the sandbox, but for the unit that has no liaison', async () => {
    const results = await examined(env);
    expect(statesOf(results, 'people.')).toEqual({
      'people.administrator': 'ok',
      'people.accounts': 'ok',
      'people.liaisons': 'warn',
    });
  });

  it('lack an administrator and accounts on a platform that nobody has come from', async () => {
    const results = await examined({ ...env, ...feishuEnv(nowhere) });
    expect(findingsOf(results, 'people.administrator')).toEqual([
      {
        state: 'fail',
        say: '在飞书还没有管理员',
        todo: '运行 duban admin-code，把代码单独发给机器人的人成为管理员',
      },
    ]);
    const [accounts] = findingsOf(results, 'people.accounts');
    expect(accounts?.say).toMatch(/^在飞书没有账号，收不到单聊：(?:[^、]+、){4}[^、]+等34人$/);
    expect(accounts?.todo).toContain('duban person add 姓名 --account feishu:编号');
  });

  it('have an administrator once one has an account there', async () => {
    await change(async (tx, workspace) => {
      const person = (await listPeople(tx, workspace)).find(({ name }) => name === '管理员');
      if (person) await insertAccount(tx, workspace, { platform: 'feishu', userId: 'ou_1', personId: person.id });
    });
    const results = await examined({ ...env, ...feishuEnv(nowhere) });
    expect(findingsOf(results, 'people.administrator')).toMatchObject([{ state: 'ok', say: '管理员' }]);
  });

  it('leave units without a liaison, whose first names are told', async () => {
    await change(async (tx, workspace) => {
      for (const { id, roles } of await listPeople(tx, workspace)) {
        if (roles.includes('liaison')) await updatePerson(tx, workspace, id, { active: false });
      }
    });
    const [found] = findingsOf(await examined(env), 'people.liaisons');
    expect(found?.say).toMatch(/^\d+个责任单位没有联络员：(?:[^、]+、){4}[^、]+等\d+个$/);
  });
});

describe('deliveries and digests', () => {
  const now = new Date('2023-09-25T09:00:00+08:00');
  const ago = (days: number) => new Date(now.getTime() - days * 86_400_000);
  const deliver = (
    key: string,
    createdAt: Date,
    outcome?: Parameters<typeof recordOutcome>[3],
    notBefore = createdAt,
  ) =>
    change(async (tx, workspace) => {
      const row = { key, groupId: groupId.parse('main'), personId: null, kind: 'digest', target: null };
      const reply = { kind: 'text', text: '周报' };
      await enqueueDelivery(tx, workspace, { ...row, reply, notBefore, usefulUntil: null, createdAt });
      const delivery = await findDelivery(tx, workspace, key);
      if (delivery && outcome) await recordOutcome(tx, workspace, delivery.sequence, outcome);
    });

  beforeEach(() => aLedger());

  it('hold where nothing was sent', async () => {
    const results = await examined(env);
    expect(statesOf(results, 'deliveries.')).toEqual({
      'deliveries.pending': 'ok',
      'deliveries.unknown': 'ok',
      'deliveries.refused': 'ok',
      'deliveries.expired': 'ok',
    });
    expect(findingsOf(results, 'digests')).toMatchObject([{ state: 'ok', say: '30天内没有漏发' }]);
  });

  it('that wait for longer than ten minutes are counted, the oldest by its key', async () => {
    await deliver('tried', ago(0.2));
    await change(async (tx, workspace) => {
      const [{ sequence = 0 } = {}] = await listDueDeliveries(tx, workspace, ago(0.1), 1);
      await takeDeliveries(tx, workspace, [sequence], { now: ago(0.1), until: ago(0.09) });
      const outcome = { state: 'pending', notBefore: ago(-1), why: '飞书限流', ambiguous: false } as const;
      await recordOutcome(tx, workspace, sequence, outcome);
    });
    await deliver('old', ago(0.1));
    await deliver('young', ago(0.001));
    await deliver('in the evening', ago(0.1), undefined, ago(-0.5));
    expect(findingsOf(await examined(env), 'deliveries.pending')).toMatchObject([
      { state: 'fail', say: '2条超过10分钟没有发出，最早一条 tried：飞书限流' },
    ]);
  });

  it('that were not delivered lately are counted by what became of them, the newest by its key and reason', async () => {
    await deliver('long ago', ago(9), { state: 'refused', why: '群已解散' });
    await deliver('first', ago(5), { state: 'refused', why: '机器人不在群里' });
    await deliver('second', ago(2), { state: 'refused', why: '飞书没有收下这条内容（230025）' });
    await deliver('lost', ago(1), { state: 'unknown', why: '钉钉没有应答，可能已经送达' });
    const results = await examined(env);
    expect(findingsOf(results, 'deliveries.refused')).toMatchObject([
      { state: 'warn', say: '7天内2条被平台拒收，最近一条 second：飞书没有收下这条内容（230025）' },
    ]);
    expect(findingsOf(results, 'deliveries.unknown')).toMatchObject([
      { state: 'warn', say: '7天内1条不知道是否送达，最近一条 lost：钉钉没有应答，可能已经送达' },
    ]);
  });

  it('that were missed or failed are told with their reasons', async () => {
    const slot = (name: string, plannedFor: Date, state: 'missed' | 'failed' | 'sent', why: string | null) =>
      change(async (tx, workspace) => {
        const [schedule] = await listActiveSchedules(tx, workspace);
        const key = { scheduleId: schedule?.id ?? '', slot: name };
        await claimSlot(tx, workspace, { ...key, plannedFor });
        await finishSlot(tx, workspace, key, { state, coversUntil: null, preparedAt: null, deliveryKey: null, why });
      });
    await slot('2023-08-14', ago(42), 'missed', '停机超过补发期限');
    await slot('2023-09-11', ago(14), 'missed', '停机超过补发期限');
    await slot('2023-09-18', ago(7), 'failed', '工作群已不存在');
    await slot('2023-09-04', ago(21), 'sent', null);
    expect(findingsOf(await examined(env), 'digests').map(({ say }) => say)).toEqual([
      '“芮城县生态环境保护工作群”9月18日的没有发：工作群已不存在',
      '“芮城县生态环境保护工作群”9月11日的没有发：停机超过补发期限',
    ]);
  });

  it('that came late, merged or on another day are told with their reasons too', async () => {
    const slot = (name: string, plannedFor: Date, state: 'late' | 'merged' | 'sent', why: string | null) =>
      change(async (tx, workspace) => {
        const schedule = (await listActiveSchedules(tx, workspace)).find(({ kind }) => kind === 'digest');
        const key = { scheduleId: schedule?.id ?? '', slot: name };
        await claimSlot(tx, workspace, { ...key, plannedFor });
        await finishSlot(tx, workspace, key, { state, coversUntil: null, preparedAt: null, deliveryKey: null, why });
      });
    await slot('2023-09-18', ago(7), 'late', null);
    await slot('2023-09-11', ago(14), 'merged', '上一期因假期顺延，两期合为一期');
    await slot('2023-09-04', ago(21), 'sent', '因假期顺延');
    await slot('2023-08-28', ago(28), 'sent', null);
    const group = '“芮城县生态环境保护工作群”';
    expect(findingsOf(await examined(env), 'digests').map(({ say }) => say)).toEqual([
      '30天内没有漏发：按时2期，补发1期，合并1期',
      `不是照常发的：${group}9月18日补发；${group}9月11日合并（上一期因假期顺延，两期合为一期）；${group}9月4日已发（因假期顺延）`,
    ]);
  });

  it('whose time has come while nothing runs are told', async () => {
    const later = { ...env, DUBAN_NOW: '2023-10-17T12:00:00+08:00' };
    expect(findingsOf(await examined(later), 'digests')).toEqual([
      {
        state: 'warn',
        say: '“芮城县生态环境保护工作群”9月25日、10月7日、10月16日的到点没有处理',
        todo: '请启动服务，期限内的会补发',
      },
      {
        state: 'warn',
        say: '“芮城县生态环境保护工作群”的到期提醒10月13日、10月16日、10月17日等12期的到点没有处理',
        todo: '请启动服务，会并入下一次早上的提醒',
      },
      {
        state: 'warn',
        say: '“芮城县生态环境保护工作群”的督查待办10月7日、10月16日的到点没有处理',
        todo: '请启动服务，会并入下一次早上的提醒',
      },
    ]);
  });
});
