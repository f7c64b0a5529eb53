import { chmod, cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { projectRoot } from '../../src/project-root.js';
import { openStore } from '../../src/store/open.js';
import { runDuban, type Served, serveDuban } from '../support/duban.js';
import { eventually } from '../support/eventually.js';
import { testBot } from '../support/test-bot.js';

let folder: string;
let database: string;
let servers: Served[];

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'duban-serve-'));
  database = path.join(folder, 'duban.db');
  servers = [];
});
afterEach(async () => {
  for (const server of servers) await server.kill();
  await rm(folder, { recursive: true, force: true });
});

async function serve(env: Record<string, string> = {}): Promise<Served> {
  const server = await serveDuban({ DUBAN_DATABASE: database, ...env });
  servers.push(server);
  return server;
}

async function refusalOf(env: Record<string, string>): Promise<string> {
  const { code, err } = await runDuban(['serve'], {
    PORT: '0',
    DUBAN_LOG_LEVEL: 'silent',
    DUBAN_DATABASE: database,
    ...env,
  });
  expect(code).toBe(1);
  expect(err).not.toMatch(/意外错误|\n {4}at /);
  return err.trim();
}

async function post(server: Served, address: string, body: unknown) {
  const response = await fetch(new URL(address, server.url), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return response.json();
}

const dataFolder = path.join(projectRoot, 'data');

describe('a start that cannot succeed', () => {
  it('names every wrong environment variable at once', async () => {
    const said = await refusalOf({
      PORT: '99999',
      DUBAN_NOW: '2023-02-30',
      DUBAN_LOG_LEVEL: '吵',
      DUBAN_TIME_ZONE: 'Mars/Olympus',
    });
    expect(said.split('\n').map((line) => /^环境变量 (\w+)：./.exec(line)?.[1])).toEqual([
      'PORT',
      'DUBAN_NOW',
      'DUBAN_LOG_LEVEL',
      'DUBAN_TIME_ZONE',
    ]);
  });

  it('names the port that another program has taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    const address = other.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    try {
      expect(await refusalOf({ PORT: String(port) })).toMatch(new RegExp(`^端口 ${port} 已被占用。.*$`));
    } finally {
      other.close();
    }
  });

  it('names a damaged database and leaves every byte of it', async () => {
    const bytes = Buffer.from(Array.from({ length: 20_000 }, (_, index) => (index * 7919) % 251));
    await writeFile(database, bytes);
    const said = await refusalOf({});
    expect(said).toMatch(/^文件 .*duban\.db 不是督办的数据库，或者已经损坏；没有改动它。.*$/);
    expect((await readFile(database)).equals(bytes)).toBe(true);
  });

  it('leaves nothing beside a database that is damaged in its middle', async () => {
    await (await testBot({ location: database })).stop();
    const bytes = await readFile(database);
    bytes.fill(0xa5, 8192, bytes.length - 8192);
    await writeFile(database, bytes);
    expect(await refusalOf({})).toMatch(/^文件 .*duban\.db 不是督办的数据库，或者已经损坏；没有改动它。.*$/);
    expect(await readdir(folder)).toEqual(['duban.db']);
    expect((await readFile(database)).equals(bytes)).toBe(true);
  });

  it('names a database of a later version and leaves every byte of it', async () => {
    await (await openStore(database, {})).close();
    const later = new Database(database);
    later.prepare("INSERT INTO migrations (position, tag, hash) VALUES (9999, '9999_later', 'x')").run();
    later.close();
    const bytes = await readFile(database);
    const said = await refusalOf({});
    expect(said).toMatch(/^数据库 .*duban\.db 含有本程序不认识的迁移 9999_later.*$/);
    expect((await readFile(database)).equals(bytes)).toBe(true);
  });

  it('names a database place that is below a file', async () => {
    const file = path.join(folder, 'note.txt');
    await writeFile(file, '');
    expect(await refusalOf({ DUBAN_DATABASE: path.join(file, 'duban.db') })).toMatch(/^打不开 .*note\.txt.*$/);
  });

  it.skipIf(process.getuid?.() === 0)('names a database place that it may not write to', async () => {
    const locked = path.join(folder, 'locked');
    await mkdir(locked, { mode: 0o500 });
    expect(await refusalOf({ DUBAN_DATABASE: path.join(locked, 'duban.db') })).toMatch(/^打不开数据库 .*locked.*$/);
    expect(await refusalOf({ DUBAN_DATABASE: path.join(locked, 'below', 'duban.db') })).toMatch(
      /^没有权限：.*below.*$/,
    );
  });

  it.skipIf(process.platform !== 'linux')('names a database place where no folder can be made', async () => {
    expect(await refusalOf({ DUBAN_DATABASE: '/proc/nope/duban.db' })).toMatch(/^打不开 \/proc\/nope（.*$/);
  });

  it('names a database place that is a folder', async () => {
    expect(await refusalOf({ DUBAN_DATABASE: folder })).toMatch(/^文件 .*duban-serve-\S+ 不是督办的数据库.*$/);
  });
});

