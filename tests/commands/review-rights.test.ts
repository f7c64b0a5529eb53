import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { chainsOf, dutiesOf } from '../support/ledger-state.js';
import { seat } from '../support/people.js';
import { type TestBot, testBot } from '../support/test-bot.js';

/** 水-9: led by one unit, supported by another. */
const code = '水-9';
const people = {
  own: '市生态环境局芮城分局联络员',
  other: '县商务局联络员',
  supporting: '县住建局联络员',
  coordinator: '水专班',
  elsewhere: '气专班',
  office: '督查室',
  second: '督查员乙',
  leader: '分管生态的县领导',
  outside: '分管工业的县领导',
  auditor: '审计员',
  administrator: '管理员',
  member: '成员',
  unknown: '路人',
} as const;
type Role = keyof typeof people;
const everybody = Object.keys(people) as Role[];

type State = 'in-progress' | 'reported' | 'recorded' | 'closed' | 'paused';
type Refusals = Partial<Record<Role, string>>;

const help = '发“/help”看你能用的命令。';
const all = (line: string, ...roles: Role[]): Refusals => Object.fromEntries(roles.map((role) => [role, line]));

const noLiaison = `报送由责任单位的联络员来报。${code}牵头是市生态环境局芮城分局。`;
const notReporting: Refusals = {
  ...all(
    `${noLiaison}电话、纸质报来的，发“/record 单位 ${code} 情况”代录。`,
    'coordinator',
    'elsewhere',
    'office',
    'second',
  ),
  ...all(`${noLiaison}要当联络员，发“/join 单位名”。`, 'leader', 'outside', 'member', 'unknown'),
  auditor: `${noLiaison}审计员不报送。`,
  administrator: `${noLiaison}管理员不报送。`,
  other: `${code}牵头是市生态环境局芮城分局，县商务局不能代报。发“/mine”看本单位任务。`,
};
const noSupervisor = [
  'own',
  'other',
  'supporting',
  'coordinator',
  'elsewhere',
  'auditor',
  'administrator',
  'member',
  'unknown',
] as const;
const accepting = `销号由督查室核查，督查室代录的由另一位督查员或分管领导销号。${help}`;
const recording = `代录由督查室登记，调度单位代录所管计划的进展。${help}`;
const notRecording = all(
  recording,
  'own',
  'other',
  'supporting',
  'leader',
  'outside',
  'auditor',
  'administrator',
  'member',
  'unknown',
);
const outOfCharge = (verb: string) =>
  `${code}不在你分管的范围，${verb}由分管领导决定，请县领导、分管生态的县领导来发。`;
const byLeader = (verb: string, line: string): Refusals => ({
  ...all(`${line}。${help}`, ...noSupervisor, 'office', 'second'),
  outside: outOfCharge(verb),
});

interface Verb {
  says: string;
  from: State;
  /** Where it leads; nowhere for what is only kept. */
  to: string;
  /** Whom it is refused, and how. Everybody else may. */
  refusals: Refusals;
  /** Those for whom it is kept and changes no status. */
  keeps?: Role[];
}

