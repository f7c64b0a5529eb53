import { describe, expect, it } from 'vitest';

import type { WorkspaceId } from '../../../src/domain/workspace.js';
import * as awaited from '../../../src/store/awaited-files.js';
import * as evidence from '../../../src/store/evidence.js';
import { insertPerson } from '../../../src/store/people.js';
import type { Tx } from '../../../src/store/queries.js';
import type { Store } from '../../../src/store/store.js';
import * as updates from '../../../src/store/updates.js';
import {
  aFullWorkspace,
  anAwaitedFile,
  annexRow,
  anUpdate,
  aPiece,
  aWorkspace,
  departed,
  liaison,
  minutes,
  now,
  task,
  year,
} from '../sample.js';
import { atOnce } from './at-once.js';

export function evidenceCases(store: () => Store): void {
  const inTransaction = <T>(work: (tx: Tx) => Promise<T>) => store().transaction(work);
  const place = { report: 1, attachedBy: 2, year, task, number: 7 };

  async function anEmptyDesk(): Promise<WorkspaceId> {
    const workspace = await aFullWorkspace(store());
    await inTransaction((tx) => evidence.withholdEvidence(tx, workspace, liaison, 'c-1'));
    return workspace;
  }
  const held = (workspace: WorkspaceId, ...pieces: evidence.NewEvidence[]) =>
    inTransaction((tx) => evidence.insertEvidence(tx, workspace, pieces));

  describe('evidence', () => {
    it('is held for the person and chat that sent it, and offered until its time', async () => {
      const workspace = await anEmptyDesk();
      const [first] = await held(workspace, aPiece(), aPiece({ chatId: 'c-2' }), aPiece({ personId: departed }));
      const offered = (at: Date) => evidence.listOfferedEvidence(store().read, workspace, liaison, 'c-1', at);
      expect((await offered(minutes(9))).map(({ sequence }) => sequence)).toEqual([first?.sequence]);
      expect(await offered(minutes(10))).toEqual([]);
      expect(await inTransaction((tx) => evidence.withholdEvidence(tx, workspace, liaison, 'c-1'))).toBe(1);
      expect(await offered(minutes(9))).toEqual([]);
      const left = await evidence.listHeldEvidence(store().read, workspace, liaison, 'c-1');
      expect(left.map(({ sequence }) => sequence)).toContain(first?.sequence);
    });

    it('belongs to the report that got it first, and to no other after that', async () => {
      const workspace = await anEmptyDesk();
      const [piece] = await held(workspace, aPiece());
      const sequence = piece?.sequence ?? 0;
      await inTransaction((tx) => evidence.setEvidenceReport(tx, workspace, sequence, place));
      await inTransaction((tx) => evidence.setEvidenceReport(tx, workspace, sequence, { ...place, report: 9 }));
      expect(await evidence.findEvidence(store().read, workspace, sequence)).toEqual({
        ...piece,
        ...place,
        offeredUntil: null,
      });
      expect(await evidence.listEvidenceOfReports(store().read, workspace, [9])).toEqual([]);
      expect(await evidence.listEvidenceOfReports(store().read, workspace, [])).toEqual([]);
    });

    it('is numbered within its task, and the number of what was taken back is not given again', async () => {
      const workspace = await anEmptyDesk();
      const [piece] = await held(workspace, aPiece());
      await inTransaction((tx) => evidence.setEvidenceReport(tx, workspace, piece?.sequence ?? 0, place));
      await inTransaction((tx) => evidence.takeBackEvidence(tx, workspace, place.report, now));
      const next = (key = task) => evidence.nextEvidenceNumber(store().read, workspace, year, key);
      expect([await next(), await next(annexRow)]).toEqual([8, 1]);
    });

    it('is numbered once, whoever is first', async () => {
      const workspace = await anEmptyDesk();
      const [one, other] = await held(workspace, aPiece(), aPiece({ sha256: 'c'.repeat(64) }));
      const set = (sequence = 0) =>
        inTransaction((tx) => evidence.setEvidenceReport(tx, workspace, sequence, { ...place, number: 3 }));
      await set(one?.sequence);
      await expect(set(other?.sequence)).rejects.toThrow();
    });

    it.each(['report', 'attachedBy'] as const)('goes out of sight with its %s, and its row stays', async (of) => {
      const workspace = await anEmptyDesk();
      const [piece] = await held(workspace, aPiece());
      const sequence = piece?.sequence ?? 0;
      const where = { ...place, report: 41, attachedBy: 42 };
      await inTransaction((tx) => evidence.setEvidenceReport(tx, workspace, sequence, where));
      await inTransaction((tx) => evidence.takeBackEvidence(tx, workspace, where[of], minutes(1)));
      await inTransaction((tx) => evidence.takeBackEvidence(tx, workspace, where[of], minutes(2)));
      expect(await evidence.listEvidenceOfReports(store().read, workspace, [41])).toEqual([]);
      const ever = await evidence.listEvidenceOfReports(store().read, workspace, [41], { ever: true });
      expect(ever.map((row) => row.sequence)).toContain(sequence);
      const seen = await evidence.listEvidenceOfTasks(store().read, workspace, year, [task]);
      expect(seen.map((row) => row.sequence)).not.toContain(sequence);
      expect(await evidence.findEvidence(store().read, workspace, sequence)).toMatchObject({ takenBackAt: minutes(1) });
      expect((await evidence.listAttachedEvidence(store().read, workspace, 0, 10)).map((row) => row.report)).toContain(
        41,
      );
    });

    it('is counted in bytes as long as its content is kept', async () => {
      const workspace = await aWorkspaceWithPerson();
      expect(await evidence.sumEvidence(store().read, workspace)).toEqual({ files: 0, bytes: 0 });
      const large = 2 ** 31 + 1;
      await held(workspace, aPiece({ size: large }), aPiece({ size: large }));
      expect(await evidence.sumEvidence(store().read, workspace)).toEqual({ files: 2, bytes: 2 * large });
    });

    it('is forgotten by what it is: held, taken back, attached for as long as the workspace says', async () => {
      const workspace = await aWorkspaceWithPerson();
      const [first, second] = await held(workspace, aPiece(), aPiece(), aPiece({ receivedAt: minutes(5) }));
      await inTransaction((tx) => evidence.setEvidenceReport(tx, workspace, second?.sequence ?? 0, withoutTask));
      const forget = (ends: Partial<evidence.Forgetting>) =>
        inTransaction((tx) =>
          evidence.forgetEvidence(
            tx,
            workspace,
            { held: now, takenBack: now, attached: null, ...ends },
            minutes(9),
            10,
          ),
        );
      expect(await forget({})).toBe(0);
      expect(await forget({ held: minutes(1) })).toBe(1);
      expect(await forget({ attached: now })).toBe(0);
      await inTransaction((tx) => evidence.takeBackEvidence(tx, workspace, place.report, minutes(2)));
      expect(await forget({ takenBack: minutes(2) })).toBe(0);
      expect(await forget({ takenBack: minutes(3) })).toBe(1);
      const gone = await evidence.listEvidenceToRemove(store().read, workspace, 10);
      expect(gone.map(({ row, needed }) => [row.sequence, needed])).toEqual([
        [first?.sequence, true],
        [second?.sequence, true],
      ]);
      expect(await forget({ held: minutes(6) })).toBe(1);
      expect((await evidence.listEvidenceToRemove(store().read, workspace, 10)).map(({ needed }) => needed)).toEqual([
        false,
        false,
        false,
      ]);
    });

    it('leaves its row when its content is gone, where it was attached, and nothing else', async () => {
      const workspace = await aWorkspaceWithPerson();
      const [one, other] = await held(workspace, aPiece(), aPiece({ sha256: 'c'.repeat(64) }));
      const sequences = [one?.sequence ?? 0, other?.sequence ?? 0];
      await inTransaction((tx) => evidence.setEvidenceReport(tx, workspace, sequences[0] ?? 0, withoutTask));
      await inTransaction((tx) => evidence.markEvidenceRemoved(tx, workspace, sequences, minutes(3)));
      expect(await evidence.findEvidence(store().read, workspace, sequences[0] ?? 0)).toMatchObject({
        removedAt: minutes(3),
        sha256: 'a'.repeat(64),
      });
      expect(await evidence.findEvidence(store().read, workspace, sequences[1] ?? 0)).toBeNull();
    });
  });

  /** Without the sample's own pieces. */
  async function aWorkspaceWithPerson(): Promise<WorkspaceId> {
    const workspace = await aWorkspace(store());
    const person = { id: liaison, name: '甲', unitId: null, roles: [], active: true };
    await inTransaction((tx) => insertPerson(tx, workspace, person));
    return workspace;
  }
  const withoutTask = { ...place, year: null, task: null, number: null };

  describe('files that are to be fetched', () => {
    const take = (workspace: WorkspaceId, at: Date, limit = 10) =>
      inTransaction((tx) => awaited.takeAwaitedFiles(tx, workspace, { now: at, until: minutes(60) }, limit));
    const announce = (workspace: WorkspaceId, ...files: ReturnType<typeof anAwaitedFile>[]) =>
      inTransaction((tx) => awaited.insertAwaitedFiles(tx, workspace, files));

    it('are taken once by eight at once, with what came in the same lane', async () => {
      const workspace = await aWorkspaceWithPerson();
      await announce(
        workspace,
        anAwaitedFile(),
        anAwaitedFile({ notBefore: minutes(1) }),
        anAwaitedFile({ lane: 'l-2', notBefore: minutes(1) }),
      );
      const taken = (await atOnce(8, () => take(workspace, now))).flat();
      expect(taken.map(({ lane, attempts, takenUntil }) => [lane, attempts, takenUntil])).toEqual([
        ['l-1', 1, minutes(60)],
        ['l-1', 1, minutes(60)],
      ]);
      expect(await awaited.nextAwaitedFileAt(store().read, workspace, now)).toEqual(minutes(1));
    });

    it('come back as they were announced', async () => {
      const workspace = await aWorkspaceWithPerson();
      const file = anAwaitedFile({ source: { url: 'https://x.example/?a=1&b=二', key: null } });
      await announce(workspace, file);
      expect(await take(workspace, now)).toMatchObject([file]);
    });

    it('are free again when they are put off, or whoever took them has died', async () => {
      const workspace = await aWorkspaceWithPerson();
      await announce(workspace, anAwaitedFile());
      const [taken] = await take(workspace, now);
      expect(await take(workspace, minutes(59))).toEqual([]);
      expect(await take(workspace, minutes(60))).toMatchObject([{ attempts: 2 }]);
      const off = [{ sequence: taken?.sequence ?? 0, notBefore: minutes(70) }];
      await inTransaction((tx) => awaited.putOffAwaitedFiles(tx, workspace, off));
      expect(await take(workspace, minutes(61))).toEqual([]);
      expect(await awaited.nextAwaitedFileAt(store().read, workspace, minutes(61))).toEqual(minutes(70));
      expect(await take(workspace, minutes(70))).toMatchObject([{ attempts: 3 }]);
    });

    it('what is tried again waits for its own time, whatever else comes in its lane', async () => {
      const workspace = await aWorkspaceWithPerson();
      await announce(workspace, anAwaitedFile({ name: 'a' }));
      const [first] = await take(workspace, now);
      await inTransaction((tx) =>
        awaited.putOffAwaitedFiles(tx, workspace, [{ sequence: first?.sequence ?? 0, notBefore: minutes(5) }]),
      );
      await announce(workspace, anAwaitedFile({ name: 'b' }));
      expect((await take(workspace, minutes(1))).map(({ name }) => name)).toEqual(['b']);
    });

    it('are settled once, and counted for their person until then', async () => {
      const workspace = await aWorkspaceWithPerson();
      await announce(workspace, anAwaitedFile(), anAwaitedFile());
      expect(await awaited.countAwaitedFiles(store().read, workspace, liaison)).toBe(2);
      const sequences = (await take(workspace, now)).map(({ sequence }) => sequence);
      const settle = () => inTransaction((tx) => awaited.deleteAwaitedFiles(tx, workspace, sequences));
      expect([await settle(), await settle()]).toEqual([2, 0]);
      expect(await awaited.nextAwaitedFileAt(store().read, workspace, now)).toBeNull();
    });
  });

  describe('updates', () => {
    it('are found by the message that wrote them, and by what took them back', async () => {
      const workspace = await aFullWorkspace(store());
      const { read } = store();
      const of = (messageId: string) =>
        updates.listUpdatesOfMessage(read, workspace, { platform: 'sandbox', messageId });
      const [first] = await of('m-1');
      const undo = anUpdate({ number: 2, kind: 'undo', undoes: first?.sequence ?? 0, messageId: 'm-2' });
      await inTransaction((tx) => updates.appendUpdate(tx, workspace, undo));
      expect((await of('m-2')).map(({ kind }) => kind)).toEqual(['undo']);
      expect(await of('m-3')).toEqual([]);
      const takenBack = await updates.listTakenBack(read, workspace, [first?.sequence ?? 0, 9_999]);
      expect(takenBack).toEqual([{ workspace, undoes: first?.sequence }]);
      expect(await updates.listTakenBack(read, workspace, [])).toEqual([]);
    });
  });
}
