import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { aJpg, aScan } from '../support/evidence-files.js';
import { atHand, testBot } from '../support/test-bot.js';
import { examined, findingsOf } from './rig.js';

let folder: string;
let database: string;
let evidenceFolder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'duban-doctor-'));
  database = path.join(folder, 'duban.db');
  evidenceFolder = path.join(folder, 'duban-evidence');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function aLedger(): Promise<void> {
  const bot = await testBot({ location: database, evidenceFolder });
  const files = [atHand('现场.jpg', aJpg()), atHand('验收单.pdf', aScan())];
  await bot.hear({ text: '/done 水-7 五个建制镇污水处理设施已投运', files, sender: '县住建局联络员' });
  await bot.stop();
}

const findings = async () => findingsOf(await examined({ DUBAN_DATABASE: database }), 'evidence');

function tamper(text: string): void {
  const db = new Database(database);
  db.exec(text);
  db.close();
}

async function aKeptFile(): Promise<string> {
  const entries = await readdir(evidenceFolder, { recursive: true, withFileTypes: true });
  const [file] = entries.filter((entry) => entry.isFile());
  return path.join(file?.parentPath ?? '', file?.name ?? '');
}

describe('what was handed over with reports', () => {
  it('is none in a ledger without any', async () => {
    const bot = await testBot({ location: database, evidenceFolder });
    await bot.stop();
    expect(await findings()).toMatchObject([{ state: 'ok', say: '还没有' }]);
  });

  it('is all there, as the history seals it', async () => {
    await aLedger();
    expect(await findings()).toEqual([
      { state: 'ok', say: `2份，共1KB，都在 ${evidenceFolder}，和历史里封存的一致`, todo: null },
    ]);
  });

  it('is missed where it was taken from the disk, and where it was changed', async () => {
    await aLedger();
    const file = await aKeptFile();
    const name = path.basename(file).slice(0, 12);
    await writeFile(file, 'x');
    expect(await findings()).toMatchObject([{ state: 'fail', say: `2023年 水-7 的材料（${name}…）的内容被改过` }]);
    await rm(file);
    expect(await findings()).toMatchObject([{ state: 'fail', say: `2023年 水-7 的材料（${name}…）的内容不在了` }]);
  });

  it('is found where its content was replaced by one as long', async () => {
    await aLedger();
    const file = await aKeptFile();
    const { size } = await stat(file);
    await writeFile(file, Buffer.alloc(size, 7));
    expect(await findings()).toMatchObject([{ state: 'fail', say: expect.stringContaining('的内容被改过') }]);
  });

  it('is found where a row was taken out, and where one was put in its place', async () => {
    await aLedger();
    tamper('DELETE FROM evidence WHERE number = 2');
    expect(await findings()).toMatchObject([{ state: 'fail', say: expect.stringContaining('登记不在了') }]);
    tamper(`UPDATE evidence SET sha256 = '${'0'.repeat(64)}'`);
    const said = (await findings()).map(({ say }) => say).join('\n');
    expect(said).toContain('不是历史里封存的那一份');
  });
});
