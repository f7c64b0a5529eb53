import { randomUUID } from 'node:crypto';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { makeBindCode } from '../../src/services/group/bind-codes.js';
import { listGroups, markGroupLost } from '../../src/store/groups.js';
import { listWorkspaces } from '../../src/store/workspaces.js';
import { type TestBot, testBot } from '../support/test-bot.js';

let bot: TestBot;
beforeEach(async () => {
  bot = await testBot();
});
afterEach(() => bot.stop());

const group = {
  platform: 'feishu',
  account: 'cli_1',
  chat: { id: 'oc_1', private: false, name: '生态环境群' },
} as const;
const alone = { platform: 'feishu', account: 'cli_1', chat: { id: 'p_1', private: true } } as const;
const inGroup = (text: string, sender = 'ou_1', senderName: string | null = '李某', id: string = randomUUID()) =>
  bot.hear({ ...group, text, sender, senderName, id });
const oneToOne = (text: string, sender = 'ou_1', id: string = randomUUID()) =>
  bot.hear({ ...alone, text, sender, senderName: '李某', id });

async function groupCode(plans = ''): Promise<string> {
  const said = await bot.say(`/bind ${plans}`, '管理员', { private: true });
  return /绑定码 (\w{8})/.exec(said)?.[1] ?? said;
}

async function boundGroup() {
  const [workspace] = await listWorkspaces(bot.store.read);
  const groups = workspace ? await listGroups(bot.store.read, workspace.id) : [];
  const bound = groups.find(({ platform }) => platform === 'feishu');
  if (!workspace || !bound) throw new Error('no group');
  return { workspace: workspace.id, bound };
}

async function administratorCode(now = new Date('2023-09-25T09:00:00+08:00')): Promise<string> {
  return bot.store.transaction(async (tx) => {
    const [workspace] = await listWorkspaces(tx);
    if (!workspace) throw new Error('no workspace');
    const made = await makeBindCode(tx, workspace.id, { purpose: 'administrator', plans: null, createdBy: 'x', now });
    return made.code;
  });
}

describe('binding a group', () => {
  it('tells a group that is not bound how that is done', async () => {
    expect(await inGroup('水-7谁牵头')).toBe('这个群还没有绑定计划。请管理员单独发“/bind”给我取绑定码，再到群里发。');
  });

  it('binds it with the code that an administrator got one to one, once', async () => {
    const code = await groupCode();
    expect(await inGroup(`/bind ${code}`)).toContain('本群已绑定全部计划。每周一9:00发周报');
    expect(await inGroup('水-7谁牵头')).toContain('牵头：县住建局');
    expect(await bot.hear({ ...group, chat: { id: 'oc_2', private: false }, text: `/bind ${code}` })).toBe(
      '绑定码不对、用过了或已过期。请管理员重新取一个绑定码。',
    );
    expect(await bot.hear({ ...group, chat: { id: 'oc_2', private: false }, text: '水-7谁牵头' })).toContain(
      '还没有绑定',
    );
  });

  it('binds it to some plans', async () => {
    const code = await groupCode('水');
    expect(await inGroup(`绑定 ${code.toLowerCase()}`)).toContain('本群已绑定计划：水');
    expect(await inGroup('水-7谁牵头')).toContain('牵头：县住建局');
    expect(await inGroup('/who 气-3')).toContain('没有找到');
    expect(await inGroup('/due 本周')).toContain('没有到期任务');
    expect(await groupCode('火')).toBe('没有编号前缀是“火”的计划，有：水、气、土、地。');
  });

  it('gives codes to administrators only, and only one to one', async () => {
    for (const user of ['成员', '县住建局联络员', '督查室', '县领导', '审计员']) {
      expect(await bot.say('/bind', user, { private: true })).toContain('/bind（绑定）由管理员用');
    }
    expect(await bot.say('/bind', '管理员')).toBe('绑定码只在单聊里给。请单独发“/bind”给我。');
  });

  it('refuses a code after half an hour', async () => {
    const code = await groupCode();
    await bot.at('2023-09-25T09:31:00+08:00');
    expect(await inGroup(`/bind ${code}`)).toContain('已过期');
  });

  it('gives a lost group back to whoever types a new code there, with the plans that it had', async () => {
    await inGroup(`/bind ${await groupCode('水')}`);
    const lose = async () => {
      const { workspace, bound } = await boundGroup();
      const lost = { lostAt: new Date(), lostWhy: '机器人被移出了群' };
      await bot.store.transaction((tx) => markGroupLost(tx, workspace, bound.id, lost));
    };
    await lose();
    expect(await inGroup('/bind AAAAAAAA')).toContain('绑定码不对、用过了或已过期');
    expect((await boundGroup()).bound.lostAt).not.toBeNull();
    expect(await inGroup(`/bind ${await groupCode()}`)).toContain('本群已重新绑定');
    expect((await boundGroup()).bound).toMatchObject({ lostAt: null, plans: ['水'] });
    await lose();
    expect(await inGroup(`/bind ${await groupCode('水 气')}`)).toContain('本群已重新绑定');
    expect((await boundGroup()).bound).toMatchObject({ lostAt: null, plans: ['水', '气'] });
  });

  it('takes a lost group for found when somebody is heard there', async () => {
    await inGroup(`/bind ${await groupCode('水')}`);
    const { workspace, bound } = await boundGroup();
    await bot.store.transaction((tx) =>
      markGroupLost(tx, workspace, bound.id, { lostAt: new Date(), lostWhy: '移出' }),
    );
    expect(await oneToOne('水-7谁牵头', 'ou_1')).toContain('名单里还没有你');
    expect((await boundGroup()).bound.lostAt).not.toBeNull();
    expect(await inGroup('水-7谁牵头')).toContain('牵头：县住建局');
    expect((await boundGroup()).bound).toMatchObject({ lostAt: null, plans: ['水'], name: '生态环境群' });
  });

  it('does not use up a code in a group that is bound already', async () => {
    const code = await groupCode();
    expect(await bot.say(`/bind ${code}`, '管理员')).toContain('这里已经绑定过了，绑定码没有用掉');
    expect(await inGroup(`/bind ${code}`)).toContain('本群已绑定全部计划');
  });
});

