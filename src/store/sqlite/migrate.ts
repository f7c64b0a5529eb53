import type { Database } from 'better-sqlite3';

import { type AppliedMigration, type Migration, pendingMigrations, refuseForeign } from '../migrations.js';
import { StoreError } from '../store-error.js';

export function readApplied(db: Database, name: string): AppliedMigration[] {
  const found = db
    .prepare<[], { name: string }>("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    .all();
  if (found.length === 0) return [];
  if (!found.some((table) => table.name === 'migrations')) refuseForeign(name);
  const columns = db.pragma('table_info(migrations)') as { name: string }[];
  if (!['position', 'tag', 'hash'].every((column) => columns.some((has) => has.name === column))) refuseForeign(name);
  return db.prepare<[], AppliedMigration>('SELECT tag, hash FROM migrations ORDER BY position').all();
}

/** Throws when the database lacks one of the migrations. */
export function checkMigrated(db: Database, known: Migration[], name: string): void {
  const [next] = pendingMigrations(known, readApplied(db, name), name);
  if (next) throw new StoreError(`数据库 ${name} 还没有迁移 ${next.tag}。请重新启动程序。`);
}

/**
 * All or nothing, under the writing lock. With foreign keys on, rebuilding a table would delete the rows that refer to it,
 * and the pragma does nothing inside a transaction.
 */
export function migrate(db: Database, known: Migration[], name: string): void {
  db.pragma('foreign_keys = OFF');
  db.exec('BEGIN IMMEDIATE');
  try {
    const applied = readApplied(db, name);
    const pending = pendingMigrations(known, applied, name);
    if (applied.length === 0) {
      db.exec(
        'CREATE TABLE IF NOT EXISTS migrations (position INTEGER PRIMARY KEY, tag TEXT NOT NULL, hash TEXT NOT NULL)',
      );
    }
    const insert = db.prepare('INSERT INTO migrations (position, tag, hash) VALUES (?, ?, ?)');
    for (const [index, { tag, hash, text }] of pending.entries()) {
      db.exec(text);
      insert.run(applied.length + index, tag, hash);
    }
    if (pending.length > 0 && (db.pragma('foreign_key_check') as unknown[]).length > 0) {
      throw new StoreError(`数据库 ${name} 迁移后有断开的引用，已经撤回，没有改动。请把这条消息报给维护人员。`);
    }
    db.exec('COMMIT');
  } catch (error) {
    if (db.inTransaction) db.exec('ROLLBACK');
    throw error;
  }
  db.pragma('foreign_keys = ON');
}
