import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer as createPlainServer, type RequestListener } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';

import { DingtalkSimulator } from '../platforms/dingtalk/simulator.js';
import { FeishuSimulator } from '../platforms/feishu/simulator.js';
import { botSecret, ConnectionSimulator } from '../platforms/wecom/connection-simulator.js';
import { botId, WecomSimulator } from '../platforms/wecom/simulator.js';
import { tls } from '../platforms/wecom/tls.js';
import { dingtalkEnv, type Env, examined, feishuEnv, findingsOf, statesOf, wecomEnv } from './rig.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'duban-doctor-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function aServer(answer: RequestListener, secure = false): Promise<string> {
  const server = secure ? createServer(tls, answer) : createPlainServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `${secure ? 'https' : 'http'}://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Nobody listens there any more. */
async function aDeadAddress(): Promise<string> {
  const server = createPlainServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}`;
}

const minutesFromNow = (minutes: number) => new Date(Date.now() + minutes * 60_000);

async function aWecom(): Promise<WecomSimulator> {
  const simulator = await WecomSimulator.start();
  onTestFinished(() => simulator.close());
  return simulator;
}
async function aFeishu(): Promise<FeishuSimulator> {
  const simulator = await new FeishuSimulator().start();
  onTestFinished(() => simulator.stop());
  return simulator;
}
async function aDingtalk(): Promise<DingtalkSimulator> {
  const simulator = await new DingtalkSimulator().start();
  onTestFinished(() => simulator.stop());
  return simulator;
}

