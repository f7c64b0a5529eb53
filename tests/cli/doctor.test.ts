import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';

import { dingtalkEnv, type Env, expectNoSecret, feishuEnv, wecomEnv } from '../doctor/rig.js';
import { DingtalkSimulator } from '../platforms/dingtalk/simulator.js';
import { FeishuSimulator } from '../platforms/feishu/simulator.js';
import { WecomSimulator } from '../platforms/wecom/simulator.js';
import { runDuban, type Served, serveDuban } from '../support/duban.js';
import { testBot } from '../support/test-bot.js';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'duban-doctor-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

interface Told {
  checks: { id: string; title: string; state: string; say: string; todo: string | null }[];
  total: Record<string, number>;
}

async function asJson(args: string[], env: Env): Promise<Told & { code: number | null }> {
  const { code, out } = await runDuban(['doctor', ...args, '--json'], env);
  expectNoSecret(out, env);
  return { code, ...(JSON.parse(out) as Told) };
}

const stateOf = ({ checks }: Told, id: string) => checks.find((check) => check.id === id)?.state;

describe('duban doctor on a ledger alone', () => {
  it('tells one line for each check, the total at the end, and ends well', async () => {
    const database = path.join(folder, 'alone.db');
    await (await testBot({ location: database })).stop();
    const { code, out, err } = await runDuban(['doctor'], { DUBAN_DATABASE: database });
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const lines = out.trim().split('\n');
    expect(lines.slice(0, -1).filter((line) => !/^\[(?:正常|注意|跳过)\] [^：]+：.+。$/u.test(line))).toEqual([]);
    expect(lines).toContain('[正常] 数据库：SQLite 打得开，迁移齐全。');
    expect(lines).toContain('[注意] 服务：没有在这个台账上运行。运行 npm start；停着的时候收不到也发不出。');
    const counts = ['正常', '注意', '跳过'].map(
      (state) => lines.filter((line) => line.startsWith(`[${state}]`)).length,
    );
    expect(lines.at(-1)).toBe(`共${lines.length - 1}项：正常${counts[0]}，注意${counts[1]}，跳过${counts[2]}。`);
  });

  it('tells everything that is wrong with the environment, and the rest, and fails', async () => {
    const env = { PORT: 'http', DUBAN_LOG_LEVEL: '吵', DUBAN_DATABASE: path.join(folder, 'none.db') };
    const { code, out } = await runDuban(['doctor'], env);
    expect(code).toBe(1);
    expect(out).toContain('[故障] 环境变量：环境变量 PORT：应是 0 到 65535 的端口号。');
    expect(out).toContain('[故障] 环境变量：环境变量 DUBAN_LOG_LEVEL：');
    expect(out).toMatch(/\[注意\] 数据库：\S+none\.db 还没有。/);
    expect(out).toMatch(/共\d+项：.*故障2/);
  });

  it.each([
    [['weixin'], '平台写 wecom、dingtalk、feishu 之一'],
    [['--url', 'duban.example.gov.cn'], '--url 要写平台访问督办用的公网地址'],
    [['--url', 'https://admin:pass-word-1@duban.example.gov.cn'], '--url 要写平台访问督办用的公网地址'],
  ])('refuses %j', async (args, said) => {
    const { code, out, err } = await runDuban(['doctor', ...args], {});
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toContain(said);
    expect(err).not.toContain('pass-word-1');
  });
});

