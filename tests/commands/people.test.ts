import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { PersonId } from '../../src/domain/person.js';
import { taskKey } from '../../src/domain/task.js';
import type { UnitId } from '../../src/domain/unit.js';
import { groupId } from '../../src/domain/workspace.js';
import { listAllAccounts } from '../../src/store/people.js';
import { insertRequest, listWaitingRequests } from '../../src/store/requests.js';
import { listRosterChangesOf } from '../../src/store/roster-changes.js';
import { findWorkspace } from '../../src/store/workspaces.js';
import { workspaceOf } from '../support/ledger-state.js';
import { personNamed } from '../support/people.js';
import { type TestBot, testBot } from '../support/test-bot.js';

let bot: TestBot;

beforeEach(async () => {
  bot = await testBot();
  await bot.at('2023-09-25T09:00:00+08:00');
  bot.posted.length = 0;
});
afterEach(() => bot.stop());

const alone = (text: string, user: string) => bot.say(text, user, { private: true });
const administrator = (text: string) => alone(text, '管理员');
const office = (text: string) => alone(text, '督查室');
/** Somebody new asks in the group and is granted. */
const joined = async (name: string, unit: string) => {
  const number = /第(\d+)号/.exec(await bot.say(`/join ${unit}`, name))?.[1];
  return office(`/join 同意 ${number}`);
};
/** Somebody new who is on the roster without a role. */
const known = async (name: string) => {
  const number = /第(\d+)号/.exec(await bot.say('/join 县水利局', name))?.[1];
  await office(`/join 不同意 ${number}`);
};
const posted = async (moment = '2023-09-25T09:05:00+08:00') => {
  for (let second = 0; second < 4; second += 1) await bot.at(moment.replace(':00+', `:0${second}+`));
  return bot.posted;
};
const workspace = () => workspaceOf(bot.store);
const personOf = (name: string) => personNamed(bot, name);
const changesOf = async (name: string) => {
  const person = await personOf(name);
  return listRosterChangesOf(bot.store.read, await workspace(), person?.id ?? '', 20);
};

describe('/people', () => {
  it('shows people by unit in the order of the document, one to one only', async () => {
    const said = await administrator('/people');
    expect(said.split('\n')[0]).toBe('名单34人，1家单位没有联络员，第1/2页');
    expect(said).toContain(
      '管理员：管理员\n审计员：审计员\n领导：县领导\n督查室：督查室\n没有角色：成员\n县水利局：县水利局联络员\n风陵渡经济开发区：',
    );
    expect(await office('名单 第2页')).toContain('市住建局：没有联络员（9月25日起）');
    expect(await office('/people 第3页')).toBe('名单只有2页。');
    expect(await bot.say('/people', '督查室')).toBe('名单只在单聊里看。请单独发“/people”给我。');
    expect(await office('联络员 县水利局')).toContain('县水利局：县水利局联络员');
    expect(await office('/people 县水利局联络员')).toContain('县水利局联络员：县水利局联络员。');
  });

  it('names units without a liaison, and since when', async () => {
    await bot.at('2023-09-27T09:00:00+08:00');
    await administrator('/people 县能源局联络员 离任');
    expect(await administrator('/people')).toContain('名单33人，2家单位没有联络员');
    expect(await administrator('/people')).toContain('县能源局：没有联络员（9月27日起）');
    await bot.at('2023-10-26T09:00:00+08:00');
    expect(await administrator('/people 县能源局')).toContain('没有联络员（9月27日起）');
    await bot.at('2023-10-27T09:00:00+08:00');
    expect(await administrator('/people 县能源局')).toContain('没有联络员（9月27日起，已30天没有联络员）');
    await joined('李某', '县能源局');
    expect(await administrator('/people 县能源局')).toContain('县能源局：李某');
  });

  it('shows what waits to be granted, and how', async () => {
    await bot.say('/join 县水利局', '赵某');
    const said = await office('/people');
    expect(said).toContain('等待同意的联络员申请1件，回“/join 同意 号数”或“/join 不同意 号数”：\n1. 赵某：县水利局');
  });
});

