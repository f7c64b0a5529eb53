import type { PoolClient } from 'pg';

import { type AppliedMigration, type Migration, pendingMigrations, refuseForeign } from '../migrations.js';
import { StoreError } from '../store-error.js';

export async function readApplied(client: Pick<PoolClient, 'query'>, name: string): Promise<AppliedMigration[]> {
  const found = await client.query<{ name: string }>(
    "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'",
  );
  if (found.rows.length === 0) return [];
  if (!found.rows.some((table) => table.name === 'migrations')) refuseForeign(name);
  const columns = await client.query<{ name: string }>(
    "SELECT column_name AS name FROM information_schema.columns WHERE table_schema = 'public' AND table_name = 'migrations'",
  );
  if (!['position', 'tag', 'hash'].every((column) => columns.rows.some((has) => has.name === column))) {
    refuseForeign(name);
  }
  const applied = await client.query<AppliedMigration>('SELECT tag, hash FROM migrations ORDER BY position');
  return applied.rows;
}

/** Throws when the database lacks one of the migrations. */
export async function checkMigrated(
  client: Pick<PoolClient, 'query'>,
  known: Migration[],
  name: string,
): Promise<void> {
  const [next] = pendingMigrations(known, await readApplied(client, name), name);
  if (next) throw new StoreError(`数据库 ${name} 还没有迁移 ${next.tag}。请重新启动程序。`);
}

/** Any number that other programs on the same server are unlikely to lock. */
const lockKey = 4_752_001;

/** All or nothing; of several instances that start together one migrates and the others wait. */
export async function migrate(client: PoolClient, known: Migration[], name: string): Promise<void> {
  await client.query('BEGIN ISOLATION LEVEL READ COMMITTED');
  try {
    await client.query('SELECT pg_advisory_xact_lock($1)', [lockKey]);
    const applied = await readApplied(client, name);
    const pending = pendingMigrations(known, applied, name);
    if (applied.length === 0) {
      await client.query(
        'CREATE TABLE IF NOT EXISTS migrations (position integer PRIMARY KEY, tag text NOT NULL, hash text NOT NULL)',
      );
    }
    for (const [index, { tag, hash, text }] of pending.entries()) {
      await client.query(text);
      await client.query('INSERT INTO migrations (position, tag, hash) VALUES ($1, $2, $3)', [
        applied.length + index,
        tag,
        hash,
      ]);
    }
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  }
}
