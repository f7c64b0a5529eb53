import { describe, expect, it, onTestFinished } from 'vitest';

import { inspectStore } from '../../../src/store/inspect.js';
import type { Inspection } from '../../../src/store/inspection.js';
import { openStore } from '../../../src/store/open.js';
import type { Tx } from '../../../src/store/queries.js';
import { StoreError } from '../../../src/store/store-error.js';
import * as workspaces from '../../../src/store/workspaces.js';
import { aMigrationsFolder } from '../migrations-folder.js';
import { aFullWorkspace } from '../sample.js';
import type { TestEngine } from './test-engine.js';

export function inspectingCases(test: TestEngine): void {
  describe('inspecting', () => {
    const inspected = async (place: string): Promise<Inspection> => {
      const inspection = await inspectStore(place);
      if (!inspection) throw new Error('no database');
      onTestFinished(() => inspection.close());
      return inspection;
    };
    const aLedger = async () => {
      const place = await test.createDatabase();
      const store = await openStore(place);
      const workspace = await aFullWorkspace(store);
      await store.close();
      return { place, workspace };
    };

    it('reads a ledger, and cannot write into it', async () => {
      const { place, workspace } = await aLedger();
      const inspection = await inspected(place);
      expect(inspection).toMatchObject({ engine: test.engine, isEmpty: false, pending: [] });
      expect(await workspaces.listWorkspaces(inspection.read)).toMatchObject([{ id: workspace }]);
      const before = await workspaces.ledgerVersion(inspection.read, workspace);
      await expect(workspaces.raiseLedgerVersion(inspection.read as Tx, workspace)).rejects.toThrow();
      await inspection.tryWriting();
      await expect(workspaces.raiseLedgerVersion(inspection.read as Tx, workspace)).rejects.toThrow();
      expect(await workspaces.ledgerVersion(inspection.read, workspace)).toBe(before);
    });

    it('looks beside a store that is open', async () => {
      const { place, workspace } = await aLedger();
      const store = await openStore(place);
      const inspection = await inspected(place);
      const before = await workspaces.ledgerVersion(inspection.read, workspace);
      await inspection.tryWriting();
      await store.transaction((tx) => workspaces.raiseLedgerVersion(tx, workspace));
      expect(await workspaces.ledgerVersion(inspection.read, workspace)).toBe(before + 1);
      await store.close();
    });

    it('names what a start would migrate, and migrates nothing', async () => {
      const { place, workspace } = await aLedger();
      const migrations = aMigrationsFolder(test.engine, { tag: '9001_next', text: 'CREATE TABLE next (id integer);' });
      for (const _ of ['looked at', 'looked at again']) {
        const looked = await inspectStore(place, { migrations });
        expect(looked).toMatchObject({ isEmpty: false, pending: ['9001_next'] });
        await looked?.close();
      }
      expect(await workspaces.listWorkspaces((await inspected(place)).read)).toMatchObject([{ id: workspace }]);
    });

    it('knows a database that no start has prepared', async () => {
      const place = await test.createDatabase();
      await test.run(place, 'SELECT 1');
      const looked = await inspectStore(place);
      expect(looked?.isEmpty).toBe(true);
      await looked?.close();
    });

    it('refuses a ledger of a later version', async () => {
      const { place } = await aLedger();
      await test.run(place, "INSERT INTO migrations (position, tag, hash) VALUES (9999, '9999_later', 'x')");
      const refused = await inspectStore(place).catch((error: unknown) => error);
      expect(refused).toBeInstanceOf(StoreError);
      expect(String(refused)).toContain('不认识的迁移 9999_later');
    });

    it('refuses what is no ledger', async () => {
      const place = await test.createDatabase();
      await test.run(place, 'CREATE TABLE orders (id integer)');
      await expect(inspectStore(place)).rejects.toThrow('不是督办的数据库');
    });
  });
}
