import { describe, expect, it } from 'vitest';

import { ConfigError, evidenceFolderOf, loadConfig, momentFrom, readConfig } from '../src/config.js';
import { platformsSet } from '../src/config-platforms.js';

const problemsOf = (env: Record<string, string>): string[] => {
  try {
    loadConfig(env, '/srv/duban');
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
};

describe('readConfig', () => {
  it('keeps what is right beside what is wrong', () => {
    const env = { PORT: 'http', DUBAN_DATABASE: 'mysql://db/x', DUBAN_TIME_ZONE: 'Mars', HOST: '0.0.0.0' };
    const { config, problems } = readConfig(env, '/srv/duban');
    expect(config).toMatchObject({ port: null, host: '0.0.0.0', database: null, timeZone: null, sandboxStart: null });
    expect(config.dataFolder).toBe('/srv/duban/data');
    expect(problems).toHaveLength(3);
  });

  it('names the platforms of which anything is set', () => {
    expect(platformsSet({ FEISHU_APP_ID: '', WECOM_MODE: 'stream', PORT: '1' })).toEqual(['wecom', 'feishu']);
  });
});

describe('loadConfig', () => {
  it('needs no variable at all', () => {
    expect(loadConfig({}, '/srv/duban')).toEqual({
      port: 8787,
      host: '127.0.0.1',
      database: '/srv/duban/var/duban.db',
      evidence: { folder: null, gigabytes: 20 },
      dataFolder: '/srv/duban/data',
      dataFolderGiven: false,
      sandboxStart: new Date('2023-09-25T01:00:00Z'),
      logLevel: 'info',
      timeZone: 'Asia/Shanghai',
      address: null,
      platforms: { feishu: null, dingtalk: null, wecom: null },
    });
  });

  it('takes what is set', () => {
    const env = {
      PORT: '0',
      HOST: '0.0.0.0',
      DUBAN_DATABASE: 'postgres://duban@db/duban',
      DUBAN_EVIDENCE: '/srv/evidence',
      DUBAN_EVIDENCE_GB: '0.5',
      DUBAN_DATA: '/srv/office',
      DUBAN_NOW: '2023-12-31T08:30:00Z',
      DUBAN_LOG_LEVEL: 'debug',
      DUBAN_TIME_ZONE: 'Asia/Urumqi',
      DUBAN_URL: 'https://duban.example.gov.cn/',
    };
    expect(loadConfig(env, '/srv/duban')).toEqual({
      port: 0,
      host: '0.0.0.0',
      database: 'postgres://duban@db/duban',
      evidence: { folder: '/srv/evidence', gigabytes: 0.5 },
      dataFolder: '/srv/office',
      dataFolderGiven: true,
      sandboxStart: new Date('2023-12-31T08:30:00Z'),
      logLevel: 'debug',
      timeZone: 'Asia/Urumqi',
      address: 'https://duban.example.gov.cn',
      platforms: { feishu: null, dingtalk: null, wecom: null },
    });
  });

  it.each(['1800-01-01', '1999-12-31', '2100-01-01'])('refuses %s, where the sandbox has no clock', (moment) => {
    expect(problemsOf({ DUBAN_NOW: moment })).toEqual(['环境变量 DUBAN_NOW：应在2000年到2099年之间']);
  });

  it('tells every problem at once, each by the name of its variable', () => {
    const problems = problemsOf({
      PORT: 'http',
      HOST: '',
      DUBAN_DATABASE: '',
      DUBAN_DATA: '',
      DUBAN_NOW: 'tomorrow',
      DUBAN_LOG_LEVEL: 'loud',
      DUBAN_TIME_ZONE: 'Mars',
      WECOM_TOKEN: 'x',
    });
    expect(problems.map((problem) => /^环境变量 (\w+)：/.exec(problem)?.[1])).toEqual([
      'PORT',
      'HOST',
      'DUBAN_DATABASE',
      'DUBAN_DATA',
      'DUBAN_NOW',
      'DUBAN_LOG_LEVEL',
      'DUBAN_TIME_ZONE',
      'WECOM_TOKEN',
      'WECOM_BOT_ID',
    ]);
  });

  it.each(['65536', '-1', '80.5', '8787 ', '0x50', ''])('refuses “%s” as a port', (PORT) => {
    expect(problemsOf({ PORT })).toEqual(['环境变量 PORT：应是 0 到 65535 的端口号']);
  });

  it.each([
    'duban.example.gov.cn',
    'ftp://duban.example',
    'https://u:p@duban.example',
    'https://duban.example/?a=1',
    '',
  ])('refuses “%s” as its own address', (DUBAN_URL) => {
    expect(problemsOf({ DUBAN_URL })).toEqual([
      '环境变量 DUBAN_URL：应是 http:// 或 https:// 开头的地址，不带 ? 和 #，如 https://duban.example.gov.cn',
    ]);
  });

  it('refuses a database of another kind instead of making a file of that name', () => {
    expect(problemsOf({ DUBAN_DATABASE: 'mysql://db/duban' })).toEqual([
      '环境变量 DUBAN_DATABASE：应是文件路径或 postgres:// 地址',
    ]);
  });

  it('reads a platform with the hosts of the public cloud', () => {
    const env = {
      FEISHU_APP_ID: 'cli_0123456789abcdef',
      FEISHU_APP_SECRET: 's',
      FEISHU_ENCRYPT_KEY: 'k',
      FEISHU_VERIFICATION_TOKEN: 't',
      DINGTALK_CLIENT_ID: 'i',
      DINGTALK_CLIENT_SECRET: 's',
      DINGTALK_ROBOT_CODE: 'r',
      DINGTALK_CORP_ID: 'c',
      DINGTALK_MODE: 'stream',
      WECOM_BOT_ID: 'b',
      WECOM_BOT_TOKEN: 't',
      WECOM_BOT_AES_KEY: 'a'.repeat(43),
    };
    const { platforms } = loadConfig(env, '/srv/duban');
    expect(platforms.feishu).toMatchObject({ baseUrl: 'https://open.feishu.cn', mode: 'webhook', caFile: null });
    expect(platforms.dingtalk).toMatchObject({ apiUrl: 'https://api.dingtalk.com', mode: 'stream' });
    expect(platforms.wecom).toMatchObject({ apiUrl: 'https://qyapi.weixin.qq.com', app: null });
    expect(platforms.wecom?.bot).toMatchObject({ mode: 'webhook', botId: 'b' });
  });

  it('knows what 钉钉 needs in each mode', () => {
    const group = { DINGTALK_ROBOT_CODE: 'r', DINGTALK_OAPI_URL: 'https://openplatform-pro.example.gov.cn' };
    const sendOnly = loadConfig({ ...group, DINGTALK_MODE: 'send-only' }, '/srv/duban').platforms.dingtalk;
    expect(sendOnly).toEqual({
      mode: 'send-only',
      robotCode: 'r',
      oapiUrl: 'https://openplatform-pro.example.gov.cn',
      caFile: null,
    });
    const robot = { ...group, DINGTALK_CLIENT_ID: 'i', DINGTALK_CLIENT_SECRET: 's', DINGTALK_CORP_ID: 'c' };
    const cards = {
      ...robot,
      DINGTALK_CARD_TEMPLATE_ID: 't',
      DINGTALK_MEDIA_URLS: 'https://a.example, https://b.example/',
    };
    expect(problemsOf(cards)).toEqual([
      '环境变量 DINGTALK_CARD_ROUTE_KEY：没有设置，接入钉钉需要它',
      '环境变量 DINGTALK_CARD_SECRET：没有设置，接入钉钉需要它',
    ]);
    expect(loadConfig({ ...cards, DINGTALK_MODE: 'stream' }, '/srv/duban').platforms.dingtalk).toMatchObject({
      mediaUrls: ['https://a.example', 'https://b.example'],
      cards: { templateId: 't', callback: null },
    });
  });

  it('names every variable that a half-configured platform lacks', () => {
    expect(problemsOf({ FEISHU_APP_ID: 'cli_0123456789abcdef', FEISHU_ENCRYPT_KEY: 'k' })).toEqual([
      '环境变量 FEISHU_APP_SECRET：没有设置，接入飞书需要它',
      '环境变量 FEISHU_VERIFICATION_TOKEN：没有设置，接入飞书需要它',
    ]);
    expect(problemsOf({ WECOM_BOT_ID: 'b', WECOM_MODE: 'stream' })).toEqual([
      '环境变量 WECOM_BOT_SECRET：没有设置，接入企业微信需要它',
    ]);
  });

  it('sends credentials nowhere without https', () => {
    const feishu = {
      FEISHU_APP_ID: 'cli_0123456789abcdef',
      FEISHU_APP_SECRET: 's',
      FEISHU_ENCRYPT_KEY: 'k',
      FEISHU_VERIFICATION_TOKEN: 't',
    };
    expect(problemsOf({ ...feishu, FEISHU_BASE_URL: 'http://open.gov.cn' })).toEqual([
      '环境变量 FEISHU_BASE_URL：应是 https:// 开头的地址',
    ]);
    expect(problemsOf({ ...feishu, FEISHU_BASE_URL: 'http://127.0.0.1:9000/' })).toEqual([]);
  });

  it.each([
    '2023-02-30',
    '2023-09-25T25:00:00',
    '2023-09-25 9:00',
    '2023-09-25 (x)',
    '2023-09-25T09:00:00+99:00',
    '今天',
    '',
  ])('refuses “%s” as a time', (DUBAN_NOW) => {
    expect(problemsOf({ DUBAN_NOW })).toEqual(['环境变量 DUBAN_NOW：不是时间，例：2023-09-25T09:00:00+08:00']);
  });
});

describe('a time', () => {
  it.each([
    ['2023-09-25', '2023-09-24T16:00:00.000Z'],
    ['2023-09-25T09:00', '2023-09-25T01:00:00.000Z'],
    ['2023-09-25 09:00:30', '2023-09-25T01:00:30.000Z'],
    ['2023-09-25T09:00:00.000+09:00', '2023-09-25T00:00:00.000Z'],
    ['2023-09-25T09:00Z', '2023-09-25T09:00:00.000Z'],
  ])('%s is on the wall of the time zone unless it says its offset', (text, moment) => {
    expect(momentFrom(text, 'Asia/Shanghai').toISOString()).toBe(moment);
  });
});

describe('evidenceFolderOf', () => {
  const folderOf = (database: string, folder: string | null = null) =>
    evidenceFolderOf({ database, evidence: { folder, gigabytes: 20 } }, '/srv/duban');

  it.each([
    ['/srv/duban/var/duban.db', '/srv/duban/var/duban-evidence'],
    ['/data/2024.sqlite3', '/data/2024-evidence'],
    ['/data/ledger', '/data/ledger-evidence'],
    ['postgres://duban@db/duban', '/srv/duban/var/duban-evidence'],
    [':memory:', '/srv/duban/var/duban-evidence'],
  ])('is beside %s', (database, folder) => {
    expect(folderOf(database)).toBe(folder);
  });

  it('is where it is told to be', () => {
    expect(folderOf('/srv/duban/var/duban.db', '/mnt/evidence')).toBe('/mnt/evidence');
  });
});