describe.each(['an empty ledger', 'a ledger that holds data'])('DUBAN_DATA on %s', (ledger) => {
  let copy: string;

  beforeEach(async () => {
    copy = path.join(folder, 'data');
    await cp(dataFolder, copy, { recursive: true });
    if (ledger === 'a ledger that holds data') await (await testBot({ location: database })).stop();
  });

  it('names the file that a missing folder lacks', async () => {
    const said = await refusalOf({ DUBAN_DATA: path.join(folder, 'nowhere') });
    expect(said).toMatch(/^数据文件读不到：.*nowhere\/workspace\.json。.*$/);
  });

  it('names the file that is not JSON', async () => {
    await writeFile(path.join(copy, 'units.json'), '[{"name": "县水利局",');
    expect(await refusalOf({ DUBAN_DATA: copy })).toMatch(/^数据文件不是 JSON：.*units\.json。.*$/);
  });

  it('names the file and the place in it that has another form', async () => {
    await writeFile(path.join(copy, 'people.json'), '[{"name": "张三", "roles": ["boss"]}]');
    expect(await refusalOf({ DUBAN_DATA: copy })).toMatch(/^数据文件格式不对：.*people\.json 的 0\.roles\.0：.*$/);
  });

  it('says in Chinese what form is wanted', async () => {
    await writeFile(path.join(copy, 'people.json'), '[{"name": 7, "roles": []}]');
    expect(await refusalOf({ DUBAN_DATA: copy })).toMatch(/people\.json 的 0\.name：无效输入：期望 string/);
  });

  it('names the person and the unit that stand there twice', async () => {
    await writeFile(path.join(copy, 'people.json'), '[{"name":"张三","roles":[]},{"name":"张三","roles":["leader"]}]');
    expect(await refusalOf({ DUBAN_DATA: copy })).toMatch(/^数据文件 .*people\.json 里姓名“张三”写了两次。/);
    await writeFile(path.join(copy, 'units.json'), '[{"name":"县水利局"},{"name":"水利","aliases":["县水利局"]}]');
    await writeFile(path.join(copy, 'people.json'), '[]');
    expect(await refusalOf({ DUBAN_DATA: copy })).toMatch(/^数据文件 .*units\.json 里单位名或别名“县水利局”写了两次。/);
  });

  it.skipIf(ledger !== 'an empty ledger')('names the plan that holds no task or was confirmed as another', async () => {
    const confirmed = path.join(copy, 'plans', 'ruicheng-2023.json');
    await writeFile(confirmed, '{"links": {"火附-1": null}}');
    expect(await refusalOf({ DUBAN_DATA: copy })).toMatch(
      /^数据文件 .*ruicheng-2023\.txt：确认文件中的编号在文件里没有/,
    );
    await writeFile(path.join(copy, 'plans', 'ruicheng-2023.txt'), '');
    expect(await refusalOf({ DUBAN_DATA: copy })).toMatch(/^数据文件 .*ruicheng-2023\.txt：文件是空的/);
    await writeFile(path.join(copy, 'plans', 'ruicheng-2023.txt'), '关于放假的通知\n放假三天。');
    expect(await refusalOf({ DUBAN_DATA: copy })).toMatch(/^数据文件 .*ruicheng-2023\.txt 里没有读到任务。/);
  });

  it.skipIf(process.getuid?.() === 0)('names the file that it may not read', async () => {
    await chmod(path.join(copy, 'units.json'), 0o000);
    expect(await refusalOf({ DUBAN_DATA: copy })).toMatch(/^数据文件读不到：.*units\.json。.*$/);
  });
});

describe('what a start says', () => {
  it('names the sandbox and its date', async () => {
    const server = await serve();
    await eventually(() => expect(server.printed()).toContain('沙箱时间从 2023/9/25 09:00:00 开始'));
  });

  it('calls nothing a sandbox once a platform is connected', async () => {
    const bot = { WECOM_BOT_ID: 'aib1', WECOM_BOT_TOKEN: 't', WECOM_BOT_AES_KEY: 'a'.repeat(43) };
    const server = await serve(bot);
    await eventually(() => expect(server.printed()).toContain('平台按环境变量接入，演示沙箱不开'));
    expect(server.printed()).not.toContain('沙箱时间');
    expect((await fetch(server.url)).status).toBe(404);
  });
});

describe('a server that was killed', () => {
  const liaison = '县住建局联络员';
  const report = { id: 'resent-1', user: liaison, text: '/progress 水-7 60% 管网铺设过半' };

  it('keeps one report of a message sent three times before and once after, with the same reply each time', async () => {
    const first = await serve();
    const before = [];
    for (let time = 0; time < 3; time += 1) before.push(await post(first, '/sandbox/messages', report));
    await first.kill();
    const second = await serve();
    const after = await post(second, '/sandbox/messages', report);
    expect(after.replies[0].text).toContain('县住建局');
    expect(before).toEqual([after, after, after]);
    const history = await post(second, '/sandbox/messages', { user: liaison, text: '/history 水-7' });
    expect(history.replies[0].text.match(/管网铺设过半/g)).toHaveLength(1);
  });

  it('does not post again the digest that it had posted', async () => {
    const posted = async (server: Served) => {
      const { messages } = await (await fetch(new URL('/sandbox/state', server.url))).json();
      return messages.map((message: { id: string }) => message.id);
    };
    const first = await serve();
    await post(first, '/sandbox/clock', { now: '2023-10-07T09:00:00+08:00' });
    const before = await posted(first);
    expect(before).toHaveLength(2);
    await first.kill();
    const second = await serve();
    expect(await posted(second)).toEqual(before);
    await post(second, '/sandbox/clock', { now: '2023-10-07T09:00:00+08:00' });
    expect(await posted(second)).toEqual(before);
  });
});
