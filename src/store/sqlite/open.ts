import { existsSync, mkdirSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';

import { readMigrations } from '../migrations.js';
import type { Tx } from '../queries.js';
import type { Store, StoreOptions } from '../store.js';
import { StoreError } from '../store-error.js';
import { createTransactionGuard } from '../transaction-guard.js';
import { checkMigrated, migrate } from './migrate.js';
import * as schema from './schema.js';
import { createWriter } from './writer.js';

/** 16 MB. A page that many messages change is then written to the database once for all of them. */
const pagesBetweenCheckpoints = 4000;

/** drizzle's queries are written in PostgreSQL's types, of which SQLite's are a subset when awaited. */
function queriesOn(db: Database.Database): Tx {
  return Object.assign(drizzle(db, { casing: 'snake_case' }), { t: schema }) as unknown as Tx;
}

export async function openSqlite(file: string, options: StoreOptions): Promise<Store> {
  const memory = file === ':memory:';
  const known = readMigrations('sqlite', options.migrations);
  const timeout = options.busyMs ?? 5000;
  if (!memory) refuseUnlessSound(file, timeout);

  const writing = open(file, { timeout });
  try {
    migrate(writing, known, file);
    writing.pragma('journal_mode = WAL');
    writing.pragma('synchronous = FULL');
    writing.pragma(`wal_autocheckpoint = ${pagesBetweenCheckpoints}`);
  } catch (error) {
    writing.close();
    throw named(error, file);
  }

  // In memory there is only one connection, so that reading may see what is not yet committed.
  const reading = memory ? writing : open(file, { timeout, readonly: true });
  const guard = createTransactionGuard();
  const writer = createWriter(writing);
  const tx = queriesOn(writing);
  const read = memory ? tx : queriesOn(reading);
  let closed = false;

  return {
    engine: 'sqlite',
    get read() {
      guard.refuse('store.read');
      return read;
    },
    transaction: async (work, urgency) => {
      guard.refuse('store.transaction');
      if (closed) throw new StoreError(`数据库 ${file} 已经关闭。`);
      return writer.transaction(() => guard.enter(() => work(tx)), urgency);
    },
    check: async () => checkMigrated(reading, known, file),
    close: async () => {
      closed = true;
      await writer.idle();
      reading.close();
      writing.close();
    },
  };
}

function open(file: string, options: Database.Options): Database.Database {
  try {
    return new Database(file, options);
  } catch (error) {
    throw named(error, file);
  }
}

function named(error: unknown, file: string): unknown {
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
function makeFolder(folder: string): void {
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
function refuseUnlessSound(file: string, timeout: number): void {
  makeFolder(path.dirname(path.resolve(file)));
  const found = statSync(file, { throwIfNoEntry: false });
  if (!found || (found.isFile() && found.size === 0)) return;
  if (!found.isFile()) throw damaged(file);
  const beside = [`${file}-wal`, `${file}-shm`].filter((name) => !existsSync(name));
  const looking = open(file, { timeout, readonly: true });
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
