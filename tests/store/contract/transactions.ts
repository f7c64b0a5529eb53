import { describe, expect, it } from 'vitest';
import type { WorkspaceId } from '../../../src/domain/workspace.js';
import * as ledger from '../../../src/store/ledger.js';
import { openStore } from '../../../src/store/open.js';
import type { Store } from '../../../src/store/store.js';
import * as workspaces from '../../../src/store/workspaces.js';
import { aWorkspace } from '../sample.js';
import { atOnce } from './at-once.js';

export function transactionCases(store: () => Store, location: () => string): void {
  describe('transactions', () => {
    const startOn = async (workspace: WorkspaceId) =>
      (await workspaces.findWorkspace(store().read, workspace))?.ledgerVersion;

    it('roll back alone when one of many at once fails', async () => {
      const all = await atOnce(10, () => aWorkspace(store()));
      const results = await Promise.allSettled(
        all.map((workspace, index) =>
          store().transaction(async (tx) => {
            await workspaces.raiseLedgerVersion(tx, workspace);
            if (index === 4) throw new Error('only this one');
            return index;
          }),
        ),
      );
      expect(results.map((result) => result.status)).toEqual(
        all.map((_, index) => (index === 4 ? 'rejected' : 'fulfilled')),
      );
      expect(await Promise.all(all.map(startOn))).toEqual(all.map((_, index) => (index === 4 ? 0 : 1)));
    });

    it('reject with the very error that was thrown', async () => {
      const mistake = new TypeError('mine');
      await expect(store().transaction(() => Promise.reject(mistake))).rejects.toBe(mistake);
    });

    it('roll back when a statement fails, and go on with the next transaction', async () => {
      const workspace = await aWorkspace(store());
      const twice = store().transaction(async (tx) => {
        await workspaces.raiseLedgerVersion(tx, workspace);
        await workspaces.insertWorkspace(tx, { id: workspace, name: '', startOn: null, settings: {} });
      });
      await expect(twice).rejects.toThrow();
      expect(await startOn(workspace)).toBe(0);
      expect(await store().transaction((tx) => workspaces.raiseLedgerVersion(tx, workspace))).toBe(1);
    });

    it('see their own writes, others only after the commit', async () => {
      const workspace = await aWorkspace(store());
      await store().transaction(async (tx) => {
        await workspaces.raiseLedgerVersion(tx, workspace);
        expect(await ledger.ledgerVersion(tx, workspace)).toBe(1);
      });
      expect(await ledger.ledgerVersion(store().read, workspace)).toBe(1);
    });

    it('cannot be nested', async () => {
      await expect(store().transaction(() => store().transaction(async () => 1))).rejects.toThrow(
        'store.transaction inside a transaction',
      );
    });

    it('cannot read past themselves', async () => {
      const workspace = await aWorkspace(store());
      await expect(store().transaction(() => ledger.ledgerVersion(store().read, workspace))).rejects.toThrow(
        'store.read inside a transaction',
      );
    });

    it('are over for what they leave running', async () => {
      const workspace = await aWorkspace(store());
      let later: Promise<number> | undefined;
      await store().transaction(async () => {
        later = new Promise((resolve) => setTimeout(resolve, 5)).then(() =>
          ledger.ledgerVersion(store().read, workspace),
        );
      });
      expect(await later).toBe(0);
    });

    it('are finished before the store closes, and refused after', async () => {
      const own = await openStore(location());
      const workspace = await aWorkspace(store());
      const last = own.transaction((tx) => workspaces.raiseLedgerVersion(tx, workspace));
      await own.close();
      expect(await last).toBe(1);
      await expect(own.transaction(async () => 1)).rejects.toThrow('已经关闭');
    });
  });
}
