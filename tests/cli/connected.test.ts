import { cp, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { projectRoot } from '../../src/project-root.js';
import { openStore } from '../../src/store/open.js';
import { listPeople } from '../../src/store/people.js';
import { listRosterChangesOf } from '../../src/store/roster-changes.js';
import { listWorkspaces } from '../../src/store/workspaces.js';
import { runDuban, type Served, serveDuban } from '../support/duban.js';

const wecom = { WECOM_BOT_ID: 'aib1', WECOM_BOT_TOKEN: 't', WECOM_BOT_AES_KEY: 'a'.repeat(43) };

let folder: string;
let env: Record<string, string>;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'duban-connected-'));
  env = { DUBAN_DATABASE: path.join(folder, 'duban.db'), ...wecom };
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const duban = (...args: string[]) => runDuban(args, env);
const out = async (...args: string[]) => (await duban(...args)).out.trim();
const err = async (...args: string[]) => (await duban(...args)).err.trim();

describe('duban person add', () => {
  it('asks for a role of somebody new, and ties an account to whoever has the name', async () => {
    expect(await err('person', 'add', '督查室', '--account', 'wecom:lisi')).toMatch(
      /^名单里没有“督查室”。新加的人要写角色：--role /,
    );
    expect(await out('person', 'add', '管理员李某', '--role', 'administrator')).toBe('已加入名单：管理员李某。');
    expect(await out('person', 'add', '管理员李某', '--account', 'wecom:lisi')).toBe('已更新：管理员李某。');
    expect(await out('person', 'add', '县水利局赵某', '--unit', '县水利局', '--role', 'liaison')).toContain(
      '已加入名单',
    );
    expect(await err('person', 'add', '县水利局赵某', '--account', 'wecom:lisi')).toContain('已经是“管理员李某”的');
    expect(await err('person', 'add', '县水利局赵某', '--role', 'supervisor')).toContain('不能同时当督查室');
    const store = await openStore(env.DUBAN_DATABASE ?? '', {});
    const [workspace] = await listWorkspaces(store.read);
    if (!workspace) throw new Error('no workspace');
    const people = await listPeople(store.read, workspace.id);
    expect(people.map(({ name, roles }) => [name, roles]).sort()).toEqual([
      ['县水利局赵某', ['liaison']],
      ['管理员李某', ['administrator']],
    ]);
    const administrator = people.find(({ name }) => name === '管理员李某')?.id ?? '';
    const changes = await listRosterChangesOf(store.read, workspace.id, administrator, 10);
    expect(changes.map(({ words, changedBy }) => [words, changedBy])).toEqual([
      ['登记账号', administrator],
      ['登记', 'command-line'],
    ]);
    await store.close();
  });

  it('takes no account of 钉钉 without 员工号', async () => {
    expect(await err('person', 'add', '管理员李某', '--account', 'dingtalk:外部 $:LWCP')).toMatch(
      /^外部 \$:LWCP 的钉钉账号没有员工号/,
    );
  });
});

describe('duban person import', () => {
  const roster = async (name: string, ...rows: string[]) => {
    const file = path.join(folder, name);
    await writeFile(file, ['姓名,单位,角色,企业微信,电话', ...rows].join('\n'));
    return file;
  };

  it('--dry-run shows what would change, and changes nothing', async () => {
    const file = await roster('名单.csv', '钱某,县能源局,联络员,qian,13812345678', '孙某,县火星局,联络员,,');
    const first = await duban('person', 'import', file, '--dry-run');
    expect({ code: first.code, out: first.out.trim() }).toEqual({
      code: 0,
      out:
        '名单《名单.csv》：新增1人、变更0人、离任0人、不变0人\n新增：钱某（县能源局联络员）\n' +
        '台账里没有的单位1个：县火星局\n疑问1处，改好后再发一次：\n第3行：台账里没有“县火星局”这个单位',
    });
    expect(await out('person', 'import', file, '--dry-run')).toContain('新增1人');
  });

  it('asks before it enters, and enters with --yes', async () => {
    const file = await roster('名单.csv', '钱某,县能源局,联络员,qian,');
    expect(await err('person', 'import', file)).toContain('加 --yes 再运行一次');
    expect(await out('person', 'import', file, '--yes')).toContain('已录入名单：新增1人');
    expect(await out('person', 'import', file, '--yes')).toContain('没有录入，名单没有变化。');
  });

  it('says what is no roster, and import what is one', async () => {
    const plan = path.join(projectRoot, 'data', 'plans', 'ruicheng-2023.txt');
    expect(await err('person', 'import', plan)).toBe('没有读到名单的表头：要有姓名、单位、角色三列。');
    expect(await err('import', await roster('名单.csv', '钱某,县能源局,联络员,,'), '--dry-run')).toBe(
      '这份文件是名单。导入名单运行：duban person import 文件',
    );
  });
});

