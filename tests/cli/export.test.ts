import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { openTable } from '../file-making/open-xlsx.js';
import { runDuban, type Served, serveDuban } from '../support/duban.js';

describe.each(['alone', 'through a running server'])('duban export %s', (how) => {
  let folder: string;
  let env: { DUBAN_DATABASE: string };
  let server: Served | undefined;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'duban-export-'));
    env = { DUBAN_DATABASE: path.join(folder, 'duban.db') };
    if (how !== 'alone') server = await serveDuban(env);
  });
  afterAll(async () => {
    await server?.kill();
    await rm(folder, { recursive: true, force: true });
  });

  const run = (...args: string[]) => runDuban(['export', ...args], env);

  it('writes the ledger where it is told, and over what was there', async () => {
    const file = path.join(folder, '台账.xlsx');
    for (const expected of [79, 12]) {
      const { code, out, err } = await run(file, ...(expected === 12 ? ['--plan', '水'] : []));
      expect({ code, err }).toEqual({ code: 0, err: '' });
      expect(out).toContain(`已写入 ${file}`);
      expect((await openTable(await readFile(file))).rows).toHaveLength(expected);
    }
  });

  it('names the file itself where only a folder is told', async () => {
    const { code, out } = await run(folder, '--unit', '住建局');
    expect(code).toBe(0);
    expect(out).toMatch(/^《县住建局督办台账 2023-09-25.xlsx》：\d+项/u);
    expect(await readdir(folder)).toContain('县住建局督办台账 2023-09-25.xlsx');
  });

  it.each([
    [['--unit', '无此局'], '没看懂“无此局”'],
    [['--plan', '无'], '没看懂“无”'],
  ])('refuses %j and writes nothing', async (args, why) => {
    const { code, err } = await run(path.join(folder, 'none.xlsx'), ...args);
    expect(code).toBe(1);
    expect(err).toContain(why);
    expect(await readdir(folder)).not.toContain('none.xlsx');
  });

  it('says what to look at when it cannot write', async () => {
    const { code, err } = await run(path.join(folder, 'nowhere', 'x.xlsx'));
    expect(code).toBe(1);
    expect(err).toMatch(/^写不了 .*x\.xlsx。请看文件夹在不在/u);
  });

  it('is what duban ask names where the answer is a file', async () => {
    const { out } = await runDuban(['ask', '导出'], env);
    expect(out).toContain('《督办台账 2023-09-25.xlsx》');
    expect(out).toContain('要这份文件请运行 duban export。');
  });
});
