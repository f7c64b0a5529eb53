import { access, constants, statfs } from 'node:fs/promises';
import path from 'node:path';

import { type Check, type Finding, fail, ok, skipped, warn } from '../platforms/check/check.js';
import { inspectStore } from '../store/inspect.js';
import { listWorkspaces } from '../store/workspaces.js';
import type { LedgerLook } from './ledger-look.js';

const leastFreeBytes = 500 * 1024 * 1024;

export function databaseChecks(location: string | null, look: LedgerLook): Check[] {
  return [
    { id: 'database', title: '数据库', run: () => openLook(location, look) },
    look.check('database.integrity', '数据库完整性', async ({ engine }) =>
      engine === 'sqlite' ? ok('quick_check 没有发现问题') : skipped('由数据库服务器负责'),
    ),
    look.check('database.writable', '数据库写入', async (inspection) => {
      await inspection.tryWriting();
      return ok('可以写入');
    }),
    { id: 'database.space', title: '磁盘空间', run: () => space(location) },
    look.check('ledger', '台账', async ({ read }) => {
      const workspaces = await listWorkspaces(read);
      if (workspaces.length > 0) return ok(workspaces.map(({ name }) => name).join('、'));
      return warn('还是空的', '运行 npm start，让它读入 data/');
    }),
  ];
}

async function openLook(location: string | null, look: LedgerLook): Promise<Finding> {
  if (location === null) return skipped('DUBAN_DATABASE 有误，见“环境变量”');
  const inspection = await inspectStore(location);
  if (inspection === null) return missing(location);
  const { engine, isEmpty, pending } = inspection;
  if (isEmpty || pending.length > 0) {
    await inspection.close();
    if (isEmpty) return warn('数据库还没有建表', '第一次运行 npm start 会自动建立');
    return fail(
      `还差${pending.length}个迁移：${pending.join('、')}`,
      '请先备份，停下旧程序，再用这个版本启动一次，它会自动升级',
    );
  }
  look.inspection = inspection;
  return ok(`${engine === 'sqlite' ? 'SQLite' : 'PostgreSQL'} 打得开，迁移齐全`);
}

async function missing(location: string): Promise<Finding> {
  const folder = await nearestFolder(path.dirname(path.resolve(location)));
  try {
    await access(folder, constants.W_OK | constants.X_OK);
  } catch {
    return fail(`${location} 还没有，文件夹 ${folder} 也不能写`, '请检查文件夹的属主和权限，或改 DUBAN_DATABASE');
  }
  return warn(`${location} 还没有`, '第一次运行 npm start 会自动建立；不该是空的就请核对 DUBAN_DATABASE');
}

async function space(location: string | null): Promise<Finding> {
  if (location === null || location.includes('://')) return skipped('数据库不是本机的文件，没有查');
  const { bavail, bsize } = await statfs(await nearestFolder(path.dirname(path.resolve(location))));
  return spaceFinding(bavail * bsize);
}

export function spaceFinding(freeBytes: number): Finding {
  const free = `剩${Math.floor(freeBytes / 1024 / 1024)}MB`;
  return freeBytes < leastFreeBytes ? warn(`${free}，少于500MB`, '请清理磁盘，写满后台账记不进去') : ok(free);
}

async function nearestFolder(folder: string): Promise<string> {
  try {
    await access(folder);
    return folder;
  } catch {
    const parent = path.dirname(folder);
    return parent === folder ? folder : nearestFolder(parent);
  }
}
