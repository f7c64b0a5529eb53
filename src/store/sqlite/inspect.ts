import { accessSync, constants, existsSync } from 'node:fs';
import path from 'node:path';

import type { Inspection, InspectionOptions } from '../inspection.js';
import { pendingMigrations, readMigrations } from '../migrations.js';
import { StoreError } from '../store-error.js';
import { named, openFile, refuseUnlessSound } from './file.js';
import { readApplied } from './migrate.js';
import { queriesOn } from './open.js';

const busyMs = 3000;

/** Damage, which quick_check finds, is a `StoreError` and leaves every byte as it is. */
export async function inspectSqlite(file: string, options: InspectionOptions): Promise<Inspection | null> {
  if (file === ':memory:' || !existsSync(file)) return null;
  refuseUnlessWritable(file);
  refuseUnlessSound(file, busyMs);
  // One that may write, since only such a one takes the files of the write-ahead log away again.
  const db = openFile(file, { timeout: busyMs, fileMustExist: true });
  try {
    db.pragma('query_only = ON');
    const applied = readApplied(db, file);
    return {
      engine: 'sqlite',
      isEmpty: applied.length === 0,
      pending: pendingMigrations(readMigrations('sqlite', options.migrations), applied, file).map(({ tag }) => tag),
      read: queriesOn(db),
      async tryWriting() {
        db.pragma('query_only = OFF');
        try {
          db.exec('BEGIN IMMEDIATE');
          // The lock alone is also given to whoever cannot write.
          db.pragma(`user_version = ${db.pragma('user_version', { simple: true })}`);
        } catch (error) {
          throw named(error, file);
        } finally {
          if (db.inTransaction) db.exec('ROLLBACK');
          db.pragma('query_only = ON');
        }
      },
      close: async () => {
        db.close();
      },
    };
  } catch (error) {
    db.close();
    throw named(error, file);
  }
}

/** A connection that may only read would leave the files of the write-ahead log behind. */
function refuseUnlessWritable(file: string): void {
  for (const place of [file, path.dirname(path.resolve(file))]) {
    try {
      accessSync(place, constants.R_OK | constants.W_OK);
    } catch (cause) {
      throw new StoreError(`数据库 ${file} 不能写入：没有 ${place} 的权限。请检查属主和权限。`, { cause });
    }
  }
}
