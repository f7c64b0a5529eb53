import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { Button, Reply } from '../../src/chat/message.js';
import { listRecentDeliveries } from '../../src/store/deliveries.js';
import { listGroups } from '../../src/store/groups.js';
import { repliesOneToOne, workspaceOf } from '../support/ledger-state.js';
import { type TestBot, testBot } from '../support/test-bot.js';

const housing = '县住建局联络员';
const ecology = '市生态环境局芮城分局联络员';
const office = '督查室';
const look = (code: string) => ({ label: '查看', send: `/task ${code}` });
const done = (code: string) => ({ label: '办结', send: `/done ${code}` });
let bot: TestBot;

beforeEach(async () => {
  bot = await testBot();
});
afterEach(() => bot.stop());

const buttonsOf = (said: Reply | undefined): Button[] =>
  said?.kind === 'card' || said?.kind === 'question' ? said.buttons : [];
const buttons = async (text: string, user?: string) => buttonsOf((await bot.replies(text, user))[0]);
const told = async () =>
  (await repliesOneToOne(bot)).map(({ to, reply }) => ({ to, buttons: buttonsOf(reply).map(({ send }) => send) }));

describe('the card of a task', () => {
  it('offers 办结 to the unit that owes it, and to nobody else', async () => {
    expect(await buttons('/task 水-7', housing)).toEqual([done('水-7')]);
    for (const other of ['成员', '县水利局联络员', office, '县领导'])
      expect(await buttons('/task 水-7', other)).toEqual([]);
  });

  it('offers it no longer once it is reported, and again when it is sent back', async () => {
    await bot.say('/done 水-7 五个建制镇已投运', housing);
    expect(await buttons('/task 水-7', housing)).toEqual([]);
    await bot.say('/return 水-7 缺验收材料', office);
    expect(await buttons('/task 水-7', housing)).toEqual([done('水-7')]);
    await bot.say('/pause 水-7 上级调整', '县领导');
    expect(await buttons('/task 水-7', housing)).toEqual([]);
  });

  it.each([
    ['supports only', '水-9', housing],
    ['is never closed', '气-2', '永乐镇联络员'],
  ])('offers none where the unit %s', async (_, code, who) => {
    expect(await buttons(`/task ${code}`, who)).toEqual([]);
  });

  it('offers it on an annex row, until its task is reported', async () => {
    expect(await buttons('/task 气附-3', ecology)).toEqual([done('气附-3')]);
    await bot.say('/done 气-3 治理全部完成', ecology);
    expect(await buttons('/task 气附-3', ecology)).toEqual([]);
  });
});

describe('a list', () => {
  it('of one piece of work can be pressed', async () => {
    expect(await buttons('/due 10月', '县能源局联络员')).toEqual([look('气-9'), done('气-9')]);
    expect(await buttons('/due 10月')).toEqual([look('气-9')]);
  });

  it('of several has no buttons', async () => {
    for (const typed of ['/due 本周', '/due 逾期', '/mine']) expect(await buttons(typed, ecology)).toEqual([]);
  });
});

describe('what is told one to one', () => {
  it('of an assignment: 办结 to the lead', async () => {
    await bot.say('/assign 县水利局、县住建局 明天 排查雨污混接', office);
    expect(await told()).toEqual([
      { to: '县水利局联络员', buttons: ['/task 临-1', '/done 临-1'] },
      { to: housing, buttons: ['/task 临-1'] },
    ]);
  });

  it('of a report that is sent back, and of what is paused and goes on', async () => {
    await bot.say('/done 水-7 五个建制镇已投运', housing);
    await bot.say('/return 水-7 缺验收材料', office);
    await bot.say('/pause 水-7 上级调整', '县领导');
    await bot.say('/resume 水-7', '县领导');
    const own = (await told()).filter(({ to }) => to === housing);
    expect(own.map((one) => one.buttons)).toEqual([['/task 水-7', '/done 水-7'], [], ['/task 水-7', '/done 水-7']]);
  });

  it('on the last morning of a round, where one report is left', async () => {
    await bot.say('/round 9月28日', office);
    await bot.say('发送', office);
    await bot.at('2023-09-28T08:35:00+08:00');
    const reminded = (await repliesOneToOne(bot)).filter(({ reply }) => reply.kind === 'card');
    for (const { reply } of reminded) {
      const [, left] = (reply.kind === 'card' && /还有(\d+)项没有报/.exec(reply.title)) || [];
      expect(buttonsOf(reply)).toHaveLength(left === '1' ? 2 : 0);
    }
    expect(reminded.map(({ reply }) => buttonsOf(reply).length)).toEqual(expect.arrayContaining([0, 2]));
  });
});

it('a notice in the group about one task can be pressed, and whoever presses is told what they may', async () => {
  await bot.say('/urge 水-7', office);
  await bot.say('发送', office);
  const workspace = await workspaceOf(bot.store);
  const groups = await listGroups(bot.store.read, workspace);
  const owed = await Promise.all(groups.map(({ id }) => listRecentDeliveries(bot.store.read, workspace, id, 10)));
  const [notice] = owed.flat().filter(({ kind }) => kind === 'urging');
  expect(buttonsOf(notice?.reply as Reply)).toEqual([look('水-7'), done('水-7')]);
  expect(await bot.say('/done 水-7')).toContain('报送由责任单位的联络员来报。水-7牵头是县住建局。');
  expect(await bot.say('/done 水-7', '县水利局联络员')).toContain('县水利局不能代报');
});
