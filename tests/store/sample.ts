import { localDate } from '../../src/domain/local-date.js';
import { personId } from '../../src/domain/person.js';
import { taskCode, taskKey } from '../../src/domain/task.js';
import { unitId } from '../../src/domain/unit.js';
import { groupId, type WorkspaceId, workspaceId } from '../../src/domain/workspace.js';
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
import type { Tx } from '../../src/store/queries.js';
import * as requests from '../../src/store/requests.js';
import * as rosterChanges from '../../src/store/roster-changes.js';
import * as rounds from '../../src/store/rounds.js';
import * as schedules from '../../src/store/schedules.js';
import * as seals from '../../src/store/seals.js';
import type { Store } from '../../src/store/store.js';
import * as topics from '../../src/store/topics.js';
import * as units from '../../src/store/units.js';
import * as updates from '../../src/store/updates.js';
import * as urgings from '../../src/store/urgings.js';
import * as workspaces from '../../src/store/workspaces.js';

export const year = 2023;
export const task = taskKey.parse('水-7');
export const annexRow = taskKey.parse('水附-1');
export const unit = unitId.parse('u-1');
export const towns = unitId.parse('u-2');
export const liaison = personId.parse('p-1');
/** Left, with an account that is still theirs. */
export const departed = personId.parse('p-9');
export const group = groupId.parse('g-1');
export const chat = { platform: 'sandbox', account: 'bot', chatId: 'c-1' };
export const message = { platform: 'sandbox', account: 'bot', messageId: 'm-1' };
export const day = localDate.parse('2023-09-30');
export const now = new Date('2023-09-25T01:02:03.456Z');
export const minutes = (count: number) => new Date(now.getTime() + count * 60_000);

let made = 0;

/** An empty workspace that no other case uses. */
export async function aWorkspace(store: Store): Promise<WorkspaceId> {
  made += 1;
  const id = workspaceId.parse(`w-${made}`);
  await store.transaction((tx) =>
    workspaces.insertWorkspace(tx, { id, name: `县 ${id}`, startOn: day, settings: { name: `县 ${id}` } }),
  );
  return id;
}

/** A workspace with one row of everything. All keys are the same in every workspace; all words name their own. */
export async function aFullWorkspace(store: Store): Promise<WorkspaceId> {
  const workspace = await aWorkspace(store);
  await store.transaction((tx) => fill(tx, workspace));
  return workspace;
}

