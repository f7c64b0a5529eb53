import { describe, expect, it, onTestFinished } from 'vitest';
import { openStore } from '../../../src/store/open.js';
import { StoreError } from '../../../src/store/store-error.js';
import * as workspaces from '../../../src/store/workspaces.js';
import { aMigrationsFolder } from '../migrations-folder.js';
import { everythingOf } from '../queries-tried.js';
import { aFullWorkspace } from '../sample.js';
import { atOnce } from './at-once.js';
import type { TestEngine } from './test-engine.js';

export function openingCases(test: TestEngine): void {
  describe('opening', () => {
    const reopened = async (place: string, options = {}) => {
      const own = await openStore(place, options);
      onTestFinished(() => own.close());
      return own;
    };

    const withAdded = (...added: { tag: string; text: string }[]) => aMigrationsFolder(test.engine, ...added);
    const second = { tag: '9001_second', text: 'CREATE TABLE second (id integer);' };
    const third = {
      tag: '9002_third',
      text: 'CREATE TABLE third (id integer);--> statement-breakpoint\nCREATE TABLE fourth (id integer);',
    };

    const refusal = async (place: string, options = {}): Promise<string> => {
      const error = await openStore(place, options).then(
        (own) => own.close().then(() => undefined),
        (reason: unknown) => reason,
      );
      expect(error).toBeInstanceOf(StoreError);
      return error instanceof StoreError ? error.say : '';
    };

    it('again finds everything that was committed', async () => {
      const place = await test.createDatabase();
      const first = await openStore(place);
      const workspace = await aFullWorkspace(first);
      const before = await everythingOf(first.read, workspace);
      await first.close();
      const again = await reopened(place);
      await again.check();
      expect(await everythingOf(again.read, workspace)).toEqual(before);
    });

    it('by four at once migrates once', async () => {
      const place = await test.createDatabase();
      const stores = await atOnce(4, () => openStore(place));
      await Promise.all(stores.map((own) => own.check()));
      await Promise.all(stores.map((own) => own.close()));
    });

    it('applies what is new, and only that', async () => {
      const place = await test.createDatabase();
      const first = await openStore(place);
      const workspace = await aFullWorkspace(first);
      await first.close();
      const again = await reopened(place, { migrations: withAdded(second, third) });
      expect(await workspaces.findWorkspace(again.read, workspace)).not.toBeNull();
      await expect(test.run(place, 'INSERT INTO fourth (id) VALUES (1)')).resolves.toBeUndefined();
    });

    it('refuses a database from the future, and changes nothing', async () => {
      const place = await test.createDatabase();
      await (await openStore(place, { migrations: withAdded(second) })).close();
      expect(await refusal(place)).toMatch(/不认识的迁移 9001_second.*没有改动/);
      await (await openStore(place, { migrations: withAdded(second) })).close();
    });

    it('refuses a database that lacks an older migration', async () => {
      const place = await test.createDatabase();
      await (await openStore(place, { migrations: withAdded(third) })).close();
      expect(await refusal(place, { migrations: withAdded(second, third) })).toMatch(
        /缺少迁移 9001_second，却已经有了后面的 9002_third/,
      );
    });

    it('refuses a database whose migration had other contents', async () => {
      const place = await test.createDatabase();
      await (await openStore(place, { migrations: withAdded(second) })).close();
      const other = withAdded({ ...second, text: 'CREATE TABLE second (id integer, more integer);' });
      expect(await refusal(place, { migrations: other })).toContain('与本程序的内容不同');
    });

    it('takes back the whole migration when one statement fails', async () => {
      const place = await test.createDatabase();
      const broken = { tag: '9001_broken', text: `${second.text}--> statement-breakpoint\nCREATE TABEL x;` };
      await expect(openStore(place, { migrations: withAdded(broken) })).rejects.toThrow();
      await reopened(place, { migrations: withAdded(second) });
    });

    it('refuses a database that belongs to another program', async () => {
      const place = await test.createDatabase();
      await test.run(place, 'CREATE TABLE invoices (id integer)');
      expect(await refusal(place)).toContain('不是督办的数据库');
      await test.run(place, 'CREATE TABLE migrations (id integer, name text)');
      expect(await refusal(place)).toContain('不是督办的数据库');
    });

    it('is ready while the migrations are there, and not when another version has taken over', async () => {
      const place = await test.createDatabase();
      const own = await reopened(place);
      await expect(own.check()).resolves.toBeUndefined();
      await (await openStore(place, { migrations: withAdded(second) })).close();
      await expect(own.check()).rejects.toThrow('9001_second');
    });
  });
}
