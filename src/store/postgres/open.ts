import { setTimeout as pause } from 'node:timers/promises';
import { drizzle } from 'drizzle-orm/node-postgres';
import pg from 'pg';

import { errorCodes } from '../error-codes.js';
import { type Migration, readMigrations } from '../migrations.js';
import type { Tx } from '../queries.js';
import type { Store, StoreOptions } from '../store.js';
import { StoreError } from '../store-error.js';
import { createTransactionGuard } from '../transaction-guard.js';
import { checkMigrated, migrate } from './migrate.js';
import * as schema from './schema.js';

/** serialization_failure and deadlock_detected, which PostgreSQL asks to run again. */
const runAgain = new Set(['40001', '40P01']);
const attempts = 8;

export function queriesOn(client: pg.Pool | pg.PoolClient): Tx {
  return Object.assign(drizzle(client, { casing: 'snake_case' }), { t: schema });
}

export async function openPostgres(location: string, options: StoreOptions): Promise<Store> {
  const name = withoutCredentials(location);
  const known = readMigrations('postgres', options.migrations);
  const pool = new pg.Pool({
    connectionString: location,
    max: options.connections ?? 8,
    connectionTimeoutMillis: 10_000,
    application_name: 'duban',
  });
  // A connection lost without a listener would end the process, idle in the pool or in use.
  pool.on('error', (error) => options.onLost?.(error));
  pool.on('connect', (client) => client.on('error', () => {}));

  await makeReady(pool, known, name);

  const guard = createTransactionGuard();
  const read = queriesOn(pool);
  const ofClient = new WeakMap<pg.PoolClient, Tx>();
  const running = new Set<Promise<unknown>>();
  let closed = false;

  function txOn(client: pg.PoolClient): Tx {
    const tx = ofClient.get(client) ?? queriesOn(client);
    ofClient.set(client, tx);
    return tx;
  }

  async function runOnce<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    const client = await pool.connect();
    let lost: Error | undefined;
    try {
      await client.query('BEGIN');
      const result = await guard.enter(() => work(txOn(client)));
      // PostgreSQL answers COMMIT with ROLLBACK, and no error, when a statement failed and the error was swallowed.
      const { command } = await client.query('COMMIT');
      if (command !== 'COMMIT') throw new Error('a failed statement was ignored inside a transaction');
      return result;
    } catch (error) {
      await client.query('ROLLBACK').catch((failure: Error) => {
        lost = failure;
      });
      throw error;
    } finally {
      client.release(lost);
    }
  }

  async function run<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await runOnce(work);
      } catch (error) {
        if (attempt === attempts || !errorCodes(error).some((code) => runAgain.has(code))) throw error;
        await pause(Math.random() * 10 * 2 ** attempt);
      }
    }
  }

  return {
    engine: 'postgres',
    get read() {
      guard.refuse('store.read');
      return read;
    },
    transaction: async (work) => {
      guard.refuse('store.transaction');
      if (closed) throw new StoreError(`数据库 ${name} 已经关闭。`);
      const result = run(work);
      running.add(result);
      try {
        return await result;
      } finally {
        running.delete(result);
      }
    },
    check: () => checkMigrated(pool, known, name),
    close: async () => {
      closed = true;
      await Promise.allSettled(running);
      await pool.end();
    },
  };
}

async function makeReady(pool: pg.Pool, known: Migration[], name: string): Promise<void> {
  try {
    const client = await pool.connect();
    try {
      await refuseOtherEncodings(client, name);
      await migrate(client, known, name);
    } finally {
      client.release();
    }
  } catch (error) {
    await pool.end();
    throw unusable(error, name);
  }
}

export function unusable(error: unknown, name: string): StoreError {
  if (error instanceof StoreError) return error;
  const why = error instanceof Error ? error.message : String(error);
  return new StoreError(`打不开数据库 ${name}：${why}。请检查地址、用户、密码和权限，以及服务器是否在运行。`, {
    cause: error,
  });
}

export async function refuseOtherEncodings(client: pg.PoolClient, name: string): Promise<void> {
  const { rows } = await client.query<{ server_encoding: string }>('SHOW server_encoding');
  const encoding = rows[0]?.server_encoding;
  if (encoding === 'UTF8') return;
  throw new StoreError(`数据库 ${name} 的编码是 ${encoding}，放不下所有的字。请另建一个编码为 UTF8 的数据库。`);
}

export function withoutCredentials(location: string): string {
  const url = URL.parse(location);
  if (url) return `postgres://${url.host}${url.pathname}`;
  throw new StoreError('数据库地址写得不对，应为 postgres://用户:密码@主机:端口/库名，密码里的符号要用百分号编码。');
}
