import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import Database from 'better-sqlite3';

import { app, BenchPlatform } from './feishu-platform.mjs';
import { cells, median, verdict } from './figures.mjs';
import { cpuOf, launch, launchDuban, memoryOf, stop } from './processes.mjs';

/** As many as keep our own pace, four a second to a group, out of the figures. */
const groups = 1_000;
const rows = 1_000;
const lanes = 16;
const target = 1.4;
const aim = 2;
const settleMs = 100;

/** Binds the groups, as `duban group add` does for each, and returns the codes that can be asked for. */
async function prepare(database) {
  const built = (file) => import(path.join(import.meta.dirname, '..', '..', 'dist', 'src', file));
  const [{ openStore }, { listWorkspaces }, { insertGroup }] = await Promise.all([
    built('store/open.js'),
    built('store/workspaces.js'),
    built('store/groups.js'),
  ]);
  const store = await openStore(database, {});
  const [workspace] = await listWorkspaces(store.read);
  await store.transaction(async (tx) => {
    for (let at = 0; at < groups; at += 1) {
      const chat = { platform: 'feishu', account: app.appId, chatId: `oc_${at}` };
      await insertGroup(tx, workspace.id, {
        ...chat,
        id: `bench-${at}`,
        name: '工作群',
        plans: null,
        boundAt: new Date(),
      });
    }
  });
  await store.close();
  const db = new Database(database, { readonly: true });
  const codes = db
    .prepare('select code from tasks')
    .all()
    .map(({ code }) => code);
  db.close();
  return codes;
}

/** The texts that our bot says, in a table of a thousand, so that both look up and say the same. */
function writeTasks(file, texts) {
  const db = new Database(file);
  db.exec('create table tasks (code text primary key, text text not null)');
  const insert = db.prepare('insert into tasks values (?, ?)');
  const [sample] = texts.values();
  for (const [code, text] of texts) insert.run(code, text);
  for (let at = texts.size; at < rows; at += 1) insert.run(`例-${at}`, sample);
  db.close();
}

/** Every message was committed with its delivery, and every delivery has its outcome. */
function checkLedger(database, said) {
  const db = new Database(database, { readonly: true });
  const { claimed } = db.prepare('select count(*) claimed from inbound').get();
  const { sent } = db.prepare("select count(*) sent from deliveries where state = 'sent'").get();
  db.close();
  if (claimed !== said || sent !== said) throw new Error(`${said} said, ${claimed} claimed, ${sent} sent`);
}

/** One command on 飞书 there and back, everything durable, beside the official SDK, which stores nothing. */
export async function feishuRoad({ folder, short }) {
  const rounds = short ? 1 : 7;
  const turns = short ? { 1: 60, 16: 20 } : { 1: 400, 16: 200 };
  const database = path.join(folder, 'feishu.db');
  const platform = await new BenchPlatform().start();
  const env = {
    DUBAN_DATABASE: database,
    FEISHU_APP_ID: app.appId,
    FEISHU_APP_SECRET: app.appSecret,
    FEISHU_ENCRYPT_KEY: app.encryptKey,
    FEISHU_VERIFICATION_TOKEN: app.verificationToken,
    FEISHU_BASE_URL: platform.url,
  };
  const first = await launchDuban(env);
  await stop(first.child);
  const codes = await prepare(database);
  const duban = await launchDuban(env);

  let serial = 0;
  const say = (_, lane) => {
    serial += 1;
    return { chat: `oc_${serial % groups}`, user: `ou_${lane}`, text: `/who ${codes[serial % codes.length]}` };
  };
  const texts = new Map();
  const warmUp = Math.ceil(Math.max(groups, codes.length) / lanes);
  await platform.drive(duban.origin, {
    turns: warmUp,
    atOnce: lanes,
    say,
    check: (asked, text) => texts.set(asked.split(' ').at(-1), text),
  });
  const tasks = path.join(folder, 'feishu-sdk.db');
  writeTasks(tasks, texts);
  const { appId, appSecret, encryptKey, verificationToken } = app;
  const args = [tasks, platform.url, appId, appSecret, encryptKey, verificationToken];
  const sdk = await launch(['tests/bench/feishu-sdk.mjs', ...args], {});
  const check = (asked, text) => {
    if (texts.get(asked.split(' ').at(-1)) !== text) throw new Error(`${asked} → ${text}`);
  };
  await platform.drive(sdk.origin, { turns: warmUp, atOnce: lanes, say, check });

  const bots = { sdk, duban };
  let said = warmUp * lanes;
  const measure = async (name, atOnce) => {
    const { child, origin } = bots[name];
    const before = cpuOf(child);
    const run = await platform.drive(origin, { turns: turns[atOnce], atOnce, say, check });
    await sleep(settleMs);
    const commands = turns[atOnce] * atOnce;
    if (name === 'duban') said += commands;
    return { ...run, cpu: (cpuOf(child) - before) / commands };
  };
  console.log(
    `      飞书  at once     per s    p50 ms    p99 ms    CPU ms    of sdk（中位数，官方 SDK 1.74.0，两边都加密）`,
  );
  let ratio = 0;
  for (const atOnce of [1, lanes]) {
    const runs = { sdk: [], duban: [] };
    for (let round = 0; round < rounds; round += 1) {
      for (const name of Object.keys(bots)) runs[name].push(await measure(name, atOnce));
    }
    for (const name of Object.keys(bots)) {
      const of = (key) => median(runs[name].map((run) => run[key]));
      ratio = median(runs[name].map((run, round) => run.perSecond / runs.sdk[round].perSecond));
      const figures = [of('perSecond').toFixed(0), of('p50').toFixed(2), of('p99').toFixed(2), of('cpu').toFixed(2)];
      console.log(cells([name, atOnce, ...figures, ratio.toFixed(2)]));
    }
  }
  checkLedger(database, said);
  console.log(
    `16 个并发：SDK 的 ${ratio.toFixed(2)} 倍，目标 ${target}（争取 ${aim}），${verdict(ratio >= target)}；内存 ${memoryOf(duban.child).toFixed(0)} MB，SDK ${memoryOf(sdk.child).toFixed(0)} MB`,
  );
  console.log(
    `每条命令从加密签名的事件到回复抵达平台；督办先落盘再发（认领、回复、投递结果），SDK 什么都不存。${groups} 个群轮流问，因为对一个群每秒只发 4 条；群名在预热时问过一次（12 小时一次）。`,
  );
  platform.stop();
  await Promise.all([stop(duban.child), stop(sdk.child)]);
}
