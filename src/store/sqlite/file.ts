import { existsSync, mkdirSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';

import { StoreError } from '../store-error.js';

export function openFile(file: string, options: Database.Options): Database.Database {
  try {
    return new Database(file, options);
  } catch (error) {
    throw named(error, file);
  }
}

export function named(error: unknown, file: string): unknown {
  if (!(error instanceof Database.SqliteError)) return error;
  if (error.code.startsWith('SQLITE_NOTADB') || error.code.startsWith('SQLITE_CORRUPT')) return damaged(file, error);
  if (error.code.startsWith('SQLITE_BUSY')) {
    return new StoreError(`数据库 ${file} 正被另一个程序占用。请先停止它，再重新启动。`, { cause: error });
  }
  return new StoreError(`打不开数据库 ${file}：${error.message}。请检查文件夹的权限和磁盘空间。`, { cause: error });
}

function damaged(file: string, cause?: unknown): StoreError {
  return new StoreError(`文件 ${file} 不是督办的数据库，或者已经损坏；没有改动它。请用备份替换，或换一个位置。`, {
    cause,
  });
}

/** Node's own way to make a folder with those above it never returns below /proc. */
export function makeFolder(folder: string): void {
  const isThere = () => statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true;
  if (isThere()) return;
  makeFolder(path.dirname(folder));
  try {
    mkdirSync(folder);
  } catch (error) {
    if (!isThere()) throw error; // otherwise another program was first
  }
}

/** Looks without writing: a writing connection would change even a damaged file when it closes. */
export function refuseUnlessSound(file: string, timeout: number): void {
  const found = statSync(file, { throwIfNoEntry: false });
  if (!found || (found.isFile() && found.size === 0)) return;
  if (!found.isFile()) throw damaged(file);
  const beside = [`${file}-wal`, `${file}-shm`].filter((name) => !existsSync(name));
  const looking = openFile(file, { timeout, readonly: true });
  let sound = false;
  try {
    sound = looking.pragma('quick_check(1)', { simple: true }) === 'ok';
    if (!sound) throw damaged(file);
  } catch (error) {
    throw named(error, file);
  } finally {
    looking.close();
    // Looking at a database with a write-ahead log makes these, and only a connection that writes takes them away.
    if (!sound) for (const name of beside) rmSync(name, { force: true });
  }
}
