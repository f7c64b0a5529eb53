import { describe, expect, it } from 'vitest';

import { localDate } from '../../../src/domain/local-date.js';
import * as deliveries from '../../../src/store/deliveries.js';
import * as feedback from '../../../src/store/feedback.js';
import * as ledger from '../../../src/store/ledger.js';
import * as mutes from '../../../src/store/mutes.js';
import * as questions from '../../../src/store/pending-questions.js';
import * as people from '../../../src/store/people.js';
import * as requests from '../../../src/store/requests.js';
import * as rosterChanges from '../../../src/store/roster-changes.js';
import type { Store } from '../../../src/store/store.js';
import * as units from '../../../src/store/units.js';
import {
  aDelivery,
  aFullWorkspace,
  aQuestion,
  aRequest,
  aRosterChange,
  day,
  departed,
  group,
  liaison,
  now,
  task,
  unit,
  year,
} from '../sample.js';
import { atOnce } from './at-once.js';

export function peopleCases(store: () => Store): void {
  describe('people who come and go', () => {
    it('are found with their accounts once they left, and not before', async () => {
      const workspace = await aFullWorkspace(store());
      const found = async (before: Date) =>
        (await people.listDepartedWithAccounts(store().read, workspace, before)).map(({ id }) => id);
      expect(await found(now)).toEqual([departed]);
      expect(await found(new Date(now.getTime() - 10))).toEqual([]);
      await store().transaction((tx) =>
        people.insertAccount(tx, workspace, { platform: 'wecom', userId: 'u9', personId: departed }),
      );
      expect(await found(now)).toEqual([departed]);
      await store().transaction((tx) => people.deleteAccounts(tx, workspace, departed));
      expect(await found(now)).toEqual([]);
    });

    it('hand over what waits, and nothing that is decided or sent', async () => {
      const workspace = await aFullWorkspace(store());
      const handed = await store().transaction(async (tx) => {
        const decided = await requests.insertRequest(tx, workspace, aRequest());
        const decision = { decidedBy: liaison, decidedAt: now, decision: null, agreedBy: null, grantedDue: null };
        await requests.decideRequest(tx, workspace, decided, { state: 'refused', ...decision });
        for (const key of ['own', 'sent']) {
          await deliveries.enqueueDelivery(tx, workspace, aDelivery({ key, personId: liaison }));
        }
        const sent = await deliveries.findDelivery(tx, workspace, 'sent');
        const outcome = { state: 'sent', at: now, platformMessageId: null } as const;
        await deliveries.recordOutcome(tx, workspace, sent?.sequence ?? 0, outcome);
        const both = { from: liaison, to: departed };
        return [
          await requests.handOverRequests(tx, workspace, both),
          await deliveries.handOverDeliveries(tx, workspace, both),
        ];
      });
      expect(handed).toEqual([1, 1]);
      const [waiting] = await requests.listWaitingRequests(store().read, workspace);
      expect(waiting?.personId).toBe(departed);
      const rows = await deliveries.listRecentDeliveries(store().read, workspace, group, 10);
      expect(rows.map(({ key, personId }) => [key, personId]).filter(([, person]) => person !== null)).toEqual([
        ['sent', liaison],
        ['own', departed],
      ]);
    });

    it('leave no question behind, in any chat', async () => {
      const workspace = await aFullWorkspace(store());
      await store().transaction(async (tx) => {
        await questions.putQuestion(tx, workspace, aQuestion({ chatId: 'c-2' }));
        await questions.dropQuestionsOf(tx, workspace, liaison);
      });
      for (const chat of ['c-1', 'c-2']) {
        expect(await questions.findQuestion(store().read, workspace, liaison, chat)).toBeNull();
      }
    });

    it('have their changes newest first, units in the order in which it happened', async () => {
      const workspace = await aFullWorkspace(store());
      await store().transaction((tx) =>
        rosterChanges.insertRosterChanges(tx, workspace, [
          aRosterChange({ words: '第二' }),
          aRosterChange({ words: '别人', subject: liaison, kind: 'person' }),
          aRosterChange({ words: '第三' }),
        ]),
      );
      const words = (rows: rosterChanges.RosterChangeRow[]) => rows.map((row) => row.words);
      expect(words(await rosterChanges.listRosterChangesOf(store().read, workspace, unit, 2))).toEqual([
        '第三',
        '第二',
      ]);
      expect(words(await rosterChanges.listUnitChanges(store().read, workspace)).slice(1)).toEqual(['第二', '第三']);
    });
  });

  describe('mutes, feedback, names and closing', () => {
    it('a later day takes the place of the first, and a past one is over', async () => {
      const workspace = await aFullWorkspace(store());
      const until = localDate.parse('2023-10-15');
      await store().transaction((tx) =>
        mutes.putMute(tx, workspace, { personId: liaison, year, task, untilOn: until }),
      );
      const on = async (text: string) => mutes.listMutes(store().read, workspace, liaison, localDate.parse(text));
      expect(await on('2023-10-15')).toMatchObject([{ task, untilOn: until }]);
      expect(await on('2023-10-16')).toEqual([]);
      const unmute = () =>
        store().transaction((tx) => mutes.deleteMute(tx, workspace, { person: liaison, year, task }));
      expect([await unmute(), await unmute()]).toEqual([true, false]);
    });

    it('feedback given at once has a number each', async () => {
      const workspace = await aFullWorkspace(store());
      const give = () =>
        store().transaction((tx) => feedback.insertFeedback(tx, workspace, { personId: null, words: '意见', at: now }));
      expect((await atOnce(6, give)).sort()).toEqual([2, 3, 4, 5, 6, 7]);
      const recent = await feedback.listRecentFeedback(store().read, workspace, 2);
      expect(recent.map(({ number }) => number)).toEqual([7, 6]);
    });

    it('an alias may be told twice', async () => {
      const workspace = await aFullWorkspace(store());
      const alias = { alias: '水务局', unitId: unit };
      for (let time = 0; time < 2; time += 1)
        await store().transaction((tx) => units.addUnitAlias(tx, workspace, alias));
      const { aliases } = await ledger.readLedger(store().read, workspace);
      expect(aliases.filter((row) => row.alias === alias.alias)).toHaveLength(1);
    });

    it('a plan is closed by one of two', async () => {
      const workspace = await aFullWorkspace(store());
      const close = () =>
        store().transaction((tx) => ledger.closePlan(tx, workspace, { year, prefix: '水', closedOn: day }));
      expect((await atOnce(2, close)).sort()).toEqual([false, true]);
      expect((await ledger.readLedger(store().read, workspace)).plans).toMatchObject([{ closedOn: day }]);
    });
  });
}
