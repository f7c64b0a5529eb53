import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { runDuban, serveDuban } from '../support/duban.js';
import { aJpg, aScan } from '../support/evidence-files.js';

describe('duban evidence', () => {
  let folder: string;
  let env: { DUBAN_DATABASE: string };

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'duban-evidence-'));
    env = { DUBAN_DATABASE: path.join(folder, 'duban.db') };
    const server = await serveDuban(env);
    const form = new FormData();
    form.append('file', new File([new Uint8Array(aJpg())], '现场.jpg', { type: 'image/jpeg' }));
    form.append('file', new File([new Uint8Array(aScan())], '验收单.pdf', { type: 'application/pdf' }));
    form.set('user', '县住建局联络员');
    form.set('text', '/done 水-7 五个建制镇污水处理设施已投运');
    const response = await fetch(new URL('/sandbox/files', server.url), { method: 'POST', body: form });
    expect((await response.json()).replies[0].text).toContain('附1张图片、1个文件。');
    await server.stop();
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('keeps what was handed over beside the database', async () => {
    expect(await readdir(folder)).toContain('duban-evidence');
  });

  it('writes what was handed over with a task into a folder', async () => {
    const target = path.join(folder, '取出');
    const { code, out, err } = await runDuban(['evidence', '水-7', target], env);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out.trim().split('\n')).toHaveLength(2);
    expect((await readdir(target)).sort()).toEqual(['水-7 材料1 现场.jpg', '水-7 材料2 验收单.pdf']);
    expect(await readFile(path.join(target, '水-7 材料1 现场.jpg'))).toEqual(aJpg());
  });

  it('says so where there is nothing, and where there is no such task', async () => {
    expect(await runDuban(['evidence', '水-5', folder], env)).toMatchObject({
      code: 1,
      err: expect.stringContaining('没有附材料'),
    });
    expect(await runDuban(['evidence', '水-99', folder], env)).toMatchObject({ code: 1 });
  });

  it('says what is not on the disk any more, and writes the rest', async () => {
    const evidence = path.join(folder, 'duban-evidence');
    const entries = await readdir(evidence, { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => path.join(parentPath, name));
    for (const file of files) if ((await readFile(file)).equals(aJpg())) await rm(file);
    const { code, out, err } = await runDuban(['evidence', '水-7', path.join(folder, '再取')], env);
    expect([code, out.includes('材料2'), err.trim()]).toEqual([
      1,
      true,
      '水-7 材料1 现场.jpg 没有取出：服务器上没有这份内容了。',
    ]);
  });
});
