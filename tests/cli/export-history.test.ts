import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import Database from 'better-sqlite3';
import { readXlsx } from 'hucre/xlsx';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { runDuban, type Served, serveDuban } from '../support/duban.js';

async function report({ url }: Served, text: string): Promise<void> {
  const response = await fetch(new URL('/sandbox/messages', url), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ user: '县住建局联络员', text }),
  });
  expect((await response.json()).replies[0].text).toContain('已记');
}

describe.each(['alone', 'beside a running server'])('duban export --history %s', (how) => {
  let folder: string;
  let env: { DUBAN_DATABASE: string };
  let server: Served | undefined;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'duban-history-'));
    env = { DUBAN_DATABASE: path.join(folder, 'duban.db') };
    server = await serveDuban(env);
    await report(server, '/progress 水-7 三个镇已投运');
    await report(server, '/done 水-7 五个建制镇全部投运');
    if (how === 'alone') await server.stop();
  });
  afterAll(async () => {
    await server?.kill();
    await rm(folder, { recursive: true, force: true });
  });

  const run = (...args: string[]) => runDuban(['export', '--history', ...args], env);

  it('writes every row, and says that the chain verifies', async () => {
    const { code, out, err } = await run(folder);
    const file = path.join(folder, '督办历史 2023-09-25.xlsx');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toBe(`核对无误：1项任务的2条历史、0天的封存都没有改动。\n已写入 ${file}\n`);
    const { sheets } = await readXlsx(await readFile(file));
    expect(sheets[0]?.rows.map((row) => row[6])).toEqual(['事项', '报进展', '报办结', '核对']);
  });

  it.each(['csv', 'JSONL'])('writes it as .%s where that is asked for, over what was there', async (ending) => {
    const file = path.join(folder, `历史.${ending}`);
    for (const _ of [1, 2]) expect((await run(file)).code).toBe(0);
    const lines = (await readFile(file, 'utf8')).trimEnd().split('\n');
    expect(lines).toHaveLength(4);
    expect(lines[1]).toContain('三个镇已投运');
  });

  it.each([
    [['历史.pdf'], '历史写成 .xlsx、.csv 或 .jsonl，不写成“历史.pdf”。'],
    [['没有结尾'], '历史写成 .xlsx、.csv 或 .jsonl，不写成“没有结尾”。'],
    [['x.csv', '--unit', '县住建局'], '--history 是全部历史，不和 --unit、--plan 一起用。'],
    [[path.join('nowhere', 'x.csv')], '写不了'],
  ])('refuses %j and writes nothing', async ([file = '', ...more], why) => {
    const before = await readdir(folder);
    const { code, err } = await run(path.join(folder, file), ...more);
    expect(code).toBe(1);
    expect(err).toContain(why);
    expect(await readdir(folder)).toEqual(before);
  });

  it('writes a history that was changed as it is, and says what does not fit', async () => {
    const db = new Database(env.DUBAN_DATABASE);
    db.prepare("update updates set note = '没有投运' where number = 1").run();
    db.close();
    const file = path.join(folder, '改过.csv');
    const { code, out, err } = await run(file);
    expect(code).toBe(1);
    expect(out).toBe(`已写入 ${file}\n`);
    expect(err).toMatch(/^核对不符：\n- 2023年 水-7 的第1条（序号1）内容被改过\n请封存现在的数据库/u);
    const text = await readFile(file, 'utf8');
    expect(text).toContain('没有投运');
    expect(text).toContain('核对不符：2023年 水-7 的第1条（序号1）内容被改过');
  });
});

describe('duban export --history without a ledger', () => {
  it('makes no database, and says which one it looked for', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'duban-history-'));
    const database = path.join(folder, 'none.db');
    const { code, err } = await runDuban(['export', '--history', folder], { DUBAN_DATABASE: database });
    expect([code, err]).toEqual([1, expect.stringContaining(`数据库 ${database} 还没有`)]);
    expect(await readdir(folder)).toEqual([]);
    await rm(folder, { recursive: true, force: true });
  });
});