describe('a code that the platform tells again, as when the answer to it was lost', () => {
  it('is answered as the first time, and neither used up nor refused', async () => {
    const alone = `/bind ${await administratorCode()}`;
    const made = await oneToOne(alone, 'ou_1', 'a1');
    expect(made).toContain('你现在是管理员。');
    expect(await oneToOne(alone, 'ou_1', 'a1')).toBe(made);
    const here = `/bind ${await groupCode()}`;
    const bound = await inGroup(here, 'ou_1', '李某', 'b1');
    expect(bound).toContain('本群已绑定全部计划');
    expect(await inGroup(here, 'ou_1', '李某', 'b1')).toBe(bound);
  });
});

describe('the first administrator', () => {
  it('is whoever sends the code of the command line one to one', async () => {
    const code = await administratorCode();
    expect(await inGroup(`/bind ${code}`)).toContain('这个绑定码要单独发给机器人');
    expect(await oneToOne(`/bind ${code}`)).toContain('你现在是管理员。');
    expect(await oneToOne(`/bind ${code}`, 'ou_2')).toContain('用过了');
    const own = /绑定码 (\w{8})，只能用一次，09:30前有效。/.exec(await oneToOne('/bind'))?.[1];
    expect(await inGroup(`/bind ${own}`)).toContain('本群已绑定');
    expect(await oneToOne('水-7谁牵头')).toContain('牵头：县住建局');
  });

  it('is not made of an account of 钉钉 that has no 员工号, and the code is kept', async () => {
    const code = await administratorCode();
    const outside = { platform: 'dingtalk', account: 'r', chat: { id: 'c', private: true } } as const;
    expect(await bot.hear({ ...outside, text: `/bind ${code}`, sender: '外部 $:LWCP' })).toMatch(
      /^你的钉钉账号没有员工号.*绑定码没有用掉。$/,
    );
    expect(await bot.hear({ ...outside, text: `/bind ${code}`, sender: '04200000000001' })).toContain(
      '你现在是管理员。',
    );
  });

  it('is not made by a group code', async () => {
    expect(await oneToOne(`/bind ${await groupCode()}`)).toContain('这个绑定码要在工作群里用');
  });
});

describe('somebody who is not on the roster', () => {
  it('asks in a bound group to be a liaison, and reports once that is granted', async () => {
    await inGroup(`/bind ${await groupCode()}`);
    expect(await oneToOne('水-7谁牵头', 'ou_9')).toContain('名单里还没有你');
    expect(await inGroup('/done 水-7 投运', 'ou_9', '赵某')).toContain('报送由责任单位的联络员来报');
    expect(await inGroup('/join 县住建局', 'ou_9', '赵某')).toContain('已登记第1号申请：赵某当县住建局联络员');
    expect(await inGroup('/join 县住建局', 'ou_9', '赵某')).toContain('已经申请过');
    expect(await inGroup('/done 水-7 投运', 'ou_9', '赵某')).not.toContain('已记');
    expect(await bot.say('/join 同意 1', '督查室')).toContain('赵某现在是县住建局联络员');
    expect(await inGroup('/done 水-7 五个镇投运', 'ou_9', '赵某')).toContain('已记：水-7');
    expect(await oneToOne('我的', 'ou_9')).toContain('县住建局');
  });
});

it('neither answers nor claims what is said to others', async () => {
  await inGroup(`/bind ${await groupCode()}`);
  expect(await bot.hear({ ...group, id: 'm1', text: '/who 水-7', addressed: false })).toBe('');
  expect(await bot.hear({ ...group, id: 'm1', text: '/who 水-7' })).toContain('牵头：县住建局');
});