async function fill(tx: Tx, workspace: WorkspaceId): Promise<void> {
  const words = `县 ${workspace}`;
  await documents.insertDocument(tx, workspace, {
    id: 'd-1',
    title: words,
    number: '芮政办发〔2023〕1号',
    issuer: null,
    issuedOn: day,
    fileName: '通知.docx',
    sha256: 'a'.repeat(64),
    text: words,
    importedAt: now,
    importedBy: '管理员',
  });
  await ledger.insertPlans(tx, workspace, [
    {
      year,
      prefix: '水',
      documentId: 'd-1',
      position: 1,
      title: words,
      issuedOn: day,
      goals: [{ text: words, phrase: '2024年6月前', due: day, line: 3 }],
      line: 1,
    },
  ]);
  await ledger.insertTasks(tx, workspace, [
    aTask({ key: task, title: words }),
    aTask({ key: annexRow, title: words, position: 8 }),
  ]);
  await ledger.insertLinks(tx, workspace, [
    { year, part: annexRow, whole: task, state: 'proposed', reason: words, decidedBy: null, decidedAt: null },
  ]);
  await units.insertUnits(tx, workspace, [
    { id: towns, name: `各乡镇 ${words}`, position: 2 },
    { id: unit, name: `水利局 ${words}`, position: 1 },
  ]);
  await units.insertUnitAliases(tx, workspace, [{ alias: `水务局 ${words}`, unitId: unit }]);
  await units.insertUnitMembers(tx, workspace, [{ groupId: towns, unitId: unit, position: 1 }]);
  await ledger.insertResponsibilities(tx, workspace, [
    {
      year,
      task,
      position: 1,
      role: 'lead',
      unitId: unit,
      written: words,
      inherited: false,
      open: true,
      clauseGroup: 1,
      line: 9,
    },
  ]);
  await ledger.insertMilestones(tx, workspace, [
    {
      year,
      task,
      number: 1,
      phrase: '9月底前',
      what: words,
      kind: 'date',
      dueOn: day,
      fromOn: null,
      toOn: null,
      every: null,
      by: null,
      line: 9,
    },
  ]);
  await people.insertPerson(tx, workspace, {
    id: liaison,
    name: words,
    unitId: unit,
    roles: ['liaison'],
    active: true,
  });
  await people.insertAccount(tx, workspace, { platform: 'sandbox', userId: 'u', personId: liaison });
  const left = { active: false, leftAt: new Date(now.getTime() - 1) };
  await people.insertPerson(tx, workspace, { id: departed, name: `${words} 离任`, unitId: null, roles: [], ...left });
  await people.insertAccount(tx, workspace, { platform: 'sandbox', userId: 'u9', personId: departed });
  await rosterChanges.insertRosterChanges(tx, workspace, [aRosterChange({ words })]);
  await groups.insertGroup(tx, workspace, { id: group, ...chat, name: words, plans: ['水'], boundAt: now });
  await inbound.claimMessage(tx, workspace, aClaim({ commands: [words] }));
  await inbound.storeReplies(tx, workspace, message, {
    replies: [{ kind: 'text', text: words }],
    commands: ['due'],
    errorId: null,
  });
  const sequence = await updates.appendUpdate(tx, workspace, anUpdate({ note: words }));
  await updates.setChainHead(tx, workspace, year, task, { updateCount: 1, lastHash: words });
  await duties.upsertDuties(tx, workspace, [aDuty({ changedBy: personId.parse(words), sequence })]);
  await rounds.insertRound(tx, workspace, aRound({ name: words }));
  await mutes.putMute(tx, workspace, { personId: liaison, year, task, untilOn: day });
  await feedback.insertFeedback(tx, workspace, { personId: liaison, words, at: now });
  await carriedTasks.insertCarriedTasks(tx, workspace, [
    { fromYear: year, fromTask: annexRow, toYear: year, toTask: task, by: personId.parse(words), at: now },
  ]);
  await awaitedFiles.insertAwaitedFiles(tx, workspace, [anAwaitedFile({ name: words })]);
  const [held, attached] = await evidence.insertEvidence(tx, workspace, [
    aPiece({ name: words }),
    aPiece({ name: `${words} 附`, sha256: 'b'.repeat(64) }),
  ]);
  const place = { report: sequence, attachedBy: sequence, year, task, number: 1 };
  await evidence.setEvidenceReport(tx, workspace, attached?.sequence ?? 0, place);
  await evidence.copyEvidence(tx, workspace, { ...(held as evidence.EvidenceRow), forgottenAt: now });
  await urgings.insertUrging(tx, workspace, anUrging({ words }));
  await seals.insertSeal(tx, workspace, aSeal({ hash: words }));
  await requests.insertRequest(tx, workspace, aRequest({ words }));
  await adjustments.insertAdjustment(tx, workspace, anAdjustment({ words }));
  await questions.putQuestion(tx, workspace, aQuestion({ payload: words }));
  await topics.putTopic(tx, workspace, aTopic({ topic: words }));
  await joinRequests.insertJoinRequest(tx, workspace, {
    personId: liaison,
    unitId: unit,
    askedAt: now,
    groupId: group,
  });
  await bindCodes.insertBindCode(tx, workspace, aBindCode({ hash: `code ${workspace}` }));
  await calendarLinks.putCalendarLink(tx, workspace, aCalendarLink({ hash: `calendar ${workspace}` }));
  await imports.insertImport(tx, workspace, anImport({ fileName: words }));
  await deliveries.enqueueDelivery(tx, workspace, aDelivery({ reply: words }));
  await deliveries.enqueueDelivery(tx, workspace, aDelivery({ key: 'old', reply: words, usefulUntil: minutes(1) }));
  await schedules.insertSchedule(tx, workspace, {
    id: 's-1',
    groupId: group,
    kind: 'digest',
    rule: { weekday: 1, words },
    active: true,
    createdAt: now,
    changedBy: words,
  });
  await schedules.claimSlot(tx, workspace, { scheduleId: 's-1', slot: '2023-09-25T09:00', plannedFor: now });
  await schedules.finishSlot(
    tx,
    workspace,
    { scheduleId: 's-1', slot: '2023-09-25T09:00' },
    { state: 'sent', coversUntil: day, preparedAt: now, deliveryKey: 'k-1', why: words },
  );
}

