import { personId } from '../../src/domain/person.js';
import { taskKey } from '../../src/domain/task.js';
import { unitId } from '../../src/domain/unit.js';
import { groupId, type WorkspaceId } from '../../src/domain/workspace.js';
import * as adjustments from '../../src/store/adjustments.js';
import * as awaitedFiles from '../../src/store/awaited-files.js';
import * as bindCodes from '../../src/store/bind-codes.js';
import * as calendarLinks from '../../src/store/calendar-links.js';
import * as carriedTasks from '../../src/store/carried-tasks.js';
import * as deliveries from '../../src/store/deliveries.js';
import * as documents from '../../src/store/documents.js';
import * as duties from '../../src/store/duties.js';
import * as evidence from '../../src/store/evidence.js';
import * as feedback from '../../src/store/feedback.js';
import * as groups from '../../src/store/groups.js';
import * as imports from '../../src/store/imports.js';
import * as inbound from '../../src/store/inbound.js';
import * as joinRequests from '../../src/store/join-requests.js';
import * as ledger from '../../src/store/ledger.js';
import * as mutes from '../../src/store/mutes.js';
import * as questions from '../../src/store/pending-questions.js';
import * as people from '../../src/store/people.js';
import * as places from '../../src/store/places.js';
import type { Queries, Tx } from '../../src/store/queries.js';
import * as requests from '../../src/store/requests.js';
import * as rosterChanges from '../../src/store/roster-changes.js';
import * as rounds from '../../src/store/rounds.js';
import * as schedules from '../../src/store/schedules.js';
import * as seals from '../../src/store/seals.js';
import * as topics from '../../src/store/topics.js';
import * as units from '../../src/store/units.js';
import * as updates from '../../src/store/updates.js';
import * as urgings from '../../src/store/urgings.js';
import * as workspaces from '../../src/store/workspaces.js';
import {
  aBindCode,
  aCalendarLink,
  aClaim,
  aDelivery,
  aDuty,
  anAdjustment,
  anAwaitedFile,
  anImport,
  annexRow,
  anUpdate,
  anUrging,
  aPiece,
  aQuestion,
  aRequest,
  aRosterChange,
  aRound,
  aSeal,
  aTask,
  aTopic,
  chat,
  day,
  departed,
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
  adjustments,
  awaitedFiles,
  bindCodes,
  calendarLinks,
  carriedTasks,
  deliveries,
  documents,
  duties,
  evidence,
  feedback,
  groups,
  imports,
  inbound,
  joinRequests,
  ledger,
  mutes,
  people,
  places,
  questions,
  topics,
  requests,
  rosterChanges,
  rounds,
  schedules,
  seals,
  units,
  updates,
  urgings,
  workspaces,
];

type Read = (q: Queries, workspace: WorkspaceId) => Promise<unknown>;
type Write = (tx: Tx, workspace: WorkspaceId) => Promise<unknown>;

/** Those of the other workspace among them. */
const everySequence = Array.from({ length: 200 }, (_, index) => index + 1);

