import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { DataFolderError } from '../../src/data-folder.js';
import { groupId } from '../../src/domain/workspace.js';
import { projectRoot } from '../../src/project-root.js';
import { listRecentDeliveries } from '../../src/store/deliveries.js';
import { workspaceOf } from '../support/ledger-state.js';
import { type TestBot, testBot } from '../support/test-bot.js';

let folder: string;
let bot: TestBot | null = null;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'duban-groups-'));
  await cp(path.join(projectRoot, 'data'), folder, { recursive: true });
});
afterEach(async () => {
  await bot?.stop();
  bot = null;
  await rm(folder, { recursive: true, force: true });
});

/** The group of 气 comes first by its id, the one of 水 was bound first. */
async function withGroups(...plans: (string[] | null)[]): Promise<TestBot> {
  const file = path.join(folder, 'workspace.json');
  const workspace = JSON.parse(await readFile(file, 'utf8'));
  const groups = plans.map((some, index) => ({
    id: `g${9 - index}`,
    chat: index === 0 ? 'sandbox' : `chat ${index}`,
    name: `群${index}`,
    ...(some ? { plans: some } : {}),
  }));
  await writeFile(file, JSON.stringify({ ...workspace, groups }));
  bot = await testBot({ dataFolder: folder });
  return bot;
}

async function saidTo({ store }: TestBot, group: string): Promise<string[]> {
  const deliveries = await listRecentDeliveries(store.read, await workspaceOf(store), groupId.parse(group), 50);
  return deliveries.filter(({ personId }) => personId === null).map(({ key }) => key);
}

describe('with a group for each plan', () => {
  it('a group hears of its plans only, and one to one all of them are meant', async () => {
    const { say } = await withGroups(['水'], ['气']);
    expect(await say('/who 气-12', '县住建局联络员')).toBe(
      '没有找到任务 气-12。本群没有绑定“气”计划，要看写上年份，如“/task 2023气-12”，或单聊发给我。',
    );
    expect(await say('/task 2023气-12')).toContain('牵头：县住建局');
    expect(await say('/task 气-99')).toContain('气的编号到 气-24');
    expect(await say('/progress 气-12 每天洒水4次', '县住建局联络员', { private: true })).toContain('已记：气-12');
    expect(await say('/progress 水-7 管网过半', '县住建局联络员', { private: true })).toContain('已记：水-7');
  });

  it('what a supervisor asks for one to one goes to the group that has the plan', async () => {
    const office = await withGroups(['水'], ['气'], null);
    const alone = (text: string) => office.say(text, '督查室', { private: true });
    expect(await alone('/urge 气-12')).toContain('发到工作群');
    await alone('发送');
    expect(await alone('/round 明天 土计划')).toContain('发到工作群');
    await alone('发送');
    expect(await saidTo(office, 'g9')).toEqual([]);
    expect(await saidTo(office, 'g8')).toEqual([expect.stringMatching(/^urge /)]);
    expect(await saidTo(office, 'g7')).toEqual([expect.stringMatching(/^round /)]);
  });

  it('the data folder may not name a plan that there is not', async () => {
    await expect(withGroups(['天'])).rejects.toThrow(DataFolderError);
  });
});