describe('data/people.json', () => {
  it('gives a connected ledger the people whose accounts it tells, and no others', async () => {
    const data = path.join(folder, 'data');
    await cp(path.join(projectRoot, 'data'), data, { recursive: true });
    const people = [
      { name: '督查室李某', roles: ['supervisor'], accounts: { wecom: 'lisi' } },
      {
        name: '副县长周某',
        roles: ['leader'],
        accounts: { wecom: 'zhou' },
        scope: { units: ['县水利局'], plans: ['气'] },
      },
      { name: '县水利局联络员', unit: '县水利局', roles: ['liaison'] },
    ];
    const place = { DUBAN_DATABASE: path.join(folder, 'founded.db'), DUBAN_DATA: data };
    const asked = () => runDuban(['ask', '/people', '--private', '--user', '督查室李某'], { ...place, ...wecom });
    await writeFile(path.join(data, 'people.json'), JSON.stringify(people));
    const { out } = await asked();
    expect(out).toContain('名单2人');
    expect(out).toContain('领导：副县长周某（分管县水利局、“气”计划）\n督查室：督查室李某\n');
    await rm(place.DUBAN_DATABASE);
    const refusal = async (change: object) => {
      await writeFile(path.join(data, 'people.json'), JSON.stringify([...people, { ...people[0], ...change }]));
      return (await asked()).err;
    };
    expect(await refusal({ name: '乙' })).toContain('里账号“wecom:lisi”写了两次');
    expect(await refusal({ name: '乙', accounts: { dingtalk: '外部 x' } })).toContain('没有员工号的钉钉账号');
    expect(await refusal({ name: '乙', accounts: {}, roles: ['supervisor', 'liaison'] })).toContain(
      '里“乙”不能同时是督查室和联络员',
    );
    expect(await refusal({ name: '乙', accounts: {}, scope: { units: ['县火星局'] } })).toContain(
      '名单外的单位：县火星局',
    );
  });
});

describe('duban group add', () => {
  it('leaves what is not given as it is', async () => {
    const webhook = 'https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=k1';
    expect(await out('group', 'add', 'wecom', 'wr1', '--name', '生态环境群', '--plans', '水,气')).toContain('已绑定');
    expect(await out('group', 'add', 'wecom', 'wr1', '--webhook', webhook)).toBe('已更新。');
    expect(await out('group', 'list')).toBe('生态环境群｜wecom｜wr1｜水、气，有群机器人');
    expect(await out('group', 'add', 'wecom', 'wr1', '--name', '环保群')).toBe('已更新。');
    expect(await out('group', 'list')).toBe('环保群｜wecom｜wr1｜水、气，有群机器人');
    expect(await out('group', 'add', 'wecom', 'wr1', '--plans', '全部')).toBe('已更新。');
    expect(await out('group', 'list')).toBe('环保群｜wecom｜wr1｜全部计划，有群机器人');
  });
});

describe('duban admin-code', () => {
  const inADay = () => new Date(Date.now() + 24 * 3_600_000).toISOString().slice(0, 4);

  it('is valid by the clock on the wall, with platform variables and without', async () => {
    expect(await out('admin-code')).toMatch(new RegExp(`只能用一次，${inADay()}-`));
    const bare = await runDuban(['admin-code'], { DUBAN_DATABASE: path.join(folder, 'bare.db') });
    expect(bare.out).toMatch(new RegExp(`只能用一次，${inADay()}-`));
    expect(bare.err).toMatch(/^没有读到平台的环境变量，代码写在 .*bare\.db 里。/);
    expect(await err('admin-code')).toBe('');
  });
});

describe.each(['alone', 'through a running server'])('duban ask %s', (how) => {
  let server: Served | undefined;
  beforeAll(async () => {
    if (how !== 'alone') server = await serveDuban(env);
  });
  afterAll(() => server?.stop());

  it('answers from the ledger', async () => {
    const { code, out, err } = await duban('ask', '/who 水-7');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain('牵头：县住建局');
    expect(await json('ask', '水-7谁牵头', '--json')).toMatchObject({ replies: [{ kind: 'text' }] });
  });

  const json = async (...args: string[]) => JSON.parse(await out(...args));

  it('answers as somebody of the roster sees it', async () => {
    expect(await out('ask', '/mine', '--user', '县水利局赵某')).toContain('县水利局待办');
    expect(await out('ask', '我的', '--user', '县水利局赵某')).toContain('县水利局待办');
    expect(await out('ask', '/people 县水利局', '--private', '--user', '管理员李某')).toContain(
      '县水利局：县水利局赵某',
    );
    expect(await err('ask', '/mine', '--user', '赵无此人')).toBe('名单里没有“赵无此人”这个人。');
    expect(await json('ask', '/mine', '--user', '赵无此人', '--json')).toEqual({
      error: '名单里没有“赵无此人”这个人。',
    });
  });

  it.each([
    ['/done 水-1 边界线已定', '县水利局赵某'],
    ['水-1 进展 边界线已定', '县水利局赵某'],
    ['/people 县水利局赵某 离任', '管理员李某'],
    ['/unit 县工科局 改名 县工信局', '管理员李某'],
    ['/bind', '管理员李某'],
  ])('writes nothing: %s', async (text, user) => {
    expect(await err('ask', text, '--user', user, '--private')).toBe(
      'duban ask 只看不写，没有记录。报送和设置请在工作群或单聊里发。',
    );
    expect(await out('ask', '/history 水-1')).toContain('还没有收到报告');
  });
});

describe('a running server', () => {
  it('lets in who shows the token that only the owner of its file can read', async () => {
    const server = await serveDuban(env);
    try {
      const [name] = (await readdir(folder)).filter((file) => file.endsWith('.server.json'));
      const file = path.join(folder, name ?? '');
      expect((await stat(file)).mode & 0o777).toBe(0o600);
      const { token } = JSON.parse(await readFile(file, 'utf8'));
      const ask = (authorization: string) =>
        fetch(new URL('/console/ask', server.url), {
          method: 'POST',
          headers: { 'content-type': 'application/json', authorization },
          body: JSON.stringify({ text: '/who 水-7' }),
        });
      expect((await ask(`Bearer ${token}`)).status).toBe(200);
      expect((await ask(`Bearer ${token}x`)).status).toBe(404);
      expect((await ask(`Bearer ${'x'.repeat(token.length)}`)).status).toBe(404);
      expect((await ask('')).status).toBe(404);
    } finally {
      await server.stop();
    }
  });
});
