import { describe, expect, it } from 'vitest';
import { personId } from '../../../src/domain/person.js';
import * as duties from '../../../src/store/duties.js';
import * as inbound from '../../../src/store/inbound.js';
import * as joinRequests from '../../../src/store/join-requests.js';
import * as questions from '../../../src/store/pending-questions.js';
import type { Store } from '../../../src/store/store.js';
import * as updates from '../../../src/store/updates.js';
import {
  aClaim,
  aDuty,
  aFullWorkspace,
  annexRow,
  anUpdate,
  aQuestion,
  aWorkspace,
  liaison,
  message,
  minutes,
  now,
  task,
  unit,
  year,
} from '../sample.js';
import { atOnce } from './at-once.js';

export function reportCases(store: () => Store): void {
  describe('claims', () => {
    it('are given once for a message that arrives eight times at once', async () => {
      const workspace = await aWorkspace(store());
      const claimed = await atOnce(8, () =>
        store().transaction((tx) => inbound.claimMessage(tx, workspace, aClaim({ personId: null }))),
      );
      expect(claimed.filter(Boolean)).toHaveLength(1);
    });

    it('are free again when the work failed', async () => {
      const workspace = await aWorkspace(store());
      const failing = store().transaction(async (tx) => {
        await inbound.claimMessage(tx, workspace, aClaim());
        throw new Error('crash');
      });
      await expect(failing).rejects.toThrow('crash');
      expect(await store().transaction((tx) => inbound.claimMessage(tx, workspace, aClaim()))).toBe(true);
    });

    it('keep the replies for a resend, and ids instead of words', async () => {
      const workspace = await aWorkspace(store());
      await store().transaction((tx) => inbound.claimMessage(tx, workspace, aClaim()));
      const claim = { workspace, ...aClaim(), replies: null, errorId: null };
      expect(await inbound.findClaim(store().read, workspace, message)).toEqual(claim);

      const outcome = { replies: [{ kind: 'text', text: '已记录 😀' }], commands: ['done', 'due'], errorId: null };
      await store().transaction((tx) => inbound.storeReplies(tx, workspace, message, outcome));
      expect(await inbound.findClaim(store().read, workspace, message)).toEqual({ ...claim, ...outcome });
    });
  });

  describe('updates', () => {
    it('are counted right by eight reports at once on one task', async () => {
      const workspace = await aFullWorkspace(store());
      await atOnce(8, (index) =>
        store().transaction(async (tx) => {
          const head = await updates.lockTask(tx, workspace, year, task);
          const number = (head?.updateCount ?? 0) + 1;
          const previousHash = head?.lastHash ?? '';
          const hash = `h${number}`;
          await updates.appendUpdate(tx, workspace, anUpdate({ number, hash, previousHash, messageId: `x${index}` }));
          await updates.setChainHead(tx, workspace, year, task, { updateCount: number, lastHash: hash });
        }),
      );
      const chain = await updates.listUpdatesOfTaskInOrder(store().read, workspace, year, task);
      expect(chain.map((row) => row.number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
      expect(chain.slice(2).every((row, index) => row.previousHash === chain[index + 1]?.hash)).toBe(true);
      const [head] = await updates.listChainHeads(store().read, workspace);
      expect(head).toEqual({ year, key: task, updateCount: 9, lastHash: 'h9' });
    });

    it('come back as written, with a rising sequence', async () => {
      const workspace = await aFullWorkspace(store());
      const row = anUpdate({ number: 2, percent: 60, undoes: 1, unitId: null, role: null, groupId: null, hash: 'h2' });
      const sequence = await store().transaction((tx) => updates.appendUpdate(tx, workspace, row));
      const [newest, older] = await updates.listUpdates(store().read, workspace, year, [task], 10);
      expect(newest).toEqual({ ...row, workspace, sequence });
      expect(older?.sequence).toBeLessThan(sequence);
      expect(await updates.listUpdates(store().read, workspace, year, [task], 1)).toHaveLength(1);
      expect(await updates.listUpdates(store().read, workspace, year + 1, [task], 10)).toEqual([]);
      expect(await updates.listUpdates(store().read, workspace, year, [], 10)).toEqual([]);
    });

    it('are found by person, place and time', async () => {
      const workspace = await aFullWorkspace(store());
      const second = anUpdate({ number: 2, messageId: 'm-2', at: minutes(5) });
      await store().transaction((tx) => updates.appendUpdate(tx, workspace, second));
      const { read } = store();
      expect(await updates.lastUpdateOfPerson(read, workspace, liaison)).toMatchObject(second);
      expect(await updates.lastUpdateOfPerson(read, workspace, personId.parse('p-9'))).toBeNull();
      const [first] = await updates.listUpdatesSince(read, workspace, now);
      expect(await updates.listUpdatesSince(read, workspace, now)).toHaveLength(2);
      expect(await updates.listUpdatesSince(read, workspace, minutes(5))).toMatchObject([second]);
      expect(await updates.listUpdatesOfPerson(read, workspace, liaison, now)).toMatchObject([second, first ?? {}]);
      expect(await updates.listUpdatesOfPerson(read, workspace, liaison, minutes(5))).toHaveLength(1);
      expect(await updates.listUpdatesOfPerson(read, workspace, personId.parse('p-9'), now)).toEqual([]);
      const listedAfter = (sequence: number) => updates.listUpdatesAfter(read, workspace, year, [task], sequence);
      expect(await listedAfter(first?.sequence ?? 0)).toMatchObject([second]);
      expect(await listedAfter(0)).toHaveLength(2);
    });

    it('refuse a second update with the same number', async () => {
      const workspace = await aFullWorkspace(store());
      await expect(store().transaction((tx) => updates.appendUpdate(tx, workspace, anUpdate()))).rejects.toThrow();
    });

    it('hang on the chain of their own workspace', async () => {
      for (const workspace of [await aFullWorkspace(store()), await aFullWorkspace(store())]) {
        expect(await store().transaction((tx) => updates.lockTask(tx, workspace, year, task))).toEqual({
          updateCount: 1,
          lastHash: `县 ${workspace}`,
        });
      }
    });

    it('have no chain for a task that does not exist', async () => {
      const workspace = await aWorkspace(store());
      expect(await store().transaction((tx) => updates.lockTask(tx, workspace, year, task))).toBeNull();
    });
  });

  describe('duties', () => {
    it('are set anew by each report, one by one', async () => {
      const workspace = await aFullWorkspace(store());
      const [first] = await duties.listDuties(store().read, workspace, year);
      expect(first).toMatchObject({ status: 'reported', percent: null, changedAt: now, unitId: unit });
      await store().transaction((tx) =>
        duties.upsertDuties(tx, workspace, [
          aDuty({
            status: 'in-progress',
            percent: 60,
            changedAt: minutes(1),
            changedBy: personId.parse('督查室'),
            sequence: 7,
          }),
          aDuty({ milestone: 2, occurrence: '2023-Q3' }),
        ]),
      );
      expect(await duties.listDuties(store().read, workspace, year, [task])).toEqual([
        {
          workspace,
          ...aDuty({
            status: 'in-progress',
            percent: 60,
            changedAt: minutes(1),
            changedBy: personId.parse('督查室'),
            sequence: 7,
          }),
        },
        { workspace, ...aDuty({ milestone: 2, occurrence: '2023-Q3' }) },
      ]);
      expect(await duties.listDuties(store().read, workspace, year, [annexRow])).toEqual([]);
      expect(await duties.listDuties(store().read, workspace, year - 1)).toEqual([]);
    });
  });

  describe('pending questions', () => {
    it('are one for each person and chat: a new one replaces the old', async () => {
      const workspace = await aFullWorkspace(store());
      const newer = aQuestion({ kind: 'import', payload: { file: 'x' }, askedAt: minutes(1), expiresAt: minutes(11) });
      await store().transaction((tx) => questions.putQuestion(tx, workspace, newer));
      expect(await questions.findQuestion(store().read, workspace, liaison, 'c-1')).toEqual({ ...newer, workspace });
      expect(await questions.findQuestion(store().read, workspace, liaison, 'c-2')).toBeNull();
    });

    it('are answered once', async () => {
      const workspace = await aFullWorkspace(store());
      const taken = await atOnce(4, () =>
        store().transaction((tx) => questions.takeQuestion(tx, workspace, liaison, 'c-1')),
      );
      expect(taken.filter((question) => question !== null)).toMatchObject([{ payload: `县 ${workspace}` }]);
    });

    it('are forgotten when their time is over', async () => {
      const workspace = await aFullWorkspace(store());
      const forget = (at: Date) => store().transaction((tx) => questions.forgetQuestions(tx, workspace, at, 10));
      expect(await forget(minutes(9))).toBe(0);
      expect(await questions.findQuestion(store().read, workspace, liaison, 'c-1')).not.toBeNull();
      expect(await forget(minutes(10))).toBe(1);
      expect(await questions.findQuestion(store().read, workspace, liaison, 'c-1')).toBeNull();
    });
  });

  describe('join requests', () => {
    it('are numbered from 1 without gaps, however many at once', async () => {
      const workspace = await aFullWorkspace(store());
      const numbers = await atOnce(8, () =>
        store().transaction((tx) =>
          joinRequests.insertJoinRequest(tx, workspace, {
            personId: liaison,
            unitId: unit,
            askedAt: now,
            groupId: null,
          }),
        ),
      );
      expect(numbers.sort()).toEqual([2, 3, 4, 5, 6, 7, 8, 9]);
    });

    it('are decided once', async () => {
      const workspace = await aFullWorkspace(store());
      const decided = await atOnce(4, (index) =>
        store().transaction((tx) =>
          joinRequests.decideJoinRequest(tx, workspace, 1, {
            state: index % 2 === 0 ? 'granted' : 'refused',
            decidedBy: liaison,
            decidedAt: now,
          }),
        ),
      );
      expect(decided.filter(Boolean)).toHaveLength(1);
      expect(await joinRequests.listWaitingJoinRequests(store().read, workspace)).toEqual([]);
      expect(await joinRequests.findJoinRequest(store().read, workspace, 1)).toMatchObject({ decidedAt: now });
    });
  });
}
