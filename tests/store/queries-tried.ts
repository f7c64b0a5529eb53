import { personId } from '../../src/domain/person.js';
import { taskKey } from '../../src/domain/task.js';
import { unitId } from '../../src/domain/unit.js';
import { groupId, type WorkspaceId } from '../../src/domain/workspace.js';
import * as bindCodes from '../../src/store/bind-codes.js';
import * as deliveries from '../../src/store/deliveries.js';
import * as documents from '../../src/store/documents.js';
import * as duties from '../../src/store/duties.js';
import * as groups from '../../src/store/groups.js';
import * as imports from '../../src/store/imports.js';
import * as inbound from '../../src/store/inbound.js';
import * as joinRequests from '../../src/store/join-requests.js';
import * as ledger from '../../src/store/ledger.js';
import * as questions from '../../src/store/pending-questions.js';
import * as people from '../../src/store/people.js';
import * as places from '../../src/store/places.js';
import type { Queries, Tx } from '../../src/store/queries.js';
import * as schedules from '../../src/store/schedules.js';
import * as units from '../../src/store/units.js';
import * as updates from '../../src/store/updates.js';
import * as workspaces from '../../src/store/workspaces.js';
import {
  aBindCode,
  aClaim,
  aDelivery,
  aDuty,
  anImport,
  annexRow,
  anUpdate,
  aQuestion,
  aTask,
  chat,
  group,
  liaison,
  message,
  minutes,
  now,
  task,
  towns,
  unit,
  year,
} from './sample.js';

export const modules = [
  bindCodes,
  deliveries,
  documents,
  duties,
  groups,
  imports,
  inbound,
  joinRequests,
  ledger,
  people,
  places,
  questions,
  schedules,
  units,
  updates,
  workspaces,
];

type Read = (q: Queries, workspace: WorkspaceId) => Promise<unknown>;
type Write = (tx: Tx, workspace: WorkspaceId) => Promise<unknown>;

/** Every reading query, on the keys that all full workspaces share. */
export const readers: Record<string, Read> = {
  countPendingDeliveries: deliveries.countPendingDeliveries,
  findClaim: (q, w) => inbound.findClaim(q, w, message),
  findDelivery: (q, w) => deliveries.findDelivery(q, w, 'k-1'),
  findDocument: (q, w) => documents.findDocument(q, w, 'd-1'),
  findGroup: (q, w) => groups.findGroup(q, w, group),
  findImport: (q, w) => imports.findImport(q, w, 1),
  findJoinRequest: (q, w) => joinRequests.findJoinRequest(q, w, 1),
  findPerson: (q, w) => people.findPerson(q, w, liaison),
  findQuestion: (q, w) => questions.findQuestion(q, w, liaison, 'c-1'),
  findWorkspace: workspaces.findWorkspace,
  lastUpdateOfPerson: (q, w) => updates.lastUpdateOfPerson(q, w, liaison),
  latestSlot: (q, w) => schedules.latestSlot(q, w, 's-1'),
  ledgerVersion: ledger.ledgerVersion,
  listAllAccounts: people.listAllAccounts,
  listAccounts: (q, w) => people.listAccounts(q, w, liaison),
  listActiveSchedules: schedules.listActiveSchedules,
  listChainHeads: updates.listChainHeads,
  listDocuments: documents.listDocuments,
  listDuties: async (q, w) => [await duties.listDuties(q, w, year), await duties.listDuties(q, w, year, [task])],
  listGroups: groups.listGroups,
  listLiaisonsOf: (q, w) => people.listLiaisonsOf(q, w, [unit]),
  listPeople: people.listPeople,
  listRecentDeliveries: (q, w) => deliveries.listRecentDeliveries(q, w, group, 10),
  listProposedImports: imports.listProposedImports,
  listSchedulesOfGroup: (q, w) => schedules.listSchedulesOfGroup(q, w, group),
  listSlots: (q, w) => schedules.listSlots(q, w, 's-1', 10),
  listUpdates: (q, w) => updates.listUpdates(q, w, year, [task], 10),
  listUpdatesAfter: (q, w) => updates.listUpdatesAfter(q, w, year, [task], 0),
  listUpdatesOfPerson: (q, w) => updates.listUpdatesOfPerson(q, w, liaison, now),
  listUpdatesSince: (q, w) => updates.listUpdatesSince(q, w, now),
  listUpdatesOfTaskInOrder: (q, w) => updates.listUpdatesOfTaskInOrder(q, w, year, task),
  listWaitingJoinRequests: joinRequests.listWaitingJoinRequests,
  readLedger: ledger.readLedger,
  nextDeliveryAt: deliveries.nextDeliveryAt,
};