const verbs: Verb[] = [
  { says: `/progress ${code} 湿地在建`, from: 'in-progress', to: 'in-progress', refusals: notReporting },
  {
    says: `/block ${code} 缺资金`,
    from: 'in-progress',
    to: 'in-progress',
    refusals: notReporting,
    keeps: ['supporting'],
  },
  {
    says: `/done ${code} 湿地运行稳定`,
    from: 'in-progress',
    to: 'reported',
    refusals: notReporting,
    keeps: ['supporting'],
  },
  {
    says: `/accept ${code} 现场核查`,
    from: 'reported',
    to: 'closed',
    refusals: {
      ...all(accepting, ...noSupervisor),
      ...all(`${code}是联络员报的，由督查室核查销号。`, 'leader', 'outside'),
    },
  },
  {
    says: `/accept ${code} 现场核查`,
    from: 'recorded',
    to: 'closed',
    refusals: {
      ...all(accepting, ...noSupervisor),
      office: `${code}是你代录的，请另一位督查员或分管领导销号。`,
      outside: `${code}不在你分管的范围，请另一位督查员或分管领导销号。`,
    },
  },
  {
    says: `/return ${code} 缺材料`,
    from: 'reported',
    to: 'in-progress',
    refusals: all(`退回由督查室决定。${help}`, ...noSupervisor, 'leader', 'outside'),
  },
  {
    says: `/reopen ${code} 要补充核查`,
    from: 'closed',
    to: 'in-progress',
    refusals: all(`重开由督查室决定。${help}`, ...noSupervisor, 'leader', 'outside'),
  },
  {
    says: `/pause ${code} 上级调整`,
    from: 'in-progress',
    to: 'paused',
    refusals: byLeader('暂缓', '暂缓由分管领导决定，请领导发“/pause 编号 原因”'),
  },
  {
    says: `/resume ${code}`,
    from: 'paused',
    to: 'in-progress',
    refusals: byLeader('恢复', '恢复由分管领导决定，请领导发“/resume 编号”'),
  },
  {
    says: `/withdraw ${code} 并入上级项目`,
    from: 'in-progress',
    to: 'withdrawn',
    refusals: byLeader('调整取消', '调整取消由分管领导决定，请领导发“/withdraw 编号 原因”'),
  },
  {
    says: `/record 市生态环境局芮城分局 ${code} 困难 电话 缺资金`,
    from: 'in-progress',
    to: 'in-progress',
    refusals: { ...notRecording, elsewhere: `${code}不在你调度的范围，代录由督查室登记，调度单位代录所管计划的进展。` },
  },
  {
    says: `/record 市生态环境局芮城分局 ${code} 办结 电话 湿地运行稳定`,
    from: 'in-progress',
    to: 'reported',
    refusals: {
      ...notRecording,
      coordinator: `调度单位只代录进展，办结由市生态环境局芮城分局联络员报或督查室代录。记进展发“/record 市生态环境局芮城分局 ${code} 进展 情况”。`,
      elsewhere: `${code}不在你调度的范围，代录由督查室登记，调度单位代录所管计划的进展。`,
    },
  },
  {
    says: `/record 市生态环境局芮城分局 ${code} 无变化`,
    from: 'in-progress',
    to: 'in-progress',
    refusals: { ...notRecording, elsewhere: `${code}不在你调度的范围，代录由督查室登记，调度单位代录所管计划的进展。` },
    keeps: ['coordinator', 'office', 'second'],
  },
];

describe.each(verbs)('$says on what is $from', ({ says, from, to, refusals, keeps = [] }) => {
  let bot: TestBot;

  beforeAll(async () => {
    bot = await testBot();
    await seat(
      bot,
      { name: people.coordinator, roles: ['coordinator'], scope: { plans: ['水'], units: [] } },
      { name: people.elsewhere, roles: ['coordinator'], scope: { plans: ['气'], units: [] } },
      { name: people.second, roles: ['supervisor'] },
      { name: people.leader, roles: ['leader'], scope: { plans: ['水'], units: [] } },
      { name: people.outside, roles: ['leader'], scope: { plans: ['土'], units: [] } },
    );
  });
  afterAll(async () => {
    expect((await chainsOf(bot)).broken).toEqual([]);
    await bot.stop();
  });

  const stateOf = async () => {
    const [duty] = await dutiesOf(bot);
    return duty && { status: duty.status, problem: duty.problem, sequence: duty.sequence };
  };

  /** From wherever it is to where the case begins. */
  async function bring(): Promise<void> {
    const status = (await stateOf())?.status;
    if (status === 'closed') await bot.say(`/reopen ${code} 再来`, people.second);
    if (status === 'paused' || status === 'withdrawn') await bot.say(`/resume ${code}`, people.leader);
    if (status === 'reported') await bot.say(`/return ${code} 再来`, people.second);
    await bot.say(`/progress ${code} 在建`, people.own);
    if (from === 'reported' || from === 'closed') await bot.say(`/done ${code} 已运行`, people.own);
    if (from === 'recorded') await bot.say(`/record 市生态环境局芮城分局 ${code} 办结 电话 已运行`, people.office);
    if (from === 'closed') await bot.say(`/accept ${code}`, people.second);
    if (from === 'paused') await bot.say(`/pause ${code} 再来`, people.leader);
    const expected = from === 'recorded' ? 'reported' : from;
    expect(await stateOf()).toMatchObject({ status: expected, problem: false });
  }

  const refused = everybody.filter((role) => refusals[role] !== undefined);
  const may = everybody.filter((role) => refusals[role] === undefined);

  it.each(refused)('is refused to: %s', async (role) => {
    await bring();
    const before = [await stateOf(), (await chainsOf(bot)).rows];
    expect(await bot.say(says, people[role])).toBe(refusals[role]);
    expect([await stateOf(), (await chainsOf(bot)).rows]).toEqual(before);
  });

  it.each(may)('is done by: %s', async (role) => {
    await bring();
    const before = [await stateOf(), (await chainsOf(bot)).rows] as const;
    const said = await bot.say(says, people[role]);
    expect(said).toMatch(/^已/);
    expect((await chainsOf(bot)).rows).toBe(before[1] + 1);
    const expected = keeps.includes(role) ? before[0]?.status : to;
    expect((await stateOf())?.status).toBe(expected);
  });
});
