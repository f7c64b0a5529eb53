import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { runDuban, type Served, serveDuban } from '../support/duban.js';

describe.each(['alone', 'through a running server'])('duban ask %s', (how) => {
  let folder: string;
  let env: { DUBAN_DATABASE: string };
  let server: Served | undefined;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'duban-ask-'));
    env = { DUBAN_DATABASE: path.join(folder, 'duban.db') };
    if (how !== 'alone') server = await serveDuban(env);
  });
  afterAll(async () => {
    await server?.kill();
    await rm(folder, { recursive: true, force: true });
  });

  const ask = (...args: string[]) => runDuban(['ask', ...args], env);

  it('answers in plain text and nothing else', async () => {
    const { code, out, err } = await ask('/who 水-7');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/^水-7/);
    expect(out).toContain('牵头：县住建局');
  });

  it('answers as the person that --user names', async () => {
    expect((await ask('/mine')).out).toContain('你还没有登记单位');
    expect((await ask('/mine', '--user', '县住建局联络员')).out).toContain('牵头8项、负责3项、配合4项');
  });

  it('prints one JSON object with --json', async () => {
    const { code, out } = await ask('/who', '水-7', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(out).replies[0].text).toContain('牵头：县住建局');
  });

  it('says that a person is not on the roster', async () => {
    const { code, out, err } = await ask('/mine', '--user', '赵无此人');
    expect({ code, out, err: err.trim() }).toEqual({ code: 1, out: '', err: '沙箱名单里没有“赵无此人”这个人。' });
    const asJson = await ask('/mine', '--user', '赵无此人', '--json');
    expect({ code: asJson.code, ...JSON.parse(asJson.out) }).toEqual({
      code: 1,
      error: '沙箱名单里没有“赵无此人”这个人。',
    });
  });
});

it('duban ask reads where a platform is connected, and does not log in to it', async () => {
  let calls = 0;
  const gateway = createServer((socket) => {
    calls += 1;
    socket.destroy();
  });
  await new Promise<void>((resolve) => gateway.listen(0, '127.0.0.1', resolve));
  const { port } = gateway.address() as AddressInfo;
  const stream = { WECOM_MODE: 'stream', WECOM_STREAM_URL: `ws://127.0.0.1:${port}` };
  const env = { DUBAN_DATABASE: ':memory:', WECOM_BOT_ID: 'b', WECOM_BOT_SECRET: 's', ...stream };
  try {
    expect(await runDuban(['ask', '水-7谁牵头'], env)).toMatchObject({
      code: 0,
      out: expect.stringContaining('牵头：县住建局'),
    });
    expect(calls).toBe(0);
  } finally {
    gateway.close();
  }
});

describe('two servers on two ledgers', () => {
  let folder: string;
  let servers: Served[];

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'duban-two-'));
    servers = [];
  });
  afterEach(async () => {
    for (const server of servers) await server.kill();
    await rm(folder, { recursive: true, force: true });
  });

  it('are each asked about their own, and forgotten when they stop', async () => {
    const database = (name: string) => ({ DUBAN_DATABASE: path.join(folder, name) });
    for (const name of ['one.db', 'two.db']) servers.push(await serveDuban(database(name)));
    const report = ['ask', '--user', '县住建局联络员', '/progress 水-7 60% 管网铺设过半'];
    expect((await runDuban(report, database('one.db'))).code).toBe(0);
    expect((await runDuban(['ask', '/history 水-7'], database('one.db'))).out).toContain('管网铺设过半');
    expect((await runDuban(['ask', '/history 水-7'], database('two.db'))).out).toContain('还没有收到报告');
    await servers[0]?.stop();
    expect(existsSync(path.join(folder, 'one.db.server.json'))).toBe(false);
    expect(existsSync(path.join(folder, 'two.db.server.json'))).toBe(true);
    expect((await runDuban(['ask', '/history 水-7'], database('one.db'))).out).toContain('管网铺设过半');
  });
});
