import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { LedgerContent } from '../../src/chat/message.js';
import { readLedgerFacts } from '../../src/services/export/read-ledger-facts.js';
import { listWorkspaces } from '../../src/store/workspaces.js';
import { type TestBot, testBot } from '../support/test-bot.js';

const liaison = '县住建局联络员';
let bot: TestBot;
beforeEach(async () => {
  bot = await testBot();
});
afterEach(() => bot.stop());

async function contentOf(text = '/export'): Promise<LedgerContent> {
  const [said] = await bot.replies(text);
  if (said?.kind !== 'file' || said.content.kind !== 'ledger') throw new Error('no file');
  return said.content;
}

async function factsOf(content: LedgerContent) {
  const [workspace] = await listWorkspaces(bot.store.read);
  const facts = workspace && (await readLedgerFacts(bot.store.read, workspace.id, content, 'Asia/Shanghai'));
  if (!facts) throw new Error('no facts');
  return facts;
}

describe('what a file is made from', () => {
  it('is what stood when it was asked for, whatever is reported before it is sent', async () => {
    await bot.say('/progress 水-7 60% 管网完成一半', liaison);
    const content = await contentOf();
    await bot.at('2023-09-27T09:00:00+08:00');
    await bot.say('/undo 水-7', liaison);
    await bot.say('/done 水-5 改造完成', liaison);
    await bot.say('/done 水-7 全部投运', liaison);
    const { duties, reports, today, time } = await factsOf(content);
    expect({ today, time }).toEqual({ today: '2023-09-25', time: '09:00' });
    expect(duties.filter(({ status }) => status !== 'unreported').map(({ task, status }) => [task, status])).toEqual([
      ['水-7', 'in-progress'],
    ]);
    expect(reports.map(({ task, kind, percent, note }) => [task, kind, percent, note])).toEqual([
      ['水-7', 'progress', 60, '管网完成一半'],
    ]);
  });

  it('holds of each task the last report that was not taken back', async () => {
    await bot.say('/progress 水-7 20% 开工', liaison);
    await bot.say('/progress 水-7 40% 过半', liaison);
    await bot.say('/undo', liaison);
    await bot.say('/progress 水-5 调节池改造', liaison);
    const { reports } = await factsOf(await contentOf());
    expect(reports.map(({ task, note }) => [task, note])).toEqual([
      ['水-7', '开工'],
      ['水-5', '调节池改造'],
    ]);
    expect(JSON.stringify(reports)).not.toContain('联络员');
  });

  it('is of one unit or one plan where that was asked', async () => {
    expect((await factsOf(await contentOf('/export 水'))).tasks.map(({ prefix }) => prefix)).toEqual(
      Array.from({ length: 12 }, () => '水'),
    );
    const { tasks, unit } = await factsOf(await contentOf('/export 县住建局'));
    expect(unit).not.toBeNull();
    expect(tasks.length).toBeGreaterThan(10);
    expect(tasks.every(({ responsibility }) => responsibility.some((one) => one.unit === unit))).toBe(true);
  });

  it('says so where the plans were amended in the meantime', async () => {
    const content = await contentOf();
    expect((await factsOf(content)).amended).toBe(false);
    await bot.drop(
      '方案.txt',
      '云溪县2024年消防安全工作方案\n2024年2月5日\n一、任务\n1．整治高层建筑。6月底前完成检测。（县消防救援大队牵头）',
    );
    await bot.say('确认导入 1', '督查室');
    const facts = await factsOf(content);
    expect(facts.amended).toBe(true);
    expect(facts.tasks).toHaveLength(79);
  });

  it('is small: what to make, and not the file', async () => {
    expect(JSON.stringify(await contentOf()).length).toBeLessThan(500);
  });
});
