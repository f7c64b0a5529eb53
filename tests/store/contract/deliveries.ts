import { describe, expect, it } from 'vitest';
import type { WorkspaceId } from '../../../src/domain/workspace.js';
import * as deliveries from '../../../src/store/deliveries.js';
import * as schedules from '../../../src/store/schedules.js';
import type { Store } from '../../../src/store/store.js';
import { aDelivery, aFullWorkspace, day, group, liaison, minutes, now } from '../sample.js';
import { atOnce } from './at-once.js';

export function deliveryCases(store: () => Store): void {
  describe('deliveries', () => {
    const due = (workspace: WorkspaceId, at: Date, limit = 100) =>
      deliveries.listDueDeliveries(store().read, workspace, at, limit);
    const take = async (workspace: WorkspaceId, at: Date, limit = 100) => {
      const sequences = (await due(workspace, at, limit)).map(({ sequence }) => sequence);
      const taking = { now: at, until: new Date(at.getTime() + 60_000) };
      return store().transaction((tx) => deliveries.takeDeliveries(tx, workspace, sequences, taking));
    };
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

    it('can be taken by whoever enqueues them, and put back', async () => {
      const workspace = await aFullWorkspace(store());
      await take(workspace, now);
      const enqueue = () =>
        store().transaction((tx) =>
          deliveries.enqueueTaken(tx, workspace, aDelivery({ key: 'mine' }), new Date(now.getTime() + 30_000)),
        );
      const mine = await enqueue();
      const held = await deliveries.findDelivery(store().read, workspace, 'mine');
      expect(mine).toEqual({ ...held, interrupted: false });
      expect(held).toMatchObject({ state: 'pending', attempts: 1, firstTriedAt: now });
      expect(await enqueue()).toBeNull();
      expect(await due(workspace, new Date(now.getTime() + 29_999))).toEqual([]);
      expect(await due(workspace, new Date(now.getTime() + 30_000))).toMatchObject([{ key: 'mine' }]);
      await store().transaction((tx) => deliveries.releaseDelivery(tx, workspace, held?.sequence ?? 0, now));
      expect(await take(workspace, now)).toMatchObject([{ key: 'mine', attempts: 1, interrupted: false }]);
    });

    it('say what was owed to the group right before and still waits', async () => {
      const workspace = await aFullWorkspace(store());
      const [first, second] = await due(workspace, now);
      const waitingBefore = (one: deliveries.DeliveryRow | undefined, at = now) =>
        deliveries.findWaitingBefore(store().read, workspace, one ?? { groupId: group, sequence: 0 }, at);
      expect(await waitingBefore(first)).toBeNull();
      expect((await waitingBefore(second))?.key).toBe(first?.key);
      await take(workspace, now, 1);
      expect(await waitingBefore(second)).toBeNull();
      expect((await waitingBefore(second, minutes(1)))?.key).toBe(first?.key);
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
        while ((await due(workspace, now)).length > 0) {
          mine.push(...(await take(workspace, now, 3)).map((row) => row.sequence));
        }
        return mine;
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

    it('say at which moment the next one may be sent, or is free again', async () => {
      const workspace = await aFullWorkspace(store());
      const next = (at: Date) => deliveries.nextDeliveryMoment(store().read, workspace, at);
      expect(await next(new Date(now.getTime() - 1))).toEqual(now);
      await take(workspace, now);
      const freed = await next(now);
      expect(freed?.getTime()).toBeGreaterThan(now.getTime());
      expect(await next(freed ?? now)).toBeNull();
    });

    it('say when the next one that nobody sends is due', async () => {
      const workspace = await aFullWorkspace(store());
      const next = (at: Date) => deliveries.nextDeliveryAt(store().read, workspace, at);
      const seconds = (count: number) => new Date(now.getTime() + count * 1000);
      expect(await next(now)).toEqual(now);
      const rows = await due(workspace, now);
      await store().transaction((tx) =>
        deliveries.putOffDeliveries(
          tx,
          workspace,
          now,
          rows.map(({ sequence }, at) => ({ sequence, notBefore: seconds(5 + at) })),
        ),
      );
      expect(await next(now)).toEqual(seconds(5));
      await take(workspace, seconds(6));
      expect(await next(seconds(6))).toBeNull();
      expect(await next(seconds(66))).toEqual(seconds(5));
    });

    it('stay marked as interrupted while they are put off, and are no attempt then', async () => {
      const workspace = await aFullWorkspace(store());
      const [first] = await take(workspace, now, 1);
      const { sequence = 0 } = first ?? {};
      const putOff = (at: Date, notBefore: Date) =>
        store().transaction((tx) => deliveries.putOffDeliveries(tx, workspace, at, [{ sequence, notBefore }]));
      await putOff(now, minutes(9));
      expect((await due(workspace, minutes(1))).map((row) => row.sequence)).toContain(sequence);
      await putOff(minutes(1), minutes(3));
      expect((await due(workspace, minutes(2))).map((row) => row.sequence)).not.toContain(sequence);
      expect((await take(workspace, minutes(3))).find((row) => row.sequence === sequence)).toMatchObject({
        attempts: 2,
        interrupted: true,
      });
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
