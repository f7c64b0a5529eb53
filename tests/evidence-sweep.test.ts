import { readdir, rm, utimes } from 'node:fs/promises';
import path from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { WorkspaceRow } from '../src/store/workspaces.js';
import { listWorkspaces, setSettings } from '../src/store/workspaces.js';
import { aJpg, aScan } from './support/evidence-files.js';
import { atHand, type TestBot, testBot } from './support/test-bot.js';

const liaison = '县住建局联络员';
const report = '/done 水-7 五个建制镇污水处理设施已投运';
const photo = (seed: string) => atHand('现场.jpg', aJpg(seed));

let bot: TestBot;
beforeEach(async () => {
  bot = await testBot();
});
afterEach(() => bot.stop());

const send = (text: string, ...files: ReturnType<typeof photo>[]) => bot.hear({ text, files, sender: liaison });

async function kept(): Promise<string[]> {
  const entries = await readdir(bot.folder.root, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => path.join(parentPath, name));
}

/** So many days later, with what lies on the disk as old. */
async function later(moment: string): Promise<void> {
  const before = new Date(Date.now() - 86_400_000);
  for (const file of await kept()) await utimes(file, before, before);
  await bot.at(moment);
}

async function workspace(): Promise<WorkspaceRow> {
  const [found] = await listWorkspaces(bot.store.read);
  if (!found) throw new Error('no workspace');
  return found;
}

describe('what was handed over', () => {
  it('with a report is kept as long as the ledger, where the workspace says nothing else', async () => {
    await send(report, photo('a'));
    await later('2027-10-09T10:00:00+08:00');
    expect(await kept()).toHaveLength(1);
    expect((await bot.file('/file 水-7', liaison)).bytes).toHaveLength(aJpg('a').length);
  });

  it('with a report is kept for as many days as the workspace says; who, when and its hash stay', async () => {
    const { id, settings } = await workspace();
    await bot.store.transaction((tx) => setSettings(tx, id, { ...settings, keepEvidenceDays: 365 }));
    await send(report, photo('a'));
    await later('2024-09-20T10:00:00+08:00');
    expect(await kept()).toHaveLength(1);
    await later('2024-09-27T10:00:00+08:00');
    expect(await kept()).toEqual([]);
    expect(await bot.say('/file 水-7', liaison)).toContain(
      '1. 现场.jpg，已按保存期限清理，县住建局2023年9月25日09:00报',
    );
    expect(await bot.say('/history 水-7')).toContain('附1张图片');
  });

  it('and nobody said of where it belongs is kept for a day', async () => {
    await send('', photo('a'));
    await later('2023-09-26T08:30:00+08:00');
    expect(await kept()).toHaveLength(1);
    await later('2023-09-27T09:00:00+08:00');
    expect(await kept()).toEqual([]);
    expect(await bot.say('/attach 水-7', liaison)).toContain('没有等着附的材料');
  });

  it('and taken back is kept for thirty days', async () => {
    await send(report, photo('a'));
    await bot.say('/undo', liaison);
    await later('2023-10-24T09:00:00+08:00');
    expect(await kept()).toHaveLength(1);
    await later('2023-10-26T10:00:00+08:00');
    expect(await kept()).toEqual([]);
  });

  it('is not removed while another report has the same content', async () => {
    await send(report, photo('a'));
    await bot.say('/undo', liaison);
    await send('/progress 水-5 调节池主体完工', photo('a'));
    await later('2023-10-26T10:00:00+08:00');
    expect(await kept()).toHaveLength(1);
    expect((await bot.file('/file 水-5', liaison)).said.kind).toBe('file');
  });

  it('is not removed within the hour in which it came again', async () => {
    await send('', photo('a'));
    await bot.at('2023-09-27T09:00:00+08:00');
    expect(await kept()).toHaveLength(1);
    await later('2023-09-28T09:00:00+08:00');
    expect(await kept()).toEqual([]);
  });

  it('and lost from the disk is told instead of being sent', async () => {
    await send(report, photo('a'), atHand('验收单.pdf', aScan()));
    const [said] = await bot.replies('/file 水-7 1', liaison);
    for (const file of await kept()) await rm(file);
    if (said?.kind !== 'file') throw new Error('no file');
    expect(await bot.make(said.content)).toEqual({ kind: 'refused', why: '服务器上没有这份内容了' });
  });
});
