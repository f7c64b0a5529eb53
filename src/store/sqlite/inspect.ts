import { existsSync } from 'node:fs';

import type { Inspection } from '../inspection.js';
import { pendingMigrations, readMigrations } from '../migrations.js';
import { named, openFile, refuseUnlessSound } from './file.js';
import { readApplied } from './migrate.js';
import { queriesOn } from './open.js';

const busyMs = 3000;

/** Damage, which quick_check finds, is a `StoreError` and leaves every byte as it is. */
export async function inspectSqlite(file: string): Promise<Inspection | null> {
  if (file === ':memory:' || !existsSync(file)) return null;
  refuseUnlessSound(file, busyMs);
  // One that may write, since only such a one takes the files of the write-ahead log away again.
  const db = openFile(file, { timeout: busyMs, fileMustExist: true });
  try {
    db.pragma('query_only = ON');
    const applied = readApplied(db, file);
    return {
      engine: 'sqlite',
      isEmpty: applied.length === 0,
      pending: pendingMigrations(readMigrations('sqlite'), applied, file).map(({ tag }) => tag),
      read: queriesOn(db),
      async tryWriting() {
        db.pragma('query_only = OFF');
        try {
          db.exec('BEGIN IMMEDIATE');
          db.exec('ROLLBACK');
        } catch (error) {
          throw named(error, file);
        } finally {
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