describe('duban doctor beside a running server', () => {
  let wecom: WecomSimulator;
  let feishu: FeishuSimulator;
  let dingtalk: DingtalkSimulator;
  let env: Env;
  let server: Served;

  beforeAll(async () => {
    wecom = await WecomSimulator.start();
    feishu = await new FeishuSimulator().start();
    dingtalk = await new DingtalkSimulator().start();
    const platforms = { ...wecomEnv(wecom), ...feishuEnv(feishu), ...dingtalkEnv(dingtalk) };
    env = { ...platforms, DUBAN_DATABASE: path.join(folder, 'served.db') };
    server = await serveDuban(env);
  });
  afterAll(async () => {
    await server?.stop();
    await wecom?.close();
    await feishu?.stop();
    await dingtalk?.stop();
  });

  const addresses = ['wecom.bot.address', 'wecom.app.address', 'feishu.events.address', 'dingtalk.robot.address'];

  it('reaches the server through the public address on every platform, without a trace in the ledger', async () => {
    const told = await asJson(['--url', server.url], env);
    expect(stateOf(told, 'server')).toBe('ok');
    // More than a second on a busy machine is a warning.
    for (const id of addresses) expect([id, stateOf(told, id)]).toEqual([id, expect.stringMatching(/^(?:ok|warn)$/)]);
    for (const id of addresses) expect(told.checks.find((check) => check.id === id)?.say).toContain('答得对');
    const ledger = new Database(env.DUBAN_DATABASE, { readonly: true });
    const rows = ['inbound', 'deliveries', 'updates'].map((table) => ledger.prepare(`SELECT * FROM ${table}`).all());
    ledger.close();
    expect(rows).toEqual([[], [], []]);
    expect(told.code).toBe(1);
    expect(told.checks.filter(({ state }) => state === 'fail').map(({ id }) => id)).toEqual(['people.administrator']);
    const sum = Object.values(told.total).reduce((all, one) => all + one, 0);
    expect(sum).toBe(told.checks.length);
  });

  it('tells the same in lines, and no secret in them', async () => {
    const { code, out, err } = await runDuban(['doctor', '--url', server.url], env);
    expect(code).toBe(1);
    expectNoSecret(out + err, env);
    expect(out).toContain('[正常] 飞书机器人：机器人“督办助手”已启用。');
    expect(out).toContain('[故障] 管理员：在企业微信、钉钉、飞书还没有管理员。运行 duban admin-code，');
  });

  it('says that the server has other keys', async () => {
    const other = { ...env, FEISHU_ENCRYPT_KEY: 'another-key-0815', WECOM_BOT_TOKEN: 'AnotherToken0815' };
    const told = await asJson(['--url', server.url], other);
    for (const id of ['feishu.events.address', 'wecom.bot.address']) {
      const found = told.checks.find((check) => check.id === id);
      expect(found).toMatchObject({ state: 'fail', say: expect.stringContaining('没有通过验证') });
    }
    expect(stateOf(told, 'feishu.events.callback')).toBe('ok');
    expect(stateOf(told, 'wecom.app.address')).not.toBe('fail');
  });

  it('says that the address leads to something else', async () => {
    const portal = createServer((request, response) => {
      if (request.url?.startsWith('/webhooks/feishu')) response.writeHead(302, { location: '/login' }).end();
      else if (request.url?.startsWith('/webhooks/dingtalk')) response.writeHead(401).end('Unauthorized');
      else if (request.url?.includes('/app')) response.writeHead(502).end('Bad Gateway');
      else response.writeHead(404).end('<html>404</html>');
    });
    await new Promise<void>((resolve) => portal.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void portal.close());
    const { port } = portal.address() as AddressInfo;
    const told = await asJson(['--url', `http://127.0.0.1:${port}`], env);
    const said = addresses.map((id) => told.checks.find((check) => check.id === id)?.say);
    expect(said).toEqual([
      '公网地址上没有 /webhooks/wecom（HTTP 404）',
      '反向代理到不了督办（HTTP 502）',
      '公网地址跳转到别处（HTTP 302）',
      expect.stringContaining('没有通过验证（HTTP 401）'),
    ]);
  });

  it('says that the server was started without the platform', async () => {
    const sandbox = await serveDuban({ DUBAN_DATABASE: path.join(folder, 'sandbox.db') });
    const told = await asJson(['feishu', '--url', sandbox.url], env);
    await sandbox.stop();
    expect(told.checks.find(({ id }) => id === 'feishu.events.address')).toMatchObject({
      state: 'fail',
      say: '到了督办，但运行中的服务没有接 /webhooks/feishu',
    });
    expect(told.checks.filter(({ id }) => id.startsWith('wecom.'))).toEqual([]);
  });

  it('says that nobody answers at the address', async () => {
    const told = await asJson(['feishu', '--url', 'http://127.0.0.1:1'], env);
    expect(told.checks.find(({ id }) => id === 'feishu.events.address')).toMatchObject({
      state: 'fail',
      say: expect.stringContaining('127.0.0.1:1 拒绝连接'),
    });
  });
});