/** Every reading query, on the keys that all full workspaces share. */
export const readers: Record<string, Read> = {
  countAwaitedFiles: async (q, w) => `${w} ${await awaitedFiles.countAwaitedFiles(q, w, liaison)}`,
  countPendingDeliveries: deliveries.countPendingDeliveries,
  findCalendarLink: (q, w) => calendarLinks.findCalendarLink(q, w, liaison),
  findCalendarLinkByHash: (q, w) => calendarLinks.findCalendarLinkByHash(q, w, `calendar ${w}`),
  findClaim: (q, w) => inbound.findClaim(q, w, message),
  findDeliveryOfMessage: async (q, w) => `${w} ${(await deliveries.findDeliveryOfMessage(q, w, 'pm-1'))?.key}`,
  findDelivery: (q, w) => deliveries.findDelivery(q, w, 'k-1'),
  findWaitingBefore: (q, w) =>
    deliveries.findWaitingBefore(q, w, { groupId: group, sequence: Number.MAX_SAFE_INTEGER }, now),
  findDocument: (q, w) => documents.findDocument(q, w, 'd-1'),
  findEvidence: async (q, w) => {
    const [attached] = await evidence.listAttachedEvidence(q, w, 0, 1);
    return evidence.findEvidence(q, w, attached?.sequence ?? 0);
  },
  findGroup: (q, w) => groups.findGroup(q, w, group),
  findImport: (q, w) => imports.findImport(q, w, 1),
  findJoinRequest: (q, w) => joinRequests.findJoinRequest(q, w, 1),
  findNewestUpdate: updates.findNewestUpdate,
  findRequest: (q, w) => requests.findRequest(q, w, 1),
  findPerson: (q, w) => people.findPerson(q, w, liaison),
  findTopic: (q, w) => topics.findTopic(q, w, 'c-1', 'u1'),
  findQuestion: (q, w) => questions.findQuestion(q, w, liaison, 'c-1'),
  findWorkspace: workspaces.findWorkspace,
  lastTaskNumber: async (q, w) => `${w} ${await ledger.lastTaskNumber(q, w, year, '水')}`,
  lastUpdateOfPerson: (q, w) => updates.lastUpdateOfPerson(q, w, liaison),
  latestSlot: (q, w) => schedules.latestSlot(q, w, 's-1'),
  ledgerVersion: ledger.ledgerVersion,
  listAllAccounts: people.listAllAccounts,
  listAccounts: (q, w) => people.listAccounts(q, w, liaison),
  listActiveSchedules: schedules.listActiveSchedules,
  listChainHeads: updates.listChainHeads,
  listDepartedWithAccounts: (q, w) => people.listDepartedWithAccounts(q, w, now),
  listDocuments: documents.listDocuments,
  listDueDeliveries: (q, w) => deliveries.listDueDeliveries(q, w, now, 10),
  listAttachedEvidence: (q, w) => evidence.listAttachedEvidence(q, w, 0, 10),
  listAttachingUpdates: async (q, w) => `${w} ${JSON.stringify(await updates.listAttachingUpdates(q, w, 0, 10))}`,
  listUpdatesInOrder: (q, w) => updates.listUpdatesInOrder(q, w, { after: 0, upTo: Number.MAX_SAFE_INTEGER }, 10),
  listEvidenceOfReports: (q, w) => evidence.listEvidenceOfReports(q, w, everySequence),
  listEvidenceOfTasks: (q, w) => evidence.listEvidenceOfTasks(q, w, year, [task]),
  listEvidenceToRemove: (q, w) => evidence.listEvidenceToRemove(q, w, 10),
  listHeldEvidence: (q, w) => evidence.listHeldEvidence(q, w, liaison, 'c-1'),
  listOfferedEvidence: (q, w) => evidence.listOfferedEvidence(q, w, liaison, 'c-1', now),
  listTakenBack: async (q, w) => `${w} ${JSON.stringify(await updates.listTakenBack(q, w, everySequence))}`,
  listUpdatesOfMessage: (q, w) => updates.listUpdatesOfMessage(q, w, { platform: 'sandbox', messageId: 'm-1' }),
  nextAwaitedFileAt: async (q, w) => `${w} ${await awaitedFiles.nextAwaitedFileAt(q, w, now)}`,
  nextEvidenceNumber: async (q, w) => `${w} ${await evidence.nextEvidenceNumber(q, w, year, task)}`,
  sumEvidence: async (q, w) => `${w} ${JSON.stringify(await evidence.sumEvidence(q, w))}`,
  listDuties: async (q, w) => [await duties.listDuties(q, w, year), await duties.listDuties(q, w, year, [task])],
  listGroups: groups.listGroups,
  listLastReports: async (q, w) =>
    updates.listLastReports(q, w, year, (await updates.findNewestUpdate(q, w))?.sequence ?? 0),
  listLiaisonsOf: (q, w) => people.listLiaisonsOf(q, w, [unit]),
  listMutes: (q, w) => mutes.listMutes(q, w, liaison, day),
  listOpenRounds: rounds.listOpenRounds,
  listPeople: people.listPeople,
  listRecentFeedback: (q, w) => feedback.listRecentFeedback(q, w, 10),
  listGroupPosts: (q, w) => deliveries.listGroupPosts(q, w, group, new Date(0)),
  listRecentDeliveries: (q, w) => deliveries.listRecentDeliveries(q, w, group, 10),
  listProposedImports: imports.listProposedImports,
  listRequestsOfTasks: (q, w) => requests.listRequestsOfTasks(q, w, year, [task]),
  listRoundsSince: (q, w) => rounds.listRoundsSince(q, w, day),
  listSeals: seals.listSeals,
  listRosterChangesOf: (q, w) => rosterChanges.listRosterChangesOf(q, w, unit, 10),
  listUnitChanges: rosterChanges.listUnitChanges,
  listUrgingsOfUnit: (q, w) => urgings.listUrgingsOfUnit(q, w, unit, 10),
  listUrgingsSince: (q, w) => urgings.listUrgingsSince(q, w, day),
  listSchedulesOfGroup: (q, w) => schedules.listSchedulesOfGroup(q, w, group),
  findSchedule: (q, w) => schedules.findSchedule(q, w, 's-1'),
  listRecordedSlots: async (q, w) => [
    ...(await schedules.listRecordedSlots(q, w, slot.scheduleId, [slot.slot, `none ${w}`])),
    w,
  ],
  listSlotsSince: (q, w) => schedules.listSlotsSince(q, w, ['s-1'], now),
  listSlots: (q, w) => schedules.listSlots(q, w, 's-1', 10),
  listTasksOfUpdates: updates.listTasksOfUpdates,
  listUpdates: (q, w) => updates.listUpdates(q, w, year, [task], 10),
  listUpdatesAfter: (q, w) => updates.listUpdatesAfter(q, w, year, [task], 0),
  listUpdatesBySequence: (q, w) => updates.listUpdatesBySequence(q, w, everySequence),
  listUpdatesOfPerson: (q, w) => updates.listUpdatesOfPerson(q, w, liaison, now),
  listUpdatesSince: (q, w) => updates.listUpdatesSince(q, w, now),
  listUpdatesOfTaskInOrder: (q, w) => updates.listUpdatesOfTaskInOrder(q, w, year, task),
  listWaitingJoinRequests: joinRequests.listWaitingJoinRequests,
  listWaitingRequests: requests.listWaitingRequests,
  readLedger: ledger.readLedger,
  nextDeliveryAt: (q, w) => deliveries.nextDeliveryAt(q, w, now),
  nextDeliveryMoment: (q, w) => deliveries.nextDeliveryMoment(q, w, new Date(-1)),
  tallyDeliveries: (q, w) => deliveries.tallyDeliveries(q, w, 'pending', now),
  tallyStuckDeliveries: (q, w) => deliveries.tallyStuckDeliveries(q, w, minutes(1)),
};

