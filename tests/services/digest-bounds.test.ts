import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterAll, beforeAll, expect, it } from 'vitest';

import { type TestBot, testBot } from '../support/test-bot.js';

let folder: string;
let bot: TestBot;

const units = Array.from({ length: 12 }, (_, index) => `县第${index + 1}管理服务局`);
const limits = [
  '8月底前完成全部整治任务。',
  '9月底前完成全部整治任务。',
  '每月开展一次检查。',
  '5—9月组织开展整治。',
  '10月底前完成。',
];

/** The data folder of a county with everything due at once. */
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'duban-crowded-'));
  await mkdir(path.join(folder, 'plans'));
  const tasks = Array.from({ length: 80 }, (_, index) => {
    const lead = [0, 5, 9].map((step) => units[(index + step) % units.length]).join('、');
    return `${index + 1}．整治第${index + 1}处突出环境问题点位及周边区域。${limits[index % limits.length]}（${lead}牵头）`;
  });
  const lines = ['云溪县2023年整治工作方案', '2023年1月8日', '一、主要任务', ...tasks];
  const workspace = {
    id: 'yunxi',
    name: '云溪县',
    startOn: '2023-09-10',
    settings: {},
    groups: [{ id: 'main', chat: 'sandbox', name: '工作群' }],
    documents: [{ file: 'plans/plan.txt', title: '云溪县2023年整治工作方案' }],
  };
  const people = units.map((unit) => ({ name: `${unit}联络员`, unit, roles: ['liaison'] }));
  const write = (name: string, content: unknown) => writeFile(path.join(folder, name), JSON.stringify(content));
  await write('workspace.json', workspace);
  await write(
    'units.json',
    units.map((name) => ({ name })),
  );
  await write('people.json', [{ name: '督查室', roles: ['supervisor'] }, { name: '成员', roles: [] }, ...people]);
  await writeFile(path.join(folder, 'plans', 'plan.txt'), lines.join('\n'));
  bot = await testBot({ now: '2023-09-10T08:00:00+08:00', dataFolder: folder });
});
afterAll(async () => {
  await bot.stop();
  await rm(folder, { recursive: true, force: true });
});

it.each(['2023-09-25', '2023-10-07', '2023-10-23', '2023-12-25'])('keeps a crowded digest of %s short', async (day) => {
  bot.toGroup.length = 0;
  await bot.at(`${day}T09:00:00+08:00`);
  const said = bot.toGroup.at(-1) ?? '';
  expect(said.split('\n').length).toBeLessThanOrEqual(30);
  expect(said.split('\n').length).toBeGreaterThan(8);
  expect(Buffer.byteLength(said)).toBeLessThanOrEqual(4096);
  expect(said).toMatch(/另有\d+项，发“[^”]+”看全部/);
  const mentions = said.match(/@\S+/g) ?? [];
  expect(new Set(mentions).size).toBe(mentions.length);
});