describe('a role', () => {
  it('is given, and is there with the next message', async () => {
    await known('张三');
    expect(await bot.say('/urge 本周', '张三')).toContain('提示由督查室发出');
    expect(await administrator('/people 张三 督查室')).toBe('已改：张三现在是督查室。');
    expect(await bot.say('/urge 本周', '张三')).toContain('预览：提示');
    expect(await administrator('/people 张三 督查室')).toBe('张三已经是督查室。');
    expect(await administrator('/people 张三 取消 督查室')).toBe('已改：张三不再是督查室，现在：没有角色。');
    expect(await bot.say('/urge 本周', '张三')).toContain('提示由督查室发出');
  });

  it('leaves a row that says what was, what is, who and why', async () => {
    await known('张三');
    await administrator('/people 张三 审计员');
    const [change] = await changesOf('张三');
    expect(change).toMatchObject({
      kind: 'person',
      changedBy: (await personOf('管理员'))?.id,
      before: { name: '张三', roles: [], active: true },
      after: { name: '张三', roles: ['auditor'], active: true },
      words: '授予审计员',
    });
  });

  it('raises the version of the roster, once for each change', async () => {
    await known('张三');
    const version = async () => (await findWorkspace(bot.store.read, await workspace()))?.rosterVersion ?? 0;
    const before = await version();
    await administrator('/people 张三 审计员');
    expect(await version()).toBe(before + 1);
  });

  it('goes with a scope: units and plans that a leader has in charge, a plan that somebody coordinates', async () => {
    await known('张三');
    expect(await administrator('/people 张三 分管 县水利局、县住建局 气')).toBe(
      '已改：张三现在是领导、分管县水利局、县住建局、“气”计划。',
    );
    expect((await personOf('张三'))?.scope?.plans).toEqual(['气']);
    expect(await administrator('/people 张三 分管 全部')).toBe('已改：张三现在是领导。');
    await known('李四');
    expect(await administrator('/people 李四 调度单位')).toContain('请写调度哪个计划');
    expect(await administrator('/people 李四 调度单位 大气计划')).toBe('已改：李四现在是调度单位、调度“气”计划。');
    expect(await bot.say('/round 明天 水', '李四')).toContain('不是你调度的计划');
    expect(await administrator('/people 李四 调度单位 火')).toContain('没看懂“火”');
  });

  it('is not given beside one that excludes it, and the answer says why', async () => {
    expect(await administrator('/people 督查室 联络员 县水利局')).toBe(
      '督查室是督查室，不能同时当联络员（核查、管理的人不代单位报送）。要换先发“/people 督查室 取消 督查室”。',
    );
    expect(await administrator('/people 县领导 审计员')).toContain('不能同时当审计员（审计员只看不改）');
    expect(await administrator('/people 县水利局联络员 管理员')).toContain('不能同时当管理员');
    expect(await office('/people 县水利局联络员 联络员 各乡镇')).toContain('是一组单位');
  });

  it('is nobody’s own to change, and the last administrator stays', async () => {
    expect(await administrator('/people 管理员 审计员')).toBe('自己的角色不能自己改，请另一位管理员来改。');
    expect(await administrator('/people 管理员 离任')).toBe('自己的角色不能自己改，请另一位管理员来改。');
    await known('张三');
    await administrator('/people 张三 管理员');
    expect(await alone('/people 管理员 取消 管理员', '张三')).toContain('不再是管理员');
    await alone('/people 管理员 管理员', '张三');
    expect(await alone('/people 管理员 离任', '张三')).toContain('离任');
    expect(await bot.say('/people', '管理员')).toContain('名单由管理员或督查室管理');
  });

  it('of 督查室, 领导, 审计员 and 管理员 is given by an administrator only', async () => {
    await known('张三');
    for (const role of ['督查室', '领导', '审计员', '管理员']) {
      expect(await office(`/people 张三 ${role}`)).toContain('督查室、领导、审计员、管理员由管理员设');
    }
    expect(await office('/people 张三 联络员 县水利局')).toContain('张三现在是县水利局联络员');
    expect(await office('/people 县领导 离任')).toContain('由管理员设');
    expect(await office('/people 改名 张三 张叁')).toContain('由管理员设');
  });

  it('needs a name of the roster, and says what a new person does', async () => {
    expect(await administrator('/people 王无此人 督查室')).toBe(
      '名单里没有“王无此人”。新人请本人在群里发“/join 单位名”，或把名单文件单聊发给我。发“/people”看名单。',
    );
    expect(await administrator('/people 成员 市长')).toContain('没看懂“市长”');
  });

  it('is asked about by number where several have the name', async () => {
    await joined('张三', '县水利局');
    await bot.hear({ text: '/join 县住建局', sender: 'u2', senderName: '张三' });
    await office('/join 同意 2');
    await administrator('/people');
    expect(await administrator('/people 张三 离任')).toMatch(
      /^名单里有2个“张三”，是哪一个？请回序号：\n1\. 县(?:水利|住建)局联络员\n2\. 县(?:水利|住建)局联络员$/,
    );
    const second = (await administrator('/people 张三 离任')).split('\n')[2];
    expect(await administrator('2')).toContain('已记：张三离任');
    expect(await administrator('/people 第2页')).toContain(`离任：张三（${second?.slice(3)}）`);
    expect(await administrator('/people 张三')).not.toContain('是哪一个');
  });

  it('is confirmed first without a slash', async () => {
    await known('张三');
    expect(await administrator('名单 张三 审计员')).toBe('请核对，无误请回“是”：\n改名单：张三 审计员');
    expect((await personOf('张三'))?.roles).toEqual([]);
    expect(await administrator('是')).toBe('已改：张三现在是审计员。');
  });
});