const words = '别的县';
const slot = { scheduleId: 's-1', slot: '2023-09-25T09:00' };

/** Every writing query, each changing or adding something that a full workspace does not have. */
export const writers: Record<string, Write> = {
  addUnitAlias: (tx, w) => units.addUnitAlias(tx, w, { alias: words, unitId: unit }),
  acknowledgeUrging: (tx, w) => urgings.acknowledgeUrging(tx, w, { unitId: unit, day, by: liaison, at: now }),
  appendUpdate: (tx, w) => updates.appendUpdate(tx, w, anUpdate({ number: 2, hash: words })),
  claimMessage: (tx, w) => inbound.claimMessage(tx, w, aClaim({ messageId: 'm-2' })),
  claimSlot: (tx, w) => schedules.claimSlot(tx, w, { scheduleId: 's-1', slot: '2023-10-09T09:00', plannedFor: now }),
  decideJoinRequest: (tx, w) =>
    joinRequests.decideJoinRequest(tx, w, 1, { state: 'granted', decidedBy: liaison, decidedAt: now }),
  closePlan: (tx, w) => ledger.closePlan(tx, w, { year, prefix: '水', closedOn: day }),
  closeRound: (tx, w) => rounds.closeRound(tx, w, 1, now),
  clearTask: (tx, w) => ledger.clearTask(tx, w, year, task),
  decideImport: (tx, w) => imports.decideImport(tx, w, 1, { state: 'confirmed', decidedBy: liaison, decidedAt: now }),
  decideRequest: (tx, w) =>
    requests.decideRequest(tx, w, 1, {
      state: 'granted',
      decidedBy: liaison,
      decidedAt: now,
      decision: words,
      agreedBy: null,
      grantedDue: day,
    }),
  copyEvidence: async (tx, w) => {
    const [held] = await evidence.listHeldEvidence(tx, w, liaison, 'c-1');
    if (held) await evidence.copyEvidence(tx, w, held);
  },
  deleteAwaitedFiles: (tx, w) => awaitedFiles.deleteAwaitedFiles(tx, w, everySequence),
  deleteAccounts: (tx, w) => people.deleteAccounts(tx, w, liaison),
  deleteMute: (tx, w) => mutes.deleteMute(tx, w, { person: liaison, year, task }),
  dropQuestionsOf: (tx, w) => questions.dropQuestionsOf(tx, w, liaison),
  ensureAssignedPlan: (tx, w) => ledger.ensureAssignedPlan(tx, w, { year, prefix: '临', position: 3, title: words }),
  endAdjustments: (tx, w) =>
    adjustments.endAdjustments(tx, w, { year, task, kind: 'limit', milestone: null, endedAt: now }),
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
  forgetBindCodes: (tx, w) => bindCodes.forgetBindCodes(tx, w, minutes(31), 10),
  forgetClaims: (tx, w) => inbound.forgetClaims(tx, w, minutes(1), 10),
  forgetEvidence: (tx, w) =>
    evidence.forgetEvidence(tx, w, { held: minutes(1), takenBack: now, attached: minutes(1) }, now, 10),
  forgetTopics: (tx, w) => topics.forgetTopics(tx, w, minutes(10), 10),
  forgetQuestions: (tx, w) => questions.forgetQuestions(tx, w, minutes(10), 10),
  forgetSaid: async (tx, w) => {
    await deliveries.expireDeliveries(tx, w, minutes(2));
    await deliveries.forgetSaid(tx, w, minutes(1), 10);
  },
  handOverDeliveries: (tx, w) => deliveries.handOverDeliveries(tx, w, { from: liaison, to: departed }),
  handOverRequests: (tx, w) => requests.handOverRequests(tx, w, { from: liaison, to: departed }),
  insertAdjustment: (tx, w) => adjustments.insertAdjustment(tx, w, anAdjustment({ words })),
  insertAccount: (tx, w) => people.insertAccount(tx, w, { platform: 'sandbox', userId: 'u2', personId: liaison }),
  insertAccounts: (tx, w) => people.insertAccounts(tx, w, [{ platform: 'sandbox', userId: 'u3', personId: liaison }]),
  insertCarriedTasks: (tx, w) =>
    carriedTasks.insertCarriedTasks(tx, w, [
      { fromYear: year, fromTask: task, toYear: year, toTask: annexRow, by: liaison, at: now },
    ]),
  insertDocument: async (tx, w) => {
    const document = await documents.findDocument(tx, w, 'd-1');
    if (document) await documents.insertDocument(tx, w, { ...document, id: 'd-2' });
  },
  deleteCalendarLink: (tx, w) => calendarLinks.deleteCalendarLink(tx, w, liaison),
  insertAwaitedFiles: (tx, w) => awaitedFiles.insertAwaitedFiles(tx, w, [anAwaitedFile({ name: words })]),
  insertEvidence: (tx, w) => evidence.insertEvidence(tx, w, [aPiece({ name: words })]),
  insertBindCode: (tx, w) => bindCodes.insertBindCode(tx, w, aBindCode({ hash: `other ${w}` })),
  insertFeedback: (tx, w) => feedback.insertFeedback(tx, w, { personId: liaison, words, at: now }),
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
  insertPeople: (tx, w) =>
    people.insertPeople(tx, w, [{ id: personId.parse('p-3'), name: words, unitId: null, roles: [], active: true }]),
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
  insertRequest: (tx, w) => requests.insertRequest(tx, w, aRequest({ words })),
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
  insertRosterChanges: (tx, w) => rosterChanges.insertRosterChanges(tx, w, [aRosterChange({ words })]),
  insertRound: (tx, w) => rounds.insertRound(tx, w, aRound({ name: words })),
  insertUrging: (tx, w) => urgings.insertUrging(tx, w, anUrging({ unitId: towns, words })),
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
  insertSeal: (tx, w) => seals.insertSeal(tx, w, aSeal({ day: '2023-10-08' as typeof day, hash: words })),
  insertTasks: (tx, w) => ledger.insertTasks(tx, w, [aTask({ key: taskKey.parse('水-8') })]),
  insertUnitAliases: (tx, w) => units.insertUnitAliases(tx, w, [{ alias: words, unitId: unit }]),
  insertUnitMembers: (tx, w) => units.insertUnitMembers(tx, w, [{ groupId: towns, unitId: towns, position: 2 }]),
  insertUnits: (tx, w) => units.insertUnits(tx, w, [{ id: unitId.parse('u-3'), name: words, position: 3 }]),
  lockRequest: (tx, w) => requests.lockRequest(tx, w, 1),
  lockTask: (tx, w) => updates.lockTask(tx, w, year, task),
  lockWorkspace: workspaces.lockWorkspace,
  markEvidenceRemoved: (tx, w) => evidence.markEvidenceRemoved(tx, w, everySequence, now),
  markRoundReminded: (tx, w) => rounds.markRoundReminded(tx, w, 1, now),
  markGroupLost: (tx, w) => groups.markGroupLost(tx, w, group, { lostAt: now, lostWhy: words }),
  setSlotDelivery: (tx, w) => schedules.setSlotDelivery(tx, w, slot, words),
  putOffAwaitedFiles: (tx, w) =>
    awaitedFiles.putOffAwaitedFiles(
      tx,
      w,
      everySequence.map((sequence) => ({ sequence, notBefore: minutes(3) })),
    ),
  putTopic: (tx, w) => topics.putTopic(tx, w, aTopic({ topic: words })),
  putMute: (tx, w) => mutes.putMute(tx, w, { personId: liaison, year, task: annexRow, untilOn: day }),
  putQuestion: (tx, w) => questions.putQuestion(tx, w, aQuestion({ payload: words })),
  raiseRosterVersion: workspaces.raiseRosterVersion,
  raiseLedgerVersion: workspaces.raiseLedgerVersion,
  recordOutcome: async (tx, w) => {
    const delivery = await deliveries.findDelivery(tx, w, 'k-1');
    await deliveries.recordOutcome(tx, w, delivery?.sequence ?? 0, { state: 'refused', why: words });
  },
  putOffDeliveries: async (tx, w) => {
    const delivery = await deliveries.findDelivery(tx, w, 'k-1');
    await deliveries.putOffDeliveries(tx, w, now, [{ sequence: delivery?.sequence ?? 0, notBefore: minutes(3) }]);
  },
  releaseDelivery: async (tx, w) => {
    const delivery = await deliveries.findDelivery(tx, w, 'k-1');
    await deliveries.releaseDelivery(tx, w, delivery?.sequence ?? 0, minutes(3));
  },
  restoreGroup: (tx, w) => groups.restoreGroup(tx, w, group, { name: words, plans: null }),
  retireTask: (tx, w) => ledger.retireTask(tx, w, year, task),
  setEvidenceReport: async (tx, w) => {
    const [held] = await evidence.listHeldEvidence(tx, w, liaison, 'c-1');
    const place = { report: 1, attachedBy: 1, year, task, number: 9 };
    await evidence.setEvidenceReport(tx, w, held?.sequence ?? 0, place);
  },
  setOpinion: (tx, w) =>
    requests.setOpinion(tx, w, 1, { favours: true, words, by: liaison, at: now.toISOString(), update: 1 }),
  setChainHead: (tx, w) => updates.setChainHead(tx, w, year, task, { updateCount: 9, lastHash: words }),
  setGroupWebhook: (tx, w) => groups.setGroupWebhook(tx, w, group, words),
  setRequestUnit: (tx, w) => requests.setRequestUnit(tx, w, 1, { unitId: towns, duties: [] }),
  setRoundLastDay: (tx, w) => rounds.setRoundLastDay(tx, w, 1, '2023-10-08' as typeof day),
  setScheduleActive: (tx, w) => schedules.setScheduleActive(tx, w, 's-1', { active: false, changedBy: words }),
  setScheduleRule: (tx, w) => schedules.setScheduleRule(tx, w, 's-1', { rule: words, changedBy: words }),
  setSettings: (tx, w) => workspaces.setSettings(tx, w, { changed: true }),
  setStartOn: (tx, w) => workspaces.setStartOn(tx, w, null),
  storeReplies: (tx, w) => inbound.storeReplies(tx, w, message, { replies: null, commands: [], errorId: 'e-1' }),
  takeDeliveries: async (tx, w) => {
    const delivery = await deliveries.findDelivery(tx, w, 'k-1');
    await deliveries.takeDeliveries(tx, w, [delivery?.sequence ?? 0], { now, until: minutes(1) });
  },
  takeAwaitedFiles: (tx, w) => awaitedFiles.takeAwaitedFiles(tx, w, { now, until: minutes(1) }, 10),
  takeBackEvidence: async (tx, w) => {
    const [attached] = await evidence.listAttachedEvidence(tx, w, 0, 1);
    await evidence.takeBackEvidence(tx, w, attached?.report ?? 0, now);
  },
  withholdEvidence: (tx, w) => evidence.withholdEvidence(tx, w, liaison, 'c-1'),
  takeQuestion: (tx, w) => questions.takeQuestion(tx, w, liaison, 'c-1'),
  updatePerson: (tx, w) => people.updatePerson(tx, w, liaison, { roles: [], leftAt: now }),
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
  updateUnit: (tx, w) => units.updateUnit(tx, w, unit, { name: words }),
  updateTask: (tx, w) => ledger.updateTask(tx, w, aTask({ title: words })),
  putCalendarLink: (tx, w) => calendarLinks.putCalendarLink(tx, w, aCalendarLink({ hash: `new ${w}` })),
  setGroupWeeklyMessages: (tx, w) => groups.setGroupWeeklyMessages(tx, w, group, 3),
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
export const leavesNoTrace = new Set([
  'forgetBindCodes',
  'insertBindCode',
  'lockRequest',
  'lockTask',
  'lockWorkspace',
  'useBindCode',
]);

export async function everythingOf(q: Queries, workspace: WorkspaceId): Promise<Record<string, unknown>> {
  const seen: Record<string, unknown> = {};
  for (const [name, read] of Object.entries(readers)) seen[name] = await read(q, workspace);
  seen.secondClaim = await inbound.findClaim(q, workspace, { ...message, messageId: 'm-2' });
  return seen;
}