const words = '别的县';
const slot = { scheduleId: 's-1', slot: '2023-09-25T09:00' };

/** Every writing query, each changing or adding something that a full workspace does not have. */
export const writers: Record<string, Write> = {
  appendUpdate: (tx, w) => updates.appendUpdate(tx, w, anUpdate({ number: 2, hash: words })),
  claimMessage: (tx, w) => inbound.claimMessage(tx, w, aClaim({ messageId: 'm-2' })),
  claimSlot: (tx, w) => schedules.claimSlot(tx, w, { scheduleId: 's-1', slot: '2023-10-09T09:00', plannedFor: now }),
  decideJoinRequest: (tx, w) =>
    joinRequests.decideJoinRequest(tx, w, 1, { state: 'granted', decidedBy: liaison, decidedAt: now }),
  clearTask: (tx, w) => ledger.clearTask(tx, w, year, task),
  decideImport: (tx, w) => imports.decideImport(tx, w, 1, { state: 'confirmed', decidedBy: liaison, decidedAt: now }),
  enqueueDelivery: (tx, w) => deliveries.enqueueDelivery(tx, w, aDelivery({ key: 'k-2' })),
  enqueueTaken: (tx, w) => deliveries.enqueueTaken(tx, w, aDelivery({ key: 'k-2' }), minutes(2)),
  expireDeliveries: (tx, w) => deliveries.expireDeliveries(tx, w, minutes(2)),
  finishSlot: (tx, w) =>
    schedules.finishSlot(tx, w, slot, {
      state: 'failed',
      coversUntil: null,
      preparedAt: null,
      deliveryKey: null,
      why: words,
    }),
  forgetExpiredQuestions: (tx, w) => questions.forgetExpiredQuestions(tx, w, minutes(10)),
  insertAccount: (tx, w) => people.insertAccount(tx, w, { platform: 'sandbox', userId: 'u2', personId: liaison }),
  insertDocument: async (tx, w) => {
    const document = await documents.findDocument(tx, w, 'd-1');
    if (document) await documents.insertDocument(tx, w, { ...document, id: 'd-2' });
  },
  insertBindCode: (tx, w) => bindCodes.insertBindCode(tx, w, aBindCode({ hash: `other ${w}` })),
  insertGroup: (tx, w) =>
    groups.insertGroup(tx, w, {
      id: groupId.parse('g-2'),
      ...chat,
      chatId: 'c-2',
      name: words,
      plans: null,
      boundAt: now,
    }),
  insertImport: (tx, w) => imports.insertImport(tx, w, anImport()),
  insertJoinRequest: (tx, w) =>
    joinRequests.insertJoinRequest(tx, w, { personId: liaison, unitId: unit, askedAt: now, groupId: null }),
  insertLinks: (tx, w) =>
    ledger.insertLinks(tx, w, [
      { year, part: task, whole: annexRow, state: 'confirmed', reason: words, decidedBy: words, decidedAt: now },
    ]),
  insertMilestones: (tx, w) =>
    ledger.insertMilestones(tx, w, [
      {
        year,
        task,
        number: 2,
        phrase: '每季度',
        what: words,
        kind: 'recurrence',
        dueOn: null,
        fromOn: null,
        toOn: null,
        every: 'quarter',
        by: null,
        line: 10,
      },
    ]),
  insertPerson: (tx, w) =>
    people.insertPerson(tx, w, {
      id: personId.parse('p-2'),
      name: words,
      unitId: null,
      roles: [],
      active: true,
    }),
  insertPlans: (tx, w) =>
    ledger.insertPlans(tx, w, [
      { year, prefix: '气', documentId: 'd-1', position: 2, title: words, issuedOn: null, goals: [], line: 40 },
    ]),
  insertResponsibilities: (tx, w) =>
    ledger.insertResponsibilities(tx, w, [
      {
        year,
        task,
        position: 2,
        role: 'support',
        unitId: towns,
        written: words,
        inherited: true,
        open: false,
        clauseGroup: 1,
        line: 9,
      },
    ]),
  insertSchedule: (tx, w) =>
    schedules.insertSchedule(tx, w, {
      id: 's-2',
      groupId: group,
      kind: 'digest',
      rule: {},
      active: true,
      createdAt: now,
      changedBy: words,
    }),
  insertTasks: (tx, w) => ledger.insertTasks(tx, w, [aTask({ key: taskKey.parse('水-8') })]),
  insertUnitAliases: (tx, w) => units.insertUnitAliases(tx, w, [{ alias: words, unitId: unit }]),
  insertUnitMembers: (tx, w) => units.insertUnitMembers(tx, w, [{ groupId: towns, unitId: towns, position: 2 }]),
  insertUnits: (tx, w) => units.insertUnits(tx, w, [{ id: unitId.parse('u-3'), name: words, position: 3 }]),
  lockTask: (tx, w) => updates.lockTask(tx, w, year, task),
  markGroupLost: (tx, w) => groups.markGroupLost(tx, w, group, { lostAt: now, lostWhy: words }),
  putQuestion: (tx, w) => questions.putQuestion(tx, w, aQuestion({ payload: words })),
  raiseRosterVersion: workspaces.raiseRosterVersion,
  raiseLedgerVersion: workspaces.raiseLedgerVersion,
  recordOutcome: async (tx, w) => {
    const delivery = await deliveries.findDelivery(tx, w, 'k-1');
    await deliveries.recordOutcome(tx, w, delivery?.sequence ?? 0, { state: 'refused', why: words });
  },
  releaseDeliveries: async (tx, w) => {
    const delivery = await deliveries.findDelivery(tx, w, 'k-1');
    await deliveries.releaseDeliveries(tx, w, [{ sequence: delivery?.sequence ?? 0, notBefore: minutes(3) }]);
  },
  restoreGroup: (tx, w) => groups.restoreGroup(tx, w, group, { name: words, plans: null }),
  retireTask: (tx, w) => ledger.retireTask(tx, w, year, task),
  setChainHead: (tx, w) => updates.setChainHead(tx, w, year, task, { updateCount: 9, lastHash: words }),
  setGroupWebhook: (tx, w) => groups.setGroupWebhook(tx, w, group, words),
  setPersonActive: (tx, w) => people.setPersonActive(tx, w, liaison, false),
  setPersonUnitAndRoles: (tx, w) => people.setPersonUnitAndRoles(tx, w, liaison, { unitId: null, roles: [] }),
  setScheduleActive: (tx, w) => schedules.setScheduleActive(tx, w, 's-1', { active: false, changedBy: words }),
  setScheduleRule: (tx, w) => schedules.setScheduleRule(tx, w, 's-1', { rule: words, changedBy: words }),
  setSettings: (tx, w) => workspaces.setSettings(tx, w, { changed: true }),
  setStartOn: (tx, w) => workspaces.setStartOn(tx, w, null),
  storeReplies: (tx, w) => inbound.storeReplies(tx, w, message, { replies: null, commands: [], errorId: 'e-1' }),
  takeNextDeliveries: (tx, w) => deliveries.takeNextDeliveries(tx, w, { now, until: minutes(1), limit: 10 }),
  takeQuestion: (tx, w) => questions.takeQuestion(tx, w, liaison, 'c-1'),
  updatePlan: (tx, w) =>
    ledger.updatePlan(tx, w, {
      year,
      prefix: '水',
      documentId: 'd-1',
      title: words,
      issuedOn: null,
      goals: [],
      line: 2,
    }),
  updateTask: (tx, w) => ledger.updateTask(tx, w, aTask({ title: words })),
  useBindCode: (tx, w) => bindCodes.useBindCode(tx, w, `code ${w}`, { usedAt: now, usedBy: words }),
  upsertDuties: (tx, w) => duties.upsertDuties(tx, w, [aDuty({ status: 'closed', percent: 100 })]),
};

/** These belong to no workspace: one makes it, the other lists them all for whoever serves all. */
export const aboveWorkspaces = [
  'findOpenBindCode',
  'findWorkspaceOfChat',
  'findWorkspaceOfUser',
  'insertWorkspace',
  'listWorkspaces',
];

/** Writers whose effect no reading query shows, or that have none. */
export const leavesNoTrace = new Set(['insertBindCode', 'lockTask', 'useBindCode']);

export async function everythingOf(q: Queries, workspace: WorkspaceId): Promise<Record<string, unknown>> {
  const seen: Record<string, unknown> = {};
  for (const [name, read] of Object.entries(readers)) seen[name] = await read(q, workspace);
  seen.secondClaim = await inbound.findClaim(q, workspace, { ...message, messageId: 'm-2' });
  return seen;
}
