import pg from 'pg';

import type { Inspection, InspectionOptions } from '../inspection.js';
import { pendingMigrations, readMigrations } from '../migrations.js';
import { StoreError } from '../store-error.js';
import { readApplied } from './migrate.js';
import { queriesOn, refuseOtherEncodings, unusable, withoutCredentials } from './open.js';

const patienceMs = 8000;

export async function inspectPostgres(location: string, options: InspectionOptions): Promise<Inspection> {
  const name = withoutCredentials(location);
  const pool = new pg.Pool({
    connectionString: location,
    max: 2,
    connectionTimeoutMillis: patienceMs,
    query_timeout: patienceMs,
    application_name: 'duban doctor',
    onConnect: async (client) => {
      client.on('error', () => {});
      await client.query('SET default_transaction_read_only = on');
    },
  });
  pool.on('error', () => {});
  try {
    const applied = await withClient(pool, async (client) => {
      await refuseOtherEncodings(client, name);
      return readApplied(client, name);
    });
    return {
      engine: 'postgres',
      isEmpty: applied.length === 0,
      pending: pendingMigrations(readMigrations('postgres', options.migrations), applied, name).map(({ tag }) => tag),
      read: queriesOn(pool),
      tryWriting: () => withClient(pool, (client) => tryWriting(client, name)),
      close: () => pool.end(),
    };
  } catch (error) {
    await pool.end();
    throw unusable(error, name);
  }
}

/** Needs the right to write, and fails on a replica. */
async function tryWriting(client: pg.PoolClient, name: string): Promise<void> {
  try {
    await client.query('BEGIN READ WRITE');
    await client.query('LOCK TABLE workspaces IN ROW EXCLUSIVE MODE');
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new StoreError(`数据库 ${name} 不能写入：${why}。请检查用户的权限，以及连的是不是主库。`, { cause });
  } finally {
    await client.query('ROLLBACK');
  }
}

async function withClient<T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    return await work(client);
  } finally {
    client.release();
  }
}
