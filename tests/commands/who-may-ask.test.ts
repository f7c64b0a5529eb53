import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { everyRequest } from '../support/requests.js';
import { type TestBot, testBot } from '../support/test-bot.js';

let bot: TestBot;

const lead = '县商务局联络员' as const;
const others = ['县住建局联络员', '成员', '督查室', '县领导', '审计员', '管理员'] as const;
type Who = typeof lead | (typeof others)[number];

/** Who may say it, on 气-17, for which 县商务局 answers; everybody else is refused with the words. */
const verbs: { say: string; may: readonly Who[]; refusals: Partial<Record<Who, string>>; else: string }[] = [
  {
    say: '/extend 气-17.2 10月20日 检查没结束',
    may: [lead],
    refusals: { 县住建局联络员: '延期由责任单位申请，县住建局不能代提' },
    else: '申请由责任单位的联络员提出',
  },
  {
    say: '/object 气-17 不归商务管',
    may: [lead],
    refusals: { 县住建局联络员: '没有县住建局，不用申报' },
    else: '申请由责任单位的联络员提出',
  },
  {
    say: '/na 气-17.1 只管加油站',
    may: [lead],
    refusals: { 县住建局联络员: '没有县住建局，不用申报' },
    else: '申请由责任单位的联络员提出',
  },
  { say: '/instruct 县商务局 28日前报气-17进展', may: ['县领导'], refusals: {}, else: '/instruct（批示）由领导用' },
  { say: '/set 气-17.1 简称 活性炭更换', may: ['督查室'], refusals: {}, else: '/set（调整）由督查室用' },
];

describe.each(verbs)('$say', ({ say, may, refusals, else: otherwise }) => {
  beforeEach(async () => {
    bot = await testBot();
  });
  afterEach(() => bot.stop());

  it.each<Who>([lead, ...others])('by %s', async (who) => {
    const said = await bot.say(say, who);
    if (may.includes(who)) expect(said).toMatch(/^已[登记]/);
    else {
      expect(said).toContain(refusals[who] ?? otherwise);
      expect(await everyRequest(bot)).toEqual([]);
    }
  });
});

/** Who may decide, advise on or take back what 县商务局 asked for. */
const decisions: { asked: string; say: string; may: readonly Who[]; refusals: Partial<Record<Who, string>> }[] = [
  {
    asked: '/extend 气-17.2 10月20日 检查没结束',
    say: '/approve 气-17 延期',
    may: ['县领导'],
    refusals: { 督查室: '延期由分管领导批准。提意见发“气-17.2延期 建议同意”' },
  },
  {
    asked: '/extend 气-17.2 10月20日 检查没结束',
    say: '/refuse 气-17 延期 抓紧办',
    may: ['县领导'],
    refusals: { 督查室: '延期由分管领导批准' },
  },
  { asked: '/extend 气-17.2 10月20日 检查没结束', say: '/advise 气-17 同意', may: ['督查室'], refusals: {} },
  {
    asked: '/na 气-17.1 只管加油站',
    say: '/approve 气-17 不涉及',
    may: ['督查室'],
    refusals: { 县领导: '职责异议和不涉及由督查室决定' },
  },
  {
    asked: '/object 气-17 不归商务管',
    say: '/refuse 气-17 职责异议',
    may: ['督查室'],
    refusals: { 县领导: '职责异议和不涉及由督查室决定' },
  },
  {
    asked: '/na 气-17.1 只管加油站',
    say: '/take-back 第1号',
    may: [lead],
    refusals: { 县住建局联络员: '由县商务局联络员撤回', 县领导: '由县商务局联络员撤回' },
  },
];

describe.each(decisions)('$say after $asked', ({ asked, say, may, refusals }) => {
  beforeEach(async () => {
    bot = await testBot();
    await bot.say(asked, lead);
  });
  afterEach(() => bot.stop());

  it.each<Who>([lead, ...others])('by %s', async (who) => {
    const before = await everyRequest(bot);
    const said = await bot.say(say, who);
    if (may.includes(who)) {
      expect(said).toMatch(/^已[记报撤]/);
      expect(await everyRequest(bot)).not.toEqual(before);
    } else {
      expect(said).toContain(refusals[who] ?? '用。发“/help”看你能用的命令');
      expect(await everyRequest(bot)).toEqual(before);
    }
  });
});

describe('what anybody may see', () => {
  beforeAll(async () => {
    bot = await testBot();
    await bot.say('/extend 气-17.2 10月20日 检查没结束', lead);
  });
  afterAll(() => bot.stop());

  it.each(others.filter((who) => who !== '县住建局联络员'))('%s sees what waits', async (who) => {
    expect(await bot.say('/extend', who)).toContain('第1号 延期：县商务局 气-17.2');
  });
});