describe('who asks to be a liaison', () => {
  it('is told to those who decide, and hears the decision, one to one', async () => {
    await bot.say('/join 县水利局', '赵某');
    expect(await posted()).toEqual([
      '赵某申请当县水利局联络员（第1号）。\n同意回“/join 同意 1”，不同意回“/join 不同意 1”。',
      '赵某申请当县水利局联络员（第1号）。\n同意回“/join 同意 1”，不同意回“/join 不同意 1”。',
    ]);
    bot.posted.length = 0;
    await office('/join 不同意 1');
    expect(await posted('2023-09-25T09:06:00+08:00')).toEqual([
      '你当县水利局联络员的申请没有同意。\n要问原因，请和督查室联系。',
    ]);
    bot.posted.length = 0;
    await joined('赵某', '县水利局');
    expect(await posted('2023-09-25T09:07:00+08:00')).toContain(
      '你现在是县水利局联络员。\n看本单位任务发“我的”，报办结发“/done 编号 完成情况”。',
    );
  });

  it('takes the place of another, who leaves on 离任 and loses what waits for their answer', async () => {
    await bot.say('水-1 进展 边界线已定', '县水利局联络员');
    expect(await joined('赵某', '县水利局')).toBe(
      '已同意第1号申请：赵某现在是县水利局联络员。\n县水利局原有联络员县水利局联络员。县水利局联络员离任的回“离任”，两人都留着不用回。',
    );
    expect(await office('离任')).toContain('已记：县水利局联络员离任，权限现在停用，账号保留到10月25日。');
    expect(await bot.say('是', '县水利局联络员')).not.toContain('已记');
    expect(await bot.say('/done 水-1 边界线已定', '县水利局联络员')).toContain('报送由责任单位的联络员来报');
    expect(await bot.say('/done 水-1 边界线已定', '赵某')).toContain('已记：水-1');
  });

  it('stands beside the other when nobody says 离任', async () => {
    await joined('赵某', '县水利局');
    expect(await office('/people 县水利局')).toContain('县水利局：');
    expect(await bot.say('/progress 水-1 勘界过半', '县水利局联络员')).toContain('已记：水-1');
  });
});

