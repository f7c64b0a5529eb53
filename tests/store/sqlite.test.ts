import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { inspectStore } from '../../src/store/inspect.js';
import { openStore } from '../../src/store/open.js';
import { createWriter } from '../../src/store/sqlite/writer.js';
import type { Store } from '../../src/store/store.js';
import { StoreError } from '../../src/store/store-error.js';
import * as workspaces from '../../src/store/workspaces.js';
import { storeContract } from './contract.js';
import { aMigrationsFolder } from './migrations-folder.js';
import { aFullWorkspace, aWorkspace } from './sample.js';

let folder: string;
let made = 0;

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'duban-store-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const newFile = () => {
  made += 1;
  return path.join(folder, `${made}.db`);
};

const run = async (file: string, text: string) => {
  const db = new Database(file);
  db.exec(text);
  db.close();
};

describe('the store on SQLite', () => {
  storeContract({ engine: 'sqlite', createDatabase: async () => newFile(), run });

  async function aClosedDatabase(): Promise<string> {
    const file = newFile();
    const store = await openStore(file);
    await aFullWorkspace(store);
    await store.close();
    return file;
  }

  const refusal = (file: string) =>
    openStore(file).then(
      () => 'opened',
      (error: unknown) => (error instanceof StoreError ? error.say : String(error)),
    );

  it('makes the folder of a new database', async () => {
    const file = path.join(folder, 'var', 'deep', 'duban.db');
    await (await openStore(file)).close();
    expect(readFileSync(file).subarray(0, 15).toString()).toBe('SQLite format 3');
  });

  it('finds no database to inspect where there is none, and makes none', async () => {
    const file = path.join(folder, 'nowhere', 'duban.db');
    expect(await inspectStore(file)).toBeNull();
    expect(existsSync(path.dirname(file))).toBe(false);
  });

  it('inspects a database without leaving anything beside it', async () => {
    const file = await aClosedDatabase();
    const before = readFileSync(file);
    const inspection = await inspectStore(file);
    await inspection?.tryWriting();
    await inspection?.close();
    expect(readFileSync(file)).toEqual(before);
    expect([`${file}-wal`, `${file}-shm`].filter((beside) => existsSync(beside))).toEqual([]);
  });

  it('inspects a damaged database and leaves it as it is', async () => {
    const file = await aClosedDatabase();
    const bytes = readFileSync(file);
    bytes.fill(0xab, 8192, bytes.length - 4096);
    writeFileSync(file, bytes);
    await expect(inspectStore(file)).rejects.toThrow('已经损坏');
    expect(readFileSync(file)).toEqual(bytes);
  });

  it.skipIf(process.getuid?.() === 0)('inspects no database that it may not write to, and leaves nothing', async () => {
    const file = await aClosedDatabase();
    chmodSync(file, 0o444);
    await expect(inspectStore(file)).rejects.toThrow(`数据库 ${file} 不能写入：没有 ${file} 的权限`);
    expect([`${file}-wal`, `${file}-shm`].filter((beside) => existsSync(beside))).toEqual([]);
  });

  it('says that another program keeps writing', async () => {
    const file = await aClosedDatabase();
    const inspection = await inspectStore(file);
    const other = new Database(file);
    other.exec('BEGIN IMMEDIATE');
    await expect(inspection?.tryWriting()).rejects.toThrow('正被另一个程序占用');
    other.close();
    await inspection?.close();
  });

  it('works in memory', async () => {
    const store = await openStore(':memory:');
    const workspace = await aFullWorkspace(store);
    expect(await workspaces.findWorkspace(store.read, workspace)).not.toBeNull();
    await store.check();
    await store.close();
  });

  it.each([
    ['a text file', () => Buffer.from('台账\n'.repeat(500))],
    ['a zip', () => Buffer.concat([Buffer.from('PK\u0003\u0004'), Buffer.alloc(9000, 7)])],
    ['a few bytes', () => Buffer.from('SQL')],
  ])('refuses %s and leaves it as it is', async (_, content) => {
    const file = newFile();
    writeFileSync(file, content());
    expect(await refusal(file)).toMatch(new RegExp(`^文件 ${file} 不是督办的数据库，或者已经损坏；没有改动它`));
    expect(readFileSync(file)).toEqual(content());
  });

  it('refuses a folder', async () => {
    expect(await refusal(folder)).toContain(`文件 ${folder} 不是督办的数据库`);
  });

  it.each([
    [
      'overwritten pages',
      (file: string) => {
        const bytes = readFileSync(file);
        bytes.fill(0xab, 8192, bytes.length - 4096);
        writeFileSync(file, bytes);
      },
    ],
    ['a cut-off end', (file: string) => truncateSync(file, Math.floor(readFileSync(file).length / 2))],
  ])('refuses a database with %s and leaves it as it is', async (_, damage) => {
    const file = await aClosedDatabase();
    damage(file);
    const damaged = readFileSync(file);
    expect(await refusal(file)).toContain('已经损坏');
    expect(readFileSync(file)).toEqual(damaged);
  });

  it('keeps what was committed before a crash', async () => {
    const file = newFile();
    const store = await openStore(file);
    const workspace = await aFullWorkspace(store);
    const copy = newFile();
    writeFileSync(copy, readFileSync(file));
    writeFileSync(`${copy}-wal`, readFileSync(`${file}-wal`));
    const recovered = await openStore(copy);
    expect(await workspaces.findWorkspace(recovered.read, workspace)).not.toBeNull();
    await recovered.close();
    await store.close();
  });

  it('reads through a connection that cannot write', async () => {
    const store = await openStore(newFile());
    const workspace = await aWorkspace(store);
    const asTx = store.read as Parameters<Parameters<Store['transaction']>[0]>[0];
    await expect(workspaces.raiseLedgerVersion(asTx, workspace)).rejects.toThrow('readonly');
    await store.close();
  });

  it('waits at the start for another process that is writing', async () => {
    const file = await aClosedDatabase();
    const worker = new Worker(
      `const { parentPort, workerData } = require('node:worker_threads');
       const db = require('better-sqlite3')(workerData);
       db.exec('BEGIN IMMEDIATE');
       parentPort.postMessage('writing');
       setTimeout(() => { db.exec('COMMIT'); db.close(); }, 200);`,
      { eval: true, workerData: file },
    );
    await new Promise((resolve) => worker.once('message', resolve));
    const store = await openStore(file);
    await store.check();
    await store.close();
    await worker.terminate();
  });

  it('says so when another process keeps writing', async () => {
    const file = await aClosedDatabase();
    const other = new Database(file);
    other.exec('BEGIN IMMEDIATE');
    await expect(openStore(file, { busyMs: 50 })).rejects.toThrow('正被另一个程序占用');
    other.close();
  });

  describe('migrations', () => {
    const withMigration = (text: string) => aMigrationsFolder('sqlite', { tag: '9001_next', text });

    it('rebuild a table without losing the rows that refer to it', async () => {
      const file = await aClosedDatabase();
      await run(
        file,
        `CREATE TABLE parents (id integer PRIMARY KEY);
         CREATE TABLE children (id integer PRIMARY KEY, parent integer REFERENCES parents(id) ON DELETE CASCADE);
         INSERT INTO parents VALUES (1); INSERT INTO children VALUES (1, 1);`,
      );
      const migrations = withMigration(
        `CREATE TABLE __new_parents (id integer PRIMARY KEY, name text);--> statement-breakpoint
         INSERT INTO __new_parents (id) SELECT id FROM parents;--> statement-breakpoint
         DROP TABLE parents;--> statement-breakpoint
         ALTER TABLE __new_parents RENAME TO parents;`,
      );
      await (await openStore(file, { migrations })).close();
      const db = new Database(file, { readonly: true });
      expect(db.prepare('SELECT count(*) AS rows FROM children').get()).toEqual({ rows: 1 });
      db.close();
    });

    it('are taken back when they leave a reference that leads nowhere', async () => {
      const file = await aClosedDatabase();
      const migrations = withMigration('DELETE FROM units;');
      await expect(openStore(file, { migrations })).rejects.toThrow('断开的引用');
      const db = new Database(file, { readonly: true });
      expect(db.prepare('SELECT count(*) AS rows FROM units').get()).toEqual({ rows: 2 });
      db.close();
    });
  });

  describe('the writer', () => {
    const aWriter = () => {
      const db = new Database(newFile());
      db.pragma('journal_mode = WAL');
      db.exec('CREATE TABLE notes (text)');
      const insert = db.prepare('INSERT INTO notes VALUES (?)');
      const note = async (text: string) => {
        insert.run(text);
        return text;
      };
      const count = () => db.prepare('SELECT count(*) FROM notes').pluck().get();
      return { db, writer: createWriter(db), note, count };
    };

    it('answers nobody before the commit', async () => {
      const { db, writer, note } = aWriter();
      const seen: boolean[] = [];
      const answered = (text: string) => writer.transaction(() => note(text)).then(() => seen.push(db.inTransaction));
      await Promise.all([answered('a'), answered('b')]);
      expect(seen).toEqual([false, false]);
    });

    it('rejects the whole group when the disk is full, and recovers', async () => {
      const { db, writer, note, count } = aWriter();
      const pages = db.pragma('page_count', { simple: true });
      db.pragma(`max_page_count = ${pages}`);
      const results = await Promise.allSettled([
        writer.transaction(() => note('small')),
        writer.transaction(() => note('x'.repeat(100_000))),
        writer.transaction(() => note('also small')),
      ]);
      const full = { status: 'rejected', reason: { code: 'SQLITE_FULL' } };
      expect(results).toMatchObject([full, full, full]);
      expect(count()).toBe(0);
      db.pragma('max_page_count = 100000');
      await writer.transaction(() => note('again'));
      expect(count()).toBe(1);
    });

    it('lets what may wait share the commit of what comes next, and not wait for ever', async () => {
      const { db, writer, note } = aWriter();
      const groups: unknown[][] = [];
      const seen = () => groups.push(db.prepare('SELECT text FROM notes').pluck().all());
      const later = writer.transaction(() => note('later'), 'soon').then(seen);
      await writer.transaction(() => note('now')).then(seen);
      await later;
      expect(groups).toEqual([
        ['now', 'later'],
        ['now', 'later'],
      ]);
      await writer.transaction(() => note('alone'), 'soon').then(seen);
      expect(groups.at(-1)).toEqual(['now', 'later', 'alone']);
      const last = writer.transaction(() => note('last'), 'soon').then(seen);
      await writer.idle();
      await last;
      expect(groups.at(-1)).toContain('last');
    });

    it('commits in groups of at most 64, in the order of arrival', async () => {
      const { db, writer, note } = aWriter();
      await Promise.all(Array.from({ length: 200 }, (_, index) => writer.transaction(() => note(String(index)))));
      const notes = db.prepare('SELECT text FROM notes ORDER BY rowid').pluck().all();
      expect(notes).toEqual(Array.from({ length: 200 }, (_, index) => String(index)));
    });
  });
});
