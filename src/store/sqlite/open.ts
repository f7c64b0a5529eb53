import path from 'node:path';
import type Database from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';

import { readMigrations } from '../migrations.js';
import type { Tx } from '../queries.js';
import type { Store, StoreOptions } from '../store.js';
import { StoreError } from '../store-error.js';
import { createTransactionGuard } from '../transaction-guard.js';
import { makeFolder, named, openFile, refuseUnlessSound } from './file.js';
import { checkMigrated, migrate } from './migrate.js';
import * as schema from './schema.js';
import { createWriter } from './writer.js';

/** 16 MB. A page that many messages change is then written to the database once for all of them. */
const pagesBetweenCheckpoints = 4000;

/** drizzle's queries are written in PostgreSQL's types, of which SQLite's are a subset when awaited. */
export function queriesOn(db: Database.Database): Tx {
  return Object.assign(drizzle(db, { casing: 'snake_case' }), { t: schema }) as unknown as Tx;
}

export async function openSqlite(file: string, options: StoreOptions): Promise<Store> {
  const memory = file === ':memory:';
  const known = readMigrations('sqlite', options.migrations);
  const timeout = options.busyMs ?? 5000;
  if (!memory) {
    makeFolder(path.dirname(path.resolve(file)));
    refuseUnlessSound(file, timeout);
  }

  const writing = openFile(file, { timeout });
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
  const reading = memory ? writing : openFile(file, { timeout, readonly: true });
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