describe('handing over', () => {
  it('makes the second liaison of the unit of the first, who leaves', async () => {
    await known('王五');
    expect(await office('/people 交接 县水利局联络员 王五')).toBe(
      '已交接：王五现在是县水利局联络员，县水利局联络员离任。\n弄错了30天内发“/people 县水利局联络员 复任”。',
    );
    expect(await bot.say('/done 水-1 边界线已定', '县水利局联络员')).toContain('报送由责任单位的联络员来报');
    expect(await bot.say('/done 水-1 边界线已定', '王五')).toContain('已记：水-1');
  });

  it('hands on what waits: requests and reminders', async () => {
    await known('王五');
    await posted('2023-09-25T10:00:00+08:00');
    await bot.at('2023-09-25T19:00:00+08:00');
    bot.posted.length = 0;
    await office('/assign 县水利局 10月15日 报送汛期值守情况');
    expect(await office('/people 交接 县水利局联络员 王五')).toContain('县水利局联络员名下等着办的转给王五：提醒1条。');
    const told = await posted('2023-09-26T08:31:00+08:00');
    expect(told.filter((text) => text.startsWith('【交办】'))).toHaveLength(1);
  });

  it('hands on what the first asked for', async () => {
    await known('王五');
    const asker = await personOf('县水利局联络员');
    const duties = [
      { year: 2023, task: taskKey.parse('水-1'), milestone: 0, occurrence: '', unit: asker?.unitId as UnitId },
    ];
    const where = { groupId: groupId.parse('main'), unitId: asker?.unitId ?? null, personId: asker?.id as PersonId };
    const asked = { kind: 'objection' as const, year: 2023, task: taskKey.parse('水-1'), words: '职责不符', duties };
    const id = await workspace();
    await bot.store.transaction((tx) => insertRequest(tx, id, { ...where, ...asked, askedAt: new Date() }));
    expect(await office('/people 交接 县水利局联络员 王五')).toContain('县水利局联络员名下等着办的转给王五：申请1件。');
    const [request] = await listWaitingRequests(bot.store.read, id);
    expect(request?.personId).toBe((await personOf('王五'))?.id);
  });

  it('says which unit loses its liaison when the second comes from another', async () => {
    expect(await office('/people 县水利局联络员 交接给 县能源局联络员')).toContain('县能源局联络员不再代表县能源局。');
    expect(await office('/people 县能源局')).toContain('没有联络员（9月25日起）');
  });

  it('is refused where there is no unit to hand over, or only one person', async () => {
    expect(await administrator('/people 交接 成员 县水利局联络员')).toContain('成员不是联络员，没有可交接的单位');
    expect(await office('/people 交接 县水利局联络员')).toContain('交接要写两个人');
    expect(await office('/people 交接 县水利局联络员 县水利局联络员')).toContain('交接要写两个人');
    expect(await office('/people 交接 县水利局联络员 督查室')).toContain('自己的角色不能自己改');
  });
});

