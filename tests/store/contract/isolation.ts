import { beforeAll, describe, expect, it } from 'vitest';
import type { WorkspaceId } from '../../../src/domain/workspace.js';
import * as deliveries from '../../../src/store/deliveries.js';
import type { Store } from '../../../src/store/store.js';
import * as workspaces from '../../../src/store/workspaces.js';
import { aboveWorkspaces, everythingOf, leavesNoTrace, modules, readers, writers } from '../queries-tried.js';
import { aDelivery, aFullWorkspace, liaison } from '../sample.js';

const nameOf = (workspace: WorkspaceId) => new RegExp(`${workspace}(?!\\d)`);

export function isolationCases(store: () => Store): void {
  describe('two workspaces with the same codes', () => {
    it('are tried with every query there is', () => {
      const exported = modules.flatMap((module) => Object.keys(module)).sort();
      const tried = [...Object.keys(readers), ...Object.keys(writers), ...aboveWorkspaces];
      expect([...new Set(exported)]).toEqual(tried.sort());
    });

    let here: WorkspaceId;
    let there: WorkspaceId;
    let before: { here: Record<string, unknown>; there: Record<string, unknown> };

    beforeAll(async () => {
      here = await aFullWorkspace(store());
      there = await aFullWorkspace(store());
      await store().transaction(async (tx) => {
        await workspaces.raiseLedgerVersion(tx, here);
        await deliveries.enqueueDelivery(tx, there, aDelivery({ key: 'another', notBefore: new Date(0) }));
        for (const own of [here, there])
          await deliveries.enqueueDelivery(tx, own, aDelivery({ key: 'own', personId: liaison, reply: `县 ${own}` }));
      });
      before = { here: await everythingOf(store().read, here), there: await everythingOf(store().read, there) };
    });

    it.each(Object.entries(readers))('%s sees only its own', async (name, read) => {
      const [ofHere, ofThere] = [await read(store().read, here), await read(store().read, there)];
      if (name === 'ledgerVersion') return expect([ofHere, ofThere]).toEqual([3, 2]);
      if (name === 'countPendingDeliveries') return expect([ofHere, ofThere]).toEqual([3, 4]);
      if (name === 'nextDeliveryAt' || name === 'nextDeliveryMoment')
        return expect([ofHere, ofThere]).toEqual([expect.any(Date), new Date(0)]);
      expect(JSON.stringify(ofHere)).toMatch(nameOf(here));
      expect(JSON.stringify(ofHere)).not.toMatch(nameOf(there));
      expect(JSON.stringify(ofThere)).toMatch(nameOf(there));
      expect(JSON.stringify(ofThere)).not.toMatch(nameOf(here));
    });

    it.each(Object.entries(writers))('%s changes only its own', async (name, write) => {
      const takeBack = new Error('take back');
      const trial = store().transaction(async (tx) => {
        await write(tx, there);
        expect(await everythingOf(tx, here)).toEqual(before.here);
        if (leavesNoTrace.has(name)) throw takeBack;
        expect(await everythingOf(tx, there)).not.toEqual(before.there);
        throw takeBack;
      });
      await expect(trial).rejects.toBe(takeBack);
    });
  });
}
