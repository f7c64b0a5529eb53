import { mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { projectRoot } from '../../src/project-root.js';
import { runDuban, type Served, serveDuban } from '../support/duban.js';

const notice = path.join(projectRoot, 'data', 'plans', 'ruicheng-2023.txt');
const fire = [
  '芮城县2024年消防安全工作方案',
  '2024年2月5日',
  '一、主要任务',
  '1．整治高层建筑。6月底前完成高层建筑消防设施检测。（县消防救援大队牵头，县住建局配合）',
].join('\n');

describe('duban import', () => {
  let folder: string;
  let env: { DUBAN_DATABASE: string };
  let server: Served;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'duban-import-'));
    env = { DUBAN_DATABASE: path.join(folder, 'duban.db') };
    await writeFile(path.join(folder, '消防.txt'), fire);
    server = await serveDuban(env);
  });
  afterAll(async () => {
    await server.kill();
    await rm(folder, { recursive: true, force: true });
  });

  const file = (name: string) => path.join(folder, name);

  it('--dry-run shows plans, tasks as a table and doubts, and stores nothing', async () => {
    const { code, out, err } = await runDuban(['import', notice, '--dry-run'], env);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain('芮城县空气质量再提升2023年行动计划（气，2023，2023-07-28印发）：24项任务，附表14行');
    expect(out).toMatch(/^气附-3（属气-3）｜.*｜牵头：市生态环境局芮城分局｜.*（2023-09-30）$/m);
    expect(out).toContain('疑点');
  });

  it('--dry-run --json prints the draft, with another prefix when told', async () => {
    const { out } = await runDuban(['import', notice, '--dry-run', '--json', '--prefix', '水=河'], env);
    const { plans, issues } = JSON.parse(out);
    expect(plans.map(({ prefix }: { prefix: string }) => prefix)).toEqual(['河', '气', '土', '地']);
    expect(plans[0].tasks[6]).toMatchObject({ code: '河-7', responsibility: [{ role: 'lead', units: ['县住建局'] }] });
    expect(issues.length).toBeGreaterThan(0);
  });

  it('takes the year from --year or the name of the file where the document has none', async () => {
    const undated = fire.replace('2024年', '').replace('2024年2月5日\n', '');
    await writeFile(file('消防方案.txt'), undated);
    await writeFile(file('2024年消防方案.txt'), undated);
    const yearOf = async (...args: string[]) => {
      const { out } = await runDuban(['import', ...args, '--dry-run', '--json'], env);
      const { plans, issues } = JSON.parse(out);
      const codes = issues.map(({ code }: { code: string }) => code);
      return [plans[0].year, plans[0].tasks[0].milestones[0].due, codes.includes('year-of-file-name')];
    };
    expect(await yearOf(file('消防方案.txt'))).toEqual([0, null, false]);
    expect(await yearOf(file('消防方案.txt'), '--year', '2025')).toEqual([2025, '2025-06-30', true]);
    expect(await yearOf(file('2024年消防方案.txt'))).toEqual([2024, '2024-06-30', true]);
  });

  it('counts the seasons as --province keeps them', async () => {
    await writeFile(file('采暖.txt'), fire.replace('6月底前', '采暖季前'));
    const dueIn = async (...args: string[]) => {
      const { out } = await runDuban(['import', file('采暖.txt'), '--dry-run', '--json', ...args], env);
      return JSON.parse(out).plans[0].tasks[0].milestones[0].due;
    };
    expect(await dueIn()).toBe('2024-11-14');
    expect(await dueIn('--province', '内蒙古')).toBe('2024-10-14');
  });

  it('does not store without a yes, where nobody can be asked', async () => {
    const { code, err } = await runDuban(['import', file('消防.txt')], env);
    expect({ code, err: err.trim() }).toEqual({
      code: 1,
      err: '不是在终端里运行，没法问。看过预览后加 --yes 再运行一次。',
    });
    expect((await runDuban(['ask', '/who 消-1'], env)).out).toContain('没有找到');
  });

  it('--yes stores it beside a running server, which knows it at once', async () => {
    const { code, out } = await runDuban(['import', file('消防.txt'), '--yes', '--by', '管理员'], env);
    expect(code).toBe(0);
    expect(out).toContain('已入账：《消防.txt》，管理员确认。');
    expect((await runDuban(['ask', '/who 消-1'], env)).out).toContain('牵头：县消防救援大队');
    expect((await runDuban(['import', file('消防.txt'), '--yes'], env)).out).toContain('没有变化');
  });

  it('names who may import when --by is nobody of the roster', async () => {
    const { code, err } = await runDuban(['import', file('消防.txt'), '--yes', '--by', '赵无此人'], env);
    expect(code).toBe(1);
    expect(err).toContain('名单里没有这位管理员或督查室：赵无此人。可以写 --by，后面是：督查室、管理员');
  });

  it('refuses a file that is too large without reading it, and one that is not there', async () => {
    await writeFile(file('大.txt'), '');
    await truncate(file('大.txt'), 200 * 1024 * 1024);
    const { code, err } = await runDuban(['import', file('大.txt'), '--yes'], env);
    expect({ code, err: err.trim() }).toEqual({
      code: 1,
      err: `文件 ${file('大.txt')} 超过20MB，没有读。请去掉图片或拆成几份。`,
    });
    for (const gone of [file('无.txt'), folder]) {
      const missing = await runDuban(['import', gone, '--dry-run'], env);
      expect({ ...missing, err: missing.err.trim() }).toEqual({
        code: 1,
        out: '',
        err: `读不到文件 ${gone}。请检查路径和权限。`,
      });
    }
  });

  it('leaves a file alone that is no ledger', async () => {
    await writeFile(file('other.db'), 'not a database, but somebody’s file');
    const before = await readFile(file('other.db'));
    const { code } = await runDuban(['import', file('消防.txt'), '--yes'], { DUBAN_DATABASE: file('other.db') });
    expect(code).toBe(1);
    expect(await readFile(file('other.db'))).toEqual(before);
  });
});
