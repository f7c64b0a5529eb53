import { describe, expect, it } from 'vitest';

import type { WorkspaceId } from '../../../src/domain/workspace.js';
import * as bindCodes from '../../../src/store/bind-codes.js';
import * as deliveries from '../../../src/store/deliveries.js';
import * as inbound from '../../../src/store/inbound.js';
import type { Tx } from '../../../src/store/queries.js';
import type { Store } from '../../../src/store/store.js';
import { aBindCode, aClaim, aDelivery, aFullWorkspace, liaison, message, minutes, now } from '../sample.js';

type Forget = (tx: Tx, workspace: WorkspaceId, before: Date, limit: number) => Promise<number>;

export function retentionCases(store: () => Store): void {
  describe('what is kept only for a while', () => {
    const forget = (what: Forget, workspace: WorkspaceId, before: Date, limit = 10) =>
      store().transaction((tx) => what(tx, workspace, before, limit));
    const claim = (workspace: WorkspaceId, messageId: string, receivedAt: Date) =>
      store().transaction((tx) => inbound.claimMessage(tx, workspace, aClaim({ messageId, receivedAt })));
    const isClaimed = async (workspace: WorkspaceId, messageId: string) =>
      (await inbound.findClaim(store().read, workspace, { ...message, messageId })) !== null;

    it('a claim until its time, then the message counts anew', async () => {
      const workspace = await aFullWorkspace(store());
      await claim(workspace, 'm-5', minutes(5));
      expect(await forget(inbound.forgetClaims, workspace, now)).toBe(0);
      expect(await forget(inbound.forgetClaims, workspace, minutes(5))).toBe(1);
      expect([await isClaimed(workspace, 'm-1'), await isClaimed(workspace, 'm-5')]).toEqual([false, true]);
      expect(await claim(workspace, 'm-1', minutes(6))).toBe(true);
    });

    it('no more claims at once than asked for, whatever platform they are from', async () => {
      const workspace = await aFullWorkspace(store());
      await store().transaction(async (tx) => {
        for (const platform of ['feishu', 'wecom']) {
          for (const account of ['a', 'b']) {
            await inbound.claimMessage(tx, workspace, aClaim({ platform, account, messageId: 'm-1' }));
          }
        }
      });
      const forgotten = [];
      for (let time = 0; time < 4; time += 1) {
        forgotten.push(await forget(inbound.forgetClaims, workspace, minutes(1), 2));
      }
      expect(forgotten).toEqual([2, 2, 1, 0]);
    });

    it('the words and the target of a delivery that is settled, and never what became of it', async () => {
      const workspace = await aFullWorkspace(store());
      const target = { platform: 'feishu', account: 'a', chatId: 'c', userId: null, route: { secret: 's' } };
      await store().transaction((tx) =>
        deliveries.enqueueDelivery(tx, workspace, aDelivery({ key: 'r', target, reply: '密', notBefore: minutes(3) })),
      );
      const held = () => deliveries.findDelivery(store().read, workspace, 'r');
      expect(await forget(deliveries.forgetSaid, workspace, minutes(9))).toBe(0);
      const { sequence = 0 } = (await held()) ?? {};
      const sent = { state: 'sent', at: minutes(4), platformMessageId: 'pm' } as const;
      await store().transaction((tx) => deliveries.recordOutcome(tx, workspace, sequence, sent));
      const before = await held();
      expect(await forget(deliveries.forgetSaid, workspace, now)).toBe(0);
      expect(await forget(deliveries.forgetSaid, workspace, minutes(1))).toBe(1);
      expect(await forget(deliveries.forgetSaid, workspace, minutes(1))).toBe(0);
      expect(await held()).toEqual({ ...before, reply: null, target: null });
      expect(before).toMatchObject({ key: 'r', reply: '密', target, state: 'sent', platformMessageId: 'pm' });
      expect(await deliveries.findDelivery(store().read, workspace, 'k-1')).toMatchObject({ state: 'pending' });
      expect(
        await store().transaction((tx) => deliveries.enqueueDelivery(tx, workspace, aDelivery({ key: 'r' }))),
      ).toBe(false);
    });

    it('a code that was used or is too old', async () => {
      const workspace = await aFullWorkspace(store());
      const hash = (name: string) => `${name} ${workspace}`;
      await store().transaction(async (tx) => {
        for (const name of ['used', 'open']) {
          const code = aBindCode({ hash: hash(name), expiresAt: minutes(60) });
          await bindCodes.insertBindCode(tx, workspace, code);
        }
        await bindCodes.useBindCode(tx, workspace, hash('used'), { usedAt: minutes(10), usedBy: liaison });
      });
      expect(await forget(bindCodes.forgetBindCodes, workspace, minutes(10))).toBe(0);
      expect(await forget(bindCodes.forgetBindCodes, workspace, minutes(31))).toBe(2);
      expect(await bindCodes.findOpenBindCode(store().read, hash('open'), now)).not.toBeNull();
      expect(await forget(bindCodes.forgetBindCodes, workspace, minutes(61))).toBe(1);
    });
  });
}