type TaskValues = Parameters<typeof ledger.insertTasks>[2][number];

export function aTask(values: Partial<TaskValues> = {}): TaskValues {
  return {
    year,
    key: values.key ?? task,
    code: taskCode.parse(values.key ?? task),
    retired: false,
    prefix: '水',
    number: 7,
    annex: false,
    position: 7,
    section: ['二', '（一）'],
    title: '完善城镇生活污水处理设施',
    shortTitle: '污水处理设施',
    text: '正文',
    points: ['新建管网3公里'],
    targets: [],
    leaders: [],
    line: 9,
    ...values,
  };
}

type BindCodeValues = Parameters<typeof bindCodes.insertBindCode>[2];

export function aBindCode(values: Partial<BindCodeValues> = {}): BindCodeValues {
  return {
    hash: 'h',
    purpose: 'group',
    plans: null,
    createdBy: 'p',
    createdAt: now,
    expiresAt: minutes(30),
    ...values,
  };
}

type CalendarLinkValues = Parameters<typeof calendarLinks.putCalendarLink>[2];

export function aCalendarLink(values: Partial<CalendarLinkValues> = {}): CalendarLinkValues {
  return { personId: liaison, unitId: unit, hash: 'h', createdAt: now, expiresAt: minutes(30), ...values };
}

export function anImport(
  values: Partial<Parameters<typeof imports.insertImport>[2]> = {},
): Parameters<typeof imports.insertImport>[2] {
  const draft = { plans: [], issues: [] };
  return { fileName: '通知.docx', sha256: 'x', text: '', draft, proposedBy: liaison, proposedAt: now, ...values };
}

export function aClaim(values: Partial<inbound.Claim> = {}): inbound.Claim {
  return { ...message, receivedAt: now, personId: liaison, groupId: null, commands: ['done'], ...values };
}

type UpdateValues = Parameters<typeof updates.appendUpdate>[2];

export function anUpdate(values: Partial<UpdateValues> = {}): UpdateValues {
  return {
    year,
    task,
    number: 1,
    at: now,
    personId: liaison,
    unitId: unit,
    role: 'lead',
    groupId: group,
    platform: 'sandbox',
    messageId: 'm-1',
    kind: 'done',
    note: '五个建制镇污水处理设施已投运',
    percent: null,
    changes: [
      {
        year,
        task,
        milestone: 1,
        occurrence: '',
        unit,
        before: { status: 'unreported', percent: null, problem: false },
        after: { status: 'reported', percent: null, problem: false },
      },
    ],
    details: {},
    undoes: null,
    version: 1,
    algorithm: 'sha256',
    previousHash: '',
    hash: 'h1',
    ...values,
  };
}

type DutyValues = Parameters<typeof duties.upsertDuties>[2][number];

export function aDuty(values: Partial<DutyValues> = {}): DutyValues {
  return {
    year,
    task,
    milestone: 1,
    occurrence: '',
    unitId: unit,
    status: 'reported',
    percent: null,
    problem: false,
    changedAt: now,
    changedBy: liaison,
    sequence: 1,
    ...values,
  };
}

type QuestionValues = Parameters<typeof questions.putQuestion>[2];

export function aQuestion(values: Partial<QuestionValues> = {}): QuestionValues {
  return {
    personId: liaison,
    chatId: 'c-1',
    kind: 'confirm',
    payload: { command: 'done' },
    askedAt: now,
    expiresAt: minutes(10),
    ...values,
  };
}