describe('somebody who left', () => {
  const report = () => bot.say('/progress 水-1 勘界过半', '县水利局联络员');
  const accounts = async () =>
    (await listAllAccounts(bot.store.read, await workspace())).filter(({ userId }) => userId === '县水利局联络员');

  it('loses the right at once and is back with 复任', async () => {
    await office('/people 县水利局联络员 离任');
    expect(await report()).toContain('报送由责任单位的联络员来报');
    expect(await office('/people 县水利局联络员 复任')).toBe('已复任：县水利局联络员，县水利局联络员。');
    expect(await report()).toContain('已记：水-1');
    expect(await office('/people 县水利局联络员 复任')).toContain('没有离任，不用复任');
  });

  it('keeps the account for thirty days, and then has none', async () => {
    await office('/people 县水利局联络员 离任');
    await bot.at('2023-10-25T23:59:00+08:00');
    expect(await accounts()).toHaveLength(1);
    expect(await administrator('/people 第2页')).toContain('9月25日离任：县水利局联络员');
    await bot.at('2023-10-26T00:01:00+08:00');
    expect(await accounts()).toEqual([]);
    const [change] = await changesOf('县水利局联络员');
    expect(change).toMatchObject({
      changedBy: 'schedule',
      before: { accounts: ['sandbox:县水利局联络员'] },
      after: null,
      words: '离任已满30天，解除账号',
    });
    expect(await office('/people 县水利局联络员 复任')).toContain('离任已满30天，账号已解除');
  });

  it('may ask anew, and begins without the roles of before', async () => {
    await administrator('/people 县领导 离任');
    expect(await joined('县领导', '县水利局')).toContain('县领导现在是县水利局联络员');
    expect((await personOf('县领导'))?.roles).toEqual(['liaison']);
  });
});

describe('a name', () => {
  it('that is an id is changed to one that people know', async () => {
    await joined('zhangsan', '县水利局');
    expect(await administrator('/people 改名 zhangsan 张三')).toBe(
      '已改名：“zhangsan”改为“张三”。以前的记录也按新名字显示。',
    );
    expect(await bot.say('/progress 水-1 勘界过半', 'zhangsan')).toContain('已记：水-1');
    expect(await bot.say('/history 水-1')).toContain('县水利局（张三）');
    expect(await administrator('/people 改名 张三 张三')).toContain('已经写作');
    expect(await administrator('/people 改名 张三 =1+1')).toContain('姓名写2到40个字');
    expect(await administrator('/people 改名 张三 张三13812345678')).toContain('姓名写2到40个字');
  });
});

describe('an account of 钉钉 without 员工号', () => {
  it('is given no role, since the id is void once the app is published', async () => {
    const code = /绑定码 (\w{8})/.exec(await administrator('/bind'))?.[1];
    const group = { platform: 'dingtalk', account: 'r', chat: { id: 'cid', private: false } } as const;
    await bot.hear({ ...group, text: `/bind ${code}`, sender: '04200000000001' });
    const sender = '外部 $:LWCP_v1:$x';
    expect(await bot.hear({ ...group, text: '/join 县水利局', sender, senderName: '钱某' })).toContain('已登记第1号');
    expect(await office('/join 同意 1')).toMatch(
      /^钱某的钉钉账号没有员工号（组织外的人，或应用还没有发布），应用发布后这个编号作废。/,
    );
    expect(await administrator('/people 钱某 审计员')).toMatch(/^钱某的钉钉账号没有员工号/);
    expect(await office('/join 不同意 1')).toContain('没有同意');
  });
});

describe.each([
  ['/people', '名单'],
  ['/people 县能源局联络员 离任', '离任'],
  ['/people 成员 联络员 县能源局', '成员'],
  ['/people 交接 县能源局联络员 成员', '已交接'],
  ['/people 成员 审计员', '成员'],
  ['/people 改名 成员 李某', '已改名'],
])('%s', (typed, answer) => {
  const ofAdministrators = /审计员|改名/.test(typed);
  it.each(['成员', '县水利局联络员', '县领导', '审计员'])('is not for %s', async (user) => {
    expect(await alone(typed, user)).toContain('名单由管理员或督查室管理');
  });

  it('is for 管理员', async () => {
    expect(await administrator(typed)).toContain(answer);
  });

  it(`is ${ofAdministrators ? 'not ' : ''}for 督查室`, async () => {
    expect(await office(typed)).toContain(ofAdministrators ? '由管理员设' : answer);
  });
});
