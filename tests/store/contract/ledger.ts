import { describe, expect, it } from 'vitest';
import { personId } from '../../../src/domain/person.js';
import { workspaceId } from '../../../src/domain/workspace.js';
import * as documents from '../../../src/store/documents.js';
import * as groups from '../../../src/store/groups.js';
import * as ledger from '../../../src/store/ledger.js';
import * as people from '../../../src/store/people.js';
import * as places from '../../../src/store/places.js';
import type { Store } from '../../../src/store/store.js';
import * as units from '../../../src/store/units.js';
import * as workspaces from '../../../src/store/workspaces.js';
import {
  aFullWorkspace,
  annexRow,
  aTask,
  aWorkspace,
  chat,
  day,
  type group,
  liaison,
  now,
  task,
  towns,
  unit,
  year,
} from '../sample.js';

export function ledgerCases(store: () => Store): void {
  describe('workspaces', () => {
    it('gives back what was written, and counts the ledger’s version from 0', async () => {
      const id = await aWorkspace(store());
      expect(await workspaces.findWorkspace(store().read, id)).toEqual({
        id,
        name: `县 ${id}`,
        startOn: day,
        ledgerVersion: 0,
        rosterVersion: 0,
        settings: { name: `县 ${id}` },
      });
      expect(await store().transaction((tx) => workspaces.raiseLedgerVersion(tx, id))).toBe(1);
      expect(await ledger.ledgerVersion(store().read, id)).toBe(1);
    });

    it('knows nothing of one that does not exist', async () => {
      const nowhere = workspaceId.parse('nowhere');
      expect(await workspaces.findWorkspace(store().read, nowhere)).toBeNull();
      expect(await ledger.ledgerVersion(store().read, nowhere)).toBe(0);
    });

    it('lists them by id and changes start date and settings', async () => {
      const id = await aWorkspace(store());
      await store().transaction(async (tx) => {
        await workspaces.setStartOn(tx, id, null);
        await workspaces.setSettings(tx, id, { review: false });
      });
      const all = await workspaces.listWorkspaces(store().read);
      expect(all.map((row) => row.id)).toEqual(all.map((row) => row.id).sort());
      expect(all.find((row) => row.id === id)).toMatchObject({ startOn: null, settings: { review: false } });
    });
  });

  describe('the ledger', () => {
    it('comes back whole, in the order of the documents', async () => {
      const workspace = await aFullWorkspace(store());
      const words = `县 ${workspace}`;
      await store().transaction((tx) =>
        ledger.insertTasks(tx, workspace, [aTask({ key: '水-1' as typeof task, number: 1, position: 1 })]),
      );
      const read = await ledger.readLedger(store().read, workspace);
      expect(read.plans).toEqual([
        {
          workspace,
          year,
          prefix: '水',
          documentId: 'd-1',
          position: 1,
          title: words,
          issuedOn: day,
          goals: [{ text: words, phrase: '2024年6月前', due: day, line: 3 }],
          line: 1,
          kind: 'document',
          closedOn: null,
        },
      ]);
      expect(read.tasks[0]).toEqual({ workspace, ...aTask({ key: '水-1' as typeof task, number: 1, position: 1 }) });
      expect(read.tasks.map((task) => task.position)).toEqual([1, 7, 8]);
      expect(read.links).toEqual([
        {
          workspace,
          year,
          part: annexRow,
          whole: task,
          state: 'proposed',
          reason: words,
          decidedBy: null,
          decidedAt: null,
        },
      ]);
      expect(read.responsibilities).toMatchObject([{ role: 'lead', inherited: false, open: true, clauseGroup: 1 }]);
      expect(read.milestones).toMatchObject([{ number: 1, kind: 'date', dueOn: day, fromOn: null, every: null }]);
      expect(read.units.map((row) => row.id)).toEqual([unit, towns]);
      expect(read.aliases).toEqual([{ workspace, alias: `水务局 ${words}`, unitId: unit }]);
      expect(read.members).toEqual([{ workspace, groupId: towns, unitId: unit, position: 1 }]);
    });

    it('takes thousands of rows at once, and none', async () => {
      const workspace = await aFullWorkspace(store());
      const many = Array.from({ length: 3000 }, (_, index) =>
        aTask({ key: `土-${index + 1}` as typeof task, number: index + 1, position: 100 + index }),
      );
      await store().transaction(async (tx) => {
        await ledger.insertTasks(tx, workspace, many);
        await ledger.insertMilestones(tx, workspace, []);
      });
      const { tasks } = await ledger.readLedger(store().read, workspace);
      expect(tasks.slice(2).map((task) => task.code)).toEqual(many.map((task) => task.code));
    });

    it('refuses a task of a plan that does not exist', async () => {
      const workspace = await aWorkspace(store());
      await expect(store().transaction((tx) => ledger.insertTasks(tx, workspace, [aTask()]))).rejects.toThrow();
    });

    it('refuses two units of one name', async () => {
      const workspace = await aWorkspace(store());
      const two = [unit, towns].map((id, position) => ({ id, name: '水利局', position }));
      await expect(store().transaction((tx) => units.insertUnits(tx, workspace, two))).rejects.toThrow();
    });

    it('lists documents without their text', async () => {
      const workspace = await aFullWorkspace(store());
      const [listed] = await documents.listDocuments(store().read, workspace);
      const found = await documents.findDocument(store().read, workspace, 'd-1');
      expect(found).toMatchObject({ text: `县 ${workspace}`, issuer: null, importedAt: now });
      expect({ ...listed, text: found?.text }).toEqual(found);
      expect(listed).not.toHaveProperty('text');
    });
  });

  describe('people and groups', () => {
    it('are listed with their accounts', async () => {
      const workspace = await aFullWorkspace(store());
      expect(await people.findPerson(store().read, workspace, liaison)).toEqual({
        workspace,
        id: liaison,
        name: `县 ${workspace}`,
        unitId: unit,
        roles: ['liaison'],
        active: true,
        scope: null,
        leftAt: null,
      });
      const account = { workspace, platform: 'sandbox', userId: 'u', personId: liaison };
      expect(await people.listAccounts(store().read, workspace, liaison)).toEqual([account]);
      expect(await people.listAllAccounts(store().read, workspace)).toContainEqual(account);
    });

    it('raise the version of the roster with every change', async () => {
      const workspace = await aFullWorkspace(store());
      const version = async () => (await workspaces.findWorkspace(store().read, workspace))?.rosterVersion ?? 0;
      const before = await version();
      await store().transaction(async (tx) => {
        await people.updatePerson(tx, workspace, liaison, { active: false });
        await people.deleteAccounts(tx, workspace, liaison);
      });
      expect(await version()).toBe(before + 2);
    });

    it('lead from a chat or a person to their workspace', async () => {
      const workspace = await aFullWorkspace(store());
      const here = { ...chat, chatId: `chat of ${workspace}` };
      await store().transaction(async (tx) => {
        const bound = { id: 'g-3' as typeof group, name: '', plans: null, boundAt: now };
        await groups.insertGroup(tx, workspace, { ...bound, ...here });
        const account = { platform: here.platform, userId: `user of ${workspace}`, personId: liaison };
        await people.insertAccount(tx, workspace, account);
      });
      expect(await places.findWorkspaceOfChat(store().read, here)).toBe(workspace);
      expect(await places.findWorkspaceOfChat(store().read, { ...here, account: 'other' })).toBeNull();
      expect(await places.findWorkspaceOfUser(store().read, 'sandbox', `user of ${workspace}`)).toBe(workspace);
      expect(await places.findWorkspaceOfUser(store().read, 'feishu', `user of ${workspace}`)).toBeNull();
    });

    it('names as liaisons only the active ones of the unit with that role', async () => {
      const workspace = await aFullWorkspace(store());
      const someone = (id: string, values: Partial<people.PersonRow>): Omit<people.PersonRow, 'workspace'> => ({
        id: personId.parse(id),
        name: id,
        unitId: unit,
        roles: ['liaison'],
        active: true,
        scope: null,
        leftAt: null,
        ...values,
      });
      await store().transaction(async (tx) => {
        await people.insertPerson(tx, workspace, someone('gone', { active: false }));
        await people.insertPerson(tx, workspace, someone('leader', { roles: ['leader'] }));
        await people.insertPerson(tx, workspace, someone('elsewhere', { unitId: towns }));
        await people.insertPerson(tx, workspace, someone('another', { roles: ['supervisor', 'liaison'] }));
      });
      const ids = (rows: people.PersonRow[]) => rows.map((row) => row.id);
      expect(ids(await people.listLiaisonsOf(store().read, workspace, [unit]))).toEqual(['another', liaison]);
      expect(ids(await people.listLiaisonsOf(store().read, workspace, []))).toEqual([]);
      expect(ids(await people.listPeople(store().read, workspace))).toHaveLength(6);
    });

    it('bind one chat to one group', async () => {
      const workspace = await aFullWorkspace(store());
      const again = { id: 'g-2' as typeof group, ...chat, name: '', plans: null, boundAt: now };
      await expect(store().transaction((tx) => groups.insertGroup(tx, workspace, again))).rejects.toThrow();
    });
  });
}