export function aTopic(
  values: Partial<Parameters<typeof topics.putTopic>[2]> = {},
): Parameters<typeof topics.putTopic>[2] {
  return { chatId: 'c-1', sender: 'u1', topic: { asked: null }, at: now, ...values };
}

export function aDelivery(values: Partial<deliveries.NewDelivery> = {}): deliveries.NewDelivery {
  return {
    key: 'k-1',
    groupId: group,
    personId: null,
    kind: 'digest',
    target: null,
    reply: { kind: 'text', text: '本周到期2项（4条）' },
    notBefore: now,
    usefulUntil: null,
    createdAt: now,
    ...values,
  };
}

type RequestValues = Parameters<typeof requests.insertRequest>[2];

export function aRequest(values: Partial<RequestValues> = {}): RequestValues {
  return {
    kind: 'extension',
    year,
    task,
    duties: [{ year, task, milestone: 1, occurrence: '', unit }],
    unitId: unit,
    personId: liaison,
    askedAt: now,
    groupId: group,
    words: '设备没到货',
    statedDue: day,
    newDue: day,
    inTime: true,
    ...values,
  };
}

type AdjustmentValues = Parameters<typeof adjustments.insertAdjustment>[2];

export function anAdjustment(values: Partial<AdjustmentValues> = {}): AdjustmentValues {
  return {
    year,
    task,
    kind: 'limit',
    milestone: null,
    due: day,
    unitId: null,
    words: '',
    setBy: liaison,
    setAt: now,
    ...values,
  };
}

type RoundValues = Parameters<typeof rounds.insertRound>[2];

export function aRound(values: Partial<RoundValues> = {}): RoundValues {
  return {
    name: '9月调度',
    groupId: group,
    openedBy: liaison,
    openedAt: now,
    countsFrom: now,
    lastDay: day,
    owed: [{ unit, tasks: [{ year, key: task }] }],
    ...values,
  };
}

type RosterChangeValues = Parameters<typeof rosterChanges.insertRosterChanges>[2][number];

export function aRosterChange(values: Partial<RosterChangeValues> = {}): RosterChangeValues {
  return {
    at: now,
    changedBy: liaison,
    subject: unit,
    kind: 'unit',
    before: { name: '水务局' },
    after: { name: '水利局' },
    words: '改名',
    ...values,
  };
}

type AwaitedFileValues = Parameters<typeof awaitedFiles.insertAwaitedFiles>[2][number];

export function anAwaitedFile(values: Partial<AwaitedFileValues> = {}): AwaitedFileValues {
  return {
    platform: 'sandbox',
    personId: liaison,
    lane: 'l-1',
    message: {
      account: 'bot',
      id: 'm-1',
      chat: { id: 'c-1', private: false },
      sender: 'u',
      text: '',
      worded: true,
      quoted: null,
      route: null,
    },
    name: '图片',
    picture: true,
    source: { key: 'img_1' },
    receivedAt: now,
    notBefore: now,
    ...values,
  };
}

export function aPiece(values: Partial<evidence.NewEvidence> = {}): evidence.NewEvidence {
  return {
    personId: liaison,
    chatId: 'c-1',
    name: '现场.jpg',
    type: 'jpg',
    size: 1_000,
    sha256: 'a'.repeat(64),
    receivedAt: now,
    offeredUntil: minutes(10),
    ...values,
  };
}

type UrgingValues = Parameters<typeof urgings.insertUrging>[2];

export function anUrging(values: Partial<UrgingValues> = {}): UrgingValues {
  return {
    unitId: unit,
    day,
    kind: 'remind',
    tasks: [{ year, key: task, due: day }],
    words: '请报送进展',
    groupId: group,
    sentBy: liaison,
    sentAt: now,
    ...values,
  };
}

type SealValues = Parameters<typeof seals.insertSeal>[2];

export function aSeal(values: Partial<SealValues> = {}): SealValues {
  return {
    day,
    sealedAt: now,
    heads: [{ year, key: task, updateCount: 1, lastHash: 'h1' }],
    previousHash: '',
    hash: 's1',
    ...values,
  };
}