describe('企业微信', () => {
  it('holds when everything is right', async () => {
    const results = await examined(wecomEnv(await aWecom()));
    expect(statesOf(results, 'wecom.')).toEqual({
      'wecom.reach': 'ok',
      'wecom.clock': 'ok',
      'wecom.bot.callback': 'ok',
      'wecom.bot.address': 'skipped',
      'wecom.app.token': 'ok',
      'wecom.app.call': 'ok',
      'wecom.app.callback': 'ok',
      'wecom.app.address': 'skipped',
    });
  });

  it('says which variable holds a wrong secret, and does not try what needs it', async () => {
    const env = { ...wecomEnv(await aWecom()), WECOM_APP_SECRET: 'wrong-secret-9f8e' };
    const results = await examined(env);
    const [token] = findingsOf(results, 'wecom.app.token');
    expect(token).toMatchObject({ state: 'fail', say: '企业微信返回40001：Secret不对' });
    expect(token?.todo).toContain('WECOM_APP_SECRET');
    expect(findingsOf(results, 'wecom.app.call')).toMatchObject([
      { state: 'skipped', say: '要先通过“企业微信应用令牌”' },
    ]);
    expect(findingsOf(results, 'wecom.app.callback')).toMatchObject([{ state: 'ok' }]);
  });

  it('says which address has to be let in', async () => {
    const simulator = await aWecom();
    simulator.isTrusted = false;
    const [call] = findingsOf(await examined(wecomEnv(simulator)), 'wecom.app.call');
    expect(call?.say).toBe('企业微信返回60020：本机的出口IP不在企业可信IP里');
    expect(call?.todo).toContain('“企业可信IP”里加上出口IP 203.0.113.7');
  });

  it.each([
    [-3, 'warn', /^本机时间比企业微信快约3分钟$/],
    [4, 'warn', /^本机时间比企业微信慢约4分钟$/],
    [-60 * 8, 'fail', /^本机时间比企业微信快约8小时$/],
  ])('holds the clock against the platform’s that is %i minutes off', async (minutes, state, say) => {
    const simulator = await aWecom();
    simulator.date = minutesFromNow(minutes);
    const [clock] = findingsOf(await examined(wecomEnv(simulator)), 'wecom.clock');
    expect(clock).toEqual({ state, say: expect.stringMatching(say), todo: '请校时：timedatectl set-ntp true' });
  });

  it('does not blame the address where the site has no such call', async () => {
    const url = await aServer((request, response) => {
      if (!request.url?.includes('/gettoken')) return response.writeHead(404).end();
      return response.end(JSON.stringify({ errcode: 0, errmsg: 'ok', access_token: 'token-1-x', expires_in: 7200 }));
    });
    expect(findingsOf(await examined(wecomEnv({ url })), 'wecom.app.call')).toMatchObject([
      { state: 'skipped', say: '企业微信返回HTTP 404，没有核对企业可信IP' },
    ]);
  });

  it('says that the host refuses, and leaves out what needs it', async () => {
    const results = await examined(wecomEnv({ url: await aDeadAddress() }), { proxy: 'HTTPS_PROXY' });
    const [reach] = findingsOf(results, 'wecom.reach');
    expect(reach).toMatchObject({ state: 'fail', say: expect.stringContaining('拒绝连接（ECONNREFUSED）') });
    expect(reach?.todo).toMatch(/核对 WECOM_API_URL 的地址.*本机设了代理（HTTPS_PROXY），督办不经代理/);
    expect(statesOf(results, 'wecom.')).toMatchObject({
      'wecom.clock': 'skipped',
      'wecom.app.token': 'skipped',
      'wecom.app.call': 'skipped',
      'wecom.bot.callback': 'ok',
    });
  });

  it('says that something stands in between', async () => {
    const url = await aServer((_request, response) => response.writeHead(407).end('<html>login</html>'));
    const results = await examined(wecomEnv({ url }));
    expect(findingsOf(results, 'wecom.reach')).toMatchObject([{ state: 'warn', say: expect.stringContaining('407') }]);
    expect(findingsOf(results, 'wecom.app.token')).toMatchObject([{ state: 'fail' }]);
  });

  it('names the variable for the certificates of a site that signs for itself, and takes them', async () => {
    const url = await aServer((_request, response) => response.writeHead(404).end(), true);
    const env = {
      WECOM_API_URL: url,
      WECOM_BOT_ID: botId,
      WECOM_BOT_TOKEN: 'tok-1',
      WECOM_BOT_AES_KEY: 'a'.repeat(43),
    };
    const [reach] = findingsOf(await examined(env), 'wecom.reach');
    expect(reach).toMatchObject({ state: 'fail', say: expect.stringContaining('本机不认 127.0.0.1') });
    expect(reach?.todo).toContain('用 WECOM_CA_FILE 指定');
    const caFile = path.join(folder, 'root.pem');
    await writeFile(caFile, tls.cert);
    const trusted = await examined({ ...env, WECOM_CA_FILE: caFile });
    expect(statesOf(trusted, 'wecom.')).toMatchObject({ 'wecom.certificates': 'ok', 'wecom.reach': 'ok' });
  });

  it.each([
    ['no certificate', '# 根证书', '里没有证书'],
    ['no readable one', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----', '读不懂'],
  ])('says that the file of certificates holds %s', async (_what, content, said) => {
    const caFile = path.join(folder, 'root.pem');
    await writeFile(caFile, content);
    const results = await examined({ ...wecomEnv(await aWecom()), WECOM_CA_FILE: caFile });
    expect(findingsOf(results, 'wecom.certificates')).toMatchObject([
      { state: 'fail', say: expect.stringContaining(said) },
    ]);
  });

  it('says that the file of certificates is not there, and goes on with the rest', async () => {
    const missing = path.join(folder, 'nowhere.pem');
    const results = await examined({ ...wecomEnv(await aWecom()), WECOM_CA_FILE: missing });
    expect(findingsOf(results, 'wecom.settings')).toMatchObject([
      { state: 'fail', say: `WECOM_CA_FILE 的文件 ${missing} 读不到（ENOENT）` },
    ]);
    expect(findingsOf(results, 'database.space')).toMatchObject([{ state: 'ok' }]);
  });

  describe('over its long connection', () => {
    const streamEnv = (simulator: WecomSimulator, streamUrl: string): Env => ({
      WECOM_API_URL: simulator.url,
      WECOM_MODE: 'stream',
      WECOM_BOT_ID: botId,
      WECOM_BOT_SECRET: botSecret,
      WECOM_STREAM_URL: streamUrl,
    });

    it('is reached without a login, and says why', async () => {
      const line = await ConnectionSimulator.start();
      onTestFinished(() => line.close());
      const results = await examined(streamEnv(await aWecom(), line.url));
      expect(findingsOf(results, 'wecom.bot.line')).toMatchObject([{ state: 'ok' }]);
      expect(findingsOf(results, 'wecom.bot.login')).toMatchObject([
        { state: 'skipped', say: expect.stringContaining('会把运行中的服务挤下线') },
      ]);
      expect(line.frames).toEqual([]);
    });

    it('is held to its certificates', async () => {
      const line = await ConnectionSimulator.start(tls);
      onTestFinished(() => line.close());
      const env = streamEnv(await aWecom(), line.url);
      expect(findingsOf(await examined(env), 'wecom.bot.line')).toMatchObject([
        { state: 'fail', say: expect.stringContaining('的证书（'), todo: expect.stringContaining('WECOM_CA_FILE') },
      ]);
      const caFile = path.join(folder, 'root.pem');
      await writeFile(caFile, tls.cert);
      const trusted = await examined({ ...env, WECOM_CA_FILE: caFile });
      expect(findingsOf(trusted, 'wecom.bot.line')).toMatchObject([{ state: 'ok' }]);
    });

    it('says that nobody listens there', async () => {
      const dead = (await aDeadAddress()).replace('http', 'ws');
      const [line] = findingsOf(await examined(streamEnv(await aWecom(), dead)), 'wecom.bot.line');
      expect(line).toMatchObject({ state: 'fail', todo: expect.stringContaining('WECOM_STREAM_URL') });
    });
  });
});

describe('飞书', () => {
  it('holds when everything is right, and names the bot', async () => {
    const results = await examined(feishuEnv(await aFeishu()));
    expect(statesOf(results, 'feishu.')).toEqual({
      'feishu.reach': 'ok',
      'feishu.clock': 'ok',
      'feishu.token': 'ok',
      'feishu.bot': 'ok',
      'feishu.scopes': 'ok',
      'feishu.events.callback': 'ok',
      'feishu.events.address': 'skipped',
    });
    expect(findingsOf(results, 'feishu.bot')).toMatchObject([{ say: '机器人“督办助手”已启用' }]);
  });

  it('says which variable holds a wrong secret', async () => {
    const results = await examined({ ...feishuEnv(await aFeishu()), FEISHU_APP_SECRET: 'wrong-secret-9f8e' });
    expect(findingsOf(results, 'feishu.token')).toMatchObject([
      { state: 'fail', say: '飞书返回10014：App Secret不对', todo: expect.stringContaining('FEISHU_APP_SECRET') },
    ]);
    expect(statesOf(results, 'feishu.')).toMatchObject({ 'feishu.bot': 'skipped', 'feishu.scopes': 'skipped' });
  });

  it('says that the host is not 飞书', async () => {
    const url = await aServer((_request, response) => response.end('<html>门户</html>'));
    expect(findingsOf(await examined(feishuEnv({ url })), 'feishu.token')).toMatchObject([
      { state: 'fail', say: '应答不是飞书的（HTTP 200）', todo: expect.stringContaining('FEISHU_BASE_URL') },
    ]);
  });

  it('names the scopes that are missing and what they are for', async () => {
    const simulator = await aFeishu();
    simulator.scopes = ['im:message.group_at_msg', 'im:message', 'im:chat'];
    expect(findingsOf(await examined(feishuEnv(simulator)), 'feishu.scopes')).toMatchObject([
      { state: 'warn', say: '缺1项权限：听单聊（im:message.p2p_msg:readonly）' },
    ]);
    simulator.scopes = [
      'im:message.p2p_msg:readonly',
      'im:message:readonly',
      'im:chat:readonly',
      'im:message:send_as_bot',
    ];
    expect(findingsOf(await examined(feishuEnv(simulator)), 'feishu.scopes')).toMatchObject([
      { state: 'fail', say: '缺1项权限：听群里@机器人的话（im:message.group_at_msg:readonly）' },
    ]);
  });

  it('says nothing of scopes where the deployment does not', async () => {
    const simulator = await aFeishu();
    simulator.scopes = null;
    expect(findingsOf(await examined(feishuEnv(simulator)), 'feishu.scopes')).toMatchObject([{ state: 'skipped' }]);
  });

  it('says that the office has switched the app off', async () => {
    const simulator = await aFeishu();
    simulator.activateStatus = 1;
    expect(findingsOf(await examined(feishuEnv(simulator)), 'feishu.bot')).toMatchObject([
      { state: 'fail', say: '机器人“督办助手”已被企业停用' },
    ]);
  });

  it('asks for the address of the long connection and does not connect', async () => {
    const simulator = await aFeishu();
    const results = await examined({ ...feishuEnv(simulator), FEISHU_MODE: 'stream' });
    expect(statesOf(results, 'feishu.')).toMatchObject({ 'feishu.gateway': 'ok', 'feishu.line': 'ok' });
    expect(simulator.opened).toBe(0);
  });

  it('says that there are too many long connections', async () => {
    const simulator = await aFeishu();
    simulator.endpointCode = 1000040350;
    const results = await examined({ ...feishuEnv(simulator), FEISHU_MODE: 'stream' });
    expect(findingsOf(results, 'feishu.gateway')).toMatchObject([
      { state: 'fail', say: expect.stringContaining('1000040350'), todo: expect.stringContaining('50个') },
    ]);
    expect(findingsOf(results, 'feishu.line')).toMatchObject([{ state: 'skipped' }]);
  });
});

describe('钉钉', () => {
  it('holds when everything is right', async () => {
    const cards = {
      DINGTALK_CARD_TEMPLATE_ID: 'tpl',
      DINGTALK_CARD_ROUTE_KEY: 'route',
      DINGTALK_CARD_SECRET: 'card-secret-0815',
    };
    const results = await examined({ ...dingtalkEnv(await aDingtalk()), ...cards });
    expect(statesOf(results, 'dingtalk.')).toEqual({
      'dingtalk.reach': 'ok',
      'dingtalk.clock': 'ok',
      'dingtalk.oapi.reach': 'ok',
      'dingtalk.token': 'ok',
      'dingtalk.bot': 'skipped',
      'dingtalk.robot.callback': 'ok',
      'dingtalk.robot.address': 'skipped',
      'dingtalk.cards.callback': 'ok',
      'dingtalk.cards.address': 'skipped',
    });
  });

  it('says which variables hold a wrong secret', async () => {
    const results = await examined({ ...dingtalkEnv(await aDingtalk()), DINGTALK_CLIENT_SECRET: 'wrong-secret-9f8e' });
    expect(findingsOf(results, 'dingtalk.token')).toMatchObject([
      {
        state: 'fail',
        say: '钉钉返回invalidClientIdOrSecret：Client ID或Client Secret不对',
        todo: expect.stringContaining('DINGTALK_CLIENT_SECRET'),
      },
    ]);
  });

  it('asks for the address of the long connection and does not connect', async () => {
    const simulator = await aDingtalk();
    const results = await examined({ ...dingtalkEnv(simulator), DINGTALK_MODE: 'stream' });
    expect(statesOf(results, 'dingtalk.')).toMatchObject({ 'dingtalk.gateway': 'ok', 'dingtalk.line': 'ok' });
    expect(simulator.opened).toBe(0);
  });

  it('says why the gateway gives no address', async () => {
    const simulator = await aDingtalk();
    simulator.gateway = { status: 403, body: '{"code":"Forbidden.AccessDenied.IpNotInWhiteList","message":"ip"}' };
    const results = await examined({ ...dingtalkEnv(simulator), DINGTALK_MODE: 'stream' });
    expect(findingsOf(results, 'dingtalk.gateway')).toMatchObject([
      { state: 'fail', say: expect.stringContaining('出口IP不在白名单里') },
    ]);
  });

  it('is only reached where it does nothing but send', async () => {
    const { url } = await aDingtalk();
    const env = { DINGTALK_MODE: 'send-only', DINGTALK_ROBOT_CODE: 'any', DINGTALK_OAPI_URL: url };
    expect(statesOf(await examined(env), 'dingtalk.')).toEqual({ 'dingtalk.reach': 'ok', 'dingtalk.clock': 'ok' });
  });
});

describe('which platforms are looked at', () => {
  it('says that one was asked for which is not configured', async () => {
    expect(findingsOf(await examined({}, { only: 'feishu' }), 'feishu.settings')).toMatchObject([
      { state: 'fail', say: '没有设置飞书的环境变量', todo: expect.stringContaining('FEISHU_') },
    ]);
  });

  it('looks at one alone when asked', async () => {
    const env = { ...wecomEnv(await aWecom()), ...feishuEnv(await aFeishu()) };
    const ids = (await examined(env, { only: 'feishu' })).map(({ id }) => id);
    expect(ids).toContain('feishu.token');
    expect(ids.filter((id) => id.startsWith('wecom.'))).toEqual([]);
  });

  it('goes on with the others when the variables of one are wrong', async () => {
    const { FEISHU_ENCRYPT_KEY: _, ...incomplete } = feishuEnv(await aFeishu());
    const results = await examined({ ...wecomEnv(await aWecom()), ...incomplete, DUBAN_TIME_ZONE: 'Mars' });
    expect(findingsOf(results, 'environment').map(({ say }) => say)).toEqual([
      expect.stringMatching(/^环境变量 DUBAN_TIME_ZONE：/),
      '环境变量 FEISHU_ENCRYPT_KEY：没有设置，接入飞书需要它',
    ]);
    expect(findingsOf(results, 'feishu.settings')).toMatchObject([{ state: 'skipped' }]);
    expect(findingsOf(results, 'wecom.app.token')).toMatchObject([{ state: 'ok' }]);
  });

  it('looks at the half of a platform that is right', async () => {
    const { WECOM_BOT_TOKEN: _, ...incomplete } = wecomEnv(await aWecom());
    const results = await examined(incomplete);
    expect(findingsOf(results, 'wecom.settings')).toMatchObject([
      { state: 'skipped', say: '环境变量有误，见“环境变量”，只查了其余部分' },
    ]);
    expect(findingsOf(results, 'wecom.app.token')).toMatchObject([{ state: 'ok' }]);
  });
});
