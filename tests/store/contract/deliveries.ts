import { describe, expect, it } from 'vitest';
import type { WorkspaceId } from '../../../src/domain/workspace.js';
import * as deliveries from '../../../src/store/deliveries.js';
import * as schedules from '../../../src/store/schedules.js';
import type { Store } from '../../../src/store/store.js';
import { aDelivery, aFullWorkspace, day, group, liaison, minutes, now } from '../sample.js';
import { atOnce } from './at-once.js';

export function deliveryCases(store: () => Store): void {
  describe('deliveries', () => {
    const take = (workspace: WorkspaceId, at: Date, limit = 100) =>
      store().transaction((tx) =>
        deliveries.takeNextDeliveries(tx, workspace, { now: at, until: new Date(at.getTime() + 60_000), limit }),
      );
    const outcome = (workspace: WorkspaceId, sequence: number, what: deliveries.DeliveryOutcome) =>
      store().transaction((tx) => deliveries.recordOutcome(tx, workspace, sequence, what));

    it('are enqueued once for each key', async () => {
      const workspace = await aFullWorkspace(store());
      const enqueued = await atOnce(4, () =>
        store().transaction((tx) => deliveries.enqueueDelivery(tx, workspace, aDelivery({ key: 'k-9' }))),
      );
      expect(enqueued.filter(Boolean)).toHaveLength(1);
      expect(await deliveries.countPendingDeliveries(store().read, workspace)).toBe(3);
    });

    it('can be taken by whoever enqueues them, and by nobody else while that one lives', async () => {
      const workspace = await aFullWorkspace(store());
      for (const { sequence } of await take(workspace, now)) {
        await outcome(workspace, sequence, { state: 'refused', why: '' });
      }
      const mine = await store().transaction((tx) =>
        deliveries.enqueueTaken(tx, workspace, aDelivery({ key: 'mine' }), minutes(2)),
      );
      const held = await deliveries.findDelivery(store().read, workspace, 'mine');
      expect(mine).toEqual({ ...held, interrupted: false });
      expect(held).toMatchObject({ state: 'pending', attempts: 1, firstTriedAt: now, takenUntil: minutes(2) });
      expect(await take(workspace, minutes(1))).toEqual([]);
      expect(await take(workspace, minutes(2))).toMatchObject([{ key: 'mine', attempts: 2, interrupted: true }]);
    });

    it('are not taken by whoever enqueues them when they are known, or another of the group waits', async () => {
      const workspace = await aFullWorkspace(store());
      const enqueue = (key: string) =>
        store().transaction((tx) => deliveries.enqueueTaken(tx, workspace, aDelivery({ key }), minutes(9)));
      expect(await enqueue('behind')).toBeNull();
      expect((await take(workspace, now)).map(({ key }) => key)).toContain('behind');
      expect(await enqueue('behind')).toBeNull();
      expect(await enqueue('next')).toMatchObject({ key: 'next' });
      expect(await deliveries.countPendingDeliveries(store().read, workspace)).toBe(4);
    });

    it('are taken by four takers at once, no one twice and none left', async () => {
      const workspace = await aFullWorkspace(store());
      await store().transaction(async (tx) => {
        for (let index = 0; index < 38; index++) {
          await deliveries.enqueueDelivery(tx, workspace, aDelivery({ key: `many-${index}` }));
        }
      });
      const taken = await atOnce(4, async () => {
        const mine: number[] = [];
        for (;;) {
          const rows = await take(workspace, now, 3);
          if (rows.length === 0) return mine;
          mine.push(...rows.map((row) => row.sequence));
        }
      });
      expect(taken.flat()).toHaveLength(40);
      expect(new Set(taken.flat()).size).toBe(40);
    });

    it('are taken oldest first, when their time has come and while they are useful', async () => {
      const workspace = await aFullWorkspace(store());
      await store().transaction(async (tx) => {
        await deliveries.enqueueDelivery(tx, workspace, aDelivery({ key: 'later', notBefore: minutes(30) }));
        await deliveries.enqueueDelivery(tx, workspace, aDelivery({ key: 'second' }));
      });
      const keys = async (at: Date) => (await take(workspace, at)).map((row) => row.key);
      expect(await keys(new Date(now.getTime() - 1))).toEqual([]);
      expect(await keys(minutes(1))).toEqual(['k-1', 'second']);
      expect(await keys(minutes(1))).toEqual([]);
      expect(await keys(minutes(30))).toEqual(['k-1', 'later', 'second']);
    });

    it('are free again when their taker crashed, marked as interrupted', async () => {
      const workspace = await aFullWorkspace(store());
      const [first] = await take(workspace, now, 1);
      expect(first).toMatchObject({ attempts: 1, interrupted: false, takenUntil: minutes(1) });
      const [again] = await take(workspace, minutes(1), 1);
      expect(again).toMatchObject({ sequence: first?.sequence, attempts: 2, interrupted: true });
    });

    it('are not interrupted when they are to be tried again later', async () => {
      const workspace = await aFullWorkspace(store());
      const [first] = await take(workspace, now, 1);
      await outcome(workspace, first?.sequence ?? 0, {
        state: 'pending',
        notBefore: minutes(5),
        why: 'rate limited',
        ambiguous: false,
      });
      expect(await take(workspace, minutes(4))).toEqual([]);
      expect(await take(workspace, minutes(5))).toMatchObject([
        { attempts: 2, interrupted: false, why: 'rate limited' },
      ]);
    });

    it('say when the next one that nobody sends is due', async () => {
      const workspace = await aFullWorkspace(store());
      const next = () => deliveries.nextDeliveryAt(store().read, workspace);
      expect(await next()).toEqual(now);
      const taken = await take(workspace, now);
      expect(await next()).toBeNull();
      await store().transaction((tx) =>
        deliveries.releaseDeliveries(
          tx,
          workspace,
          taken.map(({ sequence }, at) => ({ sequence, notBefore: minutes(5 + at) })),
        ),
      );
      expect(await next()).toEqual(minutes(5));
    });

    it('keep what really happened', async () => {
      const workspace = await aFullWorkspace(store());
      const [first, second] = await take(workspace, now);
      await outcome(workspace, first?.sequence ?? 0, { state: 'sent', at: minutes(2), platformMessageId: 'pm' });
      await outcome(workspace, second?.sequence ?? 0, { state: 'unknown', why: 'timeout' });
      expect(await deliveries.listRecentDeliveries(store().read, workspace, group, 10)).toMatchObject([
        { state: 'unknown', sentAt: null, platformMessageId: null, why: 'timeout', takenUntil: null },
        { state: 'sent', sentAt: minutes(2), platformMessageId: 'pm', why: null, takenUntil: null },
      ]);
      expect(await deliveries.countPendingDeliveries(store().read, workspace)).toBe(0);
      expect(await take(workspace, minutes(60))).toEqual([]);
    });

    it('get no outcome from another workspace', async () => {
      const [workspace, other] = [await aFullWorkspace(store()), await aFullWorkspace(store())];
      const { sequence = 0 } = (await deliveries.findDelivery(store().read, workspace, 'k-1')) ?? {};
      await outcome(other, sequence, { state: 'refused', why: '' });
      await outcome(other, sequence, { state: 'pending', notBefore: minutes(5), why: '', ambiguous: false });
      expect(await deliveries.findDelivery(store().read, workspace, 'k-1')).toMatchObject({
        state: 'pending',
        notBefore: now,
        why: null,
      });
    });

    it('expire when nobody needs them any more, unless being sent', async () => {
      const workspace = await aFullWorkspace(store());
      await take(workspace, now);
      const expire = (at: Date) => store().transaction((tx) => deliveries.expireDeliveries(tx, workspace, at));
      expect(await expire(new Date(now.getTime() + 59_000))).toEqual([]);
      expect(await expire(minutes(1))).toMatchObject([{ key: 'old', state: 'expired', takenUntil: null }]);
      expect(await expire(minutes(1))).toEqual([]);
    });
  });

  describe('schedules', () => {
    const slot = { scheduleId: 's-1', slot: '2023-10-09T09:00' };

    it('prepare a slot once, however many instances try', async () => {
      const workspace = await aFullWorkspace(store());
      const claimed = await atOnce(4, () =>
        store().transaction((tx) => schedules.claimSlot(tx, workspace, { ...slot, plannedFor: minutes(60) })),
      );
      expect(claimed.filter(Boolean)).toHaveLength(1);
      expect(await schedules.latestSlot(store().read, workspace, 's-1')).toEqual({
        workspace,
        ...slot,
        state: 'claimed',
        plannedFor: minutes(60),
        coversUntil: null,
        preparedAt: null,
        deliveryKey: null,
        why: null,
      });
      const end = { state: 'merged', coversUntil: day, preparedAt: now, deliveryKey: null, why: '合并' } as const;
      await store().transaction((tx) => schedules.finishSlot(tx, workspace, slot, end));
      expect(await schedules.listSlots(store().read, workspace, 's-1', 9)).toMatchObject([end, { state: 'sent' }]);
      expect(await schedules.listSlots(store().read, workspace, 's-1', 1)).toHaveLength(1);
      expect(await schedules.latestSlot(store().read, workspace, 's-9')).toBeNull();
    });

    it('are listed while active, and by group always', async () => {
      const workspace = await aFullWorkspace(store());
      await store().transaction(async (tx) => {
        await schedules.setScheduleRule(tx, workspace, 's-1', { rule: { weekday: 5 }, changedBy: liaison });
        await schedules.setScheduleActive(tx, workspace, 's-1', { active: false, changedBy: liaison });
      });
      expect(await schedules.listActiveSchedules(store().read, workspace)).toEqual([]);
      expect(await schedules.listSchedulesOfGroup(store().read, workspace, group)).toMatchObject([
        { active: false, rule: { weekday: 5 }, createdAt: now, changedBy: liaison },
      ]);
    });
  });
}
